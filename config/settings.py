"""Every setting, read from the environment; `.env.example` lists the variables with safe values.

Nothing needs to be set to try Reckoner on one machine: it then uses SQLite and a broker made of files under `var/`.
A real installation sets RECKONER_SECRET_KEY, DATABASE_URL, REDIS_URL and RECKONER_HOSTS.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env", overwrite=False)

VAR_DIR = Path(env.str("RECKONER_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- who we are, and how safe we are -------------------------------------------------------------------------
PRODUCTION = env.bool("RECKONER_PRODUCTION", False)
DEBUG = env.bool("RECKONER_DEBUG", False)


def _secret_key() -> str:
    key = env.str("RECKONER_SECRET_KEY", "")
    if not key and PRODUCTION:
        raise ImproperlyConfigured(
            "RECKONER_SECRET_KEY is not set. Set it to 50 or more random characters, for example from: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return key or "for-trying-out-on-one-machine-only-set-RECKONER_SECRET_KEY-before-real-work"


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list(
    "RECKONER_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
PORT = env.int("RECKONER_PORT", 8000)
SITE_URL = env.str("RECKONER_URL", f"http://localhost:{PORT}").rstrip("/")
# Under which licence the office publishes the figures of its papers: an address; empty where it states none.
DATA_LICENCE = env.str(
    "RECKONER_DATA_LICENCE", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_prose_editor",
    "js_asset",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "core.audit",
    "core.jobs",
    "core.accounts",
    "core.documents",
    "measures",
    "deepdive",
    "governance.boards",
    "governance.papers",
    "desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.audit.middleware.RequestIdMiddleware",
    "core.accounts.middleware.TraceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.accounts.middleware.OfficeMiddleware",
    "core.accounts.middleware.IdleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.accounts.middleware.SignInMiddleware",
    "core.accounts.middleware.SecondFactorMiddleware",
    "core.audit.middleware.AuditContextMiddleware",
    "measures.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "core.accounts.context.office",
            ],
        },
    }
]
FORM_RENDERER = "core.documents.forms.OfficeRenderer"

# --- where the record is kept --------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{VAR_DIR / 'reckoner.sqlite3'}")}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    # With 20 writers the default loses 74 % of read-then-write transactions to "database is locked"; this, none.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;PRAGMA cache_size=-32000;",
    }
    # Tests use a file as well: in memory there is no second connection to compete with.
    DATABASE["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASE["CONN_MAX_AGE"] = 600  # seconds
    DATABASE["CONN_HEALTH_CHECKS"] = True
    options = DATABASE.setdefault("OPTIONS", {})
    options["connect_timeout"] = 3  # seconds
    # Where the log is long PostgreSQL takes statements for costly and compiles them: 7 s of work to save none of 0.4 s.
    options["options"] = f"{options.get('options', '')} -c jit=off".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signed notes of how far the log had come: who else holds the key, and where the notes are out of the database's reach.
CHECKPOINT_KEY = env.str("RECKONER_CHECKPOINT_KEY", "")
CHECKPOINT_PUBLIC_KEY = env.str("RECKONER_CHECKPOINT_PUBLIC_KEY", "")
CHECKPOINTS_DIR = Path(env.str("RECKONER_CHECKPOINTS", str(VAR_DIR / "checkpoints")))

REDIS_URL = env.str("REDIS_URL", "")
BROKER_DIR = VAR_DIR / "broker"
FILES_DIR = VAR_DIR / "files"

# --- people and sessions -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["core.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "core.accounts.passwords.NothingCommon"},
    {"NAME": "core.accounts.passwords.NotStolen"},
]
# Off unless named, for it leads out of the house: an address that answers as https://api.pwnedpasswords.com/range does.
STOLEN_PASSWORDS_URL = env.str("RECKONER_STOLEN_PASSWORDS_URL", "").rstrip("/")
if STOLEN_PASSWORDS_URL and not STOLEN_PASSWORDS_URL.startswith(("https://", "http://127.0.0.1")):
    raise ImproperlyConfigured("RECKONER_STOLEN_PASSWORDS_URL has to begin with https://.")
# Sign-in through the organisation (OpenID Connect, Entra ID); off without an issuer. docs/operations.md, Signing in.
OIDC = {
    "issuer": env.str("RECKONER_OIDC_ISSUER", ""),
    "client_id": env.str("RECKONER_OIDC_CLIENT_ID", ""),
    "secret": env.str("RECKONER_OIDC_CLIENT_SECRET", ""),
    "name": env.str("RECKONER_OIDC_NAME", "your organisation"),
    "role_claim": env.str("RECKONER_OIDC_ROLE_CLAIM", "roles"),
    "roles": env.dict("RECKONER_OIDC_ROLES", default={}),  # value of the claim to role
    "trusts_email": env.bool("RECKONER_OIDC_TRUSTS_EMAIL", False),
    "creates": env.bool("RECKONER_OIDC_CREATES", False),
    "local": env.list("RECKONER_OIDC_LOCAL", default=[]),  # who alone signs in with a password; empty: everybody may
}
# Asked of whoever may write. It can be switched off where things are tried and measured, never in production.
SECOND_FACTOR = PRODUCTION or env.bool("RECKONER_SECOND_FACTOR", "pytest" not in sys.modules)
ACCOUNT_ADAPTER = "core.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are given by an administrator, not by whoever signs up
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # counted in the database instead: core.accounts.throttle
MFA_ADAPTER = "core.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago or to come: clocks differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-reckoner" if HTTPS else "reckoner"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60  # seconds: ten hours, however busy
SESSION_IDLE_AGE = env.int("RECKONER_IDLE_SECONDS", 30 * 60)  # seconds
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "desk.errors.csrf_failure"

# --- uploads -------------------------------------------------------------------------------------------------
CLAMAV = env.str("RECKONER_CLAMAV", "")  # tcp://host:3310 or unix:/run/clamav/clamd.ctl
if CLAMAV and not CLAMAV.startswith(("tcp://", "unix:/")):
    raise ImproperlyConfigured(
        "RECKONER_CLAMAV cannot be read. It looks like tcp://clamav.example:3310 or unix:/run/clamav/clamd.ctl."
    )

# --- mail ----------------------------------------------------------------------------------------------------
MAIL_URL = env.str("RECKONER_MAIL_URL", "")


def _mail() -> dict[str, object]:
    """Django's settings from one address, smtp+tls://user:password@host:587; without it no mail leaves."""
    if not MAIL_URL:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    try:
        found = env.email_url("RECKONER_MAIL_URL")
    except Exception as error:
        raise ImproperlyConfigured(
            "RECKONER_MAIL_URL cannot be read. It looks like smtp+tls://user:password@mail.example:587; "
            "signs such as @ and / in user or password are written as %40 and %2F."
        ) from error
    return {name: value for name, value in found.items() if name.startswith("EMAIL_") and name != "EMAIL_FILE_PATH"}


