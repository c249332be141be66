"""Questions and recommendations: asked, promised, answered, approved by another, closed by the board that asked."""

import csv
import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from governance.boards import actions, minutes_content
from governance.boards.models import Question
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AttendanceFactory,
    BoardFactory,
    MeetingFactory,
    QuestionFactory,
    agreed_minutes,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)
HTMX = {"HX-Request": "true"}
SECRET = "The price of the second tender"


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


@pytest.fixture
def secretary():
    return UserFactory(name="The secretary", roles=[Role.SECRETARY])


@pytest.fixture
def commissioner():
    return UserFactory(name="The commissioner", roles=[Role.COMMISSIONER])


@pytest.fixture
def chief():
    return PersonFactory(name="The Chief Constable")


def day(name: str, on: str) -> dict[str, str]:
    year, month, number = on.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def answered(question, by, **more):
    facts = {"answer": "They fell again in November.", "answered_on": TODAY, "answered_by": question.promised_by}
    version = Question.objects.get(pk=question.pk).version
    return actions.write_answer(question=question, version=version, by=by, **facts | more)


def state_of(question) -> str:
    return Question.objects.get(pk=question.pk).state


def test_a_question_is_born_under_its_item_on_the_meetings_page(client, secretary, chief):
    item = AgendaItemFactory()
    client.force_login(secretary)
    address = reverse("question-create", args=[item.pk])
    assert 'hx-post="' + address in page_of(client.get(address, headers=HTMX))
    sent = {"kind": "question", "text": "Why <so> slow?", "asked_by": "", "person": chief.pk} | day("due", "2019-12-10")
    page = page_of(client.post(address, sent, headers=HTMX))
    assert ("Question Q2019-001 is recorded." in page, "Why &lt;so&gt; slow?" in page) == (True, True)
    assert client.post(address, sent).url == f"/meetings/{item.meeting_id}/#item-{item.pk}"  # again, without scripts
    made = Question.objects.get()
    assert (made.board, made.asked_on, made.asker) == (item.meeting.board, item.meeting.date, str(item.meeting.board))
    late = client.post(address, sent | day("due", "2019-11-01"), headers=HTMX)
    assert (late.status_code, "before it was asked, 5 November 2019" in page_of(late)) == (422, True)
    assert "Q2019-001" in page_of(client.get(reverse("meeting-detail", args=[item.meeting_id])))


def test_a_question_goes_from_being_asked_to_being_closed(secretary, commissioner):
    question = QuestionFactory()
    assert answered(question, secretary).state == "drafted"
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        actions.approve_answer(question=question, by=secretary)
    answer = actions.approve_answer(question=question, by=commissioner)
    assert (answer.number, answer.text, answer.approved_by) == (1, "They fell again in November.", commissioner)
    assert actions.move_question(question=question, to="closed", by=secretary).state == "closed"
    steps = [(one.was, one.now) for one in question.steps.order_by("pk")]
    assert steps == [("asked", "drafted"), ("drafted", "answered"), ("answered", "closed")]


def test_who_wrote_any_of_an_answer_does_not_approve_it(commissioner):
    question = QuestionFactory()
    answered(question, commissioner)
    with pytest.raises(MoveRefused, match="You wrote part of this answer"):
        actions.approve_answer(question=question, by=commissioner)
    assert actions.approve_answer(question=question, by=UserFactory(roles=[Role.STAFF])).number == 1


