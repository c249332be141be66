"""Minutes after the meeting: circulated, commented on, agreed at a later one, amended, signed and published."""

import datetime as dt
import hashlib
import json
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from core.jobs.models import Job
from governance.boards import actions
from governance.boards.models import Meeting, Minute, MinuteComment, MinutesCirculation, MinutesVersion
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    HELD,
    AgendaItemFactory,
    AttendanceFactory,
    BoardActionFactory,
    BoardFactory,
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    MinuteCommentFactory,
    MinuteFactory,
    agreed_minutes,
)

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
LATER = dt.date(2019, 11, 26)
SECRET = "The price of the second tender"


@pytest.fixture
def secretary():
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    return UserFactory(roles=[Role.SECRETARY])


@pytest.fixture
def chair():
    return UserFactory(name="The Commissioner", roles=[Role.COMMISSIONER])


@pytest.fixture
def meeting(secretary, chair):
    """Held and written down, by the secretary, with a public and an exempt item; the commissioner presided."""
    made = MeetingFactory()
    AttendanceFactory(meeting=made, person=PersonFactory(name="The Commissioner", job_title="", user=chair))
    actions.save_minute(item=AgendaItemFactory(meeting=made), version=0, text="<p>It was received.</p>", by=secretary)
    exempt = AgendaItemFactory(meeting=made, part="exempt", title=f"Tender: {SECRET}")
    actions.save_minute(item=exempt, version=0, text=f"<p>{SECRET}</p>", by=secretary)
    return made


def circulated(meeting, secretary):
    person = meeting.attendances.get().person
    facts = {"recipients": [person], "presided_by": person, "comments_by": dt.date(2019, 12, 9)}
    actions.circulate_minutes(meeting=meeting, by=secretary, **facts)
    meeting.refresh_from_db()
    return meeting


def agreed(meeting, secretary) -> MinutesVersion:
    circulated(meeting, secretary)
    version = actions.agree_minutes(meeting=meeting, at=MeetingFactory(date=LATER), by=secretary)
    meeting.refresh_from_db()
    return version


def amend(meeting, by, text="<p>It was received with thanks.</p>", version=1, reason="The thanks were left out"):
    item = meeting.items.get(position=1)
    at = Meeting.objects.get(date=LATER)
    return actions.amend_minute(item=item, version=version, text=text, reason=reason, at=at, by=by)


def test_minutes_go_round_are_put_right_agreed_and_signed(meeting, secretary, chair):
    circulated(meeting, secretary)
    sent = meeting.circulations.get()
    assert (sent.number, sent.sent_on, sent.recipients) == (1, dt.date(2019, 12, 2), ["The Commissioner"])
    item = meeting.items.get(position=1)
    person = meeting.attendances.get().person
    comment = actions.comment_on_minute(item=item, person=person, text="I thanked them", by=chair)
    actions.save_minute(item=item, version=1, text="<p>It was received with thanks.</p>", by=secretary)
    later = MeetingFactory(date=LATER)
    with pytest.raises(MoveRefused, match="1 comment waits for an answer"):
        actions.agree_minutes(meeting=meeting, at=later, by=secretary)
    actions.settle_comment(comment=comment, answer="Put right", by=secretary)
    version = actions.agree_minutes(meeting=meeting, at=later, by=secretary)
    assert (version.number, version.agreed_at_meeting, version.made_by) == (1, later, secretary)
    assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    signed = actions.sign_minutes(meeting=meeting, sha256=version.sha256, by=chair)
    assert (signed.signed_as, signed.signed_by) == ("The Commissioner, who presided", chair)
    meeting.refresh_from_db()
    assert (meeting.minutes_state, meeting.is_locked, meeting.agreed_by) == ("signed", True, secretary)
    assert (
        list(Job.objects.values_list("kind", "arguments").order_by("pk"))
        == [("boards.render_minutes", [version.pk])] * 2
    )


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda: MeetingFactory(date=dt.date(2019, 12, 19)), "has not been held yet"),
        (lambda: AgendaItemFactory().meeting, "Say who was present"),
        (lambda: AttendanceFactory(kind="apologies").meeting, "Say who was present"),
        (lambda: AttendanceFactory().meeting, "nothing on the agenda"),
    ],
)
def test_minutes_are_not_circulated_before_there_is_something_to_send(secretary, prepare, sentence):
    made, person = prepare(), PersonFactory()
    facts = {"recipients": [person], "presided_by": person, "comments_by": dt.date(2019, 12, 9)}
    with pytest.raises(MoveRefused, match=sentence):
        actions.circulate_minutes(meeting=made, by=secretary, **facts)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"recipients": []}, "Say to whom"),
        ({"presided_by": "somebody else"}, "must be noted as present"),
        ({"comments_by": dt.date(2019, 12, 1)}, "by today or a later day"),
    ],
)
def test_a_circulation_names_its_people_and_a_day_to_come(meeting, secretary, changes, sentence):
    person = meeting.attendances.get().person
    facts = {"recipients": [person], "presided_by": person, "comments_by": dt.date(2019, 12, 9)} | changes
    if facts["presided_by"] == "somebody else":
        facts["presided_by"] = PersonFactory()
    with pytest.raises(MoveRefused, match=sentence):
        actions.circulate_minutes(meeting=meeting, by=secretary, **facts)


