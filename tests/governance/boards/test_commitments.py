import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.access import may_read
from core.documents.versions import Stale
from governance.boards import actions
from governance.boards.models import Commitment, DismissedSuggestion, Disposition, DispositionFile
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import BoardFactory, CommitmentFactory, MeetingFactory

pytestmark = pytest.mark.django_db
TODAY, LATER = dt.date(2019, 12, 2), dt.date(2020, 2, 6)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


@pytest.fixture
def secretary(client):
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def test_a_promise_without_an_owner_or_a_day_says_why_or_is_refused(secretary):
    given = {"paper": "2019-20-q1", "sentence": "I will report.", "kind": "report", "by": secretary}
    with pytest.raises(MoveRefused, match="Say who will keep this commitment"):
        actions.make_commitment(due=LATER, **given)
    with pytest.raises(MoveRefused, match="Say by when this commitment will be kept"):
        actions.make_commitment(owner=PersonFactory(), **given)
    made = actions.make_commitment(unowned_why="Nobody yet", undated_why="Not fixed", **given)
    again = actions.make_commitment(unowned_why="Nobody yet", undated_why="Not fixed", **given)
    assert (made, made.made_on, Commitment.objects.count()) == (again, TODAY, 1)


@pytest.mark.parametrize("to", ["kept", "carried", "dropped"])
def test_every_fate_is_said_in_words_and_kept(secretary, to):
    held = CommitmentFactory()
    due = LATER if to == "carried" else None
    with pytest.raises(MoveRefused, match="Say what became of it"):
        actions.dispose_commitment(commitment=held, version=1, to=to, why=" ", due=due, by=secretary)
    moved = actions.dispose_commitment(commitment=held, version=1, to=to, why="Because", due=due, by=secretary)
    assert (moved.status, moved.due) == (to, due or dt.date(2019, 12, 19))
    assert list(Disposition.objects.values_list("was", "now", "why", "due")) == [("open", to, "Because", due)]


@pytest.mark.parametrize("due", [None, TODAY, dt.date(2019, 12, 19)])
def test_what_is_carried_on_has_a_new_day_to_come(secretary, due):
    with pytest.raises(MoveRefused, match="Give the new day"):
        actions.dispose_commitment(
            commitment=CommitmentFactory(), version=1, to="carried", why="Later", due=due, by=secretary
        )


def test_of_two_who_say_what_became_of_it_the_second_is_told(client, secretary):
    held = CommitmentFactory()
    actions.dispose_commitment(commitment=held, version=1, to="carried", why="Theirs.", due=LATER, by=secretary)
    with pytest.raises(Stale):
        actions.dispose_commitment(commitment=held, version=1, to="kept", why="Mine.", by=secretary)
    response = client.post(reverse("commitment-dispose", args=[held.pk, "kept"]), {"version": 1, "why": "Mine."})
    page = response.content.decode()
    assert (response.status_code, "Theirs." in page, "Mine." in page) == (409, True, True)
    assert Disposition.objects.get().why == "Theirs."


