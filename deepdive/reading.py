"""What the pages read of the service delivery plan, in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q

from core.accounts.models import User
from core.documents.access import register_file_check
from core.documents.models import StoredFile
from deepdive.models import ActionUpdate, DeliveryAction, DeliveryPlan, Milestone
from deepdive.presenters import ActionRow
from measures.models import Measure, Period

MOVED = Count("redatings", filter=Q(redatings__was__isnull=False), distinct=True)  # a first date is no re-dating
WAITING = Prefetch("milestones", queryset=Milestone.objects.waiting(), to_attr="waiting_milestones")


def plan_rows(
    delivery_plan: DeliveryPlan, period: Period | None, user: User, today: dt.date, *, for_file: bool = False
) -> list[ActionRow]:
    """The plan's actions that `user` may see, each with what was said of it and of what it carries on.

    With `for_file` what only a file of the plan has is read too: partner agencies, what is filed, what it carries on.
    """
    found = DeliveryAction.objects.seen_by(user).filter(delivery_plan=delivery_plan).in_order()
    found = found.annotate(redated=MOVED).prefetch_related(WAITING)
    if for_file:
        found = found.prefetch_related("agencies", "evidence").select_related(
            "objective__priority", "owner", "deputy", "forebear__delivery_plan"
        )
    return rows_of(list(found), delivery_plan, period, today)


def rows_of(
    actions: list[DeliveryAction], delivery_plan: DeliveryPlan, period: Period | None, today: dt.date
) -> list[ActionRow]:
    """`actions` are of one plan, with `redated` and `waiting_milestones`; one query reads what was said of them."""
    said = updates_of_lines(actions, delivery_plan)
    return [
        ActionRow(one, period, said[one.pk], one.waiting_milestones, one.redated, delivery_plan.stale_after, today)
        for one in actions
    ]


def updates_of_lines(actions: list[DeliveryAction], delivery_plan: DeliveryPlan) -> dict[int, list[ActionUpdate]]:
    """By action, the updates of itself and of earlier plans' actions of its line, the latest first."""
    lines = {one.line_id or one.pk for one in actions}
    mine = {one.pk for one in actions}
    earlier = Q(action__delivery_plan__year__lt=delivery_plan.year)
    of_line = Q(action__in=lines) | Q(action__line__in=lines)
    found = (
        ActionUpdate.objects.filter(Q(action__in=mine) | earlier & of_line)
        .select_related("period", "action")
        .order_by("-period__end", "-action__delivery_plan__year")
    )
    by_line: dict[int, list[ActionUpdate]] = {}
    for update in found:
        by_line.setdefault(update.action.line_id or update.action_id, []).append(update)
    return {
        one.pk: [
            said
            for said in by_line.get(one.line_id or one.pk, [])
            if said.action_id == one.pk or said.action_id not in mine
        ]
        for one in actions
    }


def of_measures(measures: Iterable[int], since: dt.date) -> dict[int, list[DeliveryAction]]:
    """By measure, the actions that work on it, each once and with `redated`; what was over before `since` is left out.

    Two queries.
    """
    wanted = set(measures)
    found = DeliveryAction.objects.not_carried().filter(measures__in=wanted).distinct()
    found = found.filter(Q(ended_on=None) | Q(ended_on__gte=since)).in_order().annotate(redated=MOVED)
    by_measure: dict[int, list[DeliveryAction]] = {}
    for one in found.prefetch_related(Prefetch("measures", Measure.objects.only("pk"))):
        for measure in one.measures.all():
            by_measure.setdefault(measure.pk, []).append(one)
    return by_measure


def times_moved(times: int) -> str:
    """How often a promised day moved, in words; nothing where it never did."""
    return {0: "", 1: "moved once", 2: "moved twice"}.get(times, f"moved {times} times")


def quarters_with_updates(delivery_plan: DeliveryPlan) -> list[Period]:
    """The quarters in which anything was said of the plan, newest first."""
    found = Period.objects.filter(kind=Period.Kind.QUARTER)
    said = ActionUpdate.objects.filter(action__delivery_plan=delivery_plan).values("period")
    return list(found.filter(pk__in=said).order_by("-end"))


def quarters_of_lines(rows: list[ActionRow]) -> list[Period]:
    """Every quarter in which something was asked of these actions or of what they carry on, the earliest first."""
    found = {update.period_id: update.period for row in rows for update in row.updates}
    return sorted(found.values(), key=lambda one: one.end)


def update_before(update: ActionUpdate) -> ActionUpdate | None:
    """The approved update of the latest earlier quarter, of the same action or of one that it carries on."""
    return updates_before([update]).get(update.pk)


def updates_before(updates: list[ActionUpdate]) -> dict[int, ActionUpdate]:
    """The same of each of several updates of one quarter, by its key. One query."""
    lines = {one.action.line_id or one.action_id for one in updates}
    if not lines:
        return {}
    found = ActionUpdate.objects.approved().filter(Q(action__in=lines) | Q(action__line__in=lines))
    found = found.filter(period__end__lt=max(one.period.end for one in updates))
    latest: dict[int, list[ActionUpdate]] = {}
    for one in found.select_related("period", "action__delivery_plan").order_by("-period__end"):
        latest.setdefault(one.action.line_id or one.action_id, []).append(one)
    before: dict[int, ActionUpdate] = {}
    for update in updates:
        year = update.action.delivery_plan.year
        for one in latest.get(update.action.line_id or update.action_id, ()):
            if one.action_id == update.action_id or one.action.delivery_plan.year < year:
                before[update.pk] = one
                break
    return before


@register_file_check
def may_read_evidence(user: User, stored: StoredFile) -> bool:
    """Whoever sees an action sees what is filed to show it."""
    return DeliveryAction.objects.seen_by(user).filter(evidence__file=stored).exists()


def next_ref(delivery_plan: DeliveryPlan, priority_number: int) -> str:
    """The first reference under a priority that has never been used: "2.12"."""
    used = delivery_plan.actions.filter(ref__startswith=f"{priority_number}.").values_list("ref", flat=True)
    numbers = [int(ref.partition(".")[2]) for ref in used if ref.partition(".")[2].isdigit()]
    return f"{priority_number}.{max(numbers, default=0) + 1:02d}"
