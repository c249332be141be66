"""One record's story: what each change did to it, field by field, and how it stood on a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey
from django.utils import timezone

from core.audit.models import AuditEvent
from core.audit.reading import FieldChange, Names, field_changes, model_of
from core.audit.tables import HIDDEN
from core.documents.richtext import plain_text
from core.documents.worddiff import Piece, diff, diff_html

PROSE = 60  # characters: a longer text is compared word by word
MARKUP = re.compile(r"</(?:p|ul|ol|h3|h4|table|blockquote)>")
SHOWN = 400  # characters of a value that is not prose
COUNTERS = {"id", "version"}  # columns that say nothing of what a person did
ELSEWHERE = {("papers_frozenpaper", "content"): "the whole paper, which can be read as it was submitted"}


@dataclass(frozen=True)
class Told:
    """A field that changed: two values, or for prose the words that did."""

    label: str
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()


def names_for(events: Iterable[AuditEvent]) -> Names:
    """What the things are called that these events point at: one query a kind of thing."""
    wanted: dict[Any, set[str]] = {}
    for event in events:
        model = model_of(event.table)
        if model is None or event.op == AuditEvent.Op.BATCH:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                sides = (event.old_changed or {}, event.new_full or {})
                keys = {str(side[field.column]) for side in sides if side.get(field.column) is not None}
                wanted.setdefault(field.related_model, set()).update(keys)
    names = Names()
    for model, keys in wanted.items():
        names.load(model, keys)
    return names


def changes_of(event: AuditEvent, names: Names) -> list[Told]:
    """Every field an event changed, fit to be read."""
    columns = _columns(event.table)
    changes = [(change, columns.get(change.label, "")) for change in field_changes(event, names)]
    return [_told(event, change, column) for change, column in changes if column not in COUNTERS]


def _told(event: AuditEvent, change: FieldChange, column: str) -> Told:
    if words := ELSEWHERE.get((event.table, column)):
        return Told(change.label, "", words)
    old, new = written(change.old), written(change.new)
    if event.op == AuditEvent.Op.UPDATE and max(len(old), len(new)) > PROSE:
        compare = diff_html if MARKUP.search(old + new) else diff
        return Told(change.label, "", "", tuple(compare(old, new)))
    return Told(change.label, _short(old), _short(new))


def _columns(table: str) -> dict[str, str]:
    """A field's name in words to its column."""
    model = model_of(table)
    return {str(field.verbose_name): field.column for field in model._meta.concrete_fields} if model else {}


def written(value: Any) -> str:
    """A value in words: yes and no, days and times as they are written, nothing as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == HIDDEN:
        return "not shown"
    if hasattr(value, "astimezone"):
        local = timezone.localtime(value)
        return f"{local.day} {local:%B %Y, %H:%M}"
    if hasattr(value, "strftime") and hasattr(value, "day"):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, list | tuple):
        return ", ".join(written(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {written(one)}" for key, one in value.items())
    return str(value)


def _short(text: str) -> str:
    plain = plain_text(text) if MARKUP.search(text) else text
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1].rstrip() + "…"


def stood(table: str, values: list[tuple[str, Any]]) -> list[dict[str, str]]:
    """Rows for a summary list of how a record stood."""
    columns = _columns(table)
    rows = [(label, columns.get(label, ""), value) for label, value in values]
    return [
        {
            "key": label[:1].upper() + label[1:],
            "value": ELSEWHERE.get((table, column)) or _short(written(value)) or "nothing",
        }
        for label, column, value in rows
        if column not in COUNTERS
    ]
