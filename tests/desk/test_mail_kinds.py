"""The mails people get: in the morning, as a reminder, and when something is given to them."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from core.jobs.models import Job
from core.jobs.performing import perform
from deepdive.actions import edit_delivery_action
from desk import tasks
from desk.actions import choose_mails
from desk.due import Due
from desk.mails import assigning, rounds, sending
from desk.models import Mail, MailPosition, MailRound
from governance.boards.actions import edit_action, edit_commitment
from governance.papers.actions.commentary import assign_commentary
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardActionFactory, CommitmentFactory
from tests.factories.deepdive import DeliveryActionFactory, MilestoneFactory
from tests.factories.measures import MeasureFactory
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2019, 12, 2)


@pytest.fixture(autouse=True)
def office(settings):
    settings.MAIL_GOES_OUT = True
    return OfficeFactory(is_demo=True, today_override=MONDAY)


def on(office, day: dt.date) -> int:
    office.today_override = day
    office.save()
    return rounds.write_round()


def to(user) -> list[str]:
    return [one.subject for one in Mail.objects.filter(user=user).order_by("pk")]


def with_work(due: dt.date = MONDAY, slug: str = "", **facts):
    user = UserFactory(**facts)
    CommentaryFactory(measure=MeasureFactory(slug=slug or f"measure-{user.pk}"), assigned_to=user, due=due)
    return user


def wants(user, *kinds: str):
    choose_mails(wanted=set(kinds), by=user)
    return user


# --- the morning mail


def test_morning_mail_says_what_is_late_and_what_is_due(office):
    user = with_work(dt.date(2019, 11, 28), slug="burglary")
    person = PersonFactory(user=user)
    BoardActionFactory(ref="BA/2", text="Report on the review", owner=person, due="2019-12-05")
    MilestoneFactory(action__ref="2.01", action__owner=person, text="Report to the board", due="2020-01-31")
    assert rounds.write_round() == 1
    (mail,) = Mail.objects.all()
    slot = f"http://localhost:8000{reverse('commentary-detail', args=[QuarterFactory().code, 'burglary'])}"
    action = f"http://localhost:8000{reverse('board-action-detail', args=[person.board_actions.get().pk])}"
    assert (mail.user, mail.subject) == (user, "3 things wait for you, 1 late")
    assert mail.text == (
        "Monday 2 December 2019\n\n"
        f"Late\n- Write: Commentary on Burglary, due 28 November 2019, 4 days late\n  {slot}\n\n"
        f"In the next seven days\n- Report: Action BA/2: Report on the review, due 5 December 2019\n  {action}\n\n"
        "Later: 1 thing.\n\n"
        "Everything that waits for you: http://localhost:8000/\n"
    )


def test_morning_mail_is_written_once_a_day_and_on_each_working_day(office):
    user = with_work()
    assert (rounds.write_round(), rounds.write_round()) == (1, 0)
    assert on(office, MONDAY + dt.timedelta(days=1)) == 1
    assert to(user) == ["1 thing waits for you", "1 thing waits for you, 1 late"]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (dt.date(2019, 12, 6), 1),  # a Friday
        (dt.date(2019, 12, 7), 0),
        (dt.date(2019, 12, 8), 0),
        (dt.date(2019, 12, 24), 1),
        (dt.date(2019, 12, 25), 0),  # bank holidays
        (dt.date(2019, 12, 26), 0),
        (dt.date(2020, 4, 10), 0),  # Good Friday
        (dt.date(2020, 5, 8), 0),  # moved from the Monday in that year
    ],
)
def test_weekends_and_bank_holidays_are_quiet(office, day, count):
    with_work(MONDAY)
    assert on(office, day) == count
    assert rounds.is_due() is False


@pytest.mark.parametrize(("hour", "expected"), [(6, False), (7, True), (11, True), (12, False), (20, False)])
def test_real_office_is_written_to_in_the_morning_by_its_own_clock(office, hour, expected):
    office.is_demo, office.today_override = False, None
    office.save()
    with time_machine.travel(f"2019-06-03T{hour - 1:02d}:30:00Z", tick=False):  # an hour behind summer time
        assert rounds.is_due() is expected
        MailRound.objects.create(day=dt.date(2019, 6, 3), made_at=timezone.now())
        assert rounds.is_due() is False


def test_nothing_is_written_where_there_is_nothing_to_say():
    UserFactory()
    with_work(MONDAY + dt.timedelta(days=30))
    closed = with_work()
    closed.is_active = False
    closed.save()
    assert rounds.write_round() == 0


def test_morning_mail_has_no_words_of_what_is_restricted():
    user = UserFactory(roles=[Role.ANALYST])
    person = PersonFactory(user=user)
    item = AgendaItemFactory(part="exempt", title="The contract")
    BoardActionFactory(item=item, ref="BA/1", text="Pay the contractor", owner=person, due=MONDAY)
    CommitmentFactory(sentence="I will end the contract.", owner=person, due=MONDAY)
    rounds.write_round()
    (mail,) = Mail.objects.all()
    told = mail.subject + mail.text + str(list(AuditEvent.objects.filter(table="desk_mail").values("new_full")))
    assert re.findall("contract|Pay", told) == []
    assert "Report: Action BA/1, of a restricted item, due 2 December 2019" in mail.text
    assert "A commitment of the paper of quarter one 2019-20, due 2 December 2019" in mail.text


def test_one_persons_trouble_keeps_nobody_elses_mail():
    first = with_work(slug="no/address has this in it")  # the page of what waits for them cannot be named
    second = with_work()
    assert (rounds.write_round(), to(first), to(second)) == (1, [], ["1 thing waits for you"])


def test_demonstration_keeps_its_mails_to_be_read(client, office):
    user = with_work(slug="burglary")
    tasks.write_what_is_due()
    (job,) = Job.objects.filter(kind="mails.morning")
    perform(job.pk, threaded=False)
    mail = Mail.objects.get()
    assert (mail.user, mail.state, sending.send_waiting(), django_mail.outbox) == (user, "kept", 0, [])
    tasks.write_what_is_due()
    assert Job.objects.filter(kind="mails.morning").count() == 1
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR]))
    page = client.get(reverse("mail-detail", args=[mail.pk])).content.decode()
    assert ("Commentary on Burglary" in page, "No mail leaves this copy" in page) == (True, True)


# --- reminders


def test_reminder_comes_to_those_without_the_morning_mail(office):
    user = wants(with_work(dt.date(2019, 12, 4), slug="burglary"), "reminder")
    both, none = with_work(dt.date(2019, 12, 4)), wants(with_work(dt.date(2019, 12, 4)), "assignment")
    assert rounds.write_round() == 2
    assert (to(user), to(both), to(none)) == (["A reminder of 1 thing"], ["1 thing waits for you"], [])
    text = Mail.objects.get(user=user).text
    assert "- Write: Commentary on Burglary, due 4 December 2019" in text


@pytest.mark.parametrize(
    ("due", "days"),
    [
        (dt.date(2019, 12, 11), ["9", "11", "12"]),
        (dt.date(2019, 12, 9), ["5", "9", "10"]),  # a weekend between
        (dt.date(2019, 12, 7), ["5", "9"]),  # due on a Saturday: told of as due and late on Monday
    ],
)
def test_reminders_come_two_working_days_before_on_the_day_and_once_late(office, due, days):
    wants(with_work(due), "reminder")
    for step in range(14):
        on(office, MONDAY + dt.timedelta(days=step))
    found = Mail.objects.order_by("pk").values_list("key", flat=True)
    assert [str(dt.date.fromisoformat(key).day) for key in found] == days


def test_what_has_no_day_is_told_of_as_the_week_begins():
    sign = Due("Minutes", "sign", "Read and sign", "/", None)
    friday = MONDAY - dt.timedelta(days=3)
    assert rounds.is_reminded(sign, friday, MONDAY)
    assert not rounds.is_reminded(sign, MONDAY, MONDAY + dt.timedelta(days=1))


def test_reminder_missed_on_a_day_without_a_worker_comes_on_the_next(office):
    user = wants(with_work(dt.date(2019, 12, 5)), "reminder")
    rounds.write_round()
    assert (on(office, dt.date(2019, 12, 4)), to(user)) == (1, ["A reminder of 1 thing"])  # it was for the 3rd


# --- what is given to people


@pytest.fixture
def reading(office):
    """Everything that happened so far is known; what follows is read."""
    office.is_demo, office.today_override = False, None
    office.save()
    assert assigning.catch_up() == 0
    return assigning.catch_up


def given(action, *contributors):
    facts = {name: getattr(action, name) for name in ("owner", "owner_role", "deputy", "leads", "start")}
    edit_delivery_action(
        delivery_action=action,
        version=action.version,
        agencies=[],
        measures=[],
        contributors=list(contributors),
        by=UserFactory(name="Asha"),
        **facts,
    )


def test_contributor_hears_of_an_action_and_sees_only_what_is_theirs(client, reading):
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    action = DeliveryActionFactory(ref="2.01", statement="Share what agencies know")
    DeliveryActionFactory(ref="2.02", statement="Recruit more officers")
    given(action, user)
    assert reading() == 1
    sending.send_waiting()
    (sent,) = django_mail.outbox
    assert (sent.to, sent.subject) == ([user.email], "1 thing was given to you")
    assert sent.body.startswith("Asha gave this to you:\n\n- Delivery action 2.01 Share what agencies know\n  http://")
    for address in re.findall(r"http://localhost:8000(/delivery\S+|/actions\S+)", sent.body):
        answer = client.get(address)
        assert answer.url.startswith("/sign-in/?next=")
        client.force_login(user)
        page = client.get(address).content.decode()
        client.logout()
        assert ("Share what agencies know" in page, "Recruit more officers" in page) == (True, False)


def test_assignment_is_told_of_once_however_often_the_log_is_read(reading):
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    given(DeliveryActionFactory(), user)
    assert (assigning.is_behind(), reading(), assigning.is_behind(), reading()) == (True, 1, False, 0)
    assert to(user) == ["1 thing was given to you"]


def test_what_is_read_before_the_first_time_is_no_news():
    given(DeliveryActionFactory(), UserFactory(roles=[Role.CONTRIBUTOR]))
    assert (MailPosition.objects.count(), assigning.catch_up(), Mail.objects.count()) == (0, 0, 0)


def test_action_with_another_owner_a_deputy_and_commentary_are_told_of(reading):
    owner, author, helper = UserFactory(roles=[Role.STAFF]), UserFactory(), UserFactory(roles=[Role.CONTRIBUTOR])
    person, by = PersonFactory(user=owner), UserFactory(name="Asha")
    action = BoardActionFactory(ref="BA/1", text="Report", due="2019-12-10")
    slot = CommentaryFactory(measure=MeasureFactory(slug="burglary"), due="2019-11-28")
    promise = CommitmentFactory()
    reading()
    kept = {"kind": "report", "board": None, "owner": promise.owner, "owner_role": "", "unowned_why": ""}
    edit_commitment(commitment=promise, version=1, deputy=PersonFactory(user=helper), undated_why="", by=by, **kept)
    edit_action(board_action=action, version=1, text="Report", owner=person, owner_role="", deputy=None, by=by)
    assign_commentary(commentary=slot, to=author, by=by)
    assert reading() == 3
    texts = {one.user: one.text.splitlines()[2] for one in Mail.objects.all()}
    assert texts[helper] == "- A commitment of the paper of quarter one 2019-20"
    assert texts[owner] == "- Action BA/1 Report, due 10 December 2019"
    assert texts[author] == "- Commentary on Burglary, due 28 November 2019"


def test_what_people_give_themselves_or_may_not_see_is_not_told_of(reading):
    user, panel = UserFactory(), UserFactory(roles=[Role.PANEL])
    refusing = wants(UserFactory(), "digest")
    slot = CommentaryFactory()
    assign_commentary(commentary=slot, to=user, by=user)
    assign_commentary(commentary=CommentaryFactory(), to=panel, by=user)
    assign_commentary(commentary=CommentaryFactory(), to=refusing, by=user)
    assert reading() == 0


def test_assignment_on_a_restricted_item_names_only_its_reference(reading):
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    item = AgendaItemFactory(part="exempt")
    BoardActionFactory(item=item, ref="BA/1", text="Pay the contractor", owner=PersonFactory(user=user))
    assert reading() == 1
    text = Mail.objects.get(user=user).text
    assert ("- Action BA/1, of a restricted item, due 10 December 2019" in text, "contractor" in text) == (True, False)