def test_the_commissioner_stands_behind_every_answer_to_a_recommendation(secretary, commissioner):
    question = QuestionFactory(kind="advice")
    answered(question, secretary, outcome="accepted")
    with pytest.raises(MoveRefused, match="The commissioner responds to recommendations"):
        actions.approve_answer(question=question, by=UserFactory(roles=[Role.STAFF]))
    assert actions.approve_answer(question=question, by=commissioner).outcome == "accepted"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"outcome": ""}, "Say whether the recommendation is accepted"),
        ({"outcome": "refused"}, "Give the reasons"),
        ({"outcome": "partly", "reasons": " "}, "Give the reasons"),
        ({"outcome": "accepted", "answer": " "}, "Write the answer"),
    ],
)
def test_a_recommendation_is_accepted_or_not_accepted_with_reasons(secretary, given, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        answered(QuestionFactory(kind="advice"), secretary, **given)


def test_a_question_asked_again_keeps_the_earlier_answer(client, secretary, commissioner):
    question = QuestionFactory()
    answered(question, secretary)
    actions.approve_answer(question=question, by=commissioner)
    with pytest.raises(MoveRefused, match="Why it is asked again"):
        actions.move_question(question=question, to="asked", by=secretary)
    actions.move_question(question=question, to="asked", why="It says nothing of October", by=secretary)
    answered(question, commissioner, answer="October was like November.")
    staff = UserFactory(roles=[Role.STAFF])
    assert actions.approve_answer(question=question, by=staff).number == 2
    client.force_login(staff)
    page = page_of(client.get(reverse("question-detail", args=[question.pk])))
    shown = [words in page for words in ("An earlier answer", "They fell again", "October was like", "says nothing of")]
    assert shown == [True, True, True, True]


def test_an_answer_is_put_off_with_a_reason_that_stays(secretary):
    question = QuestionFactory()
    facts = {"text": question.text, "asked_by": None, "promised_by": question.promised_by, "by": secretary}
    later = dt.date(2020, 1, 10)
    with pytest.raises(MoveRefused, match="Say why the answer is put off"):
        actions.edit_question(question=question, version=1, due=later, **facts)
    saved = actions.edit_question(question=question, version=1, due=later, why="Figures come in January", **facts)
    assert (saved.due, saved.redated, question.steps.get().due_before) == (later, 1, dt.date(2019, 12, 10))
    with pytest.raises(Stale):
        actions.edit_question(question=question, version=1, due=later, **facts)


def test_the_words_of_a_question_under_agreed_minutes_stand(secretary):
    question = QuestionFactory()
    AttendanceFactory(meeting=question.item.meeting)
    agreed_minutes(question.item.meeting, secretary)
    facts = {"version": 1, "asked_by": None, "promised_by": PersonFactory(), "due": question.due, "by": secretary}
    with pytest.raises(MoveRefused, match="agreed and are locked"):
        actions.edit_question(question=question, text="Something else", **facts)
    assert actions.edit_question(question=question, text=question.text, **facts).version == 2  # who answers may change


def test_two_people_writing_one_answer_lose_nothing(client, secretary, commissioner):
    question = QuestionFactory()
    sent = {"version": 1, "answer": "Mine", "answered_by": question.promised_by_id} | day("answered_on", "2019-12-02")
    address = reverse("question-answer", args=[question.pk])
    answered(question, commissioner, answer="Theirs")
    client.force_login(secretary)
    response = client.post(address, sent)
    assert (response.status_code, "Mine" in page_of(response), "Theirs" in page_of(response)) == (409, True, True)


def test_what_waits_stands_on_the_next_meeting_until_it_is_closed(client, secretary, commissioner):
    question = QuestionFactory()
    coming = MeetingFactory(date=dt.date(2019, 12, 19))
    page = reverse("meeting-detail", args=[coming.pk])
    client.force_login(commissioner)
    assert question.ref in page_of(client.get(page))
    assert "Asked before" not in page_of(client.get(reverse("meeting-detail", args=[question.item.meeting_id])))
    answered(question, secretary)
    actions.approve_answer(question=question, by=commissioner)
    assert "close it once the board is content" in page_of(client.get(page))
    actions.move_question(question=question, to="closed", by=secretary)
    assert question.ref not in page_of(client.get(page))


def test_minutes_say_what_was_asked_and_withhold_it_with_an_exempt_item(secretary):
    meeting = AttendanceFactory().meeting
    QuestionFactory(item=AgendaItemFactory(meeting=meeting), ref="Q2019-007")
    QuestionFactory(item=AgendaItemFactory(meeting=meeting, part="exempt"), text=SECRET)
    content = minutes_content.from_text(agreed_minutes(meeting, secretary).content)
    assert [[one["ref"] for one in item["questions"]] for item in content["items"]][0] == ["Q2019-007"]
    public = minutes_content.to_text(minutes_content.public_part(content))
    assert (SECRET in minutes_content.to_text(content), SECRET in public) == (True, False)


def test_what_is_exempt_is_for_those_who_are_cleared(client, secretary):
    exempt = QuestionFactory(item=AgendaItemFactory(part="exempt"), text=SECRET)
    letter = {"board": BoardFactory(), "kind": "question", "asked_by": None, "asked_on": TODAY, "due": TODAY}
    made = actions.record_question_between(
        text=SECRET, promised_by=exempt.promised_by, exemption="3", by=secretary, **letter
    )
    staff = UserFactory(roles=[Role.STAFF])
    assert set(Question.objects.seen_by(secretary)) == {exempt, made}
    assert set(Question.objects.seen_by(staff)) == set()
    client.force_login(staff)
    for name, args in (("question-list", []), ("question-export", ["csv"]), ("history", [])):
        response = client.get(reverse(name, args=args))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert SECRET not in body.decode(), name
    assert client.get(reverse("question-detail", args=[made.pk])).status_code == 404


def test_a_contributor_sees_and_answers_only_what_they_promised_and_does_not_approve_it(client, secretary):
    officer = UserFactory(roles=[Role.CONTRIBUTOR])
    mine = QuestionFactory(promised_by=PersonFactory(user=officer), item=AgendaItemFactory(part="exempt"), text=SECRET)
    other = QuestionFactory()
    client.force_login(officer)
    detail, answer = (reverse(name, args=[mine.pk]) for name in ("question-detail", "question-answer"))
    page = page_of(client.get(detail))
    meeting = reverse("meeting-detail", args=[mine.item.meeting_id])
    assert (SECRET in page, f'href="{answer}"' in page, meeting in page) == (True, True, False)
    for name in ("question-detail", "question-answer"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404
    assert client.get(reverse("question-list")).status_code == 403
    with pytest.raises(MoveRefused, match="Somebody else promised this answer"):
        answered(other, officer)
    sent = {
        "version": 1,
        "answer": "They fell.",
        "answered_by": mine.promised_by.pk,
        **day("answered_on", "2019-12-02"),
    }
    assert client.post(answer, sent).status_code == 302
    assert (state_of(mine), mine.authors.get()) == ("drafted", officer)
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        actions.approve_answer(question=mine, by=officer)
    assert "Change the answer" in page_of(client.get(detail))
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        actions.move_question(question=mine, to="asked", why="Not yet", by=officer)


def test_the_file_has_the_filters_of_the_list_and_no_formula(client, secretary):
    QuestionFactory(text="=1+1", ref="Q2019-001", due=dt.date(2019, 11, 20))
    QuestionFactory(kind="advice", ref="R2019-001")
    client.force_login(secretary)
    address = reverse("question-export", args=["csv"])
    text = b"".join(client.get(address, {"kind": "question"}).streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Words"], row["Days overdue"], row["Answer"]) == ("'=1+1", "12", "")
    text = b"".join(client.get(address, {"show": "late", "kind": "advice"}).streaming_content).decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text))) == []
    assert client.get(reverse("question-export", args=["xlsx"])).content[:2] == b"PK"


