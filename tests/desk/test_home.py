"""Home: what is due from me, how the quarter is going, what changed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from deepdive.actions import redate_action
from deepdive.models import ActionUpdate
from desk.due import Due, due_from
from desk.quarter_strip import deadline_words, strip_items
from governance.boards.actions import settle_comment
from governance.boards.publication_duties import BY_KEY
from governance.papers.models import Commentary, Paper
from measures.models import ImportBatch, ImportReport
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    BoardActionFactory,
    CommitmentFactory,
    MeetingFactory,
    MinuteCommentFactory,
    MinuteFactory,
    QuestionFactory,
)
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory, MilestoneFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)
DUTIES = "/duties/"


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


def home(client, user):
    client.force_login(user)
    return client.get("/")


def steps(user) -> list[tuple[str, str]]:
    """Without the row that stands there until somebody has looked at what has to be published."""
    return [(one.button, one.what) for one in due_from(user) if one.href != DUTIES]


def test_commentary_is_due_from_its_author_and_then_from_somebody_else():
    author, other = UserFactory(), UserFactory()
    slot = CommentaryFactory(measure=MeasureFactory(slug="burglary"), assigned_to=author)
    assert (steps(author), steps(other)) == ([("Write", "Commentary on Burglary")], [])
    slot.authors.add(author)
    Commentary.objects.filter(pk=slot.pk).update(state="review")
    assert (steps(author), steps(other)) == ([], [("Review", "Commentary on Burglary")])


def test_delivery_update_is_due_from_its_contributor_and_then_from_somebody_else():
    contributor, staff = UserFactory(roles=[Role.CONTRIBUTOR]), UserFactory()
    update = ActionUpdateFactory(action__ref="2.01")
    update.action.contributors.add(contributor)
    assert (steps(contributor), steps(staff)) == ([("Update", "Delivery action 2.01, quarter two 2019-20")], [])
    update.authors.add(contributor)
    ActionUpdate.objects.update(state="review")
    assert (steps(contributor), steps(staff)) == ([], [("Review", "Delivery action 2.01, quarter two 2019-20")])


def test_minutes_of_a_held_meeting_are_due_from_the_secretary_until_they_are_agreed():
    secretary, staff = UserFactory(roles=[Role.SECRETARY]), UserFactory()
    meeting = MinuteFactory().item.meeting
    AgendaItemFactory(meeting=MeetingFactory(date="2019-12-19"))
    assert steps(secretary) == [("Circulate", "Minutes of Commissioner's Monitoring Board, 5 November 2019")]
    assert steps(staff) == []
    agreed = {"minutes_state": "agreed", "agreed_by": secretary, "agreed_at": timezone.now()}
    type(meeting).objects.filter(pk=meeting.pk).update(**agreed)
    assert steps(secretary) == []


def test_minutes_wait_for_their_next_step_until_they_are_signed():
    """Written, circulated, comments answered, agreed at the next meeting, signed by who presided."""
    secretary = UserFactory(roles=[Role.SECRETARY])
    chair = UserFactory(roles=[Role.COMMISSIONER])
    item = MinuteFactory(text="").item
    meeting = item.meeting

    def step() -> list[tuple[str, str]]:
        return [(one.button, one.href) for one in due_from(secretary) if one.href != DUTIES]

    assert step() == [("Finish", f"/meetings/{meeting.pk}/")]
    item.minute.text = "<p>Noted.</p>"
    item.minute.save()
    assert step() == [("Circulate", f"/meetings/{meeting.pk}/minutes/circulate/")]
    type(meeting).objects.filter(pk=meeting.pk).update(
        minutes_state="circulated", presided_by=PersonFactory(user=chair)
    )
    assert step() == []
    comment = MinuteCommentFactory(item=item)
    assert step() == [("Answer comments", f"/meetings/{meeting.pk}/minutes/comments/")]
    settle_comment(comment=comment, answer="Put right", by=secretary)
    MeetingFactory(board=meeting.board, date=TODAY)
    assert step() == [("Record as agreed", f"/meetings/{meeting.pk}/minutes/agree/")]
    type(meeting).objects.filter(pk=meeting.pk).update(
        minutes_state="agreed", agreed_by=secretary, agreed_at=timezone.now()
    )
    assert (step(), steps(UserFactory(roles=[Role.COMMISSIONER]))) == ([], [])
    assert steps(chair) == [("Read and sign", "Minutes of Commissioner's Monitoring Board, 5 November 2019")]
    item.minute.authors.add(chair)
    assert steps(chair) == []


def test_milestones_are_due_from_whoever_is_to_reach_them():
    contributor, owner = UserFactory(roles=[Role.CONTRIBUTOR]), UserFactory()
    action = DeliveryActionFactory(ref="2.01", owner=PersonFactory(user=owner))
    action.contributors.add(contributor, owner)
    milestone = MilestoneFactory(action=action, text="Report to the board")
    MilestoneFactory(action=DeliveryActionFactory(status="delivered", owner=owner.person))
    MilestoneFactory()
    expected = [("Reached?", "Milestone of 2.01, Report to the board")]
    assert (steps(contributor), steps(owner), steps(UserFactory())) == (expected, expected, [])
    type(milestone).objects.filter(pk=milestone.pk).update(reached_on=TODAY, evidence="The report")
    assert steps(owner) == []


def test_commitments_are_due_from_their_owner_until_they_are_kept():
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    mine = CommitmentFactory(sentence="I will report to the panel.", owner=PersonFactory(user=user))
    CommitmentFactory()
    assert steps(user) == [("Say how it went", "Commitment: I will report to the panel.")]
    type(mine).objects.filter(pk=mine.pk).update(status="kept")
    assert steps(user) == []


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_a_secretary_costs_the_same_however_much_waits(client, django_assert_num_queries, count):
    for number in range(count):
        AgendaItemFactory(meeting=MeetingFactory(date=dt.date(2019, 11, 1 + number)))
    user = UserFactory(roles=[Role.SECRETARY])
    home(client, user)
    with django_assert_num_queries(23):
        assert client.get("/").context["due_count"] == count + 1  # with what has to be published


def test_questions_are_due_from_who_promised_then_from_another_and_when_overdue_from_the_secretary():
    elsewhere, secretary = UserFactory(roles=[Role.CONTRIBUTOR]), UserFactory(roles=[Role.SECRETARY])
    one = QuestionFactory(ref="Q2019-001", promised_by=PersonFactory(name="Officer", user=elsewhere))
    type(one.item.meeting).objects.update(date=dt.date(2019, 12, 19))  # so that no minutes are due
    staff, author = UserFactory(), UserFactory()
    assert steps(elsewhere) == [("Answer", "Question Q2019-001: Why have response times risen?")]
    assert (steps(secretary), steps(staff)) == ([], [])
    type(one).objects.filter(pk=one.pk).update(due=dt.date(2019, 12, 1))
    assert steps(secretary) == [("See to it", "Question Q2019-001, promised by Officer")]
    drafted = {"state": "drafted", "answer": "They fell.", "answered_on": TODAY, "answered_by": one.promised_by}
    type(one).objects.filter(pk=one.pk).update(**drafted)
    one.authors.add(author)
    assert (steps(staff), steps(author), steps(elsewhere)) == ([("Review", "Answer to question Q2019-001")], [], [])
    item = AgendaItemFactory(part="exempt", meeting=one.item.meeting)
    exempt = QuestionFactory(item=item, text="Secret", due=dt.date(2019, 11, 6))
    assert [one.what for one in due_from(staff) if exempt.ref in one.what] == []
    assert [one.in_mail for one in due_from(secretary) if exempt.ref in one.what] == [
        f"Question {exempt.ref}, of a restricted item"
    ]


def test_what_nobody_keeps_nobody_looked_at_and_need_not_be_exempt_is_due_from_the_secretary():
    secretary, staff = UserFactory(roles=[Role.SECRETARY]), UserFactory()
    item = AgendaItemFactory(part="exempt", title="Secret", release_on=TODAY)
    AgendaItemFactory(part="exempt", release_on=TODAY + dt.timedelta(1))
    type(item.meeting).objects.update(date=dt.date(2019, 12, 19))
    CommitmentFactory(owner=None, unowned_why="Not said", sentence="More will follow.", due=None, undated_why="None")
    found = [(one.button, one.what, one.due) for one in due_from(secretary)]
    assert found == [
        ("Need it still be?", "Item 1 of Commissioner's Monitoring Board, 19 December 2019, which is exempt", TODAY),
        ("Look", f"{len(BY_KEY)} things that have to be published, never looked at", None),
        ("Name an owner", "Nobody keeps this commitment: More will follow.", None),
    ]
    assert due_from(staff) == []


def test_every_step_leads_to_a_page_that_opens(client):
    """The office's people, each with everything that can wait for them."""
    contributor = UserFactory(roles=[Role.CONTRIBUTOR])
    update = ActionUpdateFactory(action__owner=PersonFactory(user=contributor))
    update.action.contributors.add(contributor)
    BoardActionFactory(owner=contributor.person)
    CommitmentFactory(owner=contributor.person)
    MilestoneFactory(action=update.action)
    ActionUpdateFactory(action__owner=contributor.person)  # owned only
    for one in due_from(contributor):
        client.force_login(contributor)
        assert client.get(one.href).status_code == 200, one.what


