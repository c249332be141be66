"""Finding things by their words, each as far as the person may see it."""

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from deepdive.models import ActionUpdate
from desk.models import SearchText
from desk.searching import engines, finding, index
from desk.searching.kinds import KINDS, public_texts
from desk.searching.words import marked, phrases_of, snippet, words_of
from governance.papers.content import canonical
from governance.papers.models import FrozenPaper, Paper, Publication, Withdrawal
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AssuranceFactory,
    BoardActionFactory,
    BoardFactory,
    CommitmentFactory,
    DecisionFactory,
    MinuteFactory,
    QuestionFactory,
)
from tests.factories.content import small_paper
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory
from tests.factories.measures import MeasureFactory
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
EVERYTHING = [
    "Measure",
    "Commentary",
    "Delivery action",
    "Delivery update",
    "Board",
    "Minute",
    "Decision",
    "Question or recommendation",
    "Assurance",
    "Action arising",
    "Commitment",
]


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


def look(client, words: str, *roles: Role, user=None, kind: str = "", page: int = 1):
    index.rebuild()
    client.force_login(user or UserFactory(roles=list(roles)))
    return client.get(reverse("search"), {"q": words, "kind": kind, "page": page})


def labels(response) -> list[str]:
    """The kinds of what was found, in the order of the filter."""
    found = [hit.label for hit in response.context["hits"]]
    assert len(found) == min(response.context["total"], 20)
    return [kind.label for kind in KINDS for label in found if label == kind.label]


def one_of_each(word: str) -> None:
    measure = MeasureFactory(slug="zebra", definition=f"Every {word} counted")
    CommentaryFactory(measure=measure, text=f"<p>One more <strong>{word}</strong> than before.</p>")
    action = DeliveryActionFactory(statement=f"Count each {word}")
    update = ActionUpdateFactory(action=action, text=f"<p>Saw a {word}.</p>")
    approver = UserFactory()
    ActionUpdate.objects.filter(pk=update.pk).update(state="approved", approved_by=approver, approved_at=timezone.now())
    BoardFactory(terms=f"To see to every {word}")
    MinuteFactory(text=f"<p>A {word} was seen.</p>")
    DecisionFactory(text=f"To keep the {word}.")
    QuestionFactory(text=f"Where is the {word}?")
    AssuranceFactory(text=f"The {word} is well kept.")
    BoardActionFactory(text=f"Feed the {word}")
    CommitmentFactory(sentence=f"I will report on the {word}.")


def published(*, words: str, withdrawn: bool = False) -> Paper:
    quarter = QuarterFactory()
    item = AgendaItemFactory(meeting=quarter.meeting)
    paper = Paper.objects.create(quarter=quarter, agenda_item=item, title="Performance report")
    by = UserFactory()
    content = small_paper()
    frozen = FrozenPaper.objects.create(
        paper=paper,
        number=1,
        content=canonical.to_json(content).replace("Forty-nine are promised", words),
        sha256="0" * 64,
        template_version=1,
        submitted_by=by,
        submitted_at=timezone.now(),
    )
    publication = Publication.objects.create(
        frozen_paper=frozen, published_on="2019-12-11", place="Website", published_by=by, published_at=timezone.now()
    )
    if withdrawn:
        Withdrawal.objects.create(publication=publication, notice="Wrong", withdrawn_by=by, withdrawn_at=timezone.now())
    return paper


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.STAFF, EVERYTHING),
        (Role.ANALYST, EVERYTHING),
        (Role.SECRETARY, EVERYTHING),
        (Role.COMMISSIONER, EVERYTHING),
        (Role.AUDITOR, EVERYTHING),
        (Role.ADMINISTRATOR, [label for label in EVERYTHING if label not in ("Commentary", "Commitment")]),
        (Role.CONTRIBUTOR, []),
        (Role.PANEL, []),
    ],
)
def test_each_role_finds_what_it_may_see(client, role, expected):
    one_of_each("zebra")
    assert labels(look(client, "ZEBRA", role)) == expected


