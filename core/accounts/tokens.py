"""Finding out whose token a program shows, and noting that it was used."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.utils import timezone

from core.accounts.models import ApiToken, ApiTokenUse
from core.audit.middleware import client_address

PREFIX = "rkn_"  # so that one that has got into a repository is found there
LONGEST = 366  # days
USE_NOTED = dt.timedelta(minutes=1)


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """A plain hash is enough: the secret has 256 random bits, so there is nothing to try out."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str) -> ApiToken | None:
    """The token somebody shows, whether it is still good or not."""
    return ApiToken.objects.filter(digest=digest_of(secret)).first()


def note_use(token: ApiToken, request: Any) -> None:
    now = timezone.now()
    held = ApiTokenUse.objects.filter(token=token).first()
    if held is None or now - held.last_used_at > USE_NOTED:
        seen = {"last_used_at": now, "address": client_address(request)}
        ApiTokenUse.objects.update_or_create(token=token, defaults=seen)
