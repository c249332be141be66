"""Slowing guessing down. Tries are counted in the database, so every process sees them, and where it cannot be
written to nobody signs in: there is nothing to fall back on that would let more through.
"""

import datetime as dt
import hashlib

from django.utils import timezone

from core.accounts.models import Attempt

WINDOW = dt.timedelta(minutes=15)
TRIES_AN_ACCOUNT = 5
TRIES_AN_ADDRESS = 20  # an office sits behind one address
WORDS = (
    "There have been too many tries that were wrong. Nobody can sign in here for the next 15 minutes, also with the "
    "right password. If it was not you who tried, tell your administrator."
)


class TooManyTries(Exception):
    """Its text is a sentence for the person who tried; `first` says that it is the first one refused."""

    def __init__(self, first: bool) -> None:
        super().__init__(WORDS)
        self.first = first


def account_key(email: str) -> str:
    return _hashed("account", email.strip().lower())


def address_key(address: str) -> str:
    return _hashed("address", address)


def _hashed(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}\x00{text}".encode()).hexdigest()


def count_try(account: str, address: str) -> None:
    """Count one try against an account and the address it comes from. Raises TooManyTries beyond the limits.

    The try is stored before it is judged: of any number at the same time, no more than the limit get through.
    """
    now = timezone.now()
    Attempt.objects.filter(at__lt=now - WINDOW).delete()
    limits = ((account, TRIES_AN_ACCOUNT), (address, TRIES_AN_ADDRESS))
    Attempt.objects.bulk_create([Attempt(key=key, at=now) for key, _ in limits if key])
    for key, limit in limits:
        tries = Attempt.objects.filter(key=key, at__gte=now - WINDOW).count() if key else 0
        if tries > limit:
            raise TooManyTries(first=tries == limit + 1)


def forgive(account: str, address: str) -> None:
    """It was right: the account's tries are forgotten, and the one of the address just counted."""
    Attempt.objects.filter(key=account).delete()
    last = Attempt.objects.filter(key=address).order_by("-pk").first()
    if last:
        last.delete()
