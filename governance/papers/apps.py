"""How Django knows this app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "governance.papers"
    label = "papers"
