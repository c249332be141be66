"""A year of a monitoring board, as each of those who work for it would go through it in a browser of their own.

The rhythm is set up, four meetings are drawn up, held, minuted, agreed and signed; twenty actions live their lives, one
decision is published, and a promise of a paper's paragraph is kept. Of what many do alike the browser does one; the
others send what its page sends. The auditor finds all of it in the history.
"""

import datetime as dt
from pathlib import Path

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.accounts.demo import DEMO_PASSWORD, demo_email
from core.accounts.models import Office, Person, User
from core.accounts.permissions import Role
from governance.boards import proposing
from governance.boards.models import AgendaItem, Board, BoardAction, Commitment, Decision, Meeting
from governance.papers.models import SignificantTopic
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.paper_making import draft_paper
from tests.journeys.conftest import Visitor
from tests.journeys.site import Site

PROMISE = "I will report on the response times to the monitoring board by 31 March 2020."
DAYS = [dt.date(2020, 4, 15), dt.date(2020, 7, 15), dt.date(2020, 10, 21), dt.date(2021, 1, 20)]
ASKED = [8, 6, 4, 2]  # actions that arise at each meeting: twenty in the year
QUARTER = dt.timedelta(77)
PAPER = "2019-20-q2"
SEATED = ("Commissioner", "Force Lead", "Performance Officer")
FILE = {"name": "shows.txt", "mimeType": "text/plain", "buffer": b"It was done on 20 June."}


@pytest.fixture
def site(served, tmp_path: Path) -> Site:
    """The whole site from an office with a board, its people and a paper in draft; no demonstration is built."""
    paper = draft_paper()
    SignificantTopic.objects.filter(paper=paper).update(text=f"<p data-pid='bbbbbbbb'>{PROMISE}</p>")
    for role, name in (
        (Role.SECRETARY, "Board Secretary"),
        (Role.COMMISSIONER, "Commissioner"),
        (Role.CONTRIBUTOR, "Force Lead"),
        (Role.STAFF, "Performance Officer"),
        (Role.AUDITOR, "Internal Auditor"),
    ):
        user = UserFactory(name=name, email=demo_email(role), roles=[role])
        user.set_password(DEMO_PASSWORD)
        user.save()
        PersonFactory(user=user, name=name, job_title="")
    return Site(served.url, tmp_path / "site.log")


def on(day: dt.date) -> None:
    """It is that day at the office."""
    Office.objects.update(today_override=day)


def user_of(role: str) -> User:
    return User.objects.get(email=demo_email(role))


def sends(role: str, name: str, *args: object, **fields: object) -> None:
    """What a page sends, without the page: the answer leads on, as it does when all is well."""
    client = Client()
    client.force_login(user_of(role))
    answer = client.post(reverse(name, args=args), fields)
    assert (name, answer.status_code) == (name, 302)


