"""The mail server is read from one address, and a wrong one is refused at start in words that say what to do."""

import os
import subprocess
import sys

import pytest

ASKED = (
    "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS)"
)


def started(url: str, sender: str) -> tuple[str, str]:
    """(what was printed, the last line of what went wrong) by a process that reads the settings."""
    facts = {"DJANGO_SETTINGS_MODULE": "config.settings", "RECKONER_MAIL_URL": url, "RECKONER_MAIL_FROM": sender}
    done = subprocess.run([sys.executable, "-c", ASKED], env=os.environ | facts, capture_output=True, text=True)
    return done.stdout.strip(), (done.stderr.strip().splitlines() or [""])[-1].partition(": ")[2]


@pytest.mark.parametrize(
    ("url", "sender", "read", "wrong"),
    [
        ("smtp+tls://u:p%2Fq@mail.example:587", "r@office.example", "mail.example 587 p/q True", ""),
        ("mail.example", "r@office.example", "", "RECKONER_MAIL_URL cannot be read."),
        ("smtp://mail.example:25", "", "", "RECKONER_MAIL_FROM is not set."),
    ],
)
def test_mail_server_is_read_from_its_address_or_refused(url, sender, read, wrong):
    printed, said = started(url, sender)
    assert (printed, said[: len(wrong)]) == (read, wrong)
