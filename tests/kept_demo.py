"""The demonstration office as `manage.py demo` leaves it: made once for one state of what it is made from, and kept.

Making it costs more than walking most of a journey does. On SQLite the journey and the tests that read the
demonstration each take a copy; on PostgreSQL, where nobody else wants it, the journey makes its own.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.template import FOLDER, ROOT, alone, copy_template, settle

# All that the site is: what the demonstration says depends on every rule, word and template.
FOLDERS = ("config", "core", "measures", "deepdive", "governance", "desk", "templates", "static")
SETTLED = ("manage.py", "requirements.txt")
NAME = "reckoner_test_demo"
KEPT = 3
LIMIT = 300  # seconds


def manage(env: dict[str, str], *words: str) -> str:
    """A command of the site, in a process of its own; what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=LIMIT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def key() -> str:
    """Sixteen characters that change with any file of the site."""
    files = {path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()}
    made_from = {path for path in files if path.suffix != ".pyc"} | {ROOT / name for name in SETTLED}
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(made_from):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def copy_demo(folder: Path) -> None:
    """Makes an existing folder the RECKONER_VAR of an installation on SQLite that holds the demonstration."""
    with alone("demo.lock"):
        shutil.copytree(_kept(), folder, dirs_exist_ok=True)


def _kept() -> Path:
    found = sorted(FOLDER.glob(f"{NAME}_????????????????"), key=lambda path: path.stat().st_mtime)
    wanted = FOLDER / f"{NAME}_{key()}"
    if wanted not in found:
        for old in found[: 1 - KEPT]:
            shutil.rmtree(old)
        _make(wanted)
    return wanted


def _make(folder: Path) -> None:
    unfinished = folder.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    copy_template(str(unfinished / "reckoner.sqlite3"))
    env = os.environ | {"RECKONER_VAR": str(unfinished), "RECKONER_LOG_LEVEL": "WARNING"}
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    manage(env, "demo")
    settle(str(unfinished / "reckoner.sqlite3"))
    unfinished.rename(folder)
