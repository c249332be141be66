"""The demonstration quarter's paper as files, without a server: `make paper`."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from desk.demo.build import build_demo
from desk.management.commands.demo import refuse_real_work
from governance.papers.content import canonical, reading
from governance.papers.models import FrozenPaper


class Command(BaseCommand):
    help = "Writes the demo quarter's published paper (PDF and JSON) into a folder, from a database made for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the files go")
        parser.add_argument(
            "--here", action="store_true", help="take the latest published paper of this database instead of a new one"
        )
        parser.add_argument("--build", action="store_true", help="with --here: make the demo office here first")

    def handle(self, *, folder: Path, here: bool, build: bool, **options: Any) -> None:
        if here:
            if build:
                refuse_real_work()
                with transaction.atomic():
                    build_demo(self._say, complete=True)
            write_files(folder.resolve(), self.stdout.write)
            return
        with tempfile.TemporaryDirectory(prefix="reckoner-paper-") as place:
            environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
            environment |= {"RECKONER_VAR": place, "DATABASE_URL": f"sqlite:///{place}/paper.sqlite3", "REDIS_URL": ""}
            for arguments in (
                ["migrate", "--verbosity", "0"],
                ["demo_paper", str(folder.resolve()), "--here", "--build"],
            ):
                command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
                process = subprocess.Popen(command, env=environment)
                if process.wait():
                    raise CommandError(f"The paper was not made: “manage.py {arguments[0]}” stopped with an error.")

    def _say(self, done: float, total: float, words: str) -> None:
        """Nobody can sign in to an office that is gone in a moment, so unlike `demo` this says nothing of accounts."""
        self.stdout.write(f"Demo office, {done:.0f} of {total:.0f}: {words}")
        self.stdout.flush()


def write_files(folder: Path, say: Any) -> None:
    """The files of the latest published version, under the names people get them by."""
    frozen = FrozenPaper.objects.published().order_by("-publication__published_at").first()
    if frozen is None:
        raise CommandError("No paper is published in this database. Nothing was written.")
    folder.mkdir(parents=True, exist_ok=True)
    for held in frozen.files.select_related("file").order_by("build"):
        target = folder / held.file.name
        target.write_bytes(held.file.read())
        say(f"{target}  {held.get_build_display()} PDF, {held.file.size:,} bytes")
    text = canonical.to_json(reading.public(canonical.from_json(frozen.content)))
    target = folder / f"panel-paper-{frozen.paper.code}-v{frozen.number}.json"
    target.write_text(text, encoding="utf-8")
    say(f"{target}  public content, SHA-256 {canonical.sha256_of(text)}")
    say(f"What was signed has the SHA-256 {frozen.sha256}")
