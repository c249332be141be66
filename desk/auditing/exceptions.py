"""What looks unusual in the log, found by rules that say themselves what they look for.

A rule reads the newest changes of a window, never the whole log. It proves nothing: it says where to look.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from core.accounts.clock import closed_because, today
from core.accounts.models import AccessReview
from core.audit.models import AuditEvent, AuditEventQuerySet
from desk.auditing.records import LookedAt
from desk.history.telling import deed_of
from measures.charts.ranking import ordinal

WINDOW = 90  # days
LOOKED_AT = 20_000  # changes, the newest of the window
SHOWN = 50  # of one rule
BEGINS, ENDS = dt.time(7), dt.time(19)  # when the office is at work, on working days
BULK = 50  # rows changed by one press of a button
MOVED_OFTEN, MOVED_FAR = 3, 183  # times, days
STATES = ("state", "status", "minutes_state")
AGREED = {"approved", "signed", "published", "agreed", "for_signature", "locked"}
REDATINGS = ("deepdive_redating", "boards_actionredating")
EMERGENCIES = "accounts_emergencyaccess"
REVIEWS = "accounts_accessreview"
SIGNS_IN = "accounts.sign_in"


@dataclass(frozen=True)
class Found:
    """One exception: the change to look at, and why."""

    event: AuditEvent
    why: str


@dataclass(frozen=True)
class Rule:
    name: str
    title: str
    sentence: str  # the rule, as it is stated to the reader
    find: Callable[[list[AuditEvent]], Iterator[Found]]


@dataclass
class Result:
    rule: Rule
    found: list[Found]
    looked: dict[int, LookedAt] = field(default_factory=dict)

    @property
    def open(self) -> list[Found]:
        return [one for one in self.found if one.event.pk not in self.looked]

    @property
    def seen(self) -> list[tuple[Found, LookedAt]]:
        return [(one, self.looked[one.event.pk]) for one in self.found if one.event.pk in self.looked]


def window(events: AuditEventQuerySet, *, days: int = WINDOW) -> list[AuditEvent]:
    """The changes that the rules read, oldest first; before them the beginning of what is open, however long ago."""
    recent = list(events.between(timezone.now() - dt.timedelta(days=days)).order_by("-at", "-pk")[:LOOKED_AT])[::-1]
    undone = [str(pk) for pk in AccessReview.objects.filter(signed_at__isnull=True).values_list("pk", flat=True)]
    begun = events.filter(table=REVIEWS, key__in=undone, op=AuditEvent.Op.INSERT) if undone else events.none()
    if recent:
        begun = begun.filter(pk__lt=recent[0].pk)
    return [*begun.order_by("pk"), *recent]


def results(events: list[AuditEvent]) -> list[Result]:
    marks: dict[str, dict[int, LookedAt]] = {}
    for mark in LookedAt.objects.select_related("marked_by"):
        marks.setdefault(mark.rule, {})[mark.event] = mark
    return [Result(rule, list(rule.find(events))[::-1], marks.get(rule.name, {})) for rule in RULES]


def _state(values: dict | None) -> str:
    return next((str((values or {})[name]).lower() for name in STATES if (values or {}).get(name)), "")


def _without_reason(events: Iterable[AuditEvent]) -> Iterator[Found]:
    for event in events:
        if event.op != AuditEvent.Op.UPDATE or event.reason or event.is_redacted or event.actor_id is None:
            continue
        was = _state({**(event.new_full or {}), **(event.old_changed or {})})
        if was in AGREED and _state(event.new_full) not in AGREED - {was}:
            yield Found(event, f"It was {was.replace('_', ' ')}, and no reason was given for changing it.")


def _own_approval(events: Iterable[AuditEvent]) -> Iterator[Found]:
    """Whoever brought a row into an agreed state, and had changed it since it last was in none."""
    wrote: dict[tuple[str, str], set[int]] = {}
    for event in events:
        if event.actor_id is None or event.op not in ("I", "U") or event.is_redacted:
            continue
        row, state = (event.table, event.key), _state(event.new_full)
        came = event.op == "U" and any(name in (event.old_changed or {}) for name in STATES)
        if came and state == "approved":
            if event.actor_id in wrote.pop(row, set()):
                yield Found(event, f"{event.actor_name} approved it and had changed it before.")
        elif not came:
            wrote.setdefault(row, set()).add(event.actor_id)


def _out_of_hours(events: Iterable[AuditEvent]) -> Iterator[Found]:
    for event in _first_of_each(events):
        local = timezone.localtime(event.at)
        if closed := closed_because(local.date()):
            yield Found(event, f"{closed}.")
        elif not BEGINS <= local.time() < ENDS:
            yield Found(event, f"It was {local:%H:%M}.")


def _in_bulk(events: Iterable[AuditEvent]) -> Iterator[Found]:
    counts: dict[tuple, int] = {}
    events = [one for one in events if one.op in ("U", "D")]
    for event in events:
        counts[deed_of(event)] = counts.get(deed_of(event), 0) + 1
    for event in _first_of_each(events):
        if counts[deed_of(event)] >= BULK:
            yield Found(event, f"{counts[deed_of(event)]:,} rows were changed or removed at once.")


def _redated(events: Iterable[AuditEvent]) -> Iterator[Found]:
    counts: dict[tuple[str, object], int] = {}
    for event in events:
        if event.table not in REDATINGS or event.op != "I" or event.is_redacted:
            continue
        row = event.new_full or {}
        thing = event.table, row.get("action_id")
        counts[thing] = counts.get(thing, 0) + 1
        if counts[thing] >= MOVED_OFTEN:
            yield Found(event, f"The date moved for the {ordinal(counts[thing])} time in {WINDOW} days.")
        elif row.get("was") and row.get("now"):
            was, now = (dt.date.fromisoformat(row[name][:10]) for name in ("was", "now"))
            if (now - was).days > MOVED_FAR:
                yield Found(event, f"The date moved by {(now - was).days} days.")
            elif timezone.localtime(event.at).date() > was and event.actor_id is not None:
                yield Found(event, f"The date moved after it had passed, on {was.day} {was:%B %Y}.")


def _emergencies(events: Iterable[AuditEvent]) -> Iterator[Found]:
    for event in events:
        if event.table == EMERGENCIES and event.op == "I" and not event.is_redacted:
            row = event.new_full or {}
            yield Found(event, f"{event.actor_name} took the role {row.get('role')}: {row.get('reason')}")


def _late_reviews(events: Iterable[AuditEvent]) -> Iterator[Found]:
    found = [one for one in events if one.table == REVIEWS and not one.is_redacted]
    signed = {one.key for one in found if (one.new_full or {}).get("signed_at")}
    for event in found:
        due = (event.new_full or {}).get("due")
        if event.op == "I" and event.key not in signed and due and dt.date.fromisoformat(due[:10]) < today():
            yield Found(event, f"It was due by {dt.date.fromisoformat(due[:10]):%d %B %Y} and nobody has signed it.")


def _nobody(events: Iterable[AuditEvent]) -> Iterator[Found]:
    for event in events:
        if not event.actor_name:
            yield Found(event, f"Changed outside the application, as {event.role or 'the owner of the file'}.")


def _first_of_each(events: Iterable[AuditEvent]) -> Iterator[AuditEvent]:
    """The first change of each thing that a person did, signing in left out."""
    done = set()
    for event in events:
        deed = deed_of(event)
        if event.actor_id is not None and event.action != SIGNS_IN and deed not in done:
            done.add(deed)
            yield event


RULES = (
    Rule(
        "no-reason",
        "Changed after approval, without a reason",
        "A row that stood as approved, agreed, signed or published was changed by a person who gave no reason, other "
        "than on to the next of these states.",
        _without_reason,
    ),
    Rule(
        "own-approval",
        "Approved by somebody who had written in it",
        "A row became approved by the act of a person who had changed it in the same window. The application refuses "
        "this for texts; a refused attempt changes nothing and leaves no trace here.",
        _own_approval,
    ),
    Rule(
        "out-of-hours",
        "Outside office hours",
        f"A person changed something before {BEGINS:%H:%M} or from {ENDS:%H:%M} on, at a weekend or on a bank holiday "
        "in England and Wales. Signing in does not count; what one press of a button did counts once.",
        _out_of_hours,
    ),
    Rule(
        "bulk",
        "Many rows at once",
        f"One press of a button by a person changed or removed {BULK} rows or more. Rows added do not count.",
        _in_bulk,
    ),
    Rule(
        "redating",
        "Unusual changes of due dates",
        f"A due date moved for the {MOVED_OFTEN}rd time or more in {WINDOW} days, by more than {MOVED_FAR} days, or "
        "after it had passed.",
        _redated,
    ),
    Rule(
        "emergency",
        "Emergency access",
        "Somebody took a role they do not hold, for some hours. Each time is to be looked at.",
        _emergencies,
    ),
    Rule(
        "late-review",
        "Reviews of access that are overdue",
        "The quarterly review of who holds which role was opened, its day has passed, and nobody has signed it. It "
        "stays here until somebody does, however long ago it was opened.",
        _late_reviews,
    ),
    Rule("nobody", "Nobody on record", "A row was changed outside the application, so that nobody is named.", _nobody),
)
BY_NAME = {rule.name: rule for rule in RULES}
