"""Passwords that others have chosen before.

A policy of twelve characters leaves few words of any list of common passwords standing, and people then join two or add
a year. So what is refused is what is made of common passwords: a word or two of them, with signs and digits around.
Three words or more pass. Passwords of known breaches are asked for at a service only where the office names one.
"""

import hashlib
import re
import urllib.request

import structlog
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from core.accounts.context import current_office
from core.accounts.models import User

log = structlog.get_logger(__name__)
MADE_OF = (
    "This password is made of words that many people use. Three words that have nothing to do with each other are good."
)
BREACHED = "This password is in a list of stolen passwords. Choose another one."
AS_LETTERS = str.maketrans("013457@$!", "oieastasi")
WORD, LETTER, SIGN = 8, 12, 1  # what a piece of a password costs whoever guesses
TOO_CHEAP = 19  # two common words and three signs
LONGEST = 16  # of a common password that is looked for inside another
TIMEOUT = 3  # seconds


class NothingCommon(CommonPasswordValidator):
    """Django's list of common passwords, also joined, doubled, with digits for letters; and the office's own name."""

    def validate(self, password: str, user: User | None = None) -> None:
        if is_cheap(password, self.passwords, own_words()):
            raise ValidationError(MADE_OF, code="password_too_common")

    def get_help_text(self) -> str:
        return MADE_OF


def own_words() -> set[str]:
    """What anybody would try first at this office."""
    office = current_office()
    named = f"{office.name} {office.short_name} {office.force_name}" if office else ""
    return {
        "reckoner",
        "police",
        "commissioner",
        *(one for one in re.findall(r"[a-z]+", named.lower()) if len(one) > 3),
    }


def is_cheap(password: str, *known: set[str]) -> bool:
    """Whether a password is made of little more than one or two of the known ones."""
    lower = password.lower().strip()
    return any(cost(_once(text), *known) <= TOO_CHEAP for text in {lower, lower.translate(AS_LETTERS)})


def _once(text: str) -> str:
    """What is said twice or more is said once."""
    found = re.fullmatch(r"(.+?)\1+", text)
    return found[1] if found else text


def cost(text: str, *known: set[str]) -> int:
    """The least that a way of putting it together costs: common passwords, signs, and letters for the rest."""
    best = [0]
    for end in range(1, len(text) + 1):
        one = text[end - 1]
        ways = [best[end - 1] + (LETTER if one.isalpha() else SIGN)]
        starts = range(max(0, end - LONGEST), end - 2)
        ways += [best[start] + WORD for start in starts if any(text[start:end] in some for some in known)]
        best.append(min(ways))
    return best[-1]


class _StayThere(urllib.request.HTTPRedirectHandler):
    """A service that leads on to another address has not answered."""

    def redirect_request(self, *args: object) -> None:
        return None


ASK = urllib.request.build_opener(_StayThere)


class NotStolen:
    """Asks the service at RECKONER_STOLEN_PASSWORDS_URL, which is told five of the forty signs of a hash and no more.

    Without an address nothing is asked. A service out of reach refuses nobody: it is noted in the log of the process.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        if not settings.STOLEN_PASSWORDS_URL:
            return
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        try:
            asked = f"{settings.STOLEN_PASSWORDS_URL}/{digest[:5]}"
            with ASK.open(asked, timeout=TIMEOUT) as answer:  # settings take https only
                lines = answer.read().decode().upper().splitlines()
        except (OSError, ValueError) as error:
            log.warning("stolen_passwords_not_asked", error=repr(error))
            return
        found = dict(line.strip().partition(":")[::2] for line in lines)
        if found.get(digest[5:], "0") != "0":  # rows with a count of nought only pad the answer
            raise ValidationError(BREACHED, code="password_stolen")

    def get_help_text(self) -> str:
        return BREACHED
