"""How Django knows this app."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "governance.boards"
    label = "boards"
