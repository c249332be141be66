"""Decisions: completed, approved by another, published in time or late, corrected by versions."""

import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from core.jobs.models import Job
from governance.boards import actions, decision_content
from governance.boards.models import Decision, DecisionVersion
from governance.boards.recompute import render_notice_file
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardFactory, DecisionFactory, MeetingFactory
from tests.governance.papers.printed import pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
SECRET = "The price of the second tender"
FULL = {
    "title": "Response times of September",
    "options": "To wait, or to publish with a note.",
    "advice": "The analyst advised a note.",
    "reasons": "People ask now.",
    "legal_basis": "Section 11 of the 2011 Act.",
    "marking": "OFFICIAL",
    "is_significant": True,
    "publish_by": None,
}
DAY = dt.date(2019, 12, 2)


@pytest.fixture
def secretary():
    OfficeFactory(is_demo=True, today_override=DAY)
    return UserFactory(name="The secretary", roles=[Role.SECRETARY])


@pytest.fixture
def commissioner():
    return UserFactory(name="The commissioner", roles=[Role.COMMISSIONER])


@pytest.fixture
def decision(secretary):
    item = AgendaItemFactory(meeting=MeetingFactory(date=dt.date(2019, 11, 26)))
    return actions.record_decision(item=item, text="To publish with a note", decided_by="the board", by=secretary)


def exempt_one(secretary):
    item = AgendaItemFactory(meeting=MeetingFactory(date=dt.date(2019, 11, 26)), part="exempt")
    return actions.record_decision(item=item, text=SECRET, decided_by="the board", by=secretary)


def completed(decision, by, **more):
    version = Decision.objects.get(pk=decision.pk).version
    return actions.complete_decision(decision=decision, version=version, by=by, **FULL | more)


def published(decision, secretary, commissioner, on=DAY, **more):
    completed(decision, secretary, **more)
    version = actions.approve_decision(decision=decision, by=commissioner)
    return actions.publish_decision(decision=decision, published_on=on, place="Site", by=secretary), version


def test_a_decision_goes_from_a_note_to_a_published_notice(decision, secretary, commissioner):
    assert (decision.state, decision.decided_on) == ("noted", dt.date(2019, 11, 26))
    drafted = completed(decision, secretary)
    assert (drafted.state, drafted.publish_by) == ("drafted", dt.date(2019, 12, 10))
    version = actions.approve_decision(decision=decision, by=commissioner)
    assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    assert decision_content.from_text(version.content)["reasons"] == "People ask now."
    notice = actions.publish_decision(decision=decision, published_on=DAY, place="Site", by=secretary)
    assert (notice.due, notice.is_late) == (dt.date(2019, 12, 10), False)
    decision.refresh_from_db()
    assert decision.state == "published"


def test_nothing_is_approved_that_the_reader_has_not_read(client, decision, secretary, commissioner):
    read = completed(decision, secretary).version
    client.force_login(commissioner)
    page = client.get(reverse("decision-detail", args=[decision.pk])).content.decode()
    assert f'name="version" value="{read}"' in page
    completed(decision, secretary, reasons="People asked in October.")
    sent = {"version": read}
    told = client.post(reverse("decision-approve", args=[decision.pk]), sent, follow=True).content.decode()
    assert ("changed while you were reading it" in told, decision.versions.count()) == (True, 0)
    assert client.post(reverse("decision-approve", args=[decision.pk]), {"version": read + 1}).status_code == 302
    assert decision_content.from_text(decision.versions.get().content)["reasons"] == "People asked in October."


def test_publication_is_due_ten_working_days_after_and_late_is_said(decision, secretary, commissioner):
    assert decision_content.publish_by(dt.date(2019, 10, 22)) == dt.date(2019, 11, 5)
    assert decision_content.publish_by(dt.date(2019, 12, 20)) == dt.date(2020, 1, 8)  # three bank holidays between
    held = completed(decision, secretary, publish_by=dt.date(2019, 11, 29))
    assert [decision_content.is_late(held, day) for day in (dt.date(2019, 11, 29), DAY)] == [False, True]
    actions.approve_decision(decision=decision, by=commissioner)
    notice = actions.publish_decision(decision=decision, published_on=DAY, place="Site", by=secretary)
    assert (notice.is_late, Decision.objects.to_publish().count()) == (True, 0)


