"""Everything the log has on one record, from its source to its signature, in the order in which it happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q

from core.audit.kinds import declared_kind
from core.audit.models import AuditEvent, AuditEventQuerySet, AuditSeal
from desk.history import story
from desk.history.story import Told
from desk.history.telling import told
from governance.papers.models import FrozenPaper
from governance.papers.printed import published_papers
from measures.models import Observation

STEPS = 2  # from a paper to its versions, and from those to signature and publication
AT_MOST = 500  # changes

Rows = dict[str, set[str]]  # table to keys


@dataclass(frozen=True)
class Entry:
    event: AuditEvent
    sentence: str
    changes: list[Told]
    seal: AuditSeal | None


def entries_of(record: Model, seen: AuditEventQuerySet) -> tuple[list[Entry], bool]:
    """(what happened to it and to what belongs to it, oldest first; whether that is all)."""
    rows = _belonging(record)
    which = Q()
    for table, keys in rows.items():
        which |= Q(table=table, key__in=keys)
    if isinstance(record, Observation):
        which |= Q(table=Observation._meta.db_table, op=AuditEvent.Op.BATCH, new_full__which__batch=record.batch_id)
    events = list(seen.filter(which).order_by("pk")[: AT_MOST + 1])
    shown = events[:AT_MOST]
    names = story.names_for(shown)
    seals = {one.event_id: one for one in AuditSeal.objects.filter(event_id__in=[one.pk for one in shown])}
    entries = [
        Entry(
            one, told([one], names)[0].text, [] if one.is_redacted else story.changes_of(one, names), seals.get(one.pk)
        )
        for one in shown
    ]
    return entries, len(events) <= AT_MOST


def _belonging(record: Model) -> Rows:
    """The record, what points at it and what points at that, of the tables that are logged."""
    rows: Rows = {}
    start: list[Model] = [record]
    if isinstance(record, Observation):
        start += [one for one in (record.batch, record.supersedes) if one is not None]
        start += [one.frozen for one in published_papers() if one.cites_any({record.pk})]
    if isinstance(record, FrozenPaper):
        start.append(record.paper)
    _keep(rows, start)
    for _ in range(STEPS if not isinstance(record, Observation) else 1):
        start = list(_pointing_at(start))
        _keep(rows, start)
    return rows


def _keep(rows: Rows, found: Iterable[Model]) -> None:
    for one in found:
        rows.setdefault(one._meta.db_table, set()).add(str(one.pk))


def _pointing_at(records: Iterable[Model]) -> Iterator[Model]:
    by_model: dict[type[Model], list[Model]] = {}
    for one in records:
        by_model.setdefault(type(one), []).append(one)
    for model, some in by_model.items():
        for relation in model._meta.related_objects:
            declared = declared_kind(relation.related_model)
            if relation.many_to_many or not declared or not declared.log_rows:
                continue
            found = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": some})
            yield from found[:AT_MOST]
