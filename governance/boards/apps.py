"""How Django knows this app."""

from django.apps import AppConfig

from core.audit import register_phrase
from governance.boards.phrases import PHRASES


class BoardsConfig(AppConfig):
    name = "governance.boards"
    label = "boards"

    def ready(self) -> None:
        for action, phrase in PHRASES.items():
            register_phrase(action, phrase)
