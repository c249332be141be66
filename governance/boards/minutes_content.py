"""What a set of minutes says, as data with a hash. Nothing here reads the database: whoever calls has read it.

The content is canonical JSON: the same minutes always give the same text, so that its SHA-256 can be worked out again.
"""

import copy
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from html import escape
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from core.documents import worddiff
from governance.boards.models import AgendaItem, Attendance, Meeting
from governance.boards.presenters import attended, day_words, minute_of

Content = dict[str, Any]


def opening(item: AgendaItem, received: Iterable[str]) -> str:
    """What the agenda and the papers say of an item already, to begin its minute with; empty when they say nothing."""
    said = []
    if carried := item.carried_action:
        progress = f" {carried.progress}" if carried.progress else ""
        said.append(f"Action {carried.ref} ({carried.owner.name}): {carried.get_status_display().lower()}.{progress}")
    elif item.presenter:
        said.append(f"{item.presenter} presented the item.")
    said += [f"The board received: {label}." for label in received]
    return "".join(f"<p>{escape(line)}</p>" for line in said)


def content_of(meeting: Meeting, items: Iterable[AgendaItem], attendances: Iterable[Attendance]) -> Content:
    """The whole minutes, exempt items with them."""
    return {
        "board": meeting.board.name,
        "date": meeting.date.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "",
        "place": meeting.place,
        "is_public": meeting.is_public,
        "presided": str(meeting.presided_by) if meeting.presided_by else "",
        "attendance": [[label, names] for label, names in attended(attendances)],
        "items": [_item(one) for one in items],
    }


def _item(item: AgendaItem) -> Content:
    return {
        "pk": item.pk,
        "position": item.position,
        "title": item.title,
        "presenter": item.presenter,
        "exemption": item.get_exemption_display() if item.is_exempt else "",
        "exempt_why": item.exempt_why,
        "release_on": item.release_on.isoformat() if item.release_on else "",
        "deferred": item.deferred_why,
        "papers": [one.name for one in item.papers.all() if not one.is_restricted],
        "declarations": [
            {"person": str(one.person), "interest": one.interest, "conduct": one.get_conduct_display()}
            for one in item.declarations.all()
        ],
        "citations": [
            {"label": one.label, "words": one.words, "href": f"{settings.SITE_URL}{one.address}"}
            for one in item.citations.all()
        ],
        "minute": minute_of(item),
        "decisions": [{"ref": one.ref, "text": one.text, "decided_by": one.decided_by} for one in item.decisions.all()],
        "actions": [
            {"ref": one.ref, "text": one.text, "owner": one.owner.name, "due": one.due.isoformat()}
            for one in item.actions.all()
        ],
        "assurances": [
            {"level": str(one.get_level_display()), "text": one.text, "wants": one.wants}
            for one in item.assurances.all()
        ],
        "questions": [
            {
                "ref": one.ref,
                "kind": str(one.get_kind_display()),
                "text": one.text,
                "asked_by": one.asker,
                "promised_by": one.promised_by.name,
                "due": one.due.isoformat(),
            }
            for one in item.questions.all()
        ],
    }


def public_part(content: Content) -> Content:
    """What anybody may read: of an exempt item its number and what is said of why and until when."""
    kept = copy.deepcopy(content)
    kept["items"] = [_withheld(one) if one["exemption"] else one for one in kept["items"]]
    return kept


def _withheld(item: Content) -> Content:
    said = {name: item[name] for name in ("exempt_why", "release_on") if item.get(name)}
    return {"position": item["position"], "exemption": item["exemption"], "withheld": True} | said


def has_exempt(content: Content) -> bool:
    return any(one["exemption"] for one in content["items"])


def to_text(content: Content) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Content:
    return json.loads(text)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def day_of(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)


def in_words(content: Content) -> Content:
    """The content with its dates as people read them, for a page or a document."""
    shown = copy.deepcopy(content) | {"day": day_words(day_of(content["date"]))}
    for item in shown["items"]:
        if item.get("release_on"):
            item["release_on"] = day_words(day_of(item["release_on"]))
        for one in [*item.get("actions", []), *item.get("questions", [])]:
            one["due"] = day_words(day_of(one["due"]))
    return shown


def changes(before: Content, after: Content) -> list[tuple[str, SafeString]]:
    """(Item, difference as HTML) of each item whose minute reads otherwise than before; both as one may see them."""
    held = {one["position"]: one.get("minute", "") for one in before["items"]}
    told = []
    for one in after["items"]:
        was, now = held.get(one["position"], ""), one.get("minute", "")
        if was != now:
            told.append(
                (f"{one['position']}. {one['title']}", SafeString(worddiff.as_html(worddiff.diff_html(was, now))))
            )
    return told
