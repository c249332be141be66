"""How Django knows this app."""

from django.apps import AppConfig


class DeepdiveConfig(AppConfig):
    name = "deepdive"
    label = "deepdive"
