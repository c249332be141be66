"""What proposes itself for an agenda: nothing is on it until somebody puts it there."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import Max, Q

from core.accounts.clock import today
from deepdive.models import DeliveryAction
from governance.boards.models import AgendaItem, BoardAction, Commitment, DeliveryLink, Escalation, Meeting
from measures.models import Series
from measures.models.period import month_index

KINDS = {
    "standing": "Standing items",
    "item": "Carried over from earlier meetings",
    "action": "Open actions",
    "commitment": "Open commitments",
    "delivery": "Actions of the delivery plan before the board",
    "measure": "Measures whose figures are late",
}
LONGEST = 200  # characters of a title
MONTHS = {"quarterly": 3}  # how many months apart figures are expected to come; 1 where nothing is said
YEAR = dt.timedelta(days=366)  # how far back items are looked for that were not taken


@dataclass(frozen=True)
class Proposal:
    """One thing that could be taken; `key` tells it from all others, such as "action:12"."""

    key: str
    title: str
    why: str
    presenter: str = ""
    part: str = AgendaItem.Part.PUBLIC
    exemption: str = ""
    carried_action: BoardAction | None = None

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _standing(meeting: Meeting) -> Iterator[Proposal]:
    for one in meeting.board.standing_items.filter(ended_on__isnull=True):
        yield Proposal(f"standing:{one.pk}", one.title, "Taken at every meeting.", one.presenter)


def _items(meeting: Meeting) -> Iterator[Proposal]:
    """What earlier meetings put off, and what stood on those that were cancelled, until another has it."""
    lost = Q(meeting__cancelled_at__isnull=False, deferred_why="") & (
        Q(proposed_as="") | Q(proposed_as__startswith="item:")
    )
    earlier = AgendaItem.objects.filter(
        lost | ~Q(deferred_why=""), meeting__board=meeting.board_id, meeting__date__gte=meeting.date - YEAR
    ).exclude(meeting=meeting)
    since = Q(meeting__date__lt=meeting.date) | Q(meeting__cancelled_at__isnull=False, meeting__date=meeting.date)
    taken_up = AgendaItem.objects.filter(meeting__board=meeting.board_id, proposed_as__startswith="item:")
    taken = set(taken_up.values_list("proposed_as", flat=True))
    for one in earlier.filter(since).select_related("meeting").order_by("meeting__date", "position"):
        if (key := f"item:{one.pk}") not in taken:
            why = one.deferred_why or f"The meeting was cancelled: {one.meeting.cancelled_why}"
            day = f"{one.meeting.date.day} {one.meeting.date:%B %Y}"
            yield Proposal(key, one.title, f"{day}. {why}", one.presenter, one.part, one.exemption)


def _asked(meeting: Meeting) -> dict[str, str]:
    """By the key of a proposal, in words why the board itself is asked to look at it."""
    found: dict[str, str] = {}
    for row in Escalation.objects.before(meeting.board):
        what = "action" if row.action_id else "commitment" if row.commitment_id else "delivery"
        key = f"{what}:{getattr(row, f'{what}_id')}"
        found[key] = _said(found.get(key, ""), f"Before the board: it was {row.get_kind_display()}.")
    return found


def _said(*words: str) -> str:
    return " ".join(filter(None, words))


def _actions(meeting: Meeting, asked: dict[str, str]) -> Iterator[Proposal]:
    for one in BoardAction.objects.waiting_for(meeting):
        key = f"action:{one.pk}"
        why = _said(one.text, f"Due {one.due.day} {one.due:%B %Y}.", asked.get(key, ""))
        title = f"Matters arising: action {one.ref}"
        yield Proposal(key, title, why, one.owner.name, one.item.part, one.item.exemption, one)


def _commitments(meeting: Meeting, asked: dict[str, str]) -> Iterator[Proposal]:
    for one in Commitment.objects.waiting_for(meeting):
        key = f"commitment:{one.pk}"
        yield Proposal(
            key, _short(f"Commitment: {one.sentence}"), _said(_due(one), asked.get(key, "")), presenter=_owner(one)
        )


def _delivery(meeting: Meeting, asked: dict[str, str]) -> Iterator[Proposal]:
    """Open actions of the plan that this board looks after and is itself asked to look at."""
    wanted = [int(key.partition(":")[2]) for key in asked if key.startswith("delivery:")]
    if not wanted:
        return
    found = DeliveryLink.objects.actions_of(meeting.board).open().filter(pk__in=wanted)
    for one in found.select_related("owner"):
        key, title = f"delivery:{one.pk}", _short(f"Delivery action {one.ref}: {one.statement}")
        yield Proposal(key, title, _said(_due(one), asked[key]), presenter=_owner(one))


def _due(one: Commitment | DeliveryAction) -> str:
    return f"Due {one.due.day} {one.due:%B %Y}." if one.due else "It has no day."


def _owner(one: Commitment | DeliveryAction) -> str:
    return one.owner.name if one.owner else ""


def _measures(meeting: Meeting) -> Iterator[Proposal]:
    """Measures the board looks at whose own figures do not reach the last whole month, less their lag."""
    looked_at = Series.objects.own_force().filter(
        measure__in=meeting.board.measures.filter(retired_on__isnull=True),
        measure__frequency__in=("monthly", "quarterly"),
    )
    day = min(meeting.date, today())
    rows = looked_at.values_list(
        "measure__slug", "measure__name", "measure__frequency", "measure__lag_months"
    ).annotate(last=Max("current_values__period__end"))
    for slug, name, frequency, lag, last in rows.order_by("measure__name"):
        expected = month_index(day) - 1 - lag
        step = MONTHS.get(frequency, 1)
        expected -= (expected + 1) % step  # the end of the last whole quarter
        if last is None or month_index(last) < expected:
            said = f"The last figures are of {last:%B %Y}." if last else "There are no figures yet."
            yield Proposal(f"measure:{slug}", _short(f"Late figures: {name}"), said)


def everything(meeting: Meeting) -> list[Proposal]:
    """Whatever proposes itself and is not on this agenda, what was left out of it included."""
    there = set(meeting.items.exclude(proposed_as="").values_list("proposed_as", flat=True))
    asked = _asked(meeting)
    of_record = (make(meeting, asked) for make in (_actions, _commitments, _delivery))
    found = chain(_standing(meeting), _items(meeting), *of_record, _measures(meeting))
    return [one for one in found if one.key not in there]


def proposals(meeting: Meeting) -> tuple[list[tuple[str, list[Proposal]]], list[Proposal]]:
    """What waits for a decision, by kind in words; and what was left out and may still be put back."""
    left = set(meeting.left_out.values_list("key", flat=True))
    found = everything(meeting)
    waiting = [one for one in found if one.key not in left]
    grouped = [(words, [one for one in waiting if one.kind == kind]) for kind, words in KINDS.items()]
    return [(words, held) for words, held in grouped if held], [one for one in found if one.key in left]
