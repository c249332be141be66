"""What has to be published: the checklist, its proofs, its clock, and what of it waits on home."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from desk.due import due_from
from governance.boards import actions, duties
from governance.boards.models import DutyCheck, Meeting
from governance.boards.proofs import is_proof
from governance.boards.publication_duties import DUTIES
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, AttendanceFactory, DecisionFactory, agreed_minutes

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture
def secretary():
    OfficeFactory(is_demo=True, today_override=TODAY)
    return UserFactory(name="The secretary", roles=[Role.SECRETARY])


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, on: str) -> dict[str, str]:
    year, month, number = on.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def looked(by, **more):
    facts = {"key": "spending", "found": "published", "address": "https://example.org/spending"}
    facts |= {"checked_on": TODAY, "next_on": dt.date(2020, 1, 2)}
    return actions.check_duty(by=by, **facts | more)


def test_each_duty_stands_on_the_page_with_its_paragraph(client, secretary):
    client.force_login(secretary)
    page = page_of(client.get(reverse("duty-list")))
    assert [one.key for one in DUTIES if one.what.split(",")[0] not in page] == []
    assert "0 of 18 were found published when somebody last looked; at 18 nobody has looked yet." in page
    numbers = ("5(a)", "5(b)", "5(c)", "5(d)", "8", "7A", "7B", "7C")
    assert [number for number in numbers if f"Paragraph {number}" not in page] == []


def test_looking_keeps_who_when_what_and_the_proof(client, secretary):
    client.force_login(secretary)
    address = reverse("duty-check", args=["spending"])
    assert client.get(address).context["form"].initial["next_on"] == dt.date(2020, 1, 2)
    sent = {"found": "published", "address": "https://example.org/spending"}
    sent |= day("checked_on", "2019-12-02") | day("next_on", "2020-01-02")
    page = page_of(client.post(address, sent, follow=True))
    assert ("The secretary" in page, 'href="https://example.org/spending"' in page) == (True, True)
    assert looked(secretary) == DutyCheck.objects.get()  # the same again is the same look
    client.post(address, sent | {"found": "partly", "note": "November is missing"})
    page = page_of(client.get(address))
    assert ("November is missing" in page, "Published on 2 December 2019" in page) == (True, True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"address": ""}, "Give the address where it is published"),
        ({"address": "javascript:alert(1)"}, "begins with https://"),
        ({"address": "/history/"}, "shows nothing that is published"),
        ({"found": "missing", "address": ""}, "Say what is missing"),
        (day("checked_on", "2019-12-03"), "today or earlier"),
        (day("next_on", "2019-12-02"), "later than the day you looked"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client, secretary, wrong, sentence):
    client.force_login(secretary)
    sent = {"found": "published", "address": "https://example.org/"}
    sent |= day("checked_on", "2019-12-02") | day("next_on", "2020-01-02")
    response = client.post(reverse("duty-check", args=["spending"]), sent | wrong)
    assert (response.status_code, sentence in page_of(response), DutyCheck.objects.count()) == (422, True, 0)


def test_a_page_of_the_portal_is_proof_once_what_it_shows_is_published(secretary):
    meeting = AttendanceFactory(meeting=AgendaItemFactory().meeting).meeting
    version = agreed_minutes(meeting, secretary)
    address = reverse("minutes-read", args=[meeting.pk])
    assert (is_proof(reverse("minutes-list")), is_proof(address), is_proof("/nowhere/")) == (True, False, False)
    actions.publish_minutes(meeting=meeting, published_on=TODAY, place="Site", by=secretary)
    assert (is_proof(f"{address}?version={version.number}"), is_proof(f"{address}?build=restricted")) == (True, False)
    assert is_proof(reverse("paper-read", args=["2019-20-q2"])) is False


def test_what_is_overdue_waits_on_home_until_somebody_looks(secretary):
    staff, commissioner = UserFactory(roles=[Role.STAFF]), UserFactory(roles=[Role.COMMISSIONER])
    assert due_from(staff) == []  # nobody has looked at anything yet
    looked(staff, checked_on=dt.date(2019, 10, 1), next_on=dt.date(2019, 11, 1))
    (one,) = due_from(staff)
    assert (one.what, one.due) == ("Is it published: Each item of spending over £500", dt.date(2019, 11, 1))
    assert [row.what for row in due_from(secretary)] == [
        "Is it published: Each item of spending over £500",
        "17 things that have to be published, never looked at",
    ]
    assert due_from(commissioner) == []
    looked(secretary)
    assert due_from(staff) == []


def test_the_page_counts_what_the_portal_itself_has_not_published(client, secretary):
    meeting = AttendanceFactory(meeting=AgendaItemFactory().meeting).meeting
    Meeting.objects.filter(pk=meeting.pk).update(is_public=True)
    agreed_minutes(meeting, secretary)
    for due in (dt.date(2019, 11, 20), dt.date(2019, 12, 20)):
        DecisionFactory(title="T", reasons="R", state="drafted", is_significant=True, publish_by=due)
    client.force_login(secretary)
    page = page_of(client.get(reverse("duty-list")))
    assert "2 decisions wait to be published, 1 of them late" in page
    assert "The agreed minutes of 1 public meeting are not published" in page


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2019, 12, 2), 1, dt.date(2020, 1, 2)),
        (dt.date(2020, 1, 31), 1, dt.date(2020, 2, 29)),
        (dt.date(2019, 11, 30), 3, dt.date(2020, 2, 29)),
        (dt.date(2019, 12, 31), 12, dt.date(2020, 12, 31)),
    ],
)
def test_the_clock_counts_months(start, months, end):
    assert duties.months_after(start, months) == end


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"address": ""}, "what_is_published_shows_where"),
        ({"found": "partly"}, "what_is_missing_is_said"),
        ({"next_on": TODAY}, "a_duty_is_looked_at_again_later"),
    ],
)
def test_database_refuses_what_no_page_should_send(secretary, facts, constraint):
    given = {"key": "staff", "found": "published", "address": "https://example.org/", "checked_on": TODAY}
    given |= {"next_on": dt.date(2020, 1, 2), "by": secretary, "at": timezone.now()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DutyCheck.objects.create(**given | facts)
