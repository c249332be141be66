"""Wanting to hear what changes in a thing, and not wanting it any more."""

from django.utils import timezone

from core.accounts.models import User
from core.audit import action
from desk.models import Following


@action
def follow(*, kind: str, key: int, by: User) -> Following:
    held, _ = Following.objects.get_or_create(user=by, kind=kind, key=key, defaults={"since": timezone.now()})
    return held


@action
def unfollow(*, kind: str, key: int, by: User) -> None:
    for held in Following.objects.filter(user=by, kind=kind, key=key):
        held.delete()
