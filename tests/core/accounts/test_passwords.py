"""Passwords that others have chosen before are refused, also joined and dressed up; what nobody chooses is not."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from core.accounts.models import User
from core.accounts.passwords import NothingCommon, is_cheap
from tests.factories.accounts import OfficeFactory

pytestmark = pytest.mark.django_db
STOLEN = "quite another one now"


def refused(password: str) -> bool:
    try:
        validate_password(password, User(name="Ann", email="ann@testshire.example"))
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop12", "password1234", "Password2024!", "passwordpassword", "p@ssw0rdp@ssw0rd", "123456789012",
        "iloveyou2024!", "letmeinplease1", "monkey-dragon", "Testshire2024", "Reckoner12345", "abcdabcdabcd", "aaaaaaaaaaaa",
    ],
)  # fmt: skip
def test_what_is_made_of_common_passwords_is_refused(password):
    OfficeFactory()
    assert refused(password)


@pytest.mark.parametrize("password", ["correct horse battery", "xkqjzwvbnrtp", "otter lantern quarry", "7G!kd92mzQp1"])
def test_three_words_and_what_nobody_chooses_are_taken(password):
    OfficeFactory()
    assert not refused(password)


def test_more_than_three_thousand_passwords_of_twelve_signs_are_refused():
    """ASVS 5.0, 6.2.4: the 3,000 most common that the policy would let through. Each common one with the year behind."""
    words = sorted(word for word in NothingCommon().passwords if 7 <= len(word) <= 8 and word.isalpha())[:3200]
    assert len(words) == 3200
    common = NothingCommon().passwords
    assert [word for word in words if not is_cheap(f"{word}2019!", common)] == []


@pytest.fixture
def service():
    """A server on this machine that answers as a service of stolen passwords does; what it was asked is kept."""
    digest = hashlib.sha1(STOLEN.encode(), usedforsecurity=False).hexdigest().upper()

    class Answer(BaseHTTPRequestHandler):
        asked: list[str] = []

        def do_GET(self):
            self.asked.append(self.path)
            if self.path.startswith("/elsewhere/"):
                self.send_response(302)
                self.send_header("Location", self.path.replace("/elsewhere/", "/range/"))
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"{'0' * 35}:0\r\n{digest[5:]}:12\r\n".encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/range", Answer.asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_service_of_stolen_passwords_is_asked_only_where_it_is_named_and_told_no_password(service, settings):
    address, asked = service
    assert (refused(STOLEN), asked) == (False, [])
    settings.STOLEN_PASSWORDS_URL = address
    assert (refused(STOLEN), refused("otter lantern quarry")) == (True, False)
    assert {len(path) for path in asked} == {len("/range/") + 5}
    settings.STOLEN_PASSWORDS_URL = address.replace("/range", "/elsewhere")  # it leads on, and is not followed
    assert (refused(STOLEN), asked[-1].split("/")[1]) == (False, "elsewhere")
    settings.STOLEN_PASSWORDS_URL = "http://127.0.0.1:9/range"  # nobody answers
    assert refused(STOLEN) is False