def test_contributor_finds_what_is_theirs(client):
    one_of_each("zebra")
    user = UserFactory(roles=[Role.CONTRIBUTOR])
    mine = ActionUpdateFactory(text="<p>Another zebra.</p>")
    mine.action.contributors.add(user)
    BoardActionFactory(text="Count the zebra", owner=PersonFactory(user=user))
    CommitmentFactory(sentence="I will count the zebra.", owner=user.person)
    QuestionFactory(text="How many are a zebra?", promised_by=user.person)
    response = look(client, "zebra", user=user)
    assert labels(response) == ["Delivery update", "Question or recommendation", "Action arising", "Commitment"]


def test_question_is_found_by_its_answer_once_that_is_approved(client):
    draft = {"answer": "It is a zebra.", "answered_on": "2019-12-02", "answered_by": PersonFactory()}
    question = QuestionFactory(state="drafted", **draft)
    assert labels(look(client, "zebra", Role.STAFF)) == []
    type(question).objects.filter(pk=question.pk).update(state="answered")
    (hit,) = look(client, "zebra", Role.STAFF).context["hits"]
    assert hit.href == reverse("question-detail", args=[question.pk])


def test_commitment_is_found_by_what_became_of_it(client):
    promise = CommitmentFactory(sentence="I will report on the herd.")
    promise.dispositions.create(was="open", now="kept", why="The zebra came.", by=UserFactory(), at=timezone.now())
    (hit,) = look(client, "zebra", Role.STAFF).context["hits"]
    assert (hit.label, hit.href) == ("Commitment", reverse("commitment-detail", args=[promise.pk]))


def test_drafts_of_updates_are_for_those_who_write_them(client):
    ActionUpdateFactory(text="<p>A zebra, unapproved.</p>")
    assert labels(look(client, "zebra", Role.STAFF)) == ["Delivery update"]
    assert labels(look(client, "zebra", Role.SECRETARY)) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.STAFF, []),
        (Role.ANALYST, ["Minute", "Decision", "Question or recommendation", "Assurance", "Action arising"]),
    ],
)
def test_exempt_items_are_found_only_by_those_who_may_see_them(client, role, expected):
    item = AgendaItemFactory(part="exempt", title="The zebra contract")
    MinuteFactory(item=item, text="<p>A zebra was bought.</p>")
    DecisionFactory(item=item, text="To buy the zebra")
    QuestionFactory(item=item, text="Why the zebra?")
    AssuranceFactory(item=item, text="The zebra is dear.")
    BoardActionFactory(item=item, text="Pay for the zebra")
    assert labels(look(client, "zebra", role)) == expected


def test_published_paper_is_found_by_its_words_by_anybody_who_may_read_it(client):
    paper = published(words="A zebra is promised")
    response = look(client, "zebra", Role.PANEL)
    assert labels(response) == ["Published paper"]
    assert response.context["hits"][0].href == reverse("paper-read", args=[paper.quarter.code])


def test_withdrawn_paper_is_not_found(client):
    published(words="A zebra is promised", withdrawn=True)
    assert labels(look(client, "zebra", Role.PANEL)) == []


def test_paper_being_made_is_not_found_by_the_panel(client):
    paper = published(words="Nothing")
    Paper.objects.filter(pk=paper.pk).update(introduction="<p>A zebra in the draft of the correction.</p>")
    assert labels(look(client, "zebra", Role.PANEL)) == []
    assert labels(look(client, "zebra", Role.STAFF)) == ["Paper in the making"]


def test_restricted_chart_of_a_paper_gives_nothing_away():
    content = small_paper()
    texts = " ".join(public_texts(canonical.to_json(content)))
    assert "Forty-nine are promised." in texts
    assert "OFFICIAL-SENSITIVE" not in texts


def test_what_is_found_is_marked_and_everything_else_escaped(client):
    MeasureFactory(slug="odd", name="Odd <b>Zebra</b>", definition="A <script>zebra</script> & more")
    page = look(client, "zebra", Role.STAFF).content.decode()
    assert "Odd &lt;b&gt;<mark>Zebra</mark>&lt;/b&gt;" in page
    assert "<script>zebra" not in page


