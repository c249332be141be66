"""What the database itself refuses, whoever asks."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from deepdive.models import (
    ActionUpdate,
    Correction,
    DeepDiveTurn,
    DeliveryAction,
    DeliveryPlan,
    Milestone,
    Objective,
    PartnerAgency,
    Redating,
    StatusChange,
)
from tests.factories.accounts import UserFactory
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory, MilestoneFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 11, 1)
NOW = dt.datetime(2019, 11, 1, 12, tzinfo=dt.UTC)


def refused(change, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        change()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"ref": ""}, "keeps never changes"),
        ({"statement": "", "correction_reason": "x"}, "an_action_has_a_reference_and_a_statement"),
        ({"statement": "Something else"}, "a_corrected_statement_says_why"),
        ({"status": "delivered"}, "an_action_that_is_over_says_when_and_why"),
        ({"status": "closed", "ended_on": DAY}, "an_action_that_is_over_says_when_and_why"),
        ({"ended_on": DAY, "ended_why": "Done"}, "an_action_that_is_over_says_when_and_why"),
        ({"rag": "red"}, "an_action_rated_amber_or_red_says_why"),
        ({"start": dt.date(2020, 1, 1), "due": DAY}, "an_action_starts_before_it_is_due"),
    ],
)
def test_action_stays_sound(changes, constraint):
    action = DeliveryActionFactory()
    refused(lambda: DeliveryAction.objects.filter(pk=action.pk).update(**changes), constraint)


def test_deputy_is_somebody_else():
    action = DeliveryActionFactory()
    refused(
        lambda: DeliveryAction.objects.filter(pk=action.pk).update(deputy=action.owner),
        "a_deputy_is_somebody_else_than_the_owner",
    )


def test_action_that_is_carried_on_knows_its_line():
    old = DeliveryActionFactory()
    refused(lambda: DeliveryActionFactory(forebear=old), "an_action_carried_on_knows_its_line")


@pytest.mark.parametrize(
    "changes", [{"ref": "2.99"}, {"first_statement": "Another promise"}, {"delivery_plan": None}, {"line": 1}]
)
def test_reference_keeps_its_meaning(changes):
    action = DeliveryActionFactory(ref="2.01")
    if "delivery_plan" in changes:
        other = DeliveryPlan.objects.create(plan=action.delivery_plan.plan, year=2030, title="Another")
        changes = {"delivery_plan": other}
    if "line" in changes:
        changes = {"line": DeliveryActionFactory()}
    refused(lambda: DeliveryAction.objects.filter(pk=action.pk).update(**changes), "keeps never changes")


def test_reference_is_never_used_again():
    action = DeliveryActionFactory(ref="2.01")
    refused(lambda: action.delete(), "never deleted")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryActionFactory(ref="2.01")


@pytest.mark.parametrize("table", ["deepdive_objective", "deepdive_deliveryplan"])
def test_plans_and_objectives_are_never_deleted(table):
    DeliveryActionFactory()

    def delete():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")

    refused(delete, "never deleted")


def test_plan_and_objective_keep_year_and_number():
    objective = DeliveryActionFactory().objective
    refused(lambda: Objective.objects.filter(pk=objective.pk).update(number=9), "keeps never changes")
    refused(lambda: DeliveryPlan.objects.update(year=1999), "keeps never changes")


def test_an_action_is_unchanged_after_two_quarters_at_least():
    DeliveryActionFactory()
    refused(lambda: DeliveryPlan.objects.update(stale_after=1), "an_action_is_unchanged_after_two_quarters_at_least")


def test_one_deep_dive_in_each_of_four_quarters():
    objective = DeliveryActionFactory().objective
    given = {"delivery_plan": objective.delivery_plan, "priority": objective.priority}
    DeepDiveTurn.objects.create(quarter=1, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeepDiveTurn.objects.create(quarter=1, **given)
    refused(lambda: DeepDiveTurn.objects.create(quarter=5, **given), "a_deep_dive_is_in_one_of_four_quarters")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"reached_on": DAY}, "a_reached_milestone_has_evidence"),
        ({"reached_on": DAY, "evidence": "Seen", "dropped_why": "No"}, "a_milestone_is_reached_or_dropped"),
        ({"first_due": DAY}, "keeps never changes"),
    ],
)
def test_milestone_stays_sound(changes, constraint):
    milestone = MilestoneFactory()
    refused(lambda: Milestone.objects.filter(pk=milestone.pk).update(**changes), constraint)


def test_milestone_is_promised_once_for_a_day_and_stays():
    milestone = MilestoneFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneFactory(action=milestone.action, text=milestone.text)
    refused(lambda: milestone.delete(), "never deleted")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "closed", "rag_reason": ""}, "an_update_that_closes_says_why"),
        ({"status": "carried"}, "an_update_carries_nothing_into_another_plan"),
    ],
)
def test_update_stays_sound(changes, constraint):
    update = ActionUpdateFactory()
    refused(lambda: ActionUpdate.objects.filter(pk=update.pk).update(**changes), constraint)


def test_what_is_kept_of_changes_gives_reasons_and_stays():
    action, by = DeliveryActionFactory(), UserFactory()
    beside = {"action": action, "by": by, "at": NOW}
    refused(lambda: Redating.objects.create(was=None, now=DAY, why="", **beside), "a_due_date_moves_with_a_reason")
    refused(lambda: Correction.objects.create(was="a", now="b", why="", **beside), "a_correction_says_why")
    refused(lambda: Correction.objects.create(was="a", now="a", why="x", **beside), "a_correction_changes_words")
    moved = {"was": "in_progress", **beside}
    refused(lambda: StatusChange.objects.create(now="in_progress", why="x", **moved), "a_change_of_status_changes_it")
    for now in ("stalled", "closed", "delivered", "carried"):
        refused(
            lambda now=now: StatusChange.objects.create(now=now, why="", **moved),
            "an_action_stalls_or_ends_with_a_reason",
        )
    Correction.objects.create(was="a", now="b", why="x", **beside)
    refused(lambda: Correction.objects.update(why="y"), "never changed")


def test_partner_agency_is_recorded_once_however_it_is_capitalised():
    PartnerAgency.objects.create(name="Fire and Rescue")
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerAgency.objects.create(name="fire and rescue")
    refused(lambda: PartnerAgency.objects.create(name=""), "a_partner_agency_has_a_name")
