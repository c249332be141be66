"""Reading the log: what changed, what a thing was on a day, and the timeline in sentences."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model

from core.audit.kinds import tables
from core.audit.models import AuditEvent, PrunePoint
from core.audit.sentences import Happening, Sentence, tell
from core.audit.tables import HIDDEN


class FieldChange(NamedTuple):
    label: str  # the field's verbose name
    old: Any
    new: Any


class Names:
    """What things are called, looked up once each: give one to all the events of a page."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def load(self, model: type[Model], keys: Iterable[Any]) -> None:
        """One query for all of these that are not known yet."""
        table = model._meta.db_table
        missing = {str(key) for key in keys} - {key for known, key in self._names if known == table}
        if missing:
            for key, thing in model._base_manager.select_related().in_bulk(missing).items():
                self._names[table, str(key)] = str(thing)
        for key in missing:
            self._names.setdefault((table, key), "")

    def of(self, model: type[Model], key: Any) -> str:
        """Its name now; where it is gone, its kind and key."""
        self.load(model, [key])
        return self._names[model._meta.db_table, str(key)] or f"{model._meta.verbose_name} {key} (since removed)"

    def known(self, model: type[Model], key: Any) -> str:
        """Its name if it was loaded and is still there, else empty."""
        return self._names.get((model._meta.db_table, str(key)), "")


@cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in tables()}


def model_of(table: str) -> type[Model] | None:
    """None for a table that a later version no longer has."""
    return _models().get(table)


def field_changes(event: AuditEvent, names: Names | None = None) -> list[FieldChange]:
    """The fields an event changed, each with its old and new value in words a reader knows.

    Of an added or removed row: every field that held something. Of a batch: nothing, it has no fields.
    """
    names = names or Names()
    if event.op == AuditEvent.Op.BATCH:
        return []
    old, new = event.old_changed or {}, event.new_full or {}
    columns = (
        list(old) if event.op == AuditEvent.Op.UPDATE else [c for c, v in (new or old).items() if v not in ("", None)]
    )
    model = model_of(event.table)
    fields = _fields(model)
    position = {column: number for number, column in enumerate(fields)}
    changes = []
    for column in sorted(columns, key=lambda one: position.get(one, len(position))):
        field = fields.get(column)
        if model is not None and column == model._meta.pk.column and event.op != AuditEvent.Op.UPDATE:
            continue
        label = str(field.verbose_name) if field is not None else column.replace("_", " ")
        if HIDDEN in (old.get(column), new.get(column)):
            changes.append(FieldChange(label, "not shown", "changed"))
        else:
            changes.append(FieldChange(label, *(_shown(field, side.get(column), names) for side in (old, new))))
    return changes


def _columns(event: AuditEvent, fields: dict[str, models.Field]) -> list[str]:
    """The columns worth telling of, in the order of the model's fields."""
    held = event.old_changed or {}
    if event.op != AuditEvent.Op.UPDATE:
        row = event.new_full or held
        held = {c: v for c, v in row.items() if v not in ("", None) and not (c in fields and fields[c].primary_key)}
    position = {column: number for number, column in enumerate(fields)}
    return sorted(held, key=lambda column: position.get(column, len(position)))


def as_of(table: str, key: Any, at: datetime) -> dict[str, Any] | None:
    """Column to value of a logged row as it was at a moment; None where it did not exist then."""
    event = AuditEvent.objects.for_object(table, key).filter(at__lte=at).exclude(op="B").order_by("-pk").first()
    if event is None or event.new_full is None:
        return None
    fields = _fields(model_of(table))
    return {column: python_value(fields.get(column), raw) for column, raw in event.new_full.items()}


def why_unknown(table: str, key: Any, at: datetime) -> str:
    """Where `as_of` gives nothing: "redacted", "archived", or empty because the row was not there."""
    event = AuditEvent.objects.for_object(table, key).filter(at__lte=at).exclude(op="B").order_by("-pk").first()
    if event is not None:
        return "redacted" if event.is_redacted and event.op != AuditEvent.Op.DELETE else ""
    first = AuditEvent.objects.for_object(table, key).order_by("pk").first()
    was_there = first is None or first.op != AuditEvent.Op.INSERT
    return "archived" if was_there and PrunePoint.objects.exists() else ""


