"""The demo office as it is built: what stands on the day it opens, that its figures are true, and how it ends."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Model
from django.test import override_settings

from core.accounts.actions import create_user, set_office
from core.accounts.clock import today
from core.accounts.demo import DEMO_PASSWORD, DEMO_PEOPLE, demo_email
from core.accounts.models import Office, User
from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from deepdive.models import ActionUpdate, DeliveryPlan
from deepdive.reading import plan_rows
from desk.demo.build import IN_DRAFT, IN_REVIEW, finish_demo
from desk.demo.words.quarter_two import QUARTER_TWO
from governance.boards.models import (
    AgendaItem,
    Assurance,
    Board,
    BoardAction,
    Commitment,
    Decision,
    DutyCheck,
    Meeting,
    Question,
)
from governance.papers import assembly, completeness
from governance.papers.book import Book
from governance.papers.content import computed
from governance.papers.drawing import drawings_of
from governance.papers.models import Commentary, Paper
from measures.models import Measure, TrendSignal
from tests.databases import fresh_copy, placed
from tests.desk.demo.chart_walk import faults, kind_of, page_charts
from tests.kept_demo import copy_demo

pytestmark = pytest.mark.xdist_group("demo")  # where the journey goes too, so that neither waits for it

LIVE = re.compile(r'<data data-figure="([a-z0-9-]+)\.([a-z0-9_]+)">(.*?)</data>')


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The office as `manage.py demo` leaves it, in a folder of its own, for the tests that read it."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(FILES_DIR=folder / "files"):
        copy_demo(folder)
        with placed((folder / "reckoner.sqlite3").rename(folder / "test.sqlite3")):
            yield


def paper(quarter: int) -> Paper:
    return Paper.objects.get(quarter__period__end__month={1: 6, 2: 9}[quarter])


def states(model: type[Model], **of: object) -> dict[str, int]:
    return dict(Counter(model.objects.filter(**of).values_list("state", flat=True)))


def test_it_opens_on_its_own_day_with_an_account_for_each_role(demo, client):
    assert today() == dt.date(2019, 12, 2)
    assert Office.objects.get().is_demo
    for role in DEMO_PEOPLE:
        assert User.objects.get(email=demo_email(role)).roles == {role}
        assert client.login(username=demo_email(role), password=DEMO_PASSWORD)


def test_quarter_one_is_published_and_quarter_two_nearly_done(demo):
    assert paper(1).state == Paper.State.PUBLISHED
    assert paper(1).frozen.files.filter(kind="pdf", build="public").count() == 1
    assert states(Commentary, quarter=paper(1).quarter) == {"approved": 28}
    assert paper(2).state == Paper.State.DRAFT
    assert states(Commentary, quarter=paper(2).quarter) == {"approved": 25, "review": 2, "draft": 1}
    assert states(ActionUpdate, period=paper(2).quarter.period) == {"approved": 8, "review": 1, "draft": 2}
    assert paper(2).introduction_approved_at is None
    assert [paper(one).agenda_item.position for one in (1, 2)] == [7, 7]


def test_the_deadlines_are_counted_back_from_the_panel(demo):
    quarter = paper(2).quarter
    days = (quarter.commentary_due, quarter.approval_due, quarter.paper_due, quarter.meeting.date)
    assert days == tuple(dt.date(2019, *day) for day in ((11, 28), (12, 5), (12, 10), (12, 19)))


@pytest.mark.parametrize("quarter", [1, 2])
def test_every_live_figure_says_what_was_written(demo, quarter: int):
    """The words in the commentary are those the record gives, so that no author of the demo typed a wrong one."""
    book = Book(paper(quarter).quarter.period)
    wrong = []
    for commentary in Commentary.objects.filter(quarter=paper(quarter).quarter).select_related("measure"):
        assert computed.worked_out(commentary.text, [], keep=True) == commentary.text
        for slug, statistic, said in LIVE.findall(commentary.text + commentary.did):
            if computed.is_computed(f"{slug}.{statistic}"):
                continue
            figure = book.figure(slug, statistic)
            if book.text(slug, figure) != said:
                wrong.append((commentary.measure.slug, f"{slug}.{statistic}", said, book.text(slug, figure)))
    assert wrong == []


def test_what_is_left_to_do_is_what_the_workspace_says(demo):
    held = assembly.assemble(paper(2))
    sentences = [one.sentence for one in completeness.blocking(completeness.missing(paper(2), held))]
    assert sentences == [
        "The introduction is not approved by a second person.",
        "The commentary on “Hate crime” is not approved: in review.",
        "The commentary on “CRIB calls abandoned” is not approved: draft.",
        "The commentary on “Appeals upheld” is not approved: in review.",
        "The delivery update of 2.05 is not approved: draft.",
        "The delivery update of 2.10 is not approved: in review.",
        "The delivery update of 2.11 is not approved: draft.",
    ]
    assert held.problems == []


def test_commentary_is_approved_by_somebody_who_wrote_none_of_it(demo):
    for commentary in Commentary.objects.approved():
        assert commentary.approved_by not in commentary.authors.all()


def test_delivery_shows_every_trouble_an_action_can_have(demo):
    plan = DeliveryPlan.objects.get(year=2019)
    actions = {one.ref: one for one in plan.actions.all()}
    assert {ref: one.redatings.count() for ref, one in actions.items() if one.redatings.exists()} == {"2.03": 3}
    assert actions["2.03"].due == dt.date(2020, 6, 30)
    assert (actions["2.01"].owner, actions["2.01"].status, actions["2.01"].rag) == (None, "stalled", "red")
    assert actions["2.06"].status == "delivered"
    assert actions["2.07"].due is None
    written = ActionUpdate.objects.get(action__ref="2.11", period=paper(2).quarter.period)
    assert [one.email for one in written.authors.all()] == [demo_email(Role.CONTRIBUTOR)]


def test_delivery_plan_carries_one_of_the_year_before_on(demo):
    plan = DeliveryPlan.objects.get(year=2019)
    before = [(one.ref, one.status) for one in plan.follows.actions.all()]
    assert before == [
        ("2.01", "carried"),
        ("2.02", "carried"),
        ("2.03", "carried"),
        ("2.04", "closed"),
        ("2.05", "delivered"),
    ]
    heirs = plan.actions.exclude(forebear=None).values_list("ref", "forebear__ref", "forebear__delivery_plan__year")
    assert list(heirs) == [(ref, ref, 2018) for ref in ("2.01", "2.02", "2.03")]
    reader = User.objects.get(email=demo_email(Role.STAFF))
    rows = plan_rows(plan, paper(2).quarter.period, reader, today())
    assert {row.action.ref: sorted(row.kinds) for row in rows if row.kinds} == {
        "2.01": ["overdue", "unowned"],
        "2.03": ["moved"],
        "2.04": ["overdue", "promise"],
        "2.05": ["not_updated"],
        "2.07": ["undated"],
        "2.09": ["unchanged"],
        "2.11": ["undated"],
    }


def test_boards_meet_decide_ask_and_lock(demo):
    assert Board.objects.count() == 28
    meetings = Meeting.objects.filter(board__name="Commissioner's Monitoring Board").order_by("date")
    assert [(one.date.isoformat(), one.minutes_state) for one in meetings] == [
        ("2019-09-24", "signed"),
        ("2019-10-22", "signed"),
        ("2019-11-26", "circulated"),
        ("2019-12-17", "draft"),
    ]
    assert list(Decision.objects.values_list("ref", flat=True)) == [f"D2019-{one:03d}" for one in range(1, 6)]
    full = Decision.objects.get(state=Decision.State.PUBLISHED)
    assert (full.title, full.is_significant, full.publish_by) == (
        "A second officer to record complaints",
        True,
        dt.date(2019, 11, 5),
    )
    assert all((full.options, full.advice, full.reasons, full.versions.get().notice))
    assert dict(Counter(BoardAction.objects.values_list("status", flat=True))) == {
        "done": 2,
        "open": 6,
        "progress": 2,
        "blocked": 1,
    }
    assert [one.redated for one in BoardAction.objects.open().filter(escalations__isnull=False)] == [3]
    assert dict(Counter(Commitment.objects.values_list("status", flat=True))) == {
        "kept": 1,
        "carried": 2,
        "dropped": 1,
        "open": 2,
    }
    assert BoardAction.objects.open().filter(due__lt=today()).count() == 1
    assert AgendaItem.objects.filter(part="exempt", carried_action=None).count() == 1
    assert AgendaItem.objects.filter(meeting=meetings[3], carried_action__isnull=False).count() == 7


def test_the_panel_has_asked_and_a_board_is_not_assured(demo):
    assert states(Question) == {"asked": 1, "drafted": 1}
    assert [one.item.title for one in Assurance.objects.open()] == ["Sickness improvement plan"]
    assert [one.key for one in DutyCheck.objects.overdue(today())] == ["spending"]


def test_signals_are_worked_out_for_every_monthly_series_of_the_force(demo):
    monthly = Measure.objects.in_use().filter(frequency="monthly")
    judged = TrendSignal.objects.filter(series__area__is_own=True, series__breakdown="")
    assert set(judged.values_list("series__measure__slug", flat=True)) == set(monthly.values_list("slug", flat=True))


def test_everything_has_a_name_behind_it(demo):
    assert AuditEvent.objects.unattributed().count() == 0
    people = set(AuditEvent.objects.exclude(actor_id=None).values_list("actor_name", flat=True))
    assert people == {DEMO_PEOPLE[role] for role in (*WRITERS, Role.SECRETARY, Role.COMMISSIONER)}


WRITERS = (Role.STAFF, Role.ANALYST, Role.CONTRIBUTOR)


def test_finishing_it_puts_slips_right_and_publishes(demo, tmp_path: Path):
    with fresh_copy(tmp_path):
        finish_demo()
        done = paper(2)
        assert (done.state, today()) == (Paper.State.PUBLISHED, dt.date(2019, 12, 10))
        texts = {one.measure.slug: one.text for one in Commentary.objects.filter(quarter=done.quarter)}
        for slug in (*IN_REVIEW, *IN_DRAFT, "cse-crimes", "answer-crib"):
            assert (
                LIVE.sub("", re.sub(r' data-pid="\w+"', "", texts[slug]))[:400]
                == LIVE.sub("", QUARTER_TWO[slug].text.replace("> <", "><").strip())[:400]
            )
        assert assembly.assemble(done).problems == []
        assert done.frozen.files.filter(kind="pdf", build="public").count() == 1


def test_the_command_will_not_touch_real_work(db):
    set_office(name="Real", short_name="Real", force_name="Real Police", by=None)
    with pytest.raises(CommandError, match="belongs to a real office, Real. Nothing was changed."):
        call_command("demo")
    quiet = StringIO()
    call_command("demo", "--if-empty", stdout=quiet)
    assert quiet.getvalue() == ""


def test_the_command_will_not_touch_accounts_that_are_not_its_own(db):
    create_user(
        email="a@example.org",
        name="A",
        password="not-a-secret-1",
        roles=[Role.STAFF],
        starts=dt.date(2019, 1, 1),
        by=None,
    )
    with pytest.raises(CommandError, match="accounts that are not the demonstration's"):
        call_command("demo")
    assert not Office.objects.exists()


def test_the_command_says_when_the_demo_is_here_already(demo):
    before = AuditEvent.objects.count()
    with pytest.raises(CommandError, match="The demo office is here already. Nothing was changed."):
        call_command("demo")
    assert AuditEvent.objects.count() == before


NINE_KINDS = {  # the modules that draw them; the last two draw one kind, among areas and over time
    "peers", "national", "projection", "monthly", "compare", "level", "volume", "zscore", "survey", "survey_trend",
}  # fmt: skip


def test_the_pages_of_the_quarter_and_its_paper_use_all_nine_kinds_of_chart(demo):
    on_pages = {kind_of(drawn) for _, drawn in page_charts()}
    assert on_pages == NINE_KINDS - {"survey"} | {"control"}  # a survey among its peers is the page's chart of peers
    book = Book(paper(2).quarter.period)
    drawn = [drawings_of(book, measure, {}) for measure in Measure.objects.all()]
    assert [problem for _, problems in drawn for problem in problems] == []  # every one can be drawn
    assert {kind_of(one) for made, _ in drawn for one in made} == NINE_KINDS


def test_every_chart_of_the_pages_has_its_words_its_table_and_room_for_them(demo):
    drawn = list(page_charts())
    assert [(slug, one.name, fault) for slug, one in drawn for fault in faults(one)] == []
    assert len(drawn) > 100