def test_words_that_are_markup_stay_words(client):
    page = look(client, "<script>alert(1)</script>", Role.STAFF).content.decode()
    assert "<script>alert" not in page
    assert "Nothing found" in page


@pytest.mark.parametrize(
    ("words", "said"), [("", "Nothing looked for yet"), (" a ", "Type at least two letters or digits")]
)
def test_search_for_next_to_nothing_says_what_to_do(client, words, said):
    assert said in look(client, words, Role.STAFF).content.decode()


def test_long_list_comes_in_pages_of_twenty(client):
    for number in range(21):
        MeasureFactory(slug=f"zebra-{number}", definition="A zebra")
    first = look(client, "zebra", Role.STAFF)
    assert (len(first.context["hits"]), first.context["total"]) == (20, 21)
    assert len(look(client, "zebra", Role.STAFF, page=2).context["hits"]) == 1


def test_kind_narrows_what_is_found(client):
    one_of_each("zebra")
    assert labels(look(client, "zebra", Role.STAFF, kind="minute")) == ["Minute"]
    assert labels(look(client, "zebra", Role.STAFF, kind="no-such-kind")) == EVERYTHING


def test_what_has_the_word_in_its_title_stands_before_what_has_it_somewhere(client):
    MinuteFactory(text="<p>A zebra and much else that was said at length of other matters.</p>")
    BoardFactory(name="Zebra board", slug="zebra")
    assert [hit.label for hit in look(client, "zebra", Role.STAFF).context["hits"]] == ["Board", "Minute"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("women’s", 1),
        ("women's", 1),
        ("WOMENS", 1),
        ("s136", 1),
        ("S136 custody", 1),
        ("custody of s136", 1),
        ("2.07", 1),
        ("2.0", 0),
        ("07", 1),
        ("BA/2019/14", 1),
        ("ba 2019 14", 1),
        ("BA/2019/1", 0),
        ('"use of custody"', 1),
        ('"custody of use"', 0),
        ("19 December 2019", 1),
        ("19/12/2019", 1),
        ("2019-12-19", 1),
        ("café", 1),
        ("cafe", 1),
        ("cust", 1),
        ("custody zzzz", 0),
        ("custody AND", 0),
        ("NEAR(custody", 0),
    ],
)
def test_words_references_and_dates_are_found_as_people_write_them(client, words, count):
    item = AgendaItemFactory(meeting__date="2019-12-19", title="Detention")
    MinuteFactory(item=item, text="<p>Women’s use of custody under s136 (2.07, BA/2019/14) at the Café.</p>")
    assert look(client, words, Role.STAFF).context["total"] == count


@pytest.mark.parametrize(
    "sign", ['"', "'", "*", "-zebra", "(", ")", "zebra:", "^zebra", "zebra\\", "a:b", "&|!<->", "\x00", "%", "…"]
)
def test_stray_signs_break_nothing(client, sign):
    MinuteFactory(text="<p>A zebra.</p>")
    assert look(client, f"zebra {sign}", Role.STAFF).status_code == 200
    assert look(client, f"{sign}", Role.STAFF).status_code == 200


@pytest.mark.servers
@pytest.mark.parametrize("few", [engines.FEW, 0])
@pytest.mark.parametrize("most", [finding.MOST, 3])
def test_neither_count_nor_page_nor_filter_tells_of_what_may_not_be_seen(client, monkeypatch, most, few):
    monkeypatch.setattr(engines, "FEW", few)  # PostgreSQL is told of the texts first where they are few
    """Nor does what may not be seen keep from being found what stands behind it in the index."""
    monkeypatch.setattr(finding, "MOST", most)
    MinuteFactory(text="<p>A zebra was sold.</p>")
    for number in range(25):
        item = AgendaItemFactory(part="exempt", exemption="3", title=f"The zebra contract {number}")
        MinuteFactory(item=item, text="<p>A zebra was bought.</p>")
    MinuteFactory(text="<p>A zebra was seen.</p>")
    response = look(client, "zebra", Role.STAFF)
    assert (response.context["total"], len(response.context["hits"])) == (2, 2)
    assert "contract" not in response.content.decode()
    assert look(client, "contract", Role.STAFF).context["total"] == 0
    assert look(client, "zebra", Role.STAFF, kind="minute", page=2).context["total"] == 2