globals().update(_mail())
EMAIL_TIMEOUT = 20  # seconds for each word with the mail server
MAIL_FROM = env.str("RECKONER_MAIL_FROM", "")
if MAIL_URL and not MAIL_FROM:
    raise ImproperlyConfigured(
        "RECKONER_MAIL_FROM is not set. Set it to the address mails come from, for example reckoner@office.example."
    )
MAIL_GOES_OUT = bool(MAIL_URL) and not DEBUG  # a demonstration sends none either; see desk.mails

# --- headers -------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("RECKONER_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# --- uploads -------------------------------------------------------------------------------------------------
UPLOAD_LIMIT_BYTES = 10_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # bytes of form fields; files go to disk
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# --- words, time, static -------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG or TESTING  # there the files are served as they lie
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- the read API --------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "core.accounts.api.TokenAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["core.accounts.api.TokenThrottle"],
    # Denied unless a view names its permission: DRF's views stand outside LoginRequiredMiddleware.
    "DEFAULT_PERMISSION_CLASSES": ["core.accounts.api.Denied"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "core.accounts.api.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "PAGE_SIZE": 100,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Reckoner",
    "DESCRIPTION": "What the office has recorded: plans, measures, observations, signals, delivery actions, meetings "
    "and papers. Read only; the same permissions as the pages.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["core.accounts.api.SignedIn"],
    "ENUM_NAME_OVERRIDES": {"DeliveryActionStatusEnum": "deepdive.models.ActionStatus"},
}

# --- logs ----------------------------------------------------------------------------------------------------
LOG_LEVEL = env.str("RECKONER_LOG_LEVEL", "WARNING" if TESTING else "INFO")
LOGGING_CONFIG = None