def test_a_comment_is_ones_own_unless_who_keeps_the_minutes_passes_it_on(meeting, secretary):
    staff, item = UserFactory(roles=[Role.STAFF]), meeting.items.get(position=1)
    own, other = PersonFactory(user=staff), PersonFactory()
    with pytest.raises(MoveRefused, match="have not been circulated"):
        actions.comment_on_minute(item=item, person=own, text="No", by=staff)
    circulated(meeting, secretary)
    with pytest.raises(MoveRefused, match="in your own name only"):
        actions.comment_on_minute(item=item, person=other, text="No", by=staff)
    made = [
        actions.comment_on_minute(item=item, person=person, text="No", by=by)
        for person, by in ((own, staff), (other, secretary), (other, secretary))
    ]
    assert (made[0].noted_by, made[1].noted_by, made[1] == made[2]) == (staff, secretary, True)
    with pytest.raises(MoveRefused, match="Say what was done"):
        actions.settle_comment(comment=made[0], answer=" ", by=secretary)
    actions.settle_comment(comment=made[0], answer="It stands", by=secretary)
    with pytest.raises(MoveRefused, match="settled already"):
        actions.settle_comment(comment=made[0], answer="It does not", by=secretary)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (lambda: MeetingFactory(date=HELD - dt.timedelta(7)), "at a later meeting of the same board"),
        (lambda: MeetingFactory(date=LATER, board=BoardFactory(slug="b", name="B")), "at a later meeting of the same"),
        (lambda: MeetingFactory(date=dt.date(2019, 12, 17)), "has not been held yet"),
    ],
)
def test_minutes_are_agreed_at_a_later_meeting_of_their_board(meeting, secretary, at, sentence):
    circulated(meeting, secretary)
    with pytest.raises(MoveRefused, match=sentence):
        actions.agree_minutes(meeting=meeting, at=at(), by=secretary)


def test_minutes_are_not_agreed_before_they_went_round(meeting, secretary):
    with pytest.raises(MoveRefused, match="from there it cannot become “Agreed and locked”"):
        actions.agree_minutes(meeting=meeting, at=MeetingFactory(date=LATER), by=secretary)


def test_only_who_runs_meetings_agrees_minutes(meeting, secretary):
    circulated(meeting, secretary)
    later = MeetingFactory(date=LATER)
    for role in set(Role) - {Role.SECRETARY}:
        with pytest.raises(MoveRefused, match="Your roles do not let you"):
            actions.agree_minutes(meeting=meeting, at=later, by=UserFactory(roles=[role]))


def test_who_signs_presided_or_chairs_and_wrote_none_of_it(meeting, secretary, chair):
    version = agreed(meeting, secretary)
    sign = partial(actions.sign_minutes, meeting=meeting, sha256=version.sha256)
    with pytest.raises(MoveRefused, match="Only who presided"):
        sign(by=UserFactory(roles=[Role.COMMISSIONER]))
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        sign(by=secretary)
    writer = UserFactory(roles=[Role.SECRETARY, Role.COMMISSIONER])
    BoardFactory._meta.model.objects.update(chair=PersonFactory(user=writer))
    amended = amend(meeting, writer)
    with pytest.raises(MoveRefused, match="You wrote part of these minutes"):
        actions.sign_minutes(meeting=meeting, sha256=amended.sha256, by=writer)
    with pytest.raises(MoveRefused, match="amended since you opened this page"):
        sign(by=chair)
    assert actions.sign_minutes(meeting=meeting, sha256=amended.sha256, by=chair).version == amended