def test_who_wrote_any_of_it_does_not_approve_it(decision, secretary, commissioner):
    completed(decision, commissioner)
    with pytest.raises(MoveRefused, match="You wrote part of this record"):
        actions.approve_decision(decision=decision, by=commissioner)
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        actions.approve_decision(decision=decision, by=secretary)
    assert actions.approve_decision(decision=decision, by=UserFactory(roles=[Role.STAFF])).number == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Give the decision a title"),
        ({"reasons": ""}, "Give the decision a title and its reasons"),
        ({"is_significant": None}, "of significant public interest"),
        ({"text": "Otherwise"}, "stands in its minutes"),
    ],
)
def test_a_record_in_full_has_its_parts(decision, secretary, changes, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        completed(decision, secretary, **changes)


def test_an_approved_decision_is_changed_by_a_correction_alone(decision, secretary, commissioner):
    with pytest.raises(MoveRefused, match="not approved yet"):
        actions.correct_decision(decision=decision, reason="A slip", by=secretary)
    _, first = published(decision, secretary, commissioner)
    with pytest.raises(MoveRefused, match="Open it for a correction first"):
        completed(decision, secretary)
    with pytest.raises(MoveRefused, match="Say why"):
        actions.correct_decision(decision=decision, reason=" ", by=secretary)
    actions.correct_decision(decision=decision, reason="The advice was left out", by=secretary)
    completed(decision, secretary, advice="The solicitor advised it.")
    second = actions.approve_decision(decision=decision, by=commissioner)
    assert (second.number, second.reason) == (2, "The advice was left out")
    assert "The analyst advised" in DecisionVersion.objects.get(pk=first.pk).content
    notice = actions.publish_decision(decision=decision, published_on=DAY, place="Site", by=secretary)
    assert notice.due is None  # the duty was met by the first


def test_two_people_completing_one_record_lose_nothing(decision, secretary, commissioner):
    actions.complete_decision(decision=decision, version=1, by=secretary, **FULL)
    with pytest.raises(Stale):
        actions.complete_decision(decision=decision, version=1, by=commissioner, **FULL | {"title": "Mine"})


def test_a_decision_outside_a_meeting_has_a_day_and_perhaps_a_board(secretary, commissioner):
    facts = {"text": "To lend a car", "decided_by": "the Commissioner", "decided_on": DAY, "board": BoardFactory()}
    made = actions.record_decision_outside(by=commissioner, **facts)
    again = actions.record_decision_outside(by=commissioner, **facts)
    assert (made.ref, made == again, made.item, made.day) == ("D2019-001", True, None, DAY)
    with pytest.raises(MoveRefused, match="cannot have been taken after today"):
        actions.record_decision_outside(by=commissioner, **facts | {"decided_on": dt.date(2019, 12, 3)})


def test_what_is_exempt_is_seen_by_the_cleared_and_published_without_its_words(secretary, commissioner, client):
    decision = exempt_one(secretary)
    outside = actions.record_decision_outside(
        text=SECRET, decided_by="the Commissioner", decided_on=DAY, exemption="3", by=secretary
    )
    staff = UserFactory(roles=[Role.STAFF])
    assert set(Decision.objects.seen_by(secretary)) == {decision, outside}
    assert set(Decision.objects.seen_by(staff)) == set()
    completed(decision, secretary)
    with pytest.raises(MoveRefused, match="you may not see it"):
        actions.approve_decision(decision=decision, by=staff)
    actions.approve_decision(decision=decision, by=commissioner)
    actions.publish_decision(decision=decision, published_on=DAY, place="Site", by=secretary)
    for address in (reverse("notice-list"), reverse("notice-read", args=[decision.pk])):
        page = client.get(address).content.decode()
        assert ("Exempt decision" in page, SECRET in page, FULL["title"] in page) == (True, False, False)
    assert "paragraph 3" in client.get(reverse("notice-read", args=[decision.pk])).content.decode()


@pytest.mark.parametrize("on", [dt.date(2019, 11, 25), dt.date(2019, 12, 3)])
def test_a_notice_is_not_published_before_its_decision_nor_in_days_to_come(decision, secretary, commissioner, on):
    with pytest.raises(MoveRefused, match="not after today"):
        published(decision, secretary, commissioner, on=on)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"item": None, "decided_on": None}, "a_decision_outside_a_meeting_says_when_it_was_taken"),
        ({"state": "drafted"}, "a_decision_in_full_has_title_reasons_and_significance"),
        ({"is_significant": True}, "a_significant_decision_says_by_when_it_is_published"),
    ],
)
def test_database_refuses_what_no_page_should_send(changes, constraint):
    made = DecisionFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(**changes)


