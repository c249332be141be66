"""One line an event, for a machine in production and for people elsewhere; from our code and from libraries alike."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import logging, structlog
from django.conf import settings
from config.logging import configure
configure()
password = "canary-" * 3
with structlog.contextvars.bound_contextvars(request_id="r-1"):
    structlog.get_logger("ours").info("paper_frozen", paper=7)
    logging.getLogger("theirs").warning("%s is slow", "disk")
    try:
        {}["figure"]
    except KeyError:
        structlog.get_logger("ours").exception("paper_broken")
structlog.get_logger("ours").debug("too_small")
"""


def logged(tmp_path, **environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "RECKONER_VAR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_production_logs_one_json_object_a_line(tmp_path):
    lines = logged(tmp_path, RECKONER_PRODUCTION="true", RECKONER_SECRET_KEY="k" * 50, RECKONER_HOSTS="localhost")
    events = [json.loads(line) for line in lines]
    common = [{name: event[name] for name in ("event", "level", "logger", "request_id")} for event in events]
    assert common == [
        {"event": "paper_frozen", "level": "info", "logger": "ours", "request_id": "r-1"},
        {"event": "disk is slow", "level": "warning", "logger": "theirs", "request_id": "r-1"},
        {"event": "paper_broken", "level": "error", "logger": "ours", "request_id": "r-1"},
    ]
    assert events[0]["paper"] == 7
    assert events[2]["exception"][0]["exc_type"] == "KeyError"
    assert [line for line in lines if "canary-" in line] == []  # a traceback carries no local variables


def test_development_logs_in_words(tmp_path):
    lines = logged(tmp_path, RECKONER_PRODUCTION="false")
    assert [word in line for word, line in zip(("paper_frozen", "disk is slow"), lines, strict=False)] == [True, True]
    assert lines[-1].strip() == "KeyError: 'figure'"
