"""How Django knows this app."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class AccountsConfig(AppConfig):
    name = "core.accounts"
    label = "accounts"

    def ready(self) -> None:
        if settings.OIDC["issuer"]:
            import_module("core.accounts.organisation").check_settings()  # it needs the models
