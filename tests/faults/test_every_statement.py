"""What is decided in one press is written whole or not at all, at whichever of its statements the database gives up."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import OperationalError, connection

from core.accounts.clock import today
from core.audit.actions import approve_redaction, ask_redaction
from core.audit.models import AuditEvent
from core.audit.verify import verify
from core.jobs.queue import broker
from deepdive.actions import move_update
from governance.boards import actions as boards
from governance.papers.actions import papers
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AttendanceFactory, MeetingFactory, MinuteFactory
from tests.factories.deepdive import ActionUpdateFactory
from tests.factories.paper_making import people, ready_paper, signed_paper, submitted_paper, with_files

pytestmark = pytest.mark.servers
WRITES = re.compile(r"\bINSERT INTO\b|\bDELETE FROM\b|(?<!FOR )\bUPDATE\b")
Press = Callable[[], object]


def submitting() -> Press:
    who = people()
    paper = ready_paper(who)
    return lambda: papers.submit_paper(paper=paper, by=who.secretary)


def signing() -> Press:
    who = people()
    paper = submitted_paper(who)
    return lambda: papers.sign_paper(paper=paper, sha256=paper.frozen.sha256, by=who.commissioner)


def publishing() -> Press:
    who = people()
    paper = signed_paper(who)
    with_files(paper)
    facts = {"published_on": today(), "place": "The panel's page"}
    return lambda: papers.publish_paper(paper=paper, by=who.secretary, **facts)


def agreeing() -> Press:
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    meeting, secretary = MeetingFactory(), UserFactory(roles=["secretary"])
    person = AttendanceFactory(meeting=meeting).person
    MinuteFactory(item__meeting=meeting)
    boards.circulate_minutes(
        meeting=meeting, recipients=[person], presided_by=person, comments_by=dt.date(2019, 12, 9), by=secretary
    )
    later = MeetingFactory(date=dt.date(2019, 11, 26))
    return lambda: boards.agree_minutes(meeting=meeting, at=later, by=secretary)


def approving() -> Press:
    OfficeFactory()
    update = ActionUpdateFactory(text="<p>Officers were recruited.</p>")
    move_update(update=update, to="review", by=UserFactory())
    other = UserFactory()
    return lambda: move_update(update=update, to="approved", by=other)


def redacting() -> Press:
    Group.objects.create(name="Somebody's name")
    event = AuditEvent.objects.get(table="auth_group")
    asked = ask_redaction(events=[event.pk], basis="UK GDPR article 17", reason="A name", by=UserFactory())
    other = UserFactory()
    return lambda: approve_redaction(redaction=asked, by=other)


class GivesUp:
    """As a wrapper of every statement: none before the first write counts, and the n-th that counts fails."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def __call__(self, execute, sql, params, many, context):
        if self.count or WRITES.search(sql):
            self.count += 1
            if self.count == self.at:
                raise OperationalError("the disk is full")
        return execute(sql, params, many, context)


def standing() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found[model._meta.db_table] = sorted(cursor.fetchall(), key=repr)
    return found


@pytest.fixture
def quiet(real_db, settings, tmp_path):
    """Work is asked for and nobody is told."""
    settings.FILES_DIR = tmp_path / "files"
    broker.quiet_until = float("inf")
    yield
    broker.quiet_until = 0.0


@pytest.mark.parametrize("prepared", [submitting, signing, publishing, agreeing, approving, redacting])
def test_a_press_that_fails_at_any_of_its_statements_has_written_nothing(quiet, prepared):
    press, before = prepared(), standing()
    failed = 0
    while True:
        try:
            with connection.execute_wrapper(GivesUp(failed + 1)):
                press()  # what fails once it is committed, the telling of the broker, is noted and does not undo it
        except OperationalError as problem:
            assert str(problem) == "the disk is full"
            failed += 1
            assert standing() == before, f"at statement {failed}"
        else:
            break
    assert failed > 1
    assert standing() != before
    assert verify().is_whole