def test_nobody_signs_what_they_may_not_read(meeting, secretary):
    staff = UserFactory(roles=[Role.STAFF])
    BoardFactory._meta.model.objects.update(chair=PersonFactory(user=staff))
    version = agreed(meeting, secretary)
    with pytest.raises(MoveRefused, match="an exempt part that you may not see"):
        actions.sign_minutes(meeting=meeting, sha256=version.sha256, by=staff)


def test_an_amendment_is_a_version_with_its_reason_and_is_signed_again(meeting, secretary, chair):
    first = agreed(meeting, secretary)
    actions.sign_minutes(meeting=meeting, sha256=first.sha256, by=chair)
    with pytest.raises(MoveRefused, match="Say why"):
        amend(meeting, secretary, reason=" ")
    with pytest.raises(MoveRefused, match="same as before"):
        amend(meeting, secretary, text=meeting.items.get(position=1).minute.text)
    with pytest.raises(Stale):
        amend(meeting, secretary, version=7)
    second = amend(meeting, secretary)
    meeting.refresh_from_db()
    assert (second.number, second.reason, meeting.minutes_state) == (2, "The thanks were left out", "agreed")
    held = [json.loads(one.content)["items"][0]["minute"] for one in meeting.versions.order_by("number")]
    assert [("with thanks" in one) for one in held] == [False, True]
    assert actions.sign_minutes(meeting=meeting, sha256=second.sha256, by=chair).version == second
    assert first.signature_or_none.sha256 == first.sha256


def test_a_minute_of_an_item_that_had_none_can_be_added_by_amendment(meeting, secretary):
    AgendaItemFactory(meeting=meeting)
    agreed(meeting, secretary)
    item, at = meeting.items.get(position=3), Meeting.objects.get(date=LATER)
    facts = {"item": item, "version": 0, "text": "<p>Noted.</p>", "reason": "Left out", "at": at}
    assert actions.amend_minute(by=secretary, **facts).number == 2


def test_two_first_amendments_of_one_item_lose_nothing(meeting, secretary):
    agreed(meeting, secretary)
    with pytest.raises(Stale) as told:
        amend(meeting, secretary, version=0)
    assert told.value.current == Minute.objects.get(item__position=1)
    assert meeting.versions.count() == 1


def test_minutes_not_agreed_are_changed_where_they_are_written(meeting, secretary):
    MeetingFactory(date=LATER)
    with pytest.raises(MoveRefused, match="not agreed yet"):
        amend(meeting, secretary)


@pytest.mark.parametrize(
    ("role", "sentence"), [(Role.STAFF, "Your roles do not let you amend"), (Role.AUDITOR, "Your roles do not let you")]
)
def test_only_who_keeps_minutes_amends_them(meeting, secretary, role, sentence):
    agreed(meeting, secretary)
    with pytest.raises(MoveRefused, match=sentence):
        amend(meeting, UserFactory(roles=[role]))


def test_minutes_are_published_once_a_version_and_not_before_the_meeting(meeting, secretary):
    publish = partial(actions.publish_minutes, meeting=meeting, place="The office's site", by=secretary)
    day = dt.date(2019, 12, 1)
    with pytest.raises(MoveRefused, match="Only minutes that were agreed"):
        publish(published_on=day)
    agreed(meeting, secretary)
    for wrong in (HELD - dt.timedelta(1), dt.date(2019, 12, 3)):
        with pytest.raises(MoveRefused, match="not after today"):
            publish(published_on=wrong)
    publish(published_on=day)
    with pytest.raises(MoveRefused, match="published already"):
        publish(published_on=day)


