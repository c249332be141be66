"""How Django knows this app."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "measures"
    label = "measures"
