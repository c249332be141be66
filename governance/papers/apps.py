"""How Django knows this app."""

from importlib import import_module

from django.apps import AppConfig

from core.audit import register_phrase
from governance.papers.phrases import PHRASES


class PapersConfig(AppConfig):
    name = "governance.papers"
    label = "papers"

    def ready(self) -> None:
        import_module("governance.papers.cited")
        import_module("governance.papers.moved")
        for action, phrase in PHRASES.items():
            register_phrase(action, phrase)
