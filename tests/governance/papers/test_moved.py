"""The deadlines of an open quarter go with the panel's meeting, and are shown before they do."""

import datetime as dt

import pytest
from django.urls import reverse

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from deepdive.models import ActionUpdate
from governance.papers.actions.quarters import open_quarter
from governance.papers.models import Commentary
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.deepdive import DeliveryActionFactory
from tests.factories.paper_making import people, published_paper
from tests.factories.papers import HeadlineFactory, PanelMeetingFactory
from tests.factories.plans import PlanFactory, QuarterPeriodFactory

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
SENT = {"date_day": 9, "date_month": 1, "date_year": 2020, "why": "The hall is let"}
NEW = [dt.date(2019, 12, 16), dt.date(2019, 12, 23), dt.date(2019, 12, 30)]


@pytest.fixture
def secretary(client):
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 11, 4))
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


@pytest.fixture
def quarter(secretary):
    HeadlineFactory(), HeadlineFactory(), DeliveryActionFactory()
    return open_quarter(period=QuarterPeriodFactory(), meeting=PanelMeetingFactory(), plan=PlanFactory(), by=secretary)


def days_of(quarter) -> list[dt.date]:
    quarter.refresh_from_db()
    return [quarter.commentary_due, quarter.approval_due, quarter.paper_due]


def test_deadlines_are_shown_before_they_go_with_the_meeting_and_the_log_says_why(client, secretary, quarter):
    own = quarter.commentaries.order_by("pk").last()
    Commentary.objects.filter(pk=own.pk).update(due=dt.date(2019, 12, 2))
    before, address = days_of(quarter), reverse("meeting-edit", args=[quarter.meeting_id])
    page = client.get(address).content.decode()
    assert f"Paper of {quarter}: Tuesday 10 December 2019" in page
    sent = SENT | {"version": quarter.meeting.version}
    shown = client.post(address, sent).content.decode()
    assert "from Tuesday 10 December 2019 to <strong>Monday 30 December 2019</strong>" in shown
    assert ("The hall is let" in shown, days_of(quarter)) == (True, before)
    assert client.post(address, sent | {"seen": "2020-01-08"}).status_code == 200  # another day than was shown
    assert days_of(quarter) == before
    assert client.post(address, sent | {"seen": "2020-01-09"}).status_code == 302
    assert days_of(quarter) == NEW
    dues = quarter.commentaries.order_by("pk").values_list("due", flat=True)
    assert list(dues) == [NEW[0], dt.date(2019, 12, 2)]  # a day that was given by hand stays
    assert list(ActionUpdate.objects.values_list("due", flat=True)) == [NEW[0]]
    event = AuditEvent.objects.for_object("papers_quarter", quarter.pk).newest_first().first()
    assert (event.action, event.actor_id) == ("papers.move_deadlines", secretary.pk)
    assert event.reason == "The meeting was moved from 19 December 2019 to 9 January 2020: The hall is let"


def test_deadlines_of_a_published_quarter_stay(client):
    who = people()
    client.force_login(who.secretary)
    quarter = published_paper(who).quarter
    before = days_of(quarter)
    address = reverse("meeting-edit", args=[quarter.meeting_id])
    assert client.post(address, SENT | {"version": quarter.meeting.version}).status_code == 302
    assert days_of(quarter) == before


def test_a_frozen_paper_keeps_its_words_and_its_pages_say_that_the_meeting_moved(client):
    who = people()
    paper = published_paper(who)
    meeting, frozen = paper.agenda_item.meeting, (paper.frozen.content, paper.frozen.sha256)
    pages = [reverse(name, args=[paper.code]) for name in ("paper-read", "paper-detail")]
    pages += [reverse(name, args=[meeting.pk]) for name in ("meeting-agenda", "meeting-minutes")]
    told, years = "The meeting was moved from {}19 December 2019 to {}9 January 2020", ("Thursday ", "Thursday ")

    def say_so() -> list[bool]:
        shown = [client.get(one).content.decode() for one in pages]
        return [told.format("", "") in one or told.format(*years) in one for one in shown]

    client.force_login(who.secretary)
    assert say_so() == [False] * 4
    client.post(reverse("meeting-edit", args=[meeting.pk]), SENT | {"version": meeting.version})
    assert say_so() == [True] * 4
    paper.frozen.refresh_from_db()
    assert (paper.frozen.content, paper.frozen.sha256) == frozen
    client.logout()
    public = client.get(pages[0]).content.decode()
    assert (told.format("", "") in public, "on 19 December 2019" in public, SENT["why"] in public) == (
        True,
        True,
        False,
    )