def test_open_actions_are_due_from_their_owner():
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    BoardActionFactory(ref="A2019-001", text="Report", owner=PersonFactory(user=user), due=dt.date(2019, 12, 10))
    closed = BoardActionFactory(owner=user.person)
    type(closed).objects.filter(pk=closed.pk).update(status="done", closed_at=timezone.now(), closed_by=UserFactory())
    assert steps(user) == [("Report", "Action A2019-001: Report")]


@pytest.mark.parametrize(
    ("state", "role", "button"),
    [
        ("draft", Role.SECRETARY, "Assemble"),
        ("in_review", Role.SECRETARY, "Submit"),
        ("draft", Role.COMMISSIONER, None),
        ("draft", Role.STAFF, None),
    ],
)
def test_paper_waits_for_whoever_takes_its_next_step(state, role, button):
    quarter = QuarterFactory()
    item = AgendaItemFactory(meeting=quarter.meeting)
    Paper.objects.create(quarter=quarter, agenda_item=item, title="Performance report", state=state)
    assert steps(UserFactory(roles=[role])) == ([(button, "Performance report")] if button else [])


def test_import_with_problems_waits_for_whoever_began_it():
    mine, other = UserFactory(roles=[Role.ANALYST]), UserFactory(roles=[Role.ANALYST])
    facts = {"source": "Force", "as_at": TODAY, "created_at": timezone.now(), "file_name": "may.csv"}
    ImportBatch.objects.create(created_by=mine, state="refused", **facts)
    asking = ImportBatch.objects.create(created_by=mine, state="refused", **facts | {"file_name": "june.csv"})
    ImportReport.objects.create(batch=asking, preview={"new_series": [["burglary", "testshire", "", "Burglary"]]})
    ImportBatch.objects.create(created_by=mine, state="discarded", **facts)
    assert (steps(mine), steps(other)) == (
        [("Go on", "Import of june.csv: choices to make"), ("Go on", "Import of may.csv: has problems")],
        [],
    )


