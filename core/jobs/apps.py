"""How Django knows this app, and where every app's work is found."""

from importlib import import_module

from celery import current_app
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "core.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Import each app's `tasks`, then tell beat what runs when: by then every app has registered its work."""
        autodiscover_modules("tasks")
        current_app.conf.beat_schedule = import_module("core.jobs.worker").schedule()