def test_database_refuses_a_board_beside_a_meeting_and_versions_that_cannot_be(decision, secretary, commissioner):
    with pytest.raises(IntegrityError, match="a_decision_in_a_meeting_takes_its_board"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(board=decision.item.meeting.board)
    _, version = published(decision, secretary, commissioner)
    facts = {"decision": decision, "decided_on": DAY, "content": "{}", "sha256": "0", "approved_by": commissioner}
    facts |= {"approved_at": version.approved_at}
    for number, constraint in (
        (1, "decision_id|a_version_of_a_decision"),
        (2, "a_corrected_decision_gives_its_reason"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            DecisionVersion.objects.create(number=number, **facts)


# pages


def page_of(response) -> str:
    return response.content.decode()


def test_the_whole_way_by_its_pages(client, decision, secretary, commissioner):
    client.force_login(secretary)
    detail = reverse("decision-detail", args=[decision.pk])
    assert "Complete the record" in page_of(client.get(detail))
    sent = FULL | {"version": 1, "is_significant": "yes", "reasons": "People <ask> now."}
    sent.pop("publish_by")
    edit = reverse("decision-edit", args=[decision.pk])
    page = page_of(client.post(edit, sent, follow=True))
    assert ("People &lt;ask&gt; now." in page, "10 December 2019" in page) == (True, True)
    assert client.post(edit, sent | {"title": "Mine"}).status_code == 409
    assert "Approve the record" not in page_of(client.get(detail))
    client.force_login(commissioner)
    page = page_of(client.post(reverse("decision-approve", args=[decision.pk]), follow=True))
    assert f"Decision {decision.ref} is approved." in page
    client.force_login(secretary)
    on = {"published_on_day": 2, "published_on_month": 12, "published_on_year": 2019, "place": "Site"}
    page = page_of(client.post(reverse("decision-publish", args=[decision.pk]), on, follow=True))
    assert f"Decision {decision.ref} is published." in page
    reason = {"reason": "The date"}
    assert client.post(reverse("decision-correct", args=[decision.pk]), reason).url == edit
    client.logout()
    page = page_of(client.get(reverse("notice-read", args=[decision.pk])))
    assert ("People &lt;ask&gt; now." in page, "Published late" in page) == (True, False)


def test_the_notice_of_an_exempt_decision_is_made_without_its_words(
    client, secretary, commissioner, settings, tmp_path
):
    settings.FILES_DIR = tmp_path
    decision = exempt_one(secretary)
    _, version = published(decision, secretary, commissioner)
    assert Job.objects.get().arguments == [version.pk]
    address = reverse("notice-file", args=[decision.pk])
    assert client.get(address).status_code == 404  # until it is made
    made = render_notice_file(DecisionVersion.objects.select_related("decision", "notice").get(pk=version.pk))
    assert made == render_notice_file(version)  # making it again changes nothing
    path = tmp_path / "notice.pdf"
    path.write_bytes(b"".join(client.get(address).streaming_content))
    text = " ".join(pages_of(path))
    assert (SECRET in text, "Exempt decision" in text, "paragraph 3" in text) == (False, True, True)


def test_the_commissioner_records_a_decision_outside_a_meeting(client, secretary, commissioner):
    client.force_login(commissioner)
    sent = {"text": "To lend", "decided_by": "the Commissioner", "exemption": "", "board": ""}
    sent |= {"decided_on_day": 2, "decided_on_month": 12, "decided_on_year": 2019}
    assert "outside a meeting" in page_of(client.post(reverse("decision-outside"), sent, follow=True))
    assert Decision.objects.get().authors.get() == commissioner


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("decision-list", 9), ("notice-list", 8)])
def test_the_lists_cost_the_same_for_any_number(
    client, secretary, commissioner, django_assert_num_queries, name, queries, count
):
    for place in range(count):
        item = AgendaItemFactory(meeting=MeetingFactory(date=dt.date(2019, 11, 26)))
        made = actions.record_decision(item=item, text=f"To go on, {place}", decided_by="the board", by=secretary)
        published(made, secretary, commissioner)
    client.force_login(secretary)
    with django_assert_num_queries(queries):
        response = client.get(reverse(name))
    assert len(response.context["rows"]) == count