@pytest.mark.parametrize(
    ("days", "when", "late"),
    [
        (-2, "overdue", "2 days late"),
        (-1, "overdue", "1 day late"),
        (0, "soon", ""),
        (7, "soon", ""),
        (8, "later", ""),
        (None, "soon", ""),
    ],
)
def test_urgency_is_told_from_the_day_it_is_due(days, when, late):
    one = Due("x", "write", "Write", "/", None if days is None else TODAY + dt.timedelta(days=days))
    assert (one.when(TODAY), one.late_words(TODAY)) == (when, late)


def test_most_pressing_comes_first_under_its_heading(client):
    user = UserFactory()
    for slug, due in (("late", dt.date(2019, 11, 28)), ("far", dt.date(2019, 12, 30)), ("near", dt.date(2019, 12, 5))):
        CommentaryFactory(measure=MeasureFactory(slug=slug), assigned_to=user, due=due)
    response = home(client, user)
    groups = [(label, [one.what for one, _ in items]) for label, items in response.context["groups"]]
    assert groups == [
        ("Overdue", ["Commentary on Late"]),
        ("In the next seven days", ["Commentary on Near"]),
        ("Later", ["Commentary on Far"]),
    ]
    assert "3 things wait for you, 1 of them overdue." in response.content.decode()


def test_nothing_due_says_so(client):
    assert "Nothing waits for you." in home(client, UserFactory()).content.decode()


@pytest.mark.parametrize(
    ("due", "words", "soon", "tone"),
    [
        (dt.date(2019, 12, 10), "in 6 working days, on 10 December", "in 6 working days", "blue"),
        (dt.date(2019, 12, 3), "in 1 working day, on 3 December", "in 1 working day", "amber"),
        (TODAY, "today, 2 December", "today", "amber"),
        (dt.date(2019, 11, 29), "29 November: 1 working day ago", "1 working day ago", "red"),
    ],
)
def test_deadline_is_told_in_working_days(due, words, soon, tone):
    assert deadline_words(due, TODAY) == {"words": words, "soon": soon, "tone": tone}


