"""Finding things by their words, each as far as the person may see it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.accounts.permissions import Role
from deepdive.models import ActionUpdate
from desk.search import marked, public_texts, snippet
from governance.papers.content import canonical
from governance.papers.models import FrozenPaper, Paper, Publication, Withdrawal
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardActionFactory, BoardFactory, DecisionFactory, MinuteFactory
from tests.factories.content import small_paper
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory
from tests.factories.measures import MeasureFactory
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
EVERYTHING = [
    "Measures",
    "Commentary",
    "Delivery plan",
    "Delivery updates",
    "Boards",
    "Minutes",
    "Decisions",
    "Actions",
]


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


def look(client, words: str, *roles: Role, user=None):
    client.force_login(user or UserFactory(roles=list(roles)))
    return client.get(reverse("search"), {"q": words})


def labels(response) -> list[str]:
    return [group.label for group in response.context["groups"]]


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
    BoardActionFactory(text=f"Feed the {word}")


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
        (Role.ADMINISTRATOR, [label for label in EVERYTHING if label != "Commentary"]),
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
    response = look(client, "zebra", user=user)
    assert labels(response) == ["Delivery updates", "Actions"]
    assert [len(group.hits) for group in response.context["groups"]] == [1, 1]


def test_drafts_of_updates_are_for_those_who_write_them(client):
    ActionUpdateFactory(text="<p>A zebra, unapproved.</p>")
    assert labels(look(client, "zebra", Role.STAFF)) == ["Delivery updates"]
    assert labels(look(client, "zebra", Role.SECRETARY)) == []


@pytest.mark.parametrize(("role", "expected"), [(Role.STAFF, []), (Role.ANALYST, ["Minutes", "Decisions", "Actions"])])
def test_exempt_items_are_found_only_by_those_who_may_see_them(client, role, expected):
    item = AgendaItemFactory(part="exempt", title="The zebra contract")
    MinuteFactory(item=item, text="<p>A zebra was bought.</p>")
    DecisionFactory(item=item, text="To buy the zebra")
    BoardActionFactory(item=item, text="Pay for the zebra")
    assert labels(look(client, "zebra", role)) == expected


def test_published_paper_is_found_by_its_words_by_anybody_who_may_read_it(client):
    paper = published(words="A zebra is promised")
    response = look(client, "zebra", Role.PANEL)
    assert labels(response) == ["Published papers"]
    assert response.context["groups"][0].hits[0].href == reverse("paper-read", args=[paper.quarter.code])


def test_withdrawn_paper_is_not_found(client):
    published(words="A zebra is promised", withdrawn=True)
    assert labels(look(client, "zebra", Role.PANEL)) == []


def test_paper_being_made_is_not_found_by_the_panel(client):
    paper = published(words="Nothing")
    Paper.objects.filter(pk=paper.pk).update(introduction="<p>A zebra in the draft of the correction.</p>")
    assert labels(look(client, "zebra", Role.PANEL)) == []
    assert labels(look(client, "zebra", Role.STAFF)) == ["Papers in the making"]


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


@pytest.mark.parametrize(("words", "said"), [("", "Nothing looked for yet"), (" a ", "Type at least two characters")])
def test_search_for_next_to_nothing_says_what_to_do(client, words, said):
    assert said in look(client, words, Role.STAFF).content.decode()


def test_long_list_is_cut_and_says_so(client):
    for number in range(21):
        MeasureFactory(slug=f"zebra-{number}")
    response = look(client, "zebra", Role.STAFF)
    assert len(response.context["groups"][0].hits) == 20
    assert "More of these hold your words" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_however_much_is_found(client, django_assert_num_queries, count):
    for number in range(count):
        CommentaryFactory(measure=MeasureFactory(slug=f"zebra-{number}"), text="<p>A zebra.</p>")
        DeliveryActionFactory(statement="Count the zebra")
        MinuteFactory(text="<p>A zebra.</p>")
    client.force_login(UserFactory())
    client.get(reverse("search"), {"q": "zebra"})
    with django_assert_num_queries(14):  # session, user, office, and one a kind of thing
        client.get(reverse("search"), {"q": "zebra"})


def test_snippet_shows_the_neighbourhood_of_whole_words():
    text = "word " * 40 + "the zebra stands here " + "word " * 40
    pieces = snippet(text, "zebra")
    whole = "".join(words for words, _ in pieces)
    assert [words for words, hit in pieces if hit] == ["zebra"]
    assert (whole[:6], whole[-6:]) == ("…word ", " word…")
    assert 100 < len(whole) < 200


def test_words_of_a_pattern_are_only_words():
    assert marked("a.b and a+b", "a+b") == (("a.b and ", False), ("a+b", True))
    assert snippet("nothing", "(") == ()