def test_empty_minutes_begin_with_what_agenda_and_papers_say(meeting, secretary):
    carried = BoardActionFactory(item=meeting.items.get(position=1), progress="Half done")
    at = MeetingFactory(date=LATER)
    item = AgendaItemFactory(meeting=at, presenter="Chief <Constable>")
    AgendaItemFactory(meeting=at, carried_action=carried)
    AgendaItemFactory(meeting=at)
    count = actions.prefill_minutes(meeting=at, received={item.pk: ["Panel paper, quarter two"]}, by=secretary)
    texts = [one.text for one in Minute.objects.filter(item__meeting=at).order_by("item__position")]
    assert count == 2
    assert "Chief &lt;Constable&gt; presented the item." in texts[0]
    assert "The board received: Panel paper, quarter two." in texts[0]
    assert f"Action {carried.ref} ({carried.owner.name}): open. Half done" in texts[1]
    assert actions.prefill_minutes(meeting=at, received={}, by=secretary) == 0


@pytest.mark.parametrize(
    ("make", "changes", "constraint"),
    [
        (MinuteCommentFactory, {"answer": "Done"}, "a_settled_comment_says_what_was_done_and_by_whom"),
        (MeetingFactory, {"minutes_state": "signed"}, "agreed_minutes_name_who_and_when"),
    ],
)
def test_database_refuses_what_no_page_should_send(make, changes, constraint):
    made = make()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(**changes)


