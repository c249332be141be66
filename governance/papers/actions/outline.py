"""Saying how papers are put together. The caller has checked permission."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from core.documents.versions import Stale
from governance.papers import states
from governance.papers.content.outline import Section
from governance.papers.models import Outline
from governance.papers.models.outline import newest


@dataclass(frozen=True)
class Standing:
    """The outline as somebody else has just left it."""

    version: int
    sections: tuple[Section, ...]


@action
def save_outline(*, version: int, sections: Sequence[Section], why: str, by: User) -> Outline:
    """Keep a new version, made on the version named. Raises Stale where there is a newer one."""
    number, standing = newest()
    if number != version:
        raise Stale(Standing(number, standing))
    states.check_outline(sections, standing, why)
    facts = {"sections": [asdict(one) for one in sections], "why": why.strip(), "made_by": by, "made_at": now()}
    try:
        with transaction.atomic():
            return Outline.objects.create(number=number + 1, **facts)
    except IntegrityError as at_once:
        raise Stale(Standing(*newest())) from at_once