def test_strip_counts_what_is_there_of_what_is_asked_for():
    quarter = QuarterFactory()
    for slug in ("in", "out"):
        measure = MeasureFactory(slug=slug)
        series = SeriesFactory(measure=measure)
        CommentaryFactory(quarter=quarter, measure=measure)
        if slug == "in":
            give(series, steady())
    approver = UserFactory()
    Commentary.objects.filter(measure__slug="in").update(
        state="approved", approved_by=approver, approved_at=timezone.now()
    )
    ActionUpdateFactory(period=quarter.period)
    assert [(one["label"], one.get("done"), one.get("total")) for one in strip_items(quarter, TODAY, approver)] == [
        ("Data in", 1, 2),
        ("Commentary approved", 1, 2),
        ("Delivery updates approved", 0, 1),
        ("Paper due", None, None),
    ]


def test_what_changed_is_told_to_those_who_may_see_it(client):
    wren = UserFactory(name="Wren")
    redate_action(delivery_action=DeliveryActionFactory(ref="2.04"), due=TODAY, reason="Three months", by=wren)
    told = [one.text for one in home(client, UserFactory()).context["recent"]]
    assert told[0].startswith("Wren moved the due date of 2.04")
    for role in (Role.PANEL, Role.CONTRIBUTOR):
        assert home(client, UserFactory(roles=[role])).context["recent"] == []


def test_what_changed_on_exempt_items_is_not_told_to_those_who_may_not_see_them(client):
    BoardActionFactory(item=AgendaItemFactory(part="exempt"), text="Pay the contractor")
    assert "Pay the contractor" not in home(client, UserFactory(roles=[Role.STAFF])).content.decode()
    assert "Pay the contractor" in home(client, UserFactory(roles=[Role.ANALYST])).content.decode()


def test_new_office_shows_its_first_steps_to_those_who_take_them(client):
    analyst = UserFactory(roles=[Role.ANALYST])
    found = [(step.done, bool(step.href)) for step in home(client, analyst).context["first_steps"]]
    assert found == [(False, False), (False, False), (False, True), (False, False), (False, False)]
    assert home(client, UserFactory(roles=[Role.PANEL])).context["first_steps"] == []


def test_first_steps_are_ticked_as_they_are_taken(client):
    secretary = UserFactory(roles=[Role.SECRETARY])
    UserFactory()
    measure = MeasureFactory(slug="burglary")
    give(SeriesFactory(measure=measure), steady())
    done = [step.done for step in home(client, secretary).context["first_steps"]]
    assert done == [True, True, True, False, False]
    QuarterFactory()
    assert home(client, secretary).context["first_steps"] == []


def test_panel_member_sees_published_papers_and_no_quarter(client):
    QuarterFactory()
    response = home(client, UserFactory(roles=[Role.PANEL]))
    assert (response.context["open_quarter"], response.context["strip"]) == (None, None)


@pytest.mark.parametrize("role", list(Role))
def test_home_opens_for_everybody(client, role):
    QuarterFactory()
    MinuteFactory()
    assert home(client, UserFactory(roles=[role])).status_code == 200


def test_only_administrators_are_led_to_accounts(client):
    led = {role: reverse("user-list") in home(client, UserFactory(roles=[role])).content.decode() for role in Role}
    assert [role for role in Role if led[role]] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_however_much_waits(client, django_assert_num_queries, count):
    user = UserFactory(roles=[Role.ANALYST])
    person = PersonFactory(user=user)
    quarter = QuarterFactory()
    for number in range(count):
        CommentaryFactory(quarter=quarter, measure=MeasureFactory(slug=f"m-{number}"), assigned_to=user)
        ActionUpdateFactory(period=quarter.period, action__owner=person)
        BoardActionFactory(owner=person)
        CommitmentFactory(owner=person)
        MilestoneFactory(action__owner=person)
    home(client, user)
    with django_assert_num_queries(28):
        assert client.get("/").context["due_count"] == 5 * count


@pytest.mark.parametrize(
    ("role", "led"),
    [
        (Role.STAFF, ["/scorecard/?quarter=CODE", "/commentary/CODE/", "/delivery/?quarter=CODE", "/papers/CODE/"]),
        (Role.ADMINISTRATOR, ["/scorecard/?quarter=CODE", "", "/delivery/?quarter=CODE", ""]),
    ],
)
def test_strip_leads_only_to_pages_that_the_person_may_open(role, led):
    quarter = QuarterFactory()
    items = strip_items(quarter, TODAY, UserFactory(roles=[role]))
    assert [one["href"] for one in items] == [href.replace("CODE", quarter.code) for href in led]
