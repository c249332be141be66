"""Events told as sentences, a page at a time.

An action that moves a thing from state to state is told by where it moved it, and one that did the same to many things
by how many: `desk.phrases` has "papers.move_commentary:approved" and "papers.assign_commentary:many" beside the plain
names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Min, Q

from core.audit.models import LONGEST_TRANSACTION, AuditEvent, AuditEventQuerySet
from core.audit.reading import Names, timeline
from core.audit.sentences import Sentence, phrase_of

SENTENCES = 25  # on a page
FOLDED = 12  # rows listed under one of them
ROWS_AT_ONCE, MORE_ROWS_AT_ONCE = 200, 900  # enough for most pages; and for a deed of hundreds, in as few questions
ROWS_AT_MOST = 2_000  # of one page: a longer story is told in parts
STATES = ("state", "minutes_state", "status", "is_active")

Deed = tuple[str, str, str, str]


@dataclass(frozen=True)
class Page:
    sentences: list[Sentence]
    events: dict[int, AuditEvent]
    older: int | None  # the id before which the next page begins


def deed_of(event: AuditEvent) -> Deed:
    """What one sentence is told of: the changes of one action in one request, or outside requests one transaction."""
    return event.request_id or event.transaction, event.action, event.actor_name, event.reason


def page_of(events: AuditEventQuerySet, before: int | None = None) -> Page:
    """A page of what happened, newest first. Nothing is counted: the log is long and grows at its head."""
    if before is not None:
        events = events.filter(pk__lt=before)
    taken: list[AuditEvent] = []
    deeds: set[Deed] = set()
    for event in _in_chunks(events):
        if deed_of(event) not in deeds and len(deeds) == SENTENCES or len(taken) == ROWS_AT_MOST:
            return Page(told(taken), {one.pk: one for one in taken}, taken[-1].pk)
        deeds.add(deed_of(event))
        taken.append(event)
    return Page(told(taken), {one.pk: one for one in taken}, None)


def told(events: Iterable[AuditEvent], names: Names | None = None) -> list[Sentence]:
    """The events as sentences in the order given."""
    copies = [_copied(event) for event in events]  # given other names below, which are for the telling alone
    for same in _by_deed(copies).values():
        action = _fullest(same)
        for event in same:
            event.action, event.actor_name = action, _named(event.actor_name)
    return timeline(copies, names)


def told_lately(events: Iterable[AuditEvent], most: int) -> list[Sentence]:
    """The first sentences of these events; what the rest are about is not looked up."""
    held = list(events)
    first = set(list(dict.fromkeys(deed_of(event) for event in held))[:most])
    return told(event for event in held if deed_of(event) in first)


def told_each(events: list[AuditEvent], seen: AuditEventQuerySet, names: Names) -> list[str]:
    """A sentence for each event by itself. A side effect has the words of the deed it was part of, which name its first
    change; one of many things that were done alike names itself."""
    mains = _mains(events, seen)
    timeline([*mains.values(), *events], names)  # looks up all their names at once
    texts = []
    for event in events:
        main = mains.get(deed_of(event), event)
        texts.append(told([event] if main.table == event.table else [main, event], names)[0].text)
    return texts


def _named(actor: str) -> str:
    kind, found, name = actor.partition(":")
    return f"The {kind} “{name}”" if found else actor


def _fullest(events: list[AuditEvent]) -> str:
    """The name under which the best phrase for this deed is registered."""
    action = events[0].action
    if not action:
        return action
    things = {event.key for event in events if event.table == _main(events).table}
    candidates = [f"{action}:{state}" for state in _reached(events)]
    if len(things) > 1:
        candidates = [*(f"{one}:many" for one in candidates), f"{action}:many", *candidates]
    return next((one for one in candidates if phrase_of(one)), action)


def _mains(events: list[AuditEvent], seen: AuditEventQuerySet) -> dict[Deed, AuditEvent]:
    """The first change of every deed these events belong to."""
    if not events:
        return {}
    about = seen.between(
        min(one.at for one in events) - LONGEST_TRANSACTION, max(one.at for one in events) + LONGEST_TRANSACTION
    )
    requests = {one.request_id for one in events} - {""}
    transactions = {one.transaction for one in events if not one.request_id}
    same = about.filter(Q(request_id__in=requests) | Q(request_id="", transaction__in=transactions))
    firsts = (
        same.order_by().values("request_id", "transaction", "action", "actor_name", "reason").annotate(first=Min("pk"))
    )
    found = AuditEvent.objects.filter(pk__in=[one["first"] for one in firsts]).order_by("-pk")
    return {deed_of(one): one for one in found}


def _main(events: list[AuditEvent]) -> AuditEvent:
    return min(events, key=lambda event: event.pk)


def _reached(events: list[AuditEvent]) -> list[str]:
    """The states that something came into, first things first."""
    reached = []
    for event in sorted(events, key=lambda event: event.pk):
        if event.op == AuditEvent.Op.UPDATE and not event.is_redacted:
            reached += [str(event.new_full[column]).lower() for column in STATES if column in event.old_changed]
    return reached


def _by_deed(events: Iterable[AuditEvent]) -> dict[Deed, list[AuditEvent]]:
    groups: dict[Deed, list[AuditEvent]] = {}
    for event in events:
        groups.setdefault(deed_of(event), []).append(event)
    return groups


def _copied(event: AuditEvent) -> AuditEvent:
    """As `copy` gives it, for a fifth of the time: that asks each time which model it is of."""
    twin = AuditEvent.__new__(AuditEvent)
    twin.__dict__.update(event.__dict__)
    return twin


def _in_chunks(events: AuditEventQuerySet) -> Iterator[AuditEvent]:
    last: int | None = None
    while True:
        most = ROWS_AT_ONCE if last is None else MORE_ROWS_AT_ONCE
        rows = list((events if last is None else events.filter(pk__lt=last))[:most])
        yield from rows
        if len(rows) < most:
            return
        last = rows[-1].pk
