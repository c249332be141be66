import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit import audit_context
from core.documents.versions import Stale
from governance.papers.actions.commentary import assign_commentary, move_commentary, save_commentary
from governance.papers.actions.quarters import deadlines, open_quarter
from governance.papers.models import Commentary, Paper, Quarter
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import DeliveryActionFactory
from tests.factories.papers import CommentaryFactory, HeadlineFactory, PanelMeetingFactory, QuarterFactory
from tests.factories.plans import QUARTER_ONE, PlanFactory, QuarterPeriodFactory

pytestmark = pytest.mark.django_db
State = Commentary.State


def in_review(writer):
    commentary = CommentaryFactory()
    save_commentary(commentary=commentary, version=1, text="<p>Words.</p>", did="<p>Asked.</p>", by=writer)
    return move_commentary(commentary=commentary, to=State.REVIEW, by=writer)


def test_commentary_is_approved_by_another():
    writer, approver = UserFactory(), UserFactory()
    commentary = in_review(writer)
    with pytest.raises(MoveRefused, match="somebody else must approve it"):
        move_commentary(commentary=commentary, to=State.APPROVED, by=writer)
    done = move_commentary(commentary=commentary, to=State.APPROVED, by=approver)
    assert (done.state, done.approved_by) == (State.APPROVED, approver)


def test_approved_commentary_opens_again_only_with_a_reason():
    commentary = move_commentary(commentary=in_review(UserFactory()), to=State.APPROVED, by=UserFactory())
    with pytest.raises(MoveRefused, match="Say why"):
        move_commentary(commentary=commentary, to=State.DRAFT, by=UserFactory())
    opened = move_commentary(commentary=commentary, to=State.DRAFT, reason="A figure was revised", by=UserFactory())
    assert (opened.state, opened.approved_by, opened.approved_at) == (State.DRAFT, None, None)


def test_commentary_in_review_cannot_be_edited():
    commentary = in_review(UserFactory())
    with pytest.raises(MoveRefused, match="cannot be edited"):
        save_commentary(commentary=commentary, version=commentary.version, text="", did="", by=UserFactory())


def test_empty_commentary_does_not_go_to_review():
    with pytest.raises(MoveRefused, match="nothing to review"):
        move_commentary(commentary=CommentaryFactory(text="<p> </p>"), to=State.REVIEW, by=UserFactory())


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AUDITOR, Role.PANEL, Role.CONTRIBUTOR, Role.ADMINISTRATOR])
def test_roles_that_do_not_write_cannot_move_it(role):
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        move_commentary(commentary=CommentaryFactory(), to=State.REVIEW, by=UserFactory(roles=[role]))


def test_second_of_two_editors_overwrites_nothing():
    commentary = CommentaryFactory()
    save_commentary(commentary=commentary, version=1, text="<p>First.</p>", did="", by=UserFactory())
    with pytest.raises(Stale):
        save_commentary(commentary=commentary, version=1, text="<p>Second.</p>", did="", by=UserFactory())
    commentary.refresh_from_db()
    assert "First." in commentary.text


def test_hostile_html_is_cleaned_on_the_way_in():
    commentary = CommentaryFactory()
    text = '<p onclick="x()">Words<script>alert(1)</script></p><img src=x onerror=y>'
    saved = save_commentary(commentary=commentary, version=1, text=text, did="", by=UserFactory())
    assert "script" not in saved.text
    assert "onclick" not in saved.text
    assert "onerror" not in saved.text


def test_database_refuses_an_approval_without_a_name():
    commentary = CommentaryFactory()
    with pytest.raises(IntegrityError, match="an_approved_commentary"), transaction.atomic():
        Commentary.objects.filter(pk=commentary.pk).update(state=State.APPROVED)


def test_deadlines_are_counted_back_from_the_panel():
    due = deadlines(PanelMeetingFactory())
    assert (due.commentary, due.approval, due.paper) == (
        dt.date(2019, 11, 28),
        dt.date(2019, 12, 5),
        dt.date(2019, 12, 10),
    )


def test_opening_a_quarter_makes_its_slots_updates_and_paper_once():
    measures = [HeadlineFactory(), HeadlineFactory()]
    DeliveryActionFactory()
    writer, secretary = UserFactory(), UserFactory(roles=[Role.SECRETARY])
    earlier = QuarterFactory(period=QuarterPeriodFactory(start=QUARTER_ONE[0], end=QUARTER_ONE[1]))
    CommentaryFactory(quarter=earlier, measure=measures[0], assigned_to=writer)
    period, meeting, plan = QuarterPeriodFactory(), PanelMeetingFactory(), PlanFactory()
    for _ in range(2):
        quarter = open_quarter(period=period, meeting=meeting, plan=plan, by=secretary)
    slots = quarter.commentaries.order_by("measure__pk").values_list("measure__slug", "assigned_to", "text", "due")
    assert list(slots) == [
        (measures[0].slug, writer.pk, "", dt.date(2019, 11, 28)),
        (measures[1].slug, None, "", dt.date(2019, 11, 28)),
    ]
    paper = Paper.objects.get(quarter=quarter)
    assert (paper.agenda_item.meeting, paper.agenda_item.position) == (meeting, 1)
    assert Quarter.objects.count() == 2


def test_commentary_is_given_to_somebody():
    commentary, writer = CommentaryFactory(), UserFactory()
    assign_commentary(commentary=commentary, to=writer, by=UserFactory(roles=[Role.SECRETARY]))
    commentary.refresh_from_db()
    assert commentary.assigned_to == writer


class CommentaryLife(RuleBasedStateMachine):
    """Any people doing anything in any order never leave a text approved by one who wrote it."""

    def __init__(self) -> None:
        super().__init__()
        self.context = audit_context(actor_name="fixture")
        self.context.__enter__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        OfficeFactory()
        self.commentary = CommentaryFactory(text="")
        self.people = [UserFactory(), UserFactory(), UserFactory(roles=[Role.SECRETARY])]
        self.wrote: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.context.__exit__(None, None, None)

    @property
    def held(self) -> Commentary:
        return Commentary.objects.get(pk=self.commentary.pk)

    @precondition(lambda self: self.held.state == State.DRAFT)
    @rule(who=st.integers(0, 1), words=st.sampled_from(["", "<p>Words.</p>"]))
    def write(self, who, words):
        held = self.held
        save_commentary(commentary=held, version=held.version, text=words, did="", by=self.people[who])
        self.wrote.add(self.people[who].pk)

    @rule(who=st.integers(0, 2), to=st.sampled_from(State.values), reason=st.sampled_from(["", "Why not"]))
    def move(self, who, to, reason):
        before = self.held.state
        try:
            move_commentary(commentary=self.held, to=to, reason=reason, by=self.people[who])
        except MoveRefused:
            assert self.held.state == before

    @invariant()
    def approved_by_another_and_not_empty(self):
        held = self.held
        if held.state == State.APPROVED:
            assert held.approved_by_id not in self.wrote
            assert held.text
        assert (held.state == State.APPROVED) == (held.approved_at is not None)


class TestCommentaryLife(TestCase, CommentaryLife.TestCase):
    settings = settings(max_examples=25, stateful_step_count=12, suppress_health_check=list(HealthCheck))
