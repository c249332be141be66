"""The action log and the decision log as files: the filters of the list, nothing exempt for who may not see it."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from core.accounts.models import RoleAssignment
from core.accounts.permissions import Role
from core.jobs.models import Job
from governance.boards import logs
from governance.boards.models import LogFile
from governance.boards.recompute import render_log_file
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    BoardActionFactory,
    BoardFactory,
    DecisionFactory,
    MeetingFactory,
    QuestionFactory,
)
from tests.governance.papers.printed import pages_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 12, 2)
SECRET = "The price of the second tender"


@pytest.fixture
def staff():
    OfficeFactory(is_demo=True, today_override=DAY)
    return UserFactory(roles=[Role.STAFF])


@pytest.fixture
def cleared():
    return UserFactory(roles=[Role.SECRETARY])


@pytest.fixture
def exempt():
    item = AgendaItemFactory(part="exempt")
    for make in (BoardActionFactory, DecisionFactory, QuestionFactory):
        make(item=item, text=SECRET)
    for make in (BoardActionFactory, DecisionFactory, QuestionFactory):
        make(item=AgendaItemFactory(meeting=item.meeting), text="In public")


def words_of(log: str, user, query: dict[str, str] | None = None) -> str:
    made = logs.printed(LogFile(log=log, query=query or {}, asked_by=user), DAY)
    return " ".join(" ".join(row) for row in made.rows)


@pytest.mark.parametrize("log", LogFile.Log.values)
def test_what_is_exempt_is_in_no_log_of_who_may_not_see_it(staff, cleared, exempt, log):
    for user, sees in ((staff, False), (cleared, True)):
        words = words_of(log, user)
        assert ("In public" in words, SECRET in words) == (True, sees)


def test_a_log_keeps_the_filters_of_its_list(client, staff):
    other = MeetingFactory(board=BoardFactory(name="Another", slug="another"), date=dt.date(2018, 5, 1))
    DecisionFactory(item=AgendaItemFactory(meeting=other), ref="D2018-900", text="=1+1")
    DecisionFactory(ref="D2019-900")
    assert ("D2018-900" in words_of("decisions", staff), "D2019-900" in words_of("decisions", staff)) == (True, True)
    for query in ({"board": "another"}, {"year": "2018"}):
        words = words_of("decisions", staff, query)
        assert ("D2018-900" in words, "D2019-900" in words) == (True, False)
    client.force_login(staff)
    page = client.get(reverse("decision-list"), {"year": "2018"}).content.decode()
    assert ("D2018-900" in page, "D2019-900" in page, "/logs/decisions/?show=all&amp;year=2018" in page) == (
        True,
        False,
        True,
    )
    text = b"".join(client.get(reverse("decision-export", args=["csv"]), {"year": "2018"}).streaming_content)
    (row,) = csv.DictReader(io.StringIO(text.decode("utf-8-sig")))
    assert (row["Reference"], row["What was decided"], row["Board"]) == ("D2018-900", "'=1+1", "Another")
    assert client.get(reverse("decision-export", args=["xlsx"])).content[:2] == b"PK"


def test_a_pdf_is_asked_for_made_by_the_worker_and_had_by_who_asked(client, staff, cleared, exempt, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    client.force_login(cleared)
    response = client.post(reverse("log-file-create", args=["actions"]) + "?show=open&kind=arising&page=2")
    job, made = Job.objects.get(), LogFile.objects.get()
    assert response.url == reverse("job-detail", args=[job.pk])
    assert (job.kind, job.arguments, made.query) == (
        "boards.render_log",
        [made.pk],
        {"show": "open", "kind": "arising"},
    )
    address = reverse("log-file", args=[made.pk])
    assert client.get(address).status_code == 404  # until it is made
    assert render_log_file(made) == render_log_file(made)
    path = tmp_path / "log.pdf"
    path.write_bytes(b"".join(client.get(address).streaming_content))
    text = " ".join(" ".join(pages_of(path)).split())
    shown = ("Actions and commitments on 2 December 2019" in text, "In public" in text, "The price of" in text)
    assert shown == (True, True, True)
    RoleAssignment.objects.filter(user=cleared).update(role=Role.STAFF)
    assert client.get(address).status_code == 404  # they may no longer see all that is in it
    client.force_login(staff)
    assert client.get(address).status_code == 404  # another's


def test_a_log_nobody_may_ask_for_is_not_there(client, staff):
    contributor = UserFactory(roles=[Role.CONTRIBUTOR])
    client.force_login(contributor)
    assert client.post(reverse("log-file-create", args=["decisions"])).status_code == 404
    assert client.post(reverse("log-file-create", args=["actions"])).status_code == 302
    client.force_login(staff)
    assert client.post(reverse("log-file-create", args=["minutes"])).status_code == 404