def test_item_that_becomes_exempt_is_hidden_before_the_index_knows(client):
    minute = MinuteFactory(text="<p>A zebra.</p>")
    assert look(client, "zebra", Role.STAFF).context["total"] == 1
    type(minute.item).objects.filter(pk=minute.item_id).update(part="exempt", exemption="3")
    assert client.get(reverse("search"), {"q": "zebra"}).context["total"] == 0


def test_index_follows_the_log(client):
    index.rebuild()
    assert index.is_behind() is False
    minute = MinuteFactory(text="<p>A zebra.</p>")
    assert index.is_behind() is True
    index.catch_up()
    assert index.is_behind() is False
    client.force_login(UserFactory(roles=[Role.STAFF]))
    assert client.get(reverse("search"), {"q": "zebra"}).context["total"] == 1
    minute.text = "<p>An okapi.</p>"
    minute.save()
    index.catch_up()
    found = [client.get(reverse("search"), {"q": word}).context["total"] for word in ("zebra", "okapi")]
    assert found == [0, 1]
    minute.item.title = "Quagga"
    minute.item.save()
    index.catch_up()
    assert client.get(reverse("search"), {"q": "quagga okapi"}).context["total"] == 1
    minute.delete()
    index.catch_up()
    assert client.get(reverse("search"), {"q": "okapi"}).context["total"] == 0
    assert SearchText.objects.filter(kind="minute").count() == 0


def test_rebuild_twice_indexes_each_text_once():
    one_of_each("zebra")
    first = index.rebuild()
    assert index.rebuild() == first == SearchText.objects.count()


def test_row_is_indexed_once():
    SearchText.objects.create(kind="minute", key=1)
    with pytest.raises(IntegrityError, match=r"a_row_is_indexed_once|desk_searchtext\.kind"):
        SearchText.objects.create(kind="minute", key=1)


@pytest.mark.servers
@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_however_much_is_found(client, django_assert_num_queries, count):
    for number in range(count):
        CommentaryFactory(measure=MeasureFactory(slug=f"zebra-{number}"), text="<p>A zebra.</p>")
        DeliveryActionFactory(statement="Count the zebra")
        MinuteFactory(text="<p>A zebra.</p>")
    look(client, "zebra", Role.STAFF)
    # session, roles, office; the texts of 11 kinds, or those of all and rows and texts of 3; their ranks; what is shown
    # of them, and the agencies of one
    with django_assert_num_queries({"sqlite": 22, "postgresql": 18}[connection.vendor]):
        assert client.get(reverse("search"), {"q": "zebra"}).context["total"] == 4 * count


def test_snippet_shows_the_neighbourhood_of_whole_words():
    text = "word " * 40 + "the zebra stands here " + "word " * 40
    pieces = snippet(text, phrases_of("zebra"))
    whole = "".join(words for words, _ in pieces)
    assert [words for words, hit in pieces if hit] == ["zebra"]
    assert (whole[:6], whole[-6:]) == ("…word ", " word…")
    assert 100 < len(whole) < 200


def test_words_of_a_pattern_are_only_words():
    assert marked("a.b and a+b", phrases_of("a+b")) == (
        ("a", True),
        (".", False),
        ("b", True),
        (" and ", False),
        ("a", True),
        ("+", False),
        ("b", True),
    )
    assert snippet("nothing", phrases_of("(")) == ()


def test_words_are_cut_the_same_for_both_databases():
    assert words_of("Women’s O'Neill, s136: BA/2019/14 & 2.07 — Café_x ½") == [
        *("womens", "oneill", "s136", "ba", "2019", "14", "2", "07", "cafe", "x"),
        "12",
    ]
