import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import now
from openpyxl import load_workbook

from core.accounts.permissions import Role
from governance.boards.ledger import Ledger, Mark, Wanted
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardActionFactory, CommitmentFactory
from tests.factories.deepdive import DeliveryActionFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


@pytest.fixture
def secretary(client):
    user = UserFactory(roles=[Role.SECRETARY])
    client.force_login(user)
    return user


def day(number: int) -> dt.date:
    return dt.date(2019, 12, number)


def three_of_each() -> list:
    """Days interleave, and on the ninth one of each kind is due."""
    item, owner = AgendaItemFactory(), PersonFactory()
    arising = [BoardActionFactory(item=item, owner=owner, due=day(n)) for n in (1, 9, 20)]
    planned = [DeliveryActionFactory(ref=f"2.0{n}", due=day(n)) for n in (3, 9)] + [
        DeliveryActionFactory(ref="2.07", due=None)
    ]
    promised = [CommitmentFactory(owner=owner, due=day(n)) for n in (5, 9)] + [
        CommitmentFactory(owner=owner, due=None, undated_why="Not fixed")
    ]
    return [
        arising[0], planned[0], promised[0], arising[1], planned[1], promised[1], arising[2], planned[2], promised[2],
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 4, 9, 10])
def test_pages_forward_and_back_hold_every_row_once_in_order(secretary, size):
    expected = three_of_each()
    ledger, wanted, after, pages = Ledger(secretary, TODAY), Wanted(), None, []
    while True:
        page = ledger.page(wanted, after=after, size=size)
        pages.append([entry.one for entry in page.entries])
        if not page.after:
            break
        after = Mark.read(page.after)
    assert [one for page in pages for one in page] == expected
    back, before = [pages[-1]], page.before
    while before:
        page = ledger.page(wanted, before=Mark.read(before), size=size)
        back.insert(0, [entry.one for entry in page.entries])
        before = page.before
    assert [one for page in back for one in page] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?show=open&kind=promise", [2, 5, 8]),
        ("?show=overdue", [0]),
        ("?show=undated", [7, 8]),
        ("?show=open&state=doing", []),
        ("?show=open&kind=plan&state=todo", [1, 4, 7]),
        ("?show=open&board=monitoring-board", [0, 3, 6]),
    ],
)
def test_the_ledger_is_narrowed_by_what_is_asked(client, secretary, query, expected):
    rows = three_of_each()
    found = [row.one for row in client.get(reverse("action-list") + query).context["rows"]]
    assert found == [rows[place] for place in expected]


@pytest.mark.parametrize(
    "text", ["", "x", "20191301.arising.1", "20191201.other.1", "20191201.arising.x", "2019.plan.1"]
)
def test_what_is_no_place_in_the_list_is_its_beginning(text):
    assert Mark.read(text) is None


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_board_view_costs_the_same_however_many_cards(client, secretary, django_assert_num_queries, count):
    item, owner = AgendaItemFactory(), PersonFactory()
    for _ in range(count):
        BoardActionFactory(item=item, owner=owner)
    # session, user, office, me; boards, people; of each kind two counts; each kind of each column; what boards are asked
    with django_assert_num_queries(28):
        response = client.get(reverse("action-board"))
    columns = {name: (total, len(cards)) for name, _, total, cards, _, _ in response.context["cards"]}
    assert columns == {
        "todo": (count, min(count, 25)),
        "doing": (0, 0),
        "held": (0, 0),
        "reported": (0, 0),
        "closed": (0, 0),
    }


def test_what_is_closed_is_counted_so_far_and_no_further(client, secretary, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("governance.boards.ledger.MOST_CLOSED", 2)
    monkeypatch.setattr("governance.boards.ledger_rows.MOST_CLOSED", 2)
    monkeypatch.setattr("governance.boards.views.ledger.CARDS", 1)
    item, owner = AgendaItemFactory(), PersonFactory()
    client.get(reverse("action-list"))  # the first page of a visit notes that somebody is there
    heads = []
    for _ in range(2):
        for _ in range(2):
            BoardActionFactory(item=item, owner=owner)
            BoardActionFactory(item=item, owner=owner, status="done", closed_by=secretary, closed_at=now())
        with django_assert_num_queries(
            16
        ):  # session, user, office, me; boards, people; of each kind two counts; rows; asked
            tabs = {tab["text"]: tab["count"] for tab in client.get(reverse("action-list")).context["tabs"]}
        cards = client.get(reverse("action-board")).context["cards"]
        columns = {name: (count, more) for name, _, count, _, more, _ in cards}
        heads.append((tabs["All open"], tabs["Closed"], columns["todo"], columns["closed"]))
    assert heads == [(2, 2, (2, 1), (2, 1)), (4, "2+", (4, 3), ("2+", "more than 1"))]


def test_files_hold_the_rows_of_the_list_and_no_formula(client, secretary):
    BoardActionFactory(text="=HYPERLINK(1)", ref="A2019-001")
    text = b"".join(client.get(reverse("action-export", args=["csv"])).streaming_content).decode()
    assert text.splitlines()[1].startswith("A2019-001,Action arising,'=HYPERLINK(1),")
    sheet = load_workbook(BytesIO(client.get(reverse("action-export", args=["xlsx"])).content)).active
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells["=HYPERLINK(1)"] == "s"
    assert client.get(reverse("action-export", args=["doc"])).status_code == 404


def test_a_deputy_finds_what_they_stand_in_for_and_lists_name_them(client, secretary):
    owner, deputy = PersonFactory(name="Jo Keeps"), PersonFactory(name="Sam Helps", user=secretary)
    who = {"owner": owner, "owner_role": "Lead for burglary", "deputy": deputy}
    theirs = [BoardActionFactory(**who), DeliveryActionFactory(**who), CommitmentFactory(**who)]
    CommitmentFactory()
    for asked in ("?show=mine", f"?show=open&whose={deputy.pk}", f"?show=open&whose={owner.pk}"):
        rows = client.get(reverse("action-list") + asked).context["rows"]
        assert {row.one for row in rows} == set(theirs), asked
        assert {(row.owner, row.deputy) for row in rows} == {("Jo Keeps, Lead for burglary", "Sam Helps")}
    lines = b"".join(client.get(reverse("action-export", args=["csv"])).streaming_content).decode().splitlines()
    assert [",Sam Helps," in line for line in lines].count(True) == 3
