"""What the record of a decision says, as data with a hash; what of it anybody may read; and its publication's clock."""

import datetime as dt
from typing import Any

from core.accounts.clock import is_working_day
from governance.boards.minutes_content import from_text, sha256_of, to_text
from governance.boards.models import Decision

__all__ = ["content_of", "from_text", "is_late", "public_part", "publish_by", "sha256_of", "to_text"]

PUBLISH_WITHIN = 10  # working days of the decision, unless its record says otherwise
PARTS = ("text", "options", "advice", "reasons", "legal_basis")


def content_of(decision: Decision) -> dict[str, Any]:
    meeting = decision.item.meeting if decision.item else None
    board = meeting.board if meeting else decision.board
    return {
        "ref": decision.ref,
        "title": decision.title,
        **{part: getattr(decision, part) for part in PARTS},
        "decided_by": decision.decided_by,
        "decided_on": decision.day.isoformat(),
        "board": board.name if board else "",
        "in_meeting": meeting is not None,
        "marking": decision.marking,
        "exemption": decision.paragraph,
        "is_significant": decision.is_significant,
    }


def public_part(content: dict[str, Any]) -> dict[str, Any]:
    """Of an exempt decision only that it was taken, by whom and when, and the paragraph that makes it exempt."""
    if not content["exemption"] and content["marking"] == Decision.Marking.OFFICIAL:
        return content
    kept = ("ref", "decided_by", "decided_on", "board", "in_meeting", "exemption", "is_significant")
    return {name: content[name] for name in kept} | {"withheld": True, "title": "Exempt decision"}


def publish_by(decided_on: dt.date) -> dt.date:
    """The last of the working days within which a decision is published: ten after 22 October 2019 is 5 November."""
    day, left = decided_on, PUBLISH_WITHIN
    while left:
        day += dt.timedelta(days=1)
        left -= is_working_day(day)
    return day


def is_late(decision: Decision, today: dt.date) -> bool:
    """A duty to publish that has run out."""
    due = decision.publish_by
    return bool(decision.is_significant and due and today > due and decision.state != Decision.State.PUBLISHED)