def described(table: str, values: dict[str, Any], names: Names | None = None) -> list[tuple[str, Any]]:
    """(label, value in words) of what `as_of` gave, in the order of the model's fields."""
    names = names or Names()
    fields = _fields(model_of(table))
    known = [column for column in fields if column in values]
    rest = [column for column in values if column not in fields]
    shown = [(str(fields[column].verbose_name), _worded(fields[column], values[column], names)) for column in known]
    return shown + [(column.replace("_", " "), values[column]) for column in rest]


def timeline(events: Iterable[AuditEvent], names: Names | None = None) -> list[Sentence]:
    """The events told as sentences, in the order given; one query a kind of thing."""
    names = names or Names()
    events = list(events)
    by_model: dict[type[Model], list[str]] = {}
    for event in events:
        model = model_of(event.table)
        if model is not None and event.key:
            by_model.setdefault(model, []).append(event.key)
    for model, keys in by_model.items():
        if not model._meta.auto_created:
            names.load(model, keys)
    return tell(_happening(event, names) for event in events)


def python_value(field: models.Field | None, raw: Any) -> Any:
    """A value of the log as the model would hold it; as it stands where the field has gone or changed its type."""
    if field is None or raw is None or raw == HIDDEN:
        return raw
    target = field
    while target.remote_field and getattr(target, "target_field", None):
        target = target.target_field
    try:
        if isinstance(target, models.JSONField):
            return _floats(raw)
        if isinstance(target, models.DurationField) and isinstance(raw, int):
            return timedelta(microseconds=raw)
        if isinstance(target, models.BinaryField):
            return bytes.fromhex(raw.removeprefix("\\x"))
        return target.to_python(str(raw) if isinstance(raw, Decimal) else raw)
    except (ValidationError, ValueError, TypeError):
        return raw


def _fields(model: type[Model] | None) -> dict[str, models.Field]:
    return {field.column: field for field in model._meta.concrete_fields} if model else {}


def _shown(field: models.Field | None, raw: Any, names: Names) -> Any:
    return _worded(field, python_value(field, raw), names)


def _worded(field: models.Field | None, value: Any, names: Names) -> Any:
    if field is None or value is None:
        return value
    if isinstance(field, models.ForeignKey):
        return names.of(field.related_model, value)
    choices = dict(field.flatchoices) if field.choices else {}
    return str(choices.get(value, value)) if choices else value


def _floats(value: Any) -> Any:
    """What a JSONField held: its numbers as floats, not the decimals the log is read with."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _floats(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_floats(one) for one in value]
    return value


def _happening(event: AuditEvent, names: Names) -> Happening:
    model = model_of(event.table)
    meta = model._meta if model else None
    label = names.known(model, event.key) if model else event.key
    return Happening(
        id=event.pk,
        op=event.op,
        at=event.at,
        group=event.request_id or event.transaction,
        actor=event.actor_name,
        on_behalf_of=event.on_behalf_of,
        action=event.action,
        reason=event.reason,
        noun=str(meta.verbose_name) if meta else event.table.replace("_", " "),
        nouns=str(meta.verbose_name_plural) if meta else event.table.replace("_", " "),
        label=label or _label_then(model, event),
        count=event.new_full["count"] if event.op == AuditEvent.Op.BATCH else 1,
        is_link=bool(meta and meta.auto_created),
    )


def _label_then(model: type[Model] | None, event: AuditEvent) -> str:
    """Of a thing since removed: the first of its words the log still has."""
    values = event.new_full or event.old_changed or {}
    words: Sequence[str] = ("name", "title", "reference", "ref", "number", "text")
    return next((str(values[word])[:100] for word in words if values.get(word) and values[word] != HIDDEN), event.key)
