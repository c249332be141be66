import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from core.documents.versions import Stale
from deepdive import actions
from deepdive.models import ActionStatus, ActionUpdate, DeliveryAction
from tests.factories.accounts import UserFactory
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory
from tests.factories.plans import QUARTER_ONE, QuarterPeriodFactory

pytestmark = pytest.mark.django_db
State = ActionUpdate.State
WRITTEN = {"text": "<p>New words.</p>", "status": "stalled", "rag": "red", "rag_reason": "No money"}


def approved(update, writer, approver):
    actions.save_update(update=update, version=update.version, by=writer, **WRITTEN)
    actions.move_update(update=update, to=State.REVIEW, by=writer)
    return actions.move_update(update=update, to=State.APPROVED, by=approver)


def test_an_update_is_approved_by_another_and_carries_its_rating_to_the_action():
    update, writer, approver = ActionUpdateFactory(), UserFactory(), UserFactory()
    done = approved(update, writer, approver)
    assert (done.state, done.approved_by) == (State.APPROVED, approver)
    action = DeliveryAction.objects.get(pk=update.action_id)
    assert (action.status, action.rag, action.rag_reason) == ("stalled", "red", "No money")


def test_whoever_wrote_part_of_it_may_not_approve_it():
    update, writer, second = ActionUpdateFactory(), UserFactory(), UserFactory()
    actions.save_update(update=update, version=1, by=writer, **WRITTEN)
    actions.save_update(update=update, version=2, by=second, **WRITTEN)
    actions.move_update(update=update, to=State.REVIEW, by=writer)
    for author in (writer, second):
        with pytest.raises(MoveRefused, match="somebody else must approve it"):
            actions.move_update(update=update, to=State.APPROVED, by=author)


def test_nothing_goes_to_review_empty():
    update = ActionUpdateFactory(text="<p> </p>")
    with pytest.raises(MoveRefused, match="nothing to review"):
        actions.move_update(update=update, to=State.REVIEW, by=UserFactory())


def test_going_back_to_draft_needs_a_reason_which_is_logged():
    update, writer = ActionUpdateFactory(), UserFactory()
    actions.save_update(update=update, version=1, by=writer, **WRITTEN)
    actions.move_update(update=update, to=State.REVIEW, by=writer)
    with pytest.raises(MoveRefused, match="Say why"):
        actions.move_update(update=update, to=State.DRAFT, by=UserFactory())
    actions.move_update(update=update, to=State.DRAFT, reason="Dates are missing", by=UserFactory())
    event = AuditEvent.objects.filter(action="deepdive.move_update").latest("pk")
    assert event.reason == "Dates are missing"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PANEL, Role.SECRETARY, Role.CONTRIBUTOR])
def test_roles_that_may_not_approve_are_refused(role):
    update, writer = ActionUpdateFactory(), UserFactory()
    actions.save_update(update=update, version=1, by=writer, **WRITTEN)
    actions.move_update(update=update, to=State.REVIEW, by=writer)
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        actions.move_update(update=update, to=State.APPROVED, by=UserFactory(roles=[role]))


def test_an_approved_update_cannot_be_edited():
    update = approved(ActionUpdateFactory(), UserFactory(), UserFactory())
    with pytest.raises(MoveRefused, match="cannot be edited"):
        actions.save_update(update=update, version=update.version, by=UserFactory(), **WRITTEN)


def test_second_of_two_editors_is_told_and_nothing_is_overwritten():
    update = ActionUpdateFactory()
    actions.save_update(update=update, version=1, by=UserFactory(), **WRITTEN)
    with pytest.raises(Stale) as told:
        actions.save_update(update=update, version=1, by=UserFactory(), **(WRITTEN | {"text": "<p>Mine.</p>"}))
    assert told.value.current.text == "<p>New words.</p>"


def test_contributor_writes_only_what_is_assigned():
    update, contributor = ActionUpdateFactory(), UserFactory(roles=[Role.CONTRIBUTOR])
    with pytest.raises(MoveRefused, match="not assigned to you"):
        actions.save_update(update=update, version=1, by=contributor, **WRITTEN)
    update.action.contributors.add(contributor)
    assert actions.save_update(update=update, version=1, by=contributor, **WRITTEN).version == 2


def test_moved_due_date_keeps_the_old_one_and_the_reason():
    action = DeliveryActionFactory(due=dt.date(2019, 10, 1))
    for month in (11, 12):
        actions.redate_action(
            delivery_action=action, due=dt.date(2019, month, 1), reason="Supplier is late", by=UserFactory()
        )
    moved = action.redatings.values_list("was", "now", "why")
    assert list(moved) == [
        (dt.date(2019, 10, 1), dt.date(2019, 11, 1), "Supplier is late"),
        (dt.date(2019, 11, 1), dt.date(2019, 12, 1), "Supplier is late"),
    ]


def test_opening_a_quarter_asks_for_each_open_action_once():
    period = QuarterPeriodFactory()
    first = DeliveryActionFactory()
    DeliveryActionFactory(status=ActionStatus.DELIVERED)
    earlier = QuarterPeriodFactory(start=QUARTER_ONE[0], end=QUARTER_ONE[1])
    ActionUpdateFactory(action=first, period=earlier, rag="amber", rag_reason="Late", status="stalled")
    due = dt.date(2019, 11, 20)
    assert actions.open_updates(period=period, due=due, by=UserFactory()) == 1
    assert actions.open_updates(period=period, due=due, by=UserFactory()) == 0
    made = ActionUpdate.objects.get(period=period)
    assert (made.action, made.text, made.rag, made.status, made.due) == (first, "", "amber", "stalled", due)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": State.APPROVED}, "an_approved_update_names_who_and_when"),
        ({"rag": "red", "rag_reason": ""}, "amber_and_red_give_a_reason"),
    ],
)
def test_database_refuses_what_no_page_should_send(changes, constraint):
    update = ActionUpdateFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActionUpdate.objects.filter(pk=update.pk).update(**changes)


def test_approval_names_who_only_while_approved():
    update = approved(ActionUpdateFactory(), UserFactory(), UserFactory())
    with pytest.raises(IntegrityError, match="an_approved_update"), transaction.atomic():
        ActionUpdate.objects.filter(pk=update.pk).update(state=State.DRAFT, approved_at=timezone.now())
