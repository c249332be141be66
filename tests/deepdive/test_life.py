"""Several people at one action and its update: whatever they do, in whatever order, and at once."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit import audit_context
from core.documents.versions import Stale
from deepdive import actions
from deepdive.models import OVER, ActionStatus, ActionUpdate, DeliveryAction
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import ActionUpdateFactory

State = ActionUpdate.State
TODAY = dt.date(2019, 12, 2)
OFFICE, OTHER, CONTRIBUTOR, SECRETARY = range(4)


WAYS = {  # written out a second time, from what each status means
    "not_started": {"in_progress", "closed"},
    "in_progress": {"not_started", "stalled", "delivered", "closed"},
    "stalled": {"in_progress", "delivered", "closed"},
    "delivered": {"in_progress"},
    "closed": {"in_progress"},
    "carried": set(),  # it goes on in the plan of the next year, and only by making that
}


def lacks_nothing(was: str, to: str, *, reason: str, rag: str, day: dt.date | None, no_evidence: str) -> bool:
    """What is asked: going on after a halt or an end says why and how it is rated, an end its day, delivery its file."""
    again = to == "in_progress" and was != "not_started"
    return (
        (bool(reason) or (to == "in_progress" and not again))
        and (bool(rag) or not (again or to == "stalled"))
        and (day is not None or to not in ("delivered", "closed"))
        and (bool(no_evidence) or to != "delivered")
    )


def whole(update: int) -> tuple[dict, dict, int]:
    """The action of an update, the update, and how often the action moved: all that a move changes."""
    held = ActionUpdate.objects.filter(pk=update)
    action = DeliveryAction.objects.filter(updates__in=held)
    return action.values().get(), held.values().get(), action.get().status_changes.count()


@pytest.mark.django_db
def test_every_way_an_action_may_go_is_open_to_the_office_and_every_other_is_refused_with_a_sentence():
    OfficeFactory(is_demo=True, today_override=TODAY)
    people = {role: UserFactory(roles=[role]) for role in (Role.STAFF, Role.CONTRIBUTOR, Role.SECRETARY)}
    update = ActionUpdateFactory()
    update.action.contributors.add(people[Role.CONTRIBUTOR])
    said = {"reason": "So it is", "rag": "red", "day": TODAY, "no_evidence": "In the minutes"}
    went = {role: {status: set() for status in WAYS} for role in people}
    for status in WAYS:
        ended = {"ended_on": TODAY, "ended_why": "So it was"} if status in OVER else {"ended_on": None, "ended_why": ""}
        DeliveryAction.objects.update(status=status, **ended)
        stood, held = whole(update.pk), DeliveryAction.objects.get()
        for role, person in people.items():
            for to in WAYS:
                try:
                    with transaction.atomic():
                        moved = actions.move_action(
                            delivery_action=held, version=held.version, to=to, by=person, **said
                        )
                        went[role][status].add(moved.status)
                        transaction.set_rollback(True)
                except MoveRefused as refused:
                    assert str(refused).endswith("Nothing was changed."), (role, status, to)
        assert whole(update.pk) == stood, status
    nowhere = {status: set() for status in WAYS}
    assert went == {Role.STAFF: WAYS, Role.CONTRIBUTOR: nowhere, Role.SECRETARY: nowhere}


class DeliveryLife(RuleBasedStateMachine):
    """A member of staff, another, a contributor and a secretary work on one action and its update of a quarter."""

    def __init__(self) -> None:
        super().__init__()
        self.context = audit_context(actor_name="fixture")
        self.context.__enter__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        OfficeFactory(is_demo=True, today_override=TODAY)
        self.pk = ActionUpdateFactory(text="").pk
        self.people = [
            UserFactory(),
            UserFactory(),
            *(UserFactory(roles=[one]) for one in (Role.CONTRIBUTOR, Role.SECRETARY)),
        ]
        self.update.action.contributors.add(self.people[CONTRIBUTOR])
        self.first = self.action.first_statement
        self.wrote: set[int] = set()
        self.dates = [self.action.due]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.context.__exit__(None, None, None)

    @property
    def update(self) -> ActionUpdate:
        return ActionUpdate.objects.get(pk=self.pk)

    @property
    def action(self) -> DeliveryAction:
        return self.update.action

    @precondition(lambda self: self.update.state == State.DRAFT)
    @rule(
        who=st.sampled_from([OFFICE, OTHER, CONTRIBUTOR]),
        words=st.sampled_from(["", "<p>Words.</p>", "<p>Other words.</p>"]),
        status=st.sampled_from([one for one in ActionStatus.values if one != "carried"]),
        rag=st.sampled_from(["green", "red"]),
    )
    def write(self, who, words, status, rag):
        held = self.update
        said = {"text": words, "status": status, "rag": rag, "rag_reason": "A reason"}
        actions.save_update(update=held, version=held.version, by=self.people[who], **said)
        self.wrote.add(self.people[who].pk)

    @rule(who=st.integers(0, 2), words=st.just("<p>Late words.</p>"))
    def write_on_an_older_version(self, who, words):
        held = self.update
        with pytest.raises((Stale, MoveRefused)):
            actions.save_update(
                update=held, version=held.version - 1, text=words, status="stalled", rag="red", rag_reason="x",
                by=self.people[who],
            )  # fmt: skip
        assert self.update.text == held.text

    @rule(who=st.integers(0, 3), to=st.sampled_from(State.values), reason=st.sampled_from(["", "Why not"]))
    def move_update(self, who, to, reason):
        before, action = self.update, self.action
        may = self.may_move(who, before, to, reason)
        try:
            actions.move_update(update=before, to=to, reason=reason, by=self.people[who])
        except MoveRefused:
            assert not may, (who, before.state, to, reason)
            assert (self.update.state, self.action.status) == (before.state, action.status)
        else:
            assert may, (who, before.state, to, reason)
            if to == State.APPROVED:
                assert (self.action.status, self.action.rag) == (before.status, before.rag)

    def may_move(self, who, before, to, reason) -> bool:
        """The rules a second time: the office approves what it has not written, and who goes back says why."""
        office, force = who in (OFFICE, OTHER), who == CONTRIBUTOR
        match before.state, to:
            case State.DRAFT, State.REVIEW:
                return (office or force) and bool(before.text)
            case State.REVIEW, State.DRAFT:
                return (office or force) and bool(reason)
            case State.REVIEW, State.APPROVED:
                return office and self.people[who].pk not in self.wrote
            case State.APPROVED, State.DRAFT:
                return office and bool(reason)
        return False

    @rule(
        who=st.integers(0, 3),
        to=st.sampled_from(ActionStatus.values),
        reason=st.sampled_from(["", "So it is"]),
        rag=st.sampled_from(["", "red"]),
        day=st.sampled_from([None, TODAY]),
        shown=st.sampled_from(["", "In the minutes"]),
    )
    def move_action(self, who, to, reason, rag, day, shown):
        before, stood = self.action, whole(self.pk)
        said = {"reason": reason, "rag": rag, "day": day, "no_evidence": shown}
        may = who in (OFFICE, OTHER) and to in WAYS[before.status] and lacks_nothing(before.status, to, **said)
        try:
            actions.move_action(delivery_action=before, version=before.version, to=to, by=self.people[who], **said)
        except MoveRefused as refused:
            assert not may, (who, before.status, to, said)
            assert str(refused).endswith("Nothing was changed.")
            assert whole(self.pk) == stood
        else:
            assert may, (who, before.status, to, said)
            assert self.action.status == to

    @rule(who=st.sampled_from([OFFICE, OTHER]), month=st.integers(1, 12))
    def redate(self, who, month):
        due = dt.date(2020, month, 1)
        actions.redate_action(delivery_action=self.action, due=due, reason="Late", by=self.people[who])
        self.dates.append(due)

    @rule(who=st.sampled_from([OFFICE, OTHER]), words=st.sampled_from(["Say it better", "Say it best"]))
    def correct(self, who, words):
        held = self.action
        if held.statement != words:
            actions.correct_statement(
                delivery_action=held, version=held.version, statement=words, reason="Clearer", by=self.people[who]
            )

    @invariant()
    def approved_by_another_and_not_empty(self):
        held = self.update
        if held.state == State.APPROVED:
            assert held.approved_by_id not in self.wrote
            assert held.text
        assert (held.state == State.APPROVED) == (held.approved_at is not None)

    @invariant()
    def every_change_is_kept_in_order(self):
        held = self.action
        assert held.first_statement == self.first
        words = [held.first_statement, *held.corrections.values_list("now", flat=True)]
        assert words[-1] == held.statement
        assert [held.due, *self.dates] == [self.dates[-1], None, *held.redatings.values_list("now", flat=True)]
        changes = list(held.status_changes.values_list("was", "now"))
        assert [was for was, _ in changes] == ["not_started", *[now for _, now in changes]][: len(changes)]
        assert held.status == (changes[-1][1] if changes else "not_started")
        assert (held.ended_on is not None) == (held.status in OVER)


class TestDeliveryLife(TestCase, DeliveryLife.TestCase):
    settings = settings(max_examples=12, stateful_step_count=12, suppress_health_check=list(HealthCheck))


@pytest.mark.servers
def test_of_six_who_save_one_update_at_once_one_is_kept_and_five_are_told(real_db):
    OfficeFactory(is_demo=True, today_override=TODAY)
    update = ActionUpdateFactory(text="<p>As it was.</p>")
    people = [UserFactory() for _ in range(6)]
    ready, kept, told = threading.Barrier(6), [], []

    def save(number: int) -> None:
        ready.wait()
        said = {"text": f"<p>Words of {number}.</p>", "status": "in_progress", "rag": "green", "rag_reason": ""}
        try:
            kept.append(actions.save_update(update=update, version=1, by=people[number], **said).text)
        except Stale as stale:
            told.append(stale.current.text)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = ActionUpdate.objects.get(pk=update.pk)
    assert (kept, told, held.version) == ([held.text], [held.text] * 5, 2)
    assert [f"<p>Words of {people.index(one)}.</p>" for one in held.authors.all()] == [held.text]


@pytest.mark.django_db
def test_nothing_is_approved_that_the_reviewer_has_not_read():
    OfficeFactory(is_demo=True, today_override=TODAY)
    update, writer, reviewer = ActionUpdateFactory(), UserFactory(), UserFactory()
    said = {"text": "<p>Words.</p>", "status": "in_progress", "rag": "green", "rag_reason": ""}
    actions.save_update(update=update, version=1, by=writer, **said)
    read = actions.move_update(update=update, to=State.REVIEW, by=writer).version
    actions.move_update(update=update, to=State.DRAFT, reason="A slip", by=writer)
    held = ActionUpdate.objects.get(pk=update.pk)
    actions.save_update(update=held, version=held.version, by=writer, **(said | {"text": "<p>Other words.</p>"}))
    actions.move_update(update=update, to=State.REVIEW, by=writer)
    with pytest.raises(Stale):
        actions.move_update(update=update, to=State.APPROVED, version=read, by=reviewer)
    held.refresh_from_db()
    assert held.state == State.REVIEW
