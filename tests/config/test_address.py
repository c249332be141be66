"""The address that mails, files and the demonstration say is the one the site listens on, unless another is given."""

import os
import subprocess
import sys

import pytest

ASKED = "from django.conf import settings as s; print(s.SITE_URL)"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"RECKONER_PORT": "8123"}, "http://localhost:8123"),
        ({"RECKONER_PORT": "8123", "RECKONER_URL": "https://office.example/"}, "https://office.example"),
    ],
)
def test_address_follows_the_port_unless_it_is_given(given, said):
    kept = {name: value for name, value in os.environ.items() if name not in ("RECKONER_URL", "RECKONER_PORT")}
    facts = {"DJANGO_SETTINGS_MODULE": "config.settings", **given}
    done = subprocess.run([sys.executable, "-c", ASKED], env=kept | facts, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == said
