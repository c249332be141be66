"""How Django knows this app."""

from django.apps import AppConfig

from core.audit import register_phrase
from governance.papers.phrases import PHRASES


class PapersConfig(AppConfig):
    name = "governance.papers"
    label = "papers"

    def ready(self) -> None:
        for action, phrase in PHRASES.items():
            register_phrase(action, phrase)
