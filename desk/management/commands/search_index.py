"""The index of words, made again from the record."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.searching.index import rebuild


class Command(BaseCommand):
    help = "Indexes every text again. The portal can be used meanwhile; the same happens every night."

    def handle(self, **options: Any) -> str:
        return f"{rebuild(self._say)} texts indexed."

    def _say(self, done: float, total: float, words: str) -> None:
        self.stdout.write(f"{done:.0f} of {total:.0f}: {words}")
