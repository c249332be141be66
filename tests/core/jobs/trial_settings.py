"""The least installation in which work can be done, so that a worker starts fast; and one app whose work tests ask for."""

from config import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "core.audit",
    "core.jobs",
    "core.accounts",
    "tests.core.jobs.chores",
]
MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("measures.")]
ROOT_URLCONF = "core.jobs.urls"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
LOGIN_URL = "/sign-in/"
SECOND_FACTOR = False  # there is no page here to set one up on