def of_day(name: str, day: dt.date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def fill_day(page: Page, name: str, day: dt.date) -> None:
    for part, value in of_day(name, day).items():
        page.fill(f"[name={part}]", str(value))


def say(page: Page, item: AgendaItem, words: str) -> None:
    """Type a minute and wait until it is saved."""
    page.click(f"#minute-{item.pk}-text")
    page.keyboard.type(words)
    expect(page.locator(f"#item-{item.pk} .minute [data-save-state]")).to_contain_text("Saved at")


def a_board_is_set_up_with_its_year(secretary: Visitor) -> Board:
    page = secretary.page
    secretary.go("/boards/")
    secretary.press("Add a board")
    page.fill("[name=name]", "Monitoring Board")
    page.select_option("[name=relation]", Board.Relation.CHAIRS)
    page.select_option("[name=chair]", label="Commissioner")
    secretary.press("Add the board")
    board = Board.objects.get(name="Monitoring Board")
    for name in SEATED:
        person = Person.objects.get(name=name)
        sends(Role.SECRETARY, "member-create", board.slug, person=person.pk, capacity="Member")
    sends(Role.SECRETARY, "standing-list", board.slug, title="Risks to the plan", presenter="Performance Officer")
    secretary.go(reverse("series-create", args=[board.slug]))
    page.select_option("[name=often]", "month-3")
    page.select_option("[name=place]", "3")
    page.select_option("[name=weekday]", "2")
    fill_day(page, "starts", dt.date(2020, 4, 1))
    page.fill("[name=starts_at]", "14:00")
    secretary.press("Save and see the days")
    secretary.press("Fix 4 meetings")
    assert list(board.meetings.order_by("date").values_list("date", flat=True)) == DAYS
    return board


def a_sentence_of_the_paper_becomes_a_commitment(staff: Visitor, board: Board) -> Commitment:
    page = staff.page
    staff.go(reverse("promise-list", args=[PAPER]))
    staff.press(f"Hold it as a commitment: {PROMISE[:20]}", role="link")
    page.select_option("[name=owner]", label="Force Lead")
    page.select_option("[name=board]", label="Monitoring Board")
    staff.press("Hold it")
    held = Commitment.objects.get()
    assert (held.sentence, held.paragraph, held.due) == (PROMISE, "bbbbbbbb", dt.date(2020, 3, 31))
    return held


def an_agenda_is_drawn_up_and_put_in_order(secretary: Visitor, meeting: Meeting) -> None:
    """By form, from what proposes itself, and by dragging: the item dropped on the first takes its place."""
    page = secretary.page
    secretary.go(reverse("meeting-agenda", args=[meeting.pk]))
    page.fill("[name=title]", "Response times")
    page.fill("[name=presenter]", "Force Lead")
    secretary.press("Add to the agenda")
    secretary.press("Put on the agenda , Commitment")
    secretary.press("Put on the agenda , Risks to the plan")
    titles = ["Response times", f"Commitment: {PROMISE}", "Risks to the plan"]
    assert list(meeting.items.values_list("title", flat=True)) == titles
    page.drag_and_drop(".agenda__item:nth-child(3) .agenda__number", ".agenda__item:nth-child(1) .agenda__title")
    expect(page.locator("#spoken")).to_have_text("Risks to the plan is now item 1")
    expect(page.locator(".agenda__item:nth-child(1) .agenda__title")).to_have_text("Risks to the plan")
    page.get_by_role("button", name="Up item 3").press("Enter")
    expect(page.locator("#spoken")).to_have_text(f"{titles[1]} is now item 2")
    assert list(meeting.items.values_list("title", flat=True)) == [titles[2], titles[1], titles[0]]


def the_first_meeting_is_run(secretary: Visitor, meeting: Meeting) -> None:
    page, last = secretary.page, meeting.items.last()
    secretary.go(reverse("meeting-detail", args=[meeting.pk]))
    for name, kind in zip(SEATED, ("Present", "Present", "Apologies"), strict=True):
        page.locator(".seat", has_text=name).get_by_label(kind).check()
    expect(page.locator("#present")).to_have_text("2 present")
    say(page, last, "The board asked for the reasons.")
    page.click(f"#item-{last.pk} >> text=Record an action")
    form = page.locator(f"#new-{last.pk} form")
    form.get_by_label("What is to be done").fill("Do thing 1 of 2020-04-15")
    form.get_by_label("Owner").select_option(label="Force Lead")
    for part, value in zip(("Day", "Month", "Year"), (1, 7, 2020), strict=True):
        form.get_by_label(part).fill(str(value))
    form.get_by_role("button", name="Record the action").click()
    expect(page.locator(f"#outcomes-{last.pk}")).to_contain_text("due 1 July 2020")


def actions_arise(meeting: Meeting, count: int) -> None:
    """As many as a meeting asks for, each of the force's lead."""
    item, owner = meeting.items.last(), Person.objects.get(name="Force Lead")
    for number in range(item.actions.count() + 1, count + 1):
        asked = {"text": f"Do thing {number} of {meeting.date}", "person": owner.pk}
        due = of_day("due", meeting.date + QUARTER)
        sends(Role.SECRETARY, "board-action-create", item.pk, **asked, **due)


def minutes_are_circulated(meeting: Meeting, by: Visitor | None = None) -> None:
    """On a page the first time; who was there and who presided is put forward by it."""
    until = meeting.date + dt.timedelta(7)
    if by:
        by.go(reverse("minutes-circulate", args=[meeting.pk]))
        fill_day(by.page, "comments_by", until)
        by.press("Note that they are circulated")
        return
    chair, seated = meeting.board.chair_id, [one.person_id for one in meeting.attendances.all()]
    given = {"recipients": seated, "presided_by": chair} | of_day("comments_by", until)
    sends(Role.SECRETARY, "minutes-circulate", meeting.pk, **given)


def minutes_are_agreed_and_signed(meeting: Meeting, at: Meeting, secretary: Visitor, commissioner: Visitor) -> None:
    secretary.go(reverse("minutes-move", args=[meeting.pk]))
    secretary.press("Agree and lock the minutes")
    assert f"Locked by Board Secretary on {at.date.day} {at.date:%B %Y}" in secretary.read()
    commissioner.go(reverse("meeting-minutes", args=[meeting.pk]))
    commissioner.press("Read and sign")
    commissioner.page.fill("[name=password]", DEMO_PASSWORD)
    commissioner.press("Sign the minutes")


def minutes_are_agreed_and_signed_again(meeting: Meeting, at: Meeting) -> None:
    """As the pages of the first time send it."""
    sends(Role.SECRETARY, "minutes-move", meeting.pk, at=at.pk)
    signed = {"sha256": meeting.versions.get().sha256, "password": DEMO_PASSWORD}
    sends(Role.COMMISSIONER, "minutes-sign", meeting.pk, **signed)


def a_later_meeting_is_held(meeting: Meeting, before: Meeting, count: int) -> None:
    """As its pages send it: agenda of all that proposes itself, who came, a minute, actions, draft sent round."""
    on(meeting.date)
    keys = [one.key for one in proposing.everything(meeting)]
    sends(Role.SECRETARY, "proposal-settle", meeting.pk, key=keys, do="accept")
    for name in SEATED:
        here = {"person": Person.objects.get(name=name).pk, "kind": "present"}
        sends(Role.SECRETARY, "attendance-set", meeting.pk, **here)
    item = {"version": 0, "title": f"Since {before.date}", "presenter": "", "part": "public"}
    sends(Role.SECRETARY, "meeting-agenda", meeting.pk, **item)
    sends(Role.SECRETARY, "minute-edit", meeting.items.last().pk, version=0, text="<p>It was discussed.</p>")
    actions_arise(meeting, count)


def moves(role: str, one: BoardAction, *steps: str) -> None:
    for to in steps:
        said = {"reason": "The reason is given", "no_evidence": "It stands in the minutes"}
        sends(role, "board-action-move", one.pk, to, **said)


def an_owner_reports_and_the_secretary_closes(lead: Visitor, secretary: Visitor, one: BoardAction) -> None:
    """From the list of what is theirs to the file that shows it; whoever runs the meetings closes it."""
    lead.go("/actions/")
    lead.press(one.text, role="link")
    lead.page.fill("[name=progress]", "Half of it is done.")
    lead.press("Save the progress")
    lead.press("Report it done")
    lead.page.set_input_files("[name=files]", FILE)
    lead.press("Move it")
    secretary.go(reverse("board-action-detail", args=[one.pk]))
    secretary.press("Close it as done")
    secretary.press("Move it")
    one.refresh_from_db()
    assert (one.status, one.evidence_files, one.closed_by.name) == ("done", 1, "Board Secretary")


def the_third_new_day_brings_an_action_before_the_board(lead: Visitor, one: BoardAction) -> None:
    for number in (1, 2):
        day = of_day("due", one.due + dt.timedelta(number))
        sends(Role.CONTRIBUTOR, "board-action-redate", one.pk, version=number, why="It is late", **day)
    lead.go(reverse("board-action-redate", args=[one.pk]))
    fill_day(lead.page, "due", dt.date(2020, 9, 1))
    lead.page.fill("[name=why]", "The supplier is late again")
    lead.press("Give it this day")
    assert "The board will be asked to look at it" in lead.page.inner_text("body")
    assert [each.kind for each in one.escalations.all()] == ["redated"]


def a_decision_is_written_up_approved_and_published(
    secretary: Visitor, commissioner: Visitor, stranger: Visitor, meeting: Meeting
) -> Decision:
    page, words = secretary.page, {"text": "To pay for a second officer", "decided_by": "the Commissioner"}
    sends(Role.SECRETARY, "decision-create", meeting.items.last().pk, **words)
    decision = Decision.objects.get()
    secretary.go(reverse("decision-edit", args=[decision.pk]))
    page.fill("[name=title]", "A second officer")
    page.fill("[name=reasons]", "One officer cannot keep up.")
    page.select_option("[name=is_significant]", "yes")
    secretary.press("Save the record")
    assert page.get_by_role("button", name="Approve the record").count() == 0  # whoever wrote it does not approve it
    commissioner.go(reverse("decision-detail", args=[decision.pk]))
    commissioner.press("Approve the record")
    secretary.go(reverse("decision-publish", args=[decision.pk]))
    page.fill("[name=place]", "The office's website")
    secretary.press("Publish")
    stranger.go("/notices/")
    stranger.press("A second officer", role="link")
    assert "One officer cannot keep up." in stranger.read()
    return decision


def the_commitment_is_kept(staff: Visitor, held: Commitment) -> None:
    page = staff.page
    staff.go(reverse("commitment-dispose", args=[held.pk, "kept"]))
    page.fill("[name=why]", "The report was before the board on 15 July 2020.")
    page.set_input_files("[name=files]", FILE)
    staff.press("Say so")
    held.refresh_from_db()
    assert (held.status, held.redated, held.dispositions.last().files.get().name) == ("kept", 1, FILE["name"])


def the_auditor_sees_who_did_what(auditor: Visitor, decision: Decision, held: Commitment, late: BoardAction) -> None:
    for table, key, sentences in (
        ("boards_decision", decision.pk, ["Commissioner approved decision", "Board Secretary wrote up decision"]),
        ("boards_commitment", held.pk, ["Performance Officer held a sentence", "said what became of a commitment"]),
        ("boards_boardaction", late.pk, ["Force Lead gave action", "Board Secretary recorded action"]),
        ("boards_meeting", decision.item.meeting_id, ["Board Secretary agreed the minutes", "Commissioner signed"]),
    ):
        auditor.go(f"/history/{table}/{key}/")
        assert [one for one in sentences if one not in auditor.read()] == []


def test_a_year_of_a_monitoring_board(visitor):
    """Each step stands on those before it, so they are one test."""
    secretary, commissioner = visitor(Role.SECRETARY), visitor(Role.COMMISSIONER)
    lead, staff = visitor(Role.CONTRIBUTOR), visitor(Role.STAFF)
    board = a_board_is_set_up_with_its_year(secretary)
    held = a_sentence_of_the_paper_becomes_a_commitment(staff, board)
    first, second, third, fourth = list(board.meetings.order_by("date"))

    on(first.date)
    an_agenda_is_drawn_up_and_put_in_order(secretary, first)
    the_first_meeting_is_run(secretary, first)
    actions_arise(first, ASKED[0])
    minutes_are_circulated(first, secretary)
    carried = {"version": 1, "why": "The figures come in June."} | of_day("due", dt.date(2020, 7, 10))
    sends(Role.CONTRIBUTOR, "commitment-dispose", held.pk, "carried", **carried)
    done, late, *others = BoardAction.objects.order_by("pk")
    on(dt.date(2020, 6, 22))
    an_owner_reports_and_the_secretary_closes(lead, secretary, done)
    the_third_new_day_brings_an_action_before_the_board(lead, late)
    moves(Role.SECRETARY, others[0], "dropped")
    moves(Role.CONTRIBUTOR, others[1], "blocked", "progress", "reported")

    a_later_meeting_is_held(second, first, ASKED[1])
    assert second.items.filter(proposed_as=f"commitment:{held.pk}").exists()
    assert second.items.filter(carried_action=late).exists()
    minutes_are_agreed_and_signed(first, second, secretary, commissioner)
    the_commitment_is_kept(staff, held)
    decision = a_decision_is_written_up_approved_and_published(secretary, commissioner, visitor(), second)
    minutes_are_circulated(second)
    for one, before, count in ((third, second, ASKED[2]), (fourth, third, ASKED[3])):
        for action in BoardAction.objects.open().filter(item__meeting__date__lte=before.date):
            moves(Role.SECRETARY, action, "done")
        a_later_meeting_is_held(one, before, count)
        minutes_are_agreed_and_signed_again(before, one)
        minutes_are_circulated(one)
    standing = board.meetings.order_by("date").values_list("minutes_state", flat=True)
    assert list(standing) == ["signed", "signed", "signed", "circulated"]
    counted = BoardAction.objects.values_list("status").annotate(count=Count("pk")).order_by("status")
    assert dict(counted) == {"done": 17, "dropped": 1, "open": 2}
    the_auditor_sees_who_did_what(visitor(Role.AUDITOR), decision, held, late)
