"""How Django knows this app."""

from django.apps import AppConfig

from desk import phrases


class DeskConfig(AppConfig):
    name = "desk"
    label = "desk"

    def ready(self) -> None:
        phrases.register()
