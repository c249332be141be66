"""How Django knows this app."""

from django.apps import AppConfig

from core.audit import register_phrase
from measures.phrases import PHRASES


class MeasuresConfig(AppConfig):
    name = "measures"
    label = "measures"

    def ready(self) -> None:
        for action, phrase in PHRASES.items():
            register_phrase(action, phrase)