def test_the_whole_way_by_its_pages(client, secretary, commissioner, chief):
    client.force_login(secretary)
    sent = {"board": BoardFactory().pk, "kind": "advice", "text": "To publish more", "person": chief.pk}
    sent |= {"exemption": ""} | day("asked_on", "2019-12-01") | day("due", "2019-12-20")
    assert client.post(reverse("question-between"), sent | day("asked_on", "2019-12-03")).status_code == 422
    page = page_of(client.post(reverse("question-between"), sent, follow=True))
    assert ("Recommendation R2019-001 is recorded." in page, "between meetings" in page) == (True, True)
    pk = Question.objects.get().pk
    answer = {"version": 1, "outcome": "refused", "answer": "No.", "answered_by": chief.pk}
    answer |= day("answered_on", "2019-12-02")
    refused = client.post(reverse("question-answer", args=[pk]), answer)
    assert (refused.status_code, "Give the reasons why it is not accepted" in page_of(refused)) == (422, True)
    client.post(reverse("question-answer", args=[pk]), answer | {"reasons": "It costs too much."})
    client.force_login(commissioner)
    assert "Approve the answer" in page_of(client.get(reverse("question-detail", args=[pk])))
    page = page_of(client.post(reverse("question-approve", args=[pk]), follow=True))
    assert ("Answered: not accepted" in page, "It costs too much." in page) == (True, True)
    client.force_login(secretary)
    client.post(reverse("question-move", args=[pk, "closed"]))
    assert state_of(Question.objects.get()) == "closed"
    assert "cannot do this from there" in page_of(client.get(reverse("question-move", args=[pk, "withdrawn"])))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, secretary, django_assert_num_queries, count):
    item = AgendaItemFactory()
    for _ in range(count):
        QuestionFactory(item=item, asked_by=PersonFactory())
    client.force_login(secretary)
    with django_assert_num_queries(10):  # session, user, roles, office, counts, list, boards, ..
        response = client.get(reverse("question-list"))
    assert len(response.context["rows"]) == count


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"text": ""}, "a_question_keeps_its_words"),
        ({"exemption": "3"}, "a_question_under_an_item_is_as_exempt_as_it"),
        ({"state": "drafted"}, "an_answer_has_words_a_day_and_a_person"),
        ({"outcome": "refused"}, "a_recommendation_is_refused_with_reasons"),
    ],
)
def test_database_refuses_what_no_page_should_send(changes, constraint):
    made = QuestionFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Question.objects.filter(pk=made.pk).update(**changes)


def test_database_refuses_a_recommendation_answered_with_neither_yes_nor_no():
    made = QuestionFactory(kind="advice")
    answer = {"state": "drafted", "answer": "So", "answered_on": TODAY, "answered_by": made.promised_by}
    with pytest.raises(IntegrityError, match="a_recommendation_is_accepted_or_not"), transaction.atomic():
        Question.objects.filter(pk=made.pk).update(**answer)
