"""How Django knows this app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    label = "desk"
