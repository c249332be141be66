"""How Django knows this app, and the places where the log takes hold of it."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from core.audit.checks import check_steps, check_triggers
from core.audit.connections import prepare
from core.audit.install import install


class AuditConfig(AppConfig):
    name = "core.audit"
    label = "audit"
    verbose_name = "audit log"

    def ready(self) -> None:
        connection_created.connect(prepare, dispatch_uid="audit")
        post_migrate.connect(_install, sender=self, dispatch_uid="audit")
        register(check_triggers, Tags.database)
        register(check_steps, Tags.database)


def _install(using: str, **kwargs: Any) -> None:
    install(using=using)