def test_database_refuses_versions_and_circulations_that_cannot_be(meeting, secretary):
    version = agreed(meeting, secretary)
    facts = {"meeting": meeting, "agreed_at_meeting": version.agreed_at_meeting, "content": "{}", "sha256": "0"}
    facts |= {"made_by": secretary, "made_at": version.made_at}
    for wrong, constraint in (
        ({"number": 1}, "meeting_id|a_version_of_minutes_is_frozen_once"),
        ({"number": 2}, "amended_minutes_give_their_reason"),
        ({"number": 2, "reason": "So", "agreed_at_meeting": meeting}, "minutes_are_agreed_at_another_meeting"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            MinutesVersion.objects.create(**facts | wrong)
    facts = {"meeting": meeting, "sent_on": HELD, "recipients": ["A"], "sent_by": secretary}
    for wrong, constraint in (
        ({"number": 1, "comments_by": HELD}, "meeting_id|minutes_are_circulated_one_time_after_another"),
        ({"number": 2, "comments_by": HELD - dt.timedelta(1)}, "comments_are_asked_for_after_minutes_are_sent"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            MinutesCirculation.objects.create(**facts | wrong)


# pages


def page_of(response) -> str:
    return response.content.decode()


def day(name: str, when: dt.date) -> dict[str, int]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def test_the_whole_way_by_its_pages(client, meeting, secretary, chair):
    client.force_login(secretary)
    person, item = meeting.attendances.get().person, meeting.items.get(position=1)
    MeetingFactory(date=LATER)
    assert "Circulate the minutes" in page_of(client.get(reverse("meeting-detail", args=[meeting.pk])))
    sent = {"recipients": [person.pk], "presided_by": person.pk, **day("comments_by", dt.date(2019, 12, 9))}
    told = page_of(client.post(reverse("minutes-circulate", args=[meeting.pk]), sent, follow=True))
    assert "The minutes are circulated to 1 person." in told
    comments = reverse("minutes-comments", args=[meeting.pk])
    client.post(comments, {"item": item.pk, "person": person.pk, "text": "I thanked <them>"})
    page = page_of(client.get(comments))
    assert ("I thanked &lt;them&gt;" in page, "Each comment is answered before" in page) == (True, True)
    address = reverse("minutes-move", args=[meeting.pk])
    assert "1 comment waits for an answer" in page_of(client.get(address))
    client.post(reverse("minutes-comment-settle", args=[MinuteComment.objects.get().pk]), {"answer": "Added"})
    BoardActionFactory(item=item, ref="A2019-007")
    AgendaItemFactory(meeting=meeting, title="Forgotten")
    page = page_of(client.get(address))
    for said in ("the agenda of 3 items", "1 person, 1 of them present", "2 minutes<", "A2019-007", "3. Forgotten"):
        assert said in page
    chosen = {"at": Meeting.objects.get(date=LATER).pk}
    assert "The minutes are agreed and locked." in page_of(client.post(address, chosen, follow=True))
    client.force_login(chair)
    assert "wait for your signature" in page_of(client.get(reverse("meeting-detail", args=[meeting.pk])))
    sign = reverse("minutes-sign", args=[meeting.pk])
    assert SECRET in page_of(client.get(sign))
    chair.set_password("a long password"), chair.save()
    client.force_login(chair)
    given = {"sha256": meeting.versions.get().sha256, "password": "wrong"}
    assert "That is not your password" in page_of(client.post(sign, given))
    assert "The minutes are signed." in page_of(client.post(sign, given | {"password": "a long password"}, follow=True))


def test_agreeing_what_cannot_be_agreed_says_why_and_offers_no_button(client, meeting, secretary):
    client.force_login(secretary)
    circulated(meeting, secretary)
    page = page_of(client.get(reverse("minutes-move", args=[meeting.pk])))
    assert ("No later meeting of this board has been held" in page, "Agree and lock" in page) == (True, False)


def test_the_public_reads_the_public_part_of_what_is_published_and_nothing_else(client, meeting, secretary):
    agreed(meeting, secretary)
    read, pdf = reverse("minutes-read", args=[meeting.pk]), reverse("minutes-file", args=[meeting.pk])
    assert [client.get(one).status_code for one in (read, pdf)] == [404, 404]
    actions.publish_minutes(meeting=meeting, published_on=LATER, place="Site", by=secretary)
    page = page_of(client.get(read))
    assert ("It was received." in page, SECRET in page, "Exempt item" in page) == (True, False, True)
    assert [client.get(f"{read}?build={one}").status_code for one in ("restricted", "other")] == [404, 404]
    assert client.get(f"{read}?version=2").status_code == 404
    amend(meeting, secretary)
    assert "with thanks" not in page_of(client.get(read))  # the amendment is not published yet
    assert "26 November 2019" in page_of(client.get(reverse("minutes-list")))
    client.force_login(secretary)
    assert SECRET in page_of(client.get(f"{read}?build=restricted"))


def test_versions_show_what_reads_otherwise_to_those_who_may_see_it(client, meeting, secretary):
    agreed(meeting, secretary)
    amend(meeting, secretary)
    item, at = meeting.items.get(position=2), Meeting.objects.get(date=LATER)
    facts = {"item": item, "version": 1, "text": "<p>Otherwise</p>", "reason": "A slip", "at": at}
    actions.amend_minute(by=secretary, **facts)
    address = reverse("minutes-versions", args=[meeting.pk])
    client.force_login(UserFactory(roles=[Role.STAFF]))
    page = page_of(client.get(address))
    assert ("with thanks" in page, SECRET in page, "in a part you may not see" in page) == (True, False, True)
    client.force_login(secretary)
    assert SECRET in page_of(client.get(address))


def test_an_amendment_on_an_older_version_is_told_with_both_texts(client, meeting, secretary):
    agreed(meeting, secretary)
    client.force_login(secretary)
    item = meeting.items.get(position=1)
    address = reverse("minute-amend", args=[item.pk])
    sent = {"version": 1, "text": "<p>Mine.</p>", "reason": "So", "at": Meeting.objects.get(date=LATER).pk}
    amend(meeting, secretary)
    response = client.post(address, sent)
    assert response.status_code == 409
    assert ("Mine." in page_of(response), "with thanks" in page_of(response)) == (True, True)
    assert "The minutes are amended. Version 3" in page_of(client.post(address, sent | {"version": 2}, follow=True))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_minutes_costs_the_same_for_any_number(client, secretary, django_assert_num_queries, count):
    for place in range(count):
        made = MinuteFactory(item__meeting=MeetingFactory(date=HELD - dt.timedelta(60 * place))).item.meeting
        AttendanceFactory(meeting=made)
        agreed_minutes(made, secretary)
        actions.publish_minutes(meeting=made, published_on=LATER, place="Site", by=secretary)
    with django_assert_num_queries(3):  # office, count, versions with all they name
        response = client.get(reverse("minutes-list"))
    assert len(response.context["page"].object_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_comments_cost_the_same_for_any_number(client, meeting, secretary, django_assert_num_queries, count):
    circulated(meeting, secretary)
    for _ in range(count):
        MinuteCommentFactory(item=meeting.items.get(position=1))
    MembershipFactory(board=meeting.board), DecisionFactory(item=meeting.items.get(position=1))
    client.force_login(secretary)
    with django_assert_num_queries(11):
        response = client.get(reverse("minutes-comments", args=[meeting.pk]))
    assert len(response.context["comments"]) == count