def test_what_kept_a_promise_is_filed_with_it_and_read_by_who_sees_it(client, secretary, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    owner, other = (UserFactory(roles=[Role.CONTRIBUTOR]) for _ in range(2))
    held = CommitmentFactory(owner=PersonFactory(user=owner))
    there = reverse("commitment-dispose", args=[held.pk, "kept"])
    assert 'enctype="multipart/form-data"' in client.get(there).content.decode()

    def sent(version: int, why: str, *names: str) -> int:
        files = [SimpleUploadedFile(name, b"The report of " + name.encode()) for name in names]
        return client.post(there, {"version": version, "why": why, "files": files}).status_code

    assert (sent(1, "", "june.txt"), sent(0, "Sent.", "june.txt"), DispositionFile.objects.count()) == (422, 409, 0)
    assert sent(1, "Sent in June.", "june.txt", "july.txt", "june.txt") == 302
    said = Disposition.objects.get()
    assert list(said.files.values_list("name", flat=True)) == ["june.txt", "july.txt"]
    assert client.get(held_page(held)).content.decode().count("/files/") == 2
    stored = said.files.first().file
    assert [may_read(user, stored) for user in (secretary, owner, other)] == [True, True, False]
    again = reverse("commitment-dispose", args=[held.pk, "open"])
    client.post(again, {"version": 2, "why": "It was another's report", "files": [SimpleUploadedFile("x.txt", b"x")]})
    assert (Disposition.objects.count(), DispositionFile.objects.count()) == (2, 2)  # only what is kept shows files


def test_how_a_promise_is_going_is_said_again_and_again_until_its_fate_is(client, secretary):
    owner, other = (UserFactory(roles=[Role.CONTRIBUTOR]) for _ in range(2))
    held = CommitmentFactory(owner=PersonFactory(user=owner))
    there, page = reverse("commitment-progress", args=[held.pk]), held_page(held)

    def says(user, text: str) -> int:
        client.force_login(user)
        return client.post(there, {"text": text}).status_code

    told = [says(owner, "Half of it is written."), says(secretary, "The draft came."), says(other, "Not mine")]
    assert (told, says(owner, " ")) == ([302, 302, 404], 422)
    assert list(held.reports.values_list("text", "by")) == [
        ("Half of it is written.", owner.pk),
        ("The draft came.", secretary.pk),
    ]
    actions.dispose_commitment(commitment=held, version=1, to="kept", why="Sent in June.", by=owner)
    said = client.get(page).content.decode()
    places = [said.index(words) for words in ("Sent in June.", "The draft came.", "Half of it is written.")]
    assert (places == sorted(places), "Report progress" in said) == (True, False)
    with pytest.raises(MoveRefused, match="has been said already"):
        actions.report_on_commitment(commitment=held, text="Late words", by=owner)
    assert (held.reports.count(), Disposition.objects.count()) == (2, 1)


def test_a_deputy_is_named_beside_the_owner_and_may_say_what_the_owner_may(client, secretary):
    owner, user = PersonFactory(name="Jo Keeps"), UserFactory(roles=[Role.CONTRIBUTOR])
    deputy, held = PersonFactory(name="Sam Helps", user=user), CommitmentFactory()
    sent = {"version": 1, "kind": "report", "owner": owner.pk, "owner_role": "Lead for burglary", "deputy": deputy.pk}
    there = reverse("commitment-edit", args=[held.pk])
    answers = [
        client.post(there, sent | {"deputy": owner.pk}).status_code,
        client.post(there, sent | {"owner": "", "unowned_why": "Nobody yet"}).status_code,
        client.post(there, sent).status_code,
    ]
    assert answers == [422, 422, 302]
    page = client.get(held_page(held)).content.decode()
    assert [words in page for words in ("Jo Keeps, Lead for burglary", "Sam Helps")] == [True, True]
    client.force_login(user)
    assert client.post(reverse("commitment-progress", args=[held.pk]), {"text": "Half done."}).status_code == 302
    assert list(Commitment.objects.owned_by(user)) == [held]


@pytest.mark.parametrize("owned", [True, False])
def test_a_deputy_stands_beside_another_who_keeps_the_promise(secretary, owned):
    person = PersonFactory()
    given = {"kind": "report", "board": None, "owner_role": "", "unowned_why": "Nobody", "undated_why": ""}
    with pytest.raises(MoveRefused, match="deputy"):
        actions.edit_commitment(
            commitment=CommitmentFactory(), version=1, owner=person if owned else None, deputy=person, by=secretary,
            **given,
        )  # fmt: skip


def held_page(held: Commitment) -> str:
    return reverse("commitment-detail", args=[held.pk])


def test_a_force_contributor_says_what_became_of_their_own_and_knows_of_no_other(client):
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    client.force_login(user)
    own, other = CommitmentFactory(owner=PersonFactory(user=user)), CommitmentFactory()
    sent = {"version": 1, "why": "It was sent on Monday."}
    answers = [
        client.post(reverse("commitment-dispose", args=[one.pk, "kept"]), sent).status_code for one in (own, other)
    ]
    assert answers == [302, 404]
    listed = client.get(f"{reverse('action-list')}?show=closed").context["rows"]
    assert [row.one for row in listed] == [own]


def test_a_meeting_hears_of_what_its_board_was_promised_by_then(secretary):
    meeting = MeetingFactory(date=dt.date(2019, 12, 19))
    board = meeting.board
    undated = CommitmentFactory(board=board, due=None, undated_why="Not fixed")
    due = CommitmentFactory(board=board, due=dt.date(2019, 12, 19))
    CommitmentFactory(board=board, due=dt.date(2019, 12, 20))
    CommitmentFactory(board=BoardFactory(name="Other", slug="other"), due=dt.date(2019, 12, 1))
    CommitmentFactory(board=board, status="kept")
    assert list(Commitment.objects.waiting_for(meeting)) == [due, undated]


def test_a_dismissed_sentence_is_dismissed_however_it_is_spaced(secretary):
    for words in ("I will see.", " I  WILL see "):
        actions.dismiss_suggestion(sentence=words, paper="2019-20-q1", by=secretary)
    assert DismissedSuggestion.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"owner": None}, "a_commitment_has_an_owner_or_says_why_not"),
        ({"due": None}, "a_commitment_has_a_day_or_says_why_not"),
        ({"deputy": F("owner")}, "a_deputy_stands_beside_another_who_keeps_a_commitment"),
    ],
)
def test_a_commitment_that_cannot_be_is_refused_by_the_database(changes, constraint):
    CommitmentFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Commitment.objects.update(**changes)


def test_a_commitment_keeps_its_sentence_and_stands_once_in_a_paper():
    held = CommitmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentFactory(sentence=held.sentence)
    with pytest.raises(IntegrityError, match="a_commitment_keeps_its_sentence"), transaction.atomic():
        CommitmentFactory(sentence="")


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"now": "kept", "why": ""}, "what_became_of_a_commitment_is_said"),
        ({"now": "carried", "why": "x"}, "a_commitment_is_carried_on_to_a_day"),
    ],
)
def test_a_fate_that_cannot_be_is_refused_by_the_database(facts, constraint):
    given = {"commitment": CommitmentFactory(), "was": "open", "by": UserFactory(), "at": timezone.now(), **facts}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Disposition.objects.create(**given)
