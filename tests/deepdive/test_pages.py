"""The pages on which a plan is made and its actions change."""

import csv
import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.accounts.permissions import Role
from core.documents.models import StoredFile
from deepdive.models import DeliveryAction, DeliveryEvidence, DeliveryPlan, Objective
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory, MilestoneFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db
DAY = {"due_day": "31", "due_month": "3", "due_year": "2020"}


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))


@pytest.fixture
def staff(client):
    user = UserFactory()
    client.force_login(user)
    return user


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_plan_is_begun_by_hand(client, staff):
    plan = ObjectiveFactory().delivery_plan.plan
    client.post(reverse("delivery-plan-create"), {"plan": plan.pk, "year": 2021, "title": "Delivery 2021"})
    made = DeliveryPlan.objects.get(year=2021)
    priority = plan.priorities.first()
    client.post(
        reverse("delivery-objective-create", args=[2021]), {"priority": priority.pk, "number": 1, "title": "Together"}
    )
    objective = made.objectives.get()
    page = client.get(reverse("delivery-action-create", args=[objective.pk]))
    assert page.context["form"]["ref"].value() == f"{priority.number}.01"
    owner = PersonFactory()
    sent = {"ref": f"{priority.number}.01", "statement": "Do it", "owner": owner.pk, "agencies": "Housing\r\nHealth"}
    client.post(reverse("delivery-action-create", args=[objective.pk]), sent | DAY)
    action = made.actions.get()
    assert (action.statement, action.owner, action.due) == ("Do it", owner, dt.date(2020, 3, 31))
    assert [one.name for one in action.agencies.all()] == ["Health", "Housing"]


@pytest.mark.parametrize(
    ("ref", "said"),
    [("2.01", "and does so for good"), ("3.01", "as 2.01"), ("2.1", "as 2.01"), ("", "Enter the reference")],
)
def test_reference_that_cannot_be_is_told_and_nothing_is_lost(client, staff, ref, said):
    objective = DeliveryActionFactory(ref="2.01", objective__priority__number=2).objective
    address = reverse("delivery-action-create", args=[objective.pk])
    response = client.post(address, {"ref": ref, "statement": "Another promise"})
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Another promise" in text_of(response)
    assert DeliveryAction.objects.count() == 1


def test_owner_changed_by_two_shows_both_and_neither_is_lost(client, staff):
    first, second = PersonFactory(name="A. First"), PersonFactory(name="B. Second")
    action = DeliveryActionFactory(owner=first, version=2)
    sent = {"version": 1, "owner": second.pk, "leads": "Mine", "agencies": "Housing"}
    response = client.post(reverse("delivery-action-edit", args=[action.pk]), sent)
    assert response.status_code == 409
    page = text_of(response)
    for words in ("A. First", "B. Second", "Mine", "Housing"):
        assert words in page
    action.refresh_from_db()
    assert (action.owner, action.leads) == (first, "")
    kept = {one.name: one for one in response.context["disputed"]}
    assert kept["owner"].sent == (("owner", str(second.pk)),)
    again = client.post(reverse("delivery-action-edit", args=[action.pk]), sent | {"version": 2})
    assert again.status_code == 302
    action.refresh_from_db()
    assert (action.owner, action.leads) == (second, "Mine")


def test_words_are_put_right_and_both_are_shown(client, staff):
    action = DeliveryActionFactory(statement="Share what agency know")
    address = reverse("delivery-action-correct", args=[action.pk])
    sent = {"version": 1, "statement": "Share what agencies know", "reason": "A slip of the pen"}
    assert client.post(address, sent | {"reason": ""}).status_code == 422
    client.post(address, sent)
    page = text_of(client.get(reverse("delivery-action-detail", args=[action.pk])))
    for words in ("Share what agencies know", "“Share what agency know”", "A slip of the pen"):
        assert words in page


def test_move_asks_for_what_it_needs(client, staff):
    action = DeliveryActionFactory(status="in_progress")
    address = reverse("delivery-action-move", args=[action.pk, "stalled"]) + "?from=board"
    assert "What holds it up" in text_of(client.get(address))
    response = client.post(address, {"version": 1})
    assert (response.status_code, "Enter what holds it up" in text_of(response)) == (422, True)
    response = client.post(address, {"version": 1, "reason": "No money", "rag": "red"})
    assert response["Location"] == f"{reverse('delivery-board')}?year=2019"
    action.refresh_from_db()
    assert (action.status, action.rag, action.rag_reason) == ("stalled", "red", "No money")
    assert "and from there it cannot become" in text_of(
        client.get(reverse("delivery-action-move", args=[action.pk, "not_started"]))
    )
    assert client.get(reverse("delivery-action-move", args=[action.pk, "carried"])).status_code == 404


def test_promised_day_is_offered_and_kept_as_a_milestone(client, staff):
    update = ActionUpdateFactory(text="<p>The review will report by 31 March 2020. Work goes on.</p>")
    page = client.get(reverse("delivery-update-edit", args=[update.pk]))
    [(text, due, there)] = page.context["promised"]
    assert (text, due) == ("The review will report by 31 March 2020.", dt.date(2020, 3, 31))
    form = client.get(there).context["form"]
    assert form["text"].value() == text
    assert 'value="2020"' in str(form["due"])
    client.post(there, {"text": text} | DAY)
    milestone = update.action.milestones.get()
    assert (milestone.text, milestone.due, milestone.promised_in) == (text, due, update)
    assert client.get(reverse("delivery-update-edit", args=[update.pk])).context["promised"] == []


def test_milestone_is_reached_with_what_shows_it(client, staff):
    milestone = MilestoneFactory(due=dt.date(2019, 11, 1))
    page = text_of(client.get(reverse("delivery-action-detail", args=[milestone.action_id])))
    assert "Promised for 1 November 2019, not reached" in page
    sent = {"version": 1, "reached_on_day": "2", "reached_on_month": "12", "reached_on_year": "2019"}
    address = reverse("delivery-milestone-reach", args=[milestone.pk])
    assert client.post(address, sent).status_code == 422
    client.post(address, sent | {"evidence": "Minute 7 of the board"})
    page = text_of(client.get(reverse("delivery-action-detail", args=[milestone.action_id])))
    assert ("Minute 7 of the board" in page, "not reached" in page) == (True, False)


@pytest.mark.parametrize("name", ["board", "timeline", "print"])
@pytest.mark.parametrize("count", [1, 3, 50])
def test_every_view_of_the_plan_costs_the_same_however_many_actions(
    client, staff, django_assert_num_queries, name, count
):
    for _ in range(count):
        MilestoneFactory(action=ActionUpdateFactory().action)
    # session 1 + note 3, user, office, plans, quarters, actions, milestones, updates
    with django_assert_num_queries(11):
        response = client.get(reverse(f"delivery-{name}"))
    assert response.context["total"] == count


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("count", [1, 3, 50])
def test_files_of_the_plan_cost_the_same_however_many_actions(client, staff, django_assert_num_queries, form, count):
    for _ in range(count):
        action = MilestoneFactory(action=ActionUpdateFactory().action).action
        action.agencies.create(name=f"Agency {_}")
        filed(action, "letter.txt")
    with django_assert_num_queries(13):  # as the pages, the agencies and what is filed
        client.get(reverse(f"delivery-{form}"))


def test_timeline_tells_each_quarter_by_word_and_keeps_drafts_from_readers(client):
    update = ActionUpdateFactory(rag="red", rag_reason="Late", status="stalled", text="<p>Held up.</p>")
    client.force_login(UserFactory())
    assert "Red<br>" in client.get(reverse("delivery-timeline")).content.decode()
    client.force_login(UserFactory(roles=[Role.SECRETARY]))
    response = client.get(reverse("delivery-timeline"))
    cells = [cell for _, lines in response.context["groups"] for _, held in lines for _, cell in held]
    assert [(cell.rating, cell.state) for cell in cells] == [("", "draft")]
    assert update.action.ref in response.content.decode()


def test_board_shows_each_action_in_the_column_of_its_status_with_its_moves(client, staff):
    action = DeliveryActionFactory(status="stalled", rag="red", rag_reason="No money")
    columns = client.get(reverse("delivery-board")).context["columns"]
    found = {column.status: [(row.action, moves) for row, moves in column.cards] for column in columns}
    assert found == {
        "not_started": [],
        "in_progress": [],
        "stalled": [
            (
                action,
                [
                    ("in_progress", "In progress"),
                    ("delivered", "Delivered"),
                    ("closed", "Closed without delivery"),
                ],
            )
        ],
        "delivered": [],
        "closed": [],
    }


def test_contributor_gets_to_an_assigned_action_from_a_plain_link_after_signing_in(client):
    contributor = UserFactory(roles=[Role.CONTRIBUTOR], password="a long enough phrase")
    mine, other = ActionUpdateFactory(), ActionUpdateFactory()
    mine.action.contributors.add(contributor)
    address = reverse("delivery-update-edit", args=[mine.pk])
    asked = client.get(address)
    assert asked["Location"] == f"/sign-in/?next={address}"
    client.force_login(contributor)
    assert client.get(address).status_code == 200
    their_milestone = MilestoneFactory(action=other.action)
    for name, pk in (
        ("delivery-update-edit", other.pk),
        ("delivery-action-detail", other.action_id),
        ("delivery-milestone-create", other.action_id),
        ("delivery-milestone-reach", their_milestone.pk),
        ("delivery-milestone-edit", their_milestone.pk),
        ("delivery-milestone-drop", their_milestone.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404, name
    for name in ("plan", "board", "timeline", "print"):
        assert client.get(reverse(f"delivery-{name}")).context["total"] == 1
    rows = client.get(reverse("delivery-csv")).content.decode()
    assert (mine.action.ref in rows, other.action.ref in rows) == (True, False)


def test_files_hold_no_formula_and_all_there_is(client, staff):
    DeliveryActionFactory(ref="2.01", statement="=1+1", leads="@SUM(A1)", due=dt.date(2020, 3, 31))
    rows = client.get(reverse("delivery-csv")).content.decode()
    assert ("'=1+1" in rows, ",=1+1" in rows, "'@SUM(A1)" in rows, "2020-03-31" in rows) == (True, False, True, True)
    book = load_workbook(BytesIO(client.get(reverse("delivery-xlsx")).content))
    assert book.sheetnames == ["Actions", "Updates"]
    header, row = (list(book["Actions"].iter_rows(min_row=number, max_row=number))[0] for number in (3, 4))
    held = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert (held["Action"].value, held["Action"].data_type, held["Leads"].data_type) == ("=1+1", "s", "s")
    assert held["Due"].value.date() == dt.date(2020, 3, 31)


def filed(action, *names: str) -> None:
    for name in names:
        held = StoredFile.objects.get_or_create(sha256=name.encode().hex().ljust(64, "0"), size=1, name=name)[0]
        facts = {"by": UserFactory(), "at": dt.datetime(2019, 11, 29, 12, tzinfo=dt.UTC)}
        DeliveryEvidence.objects.create(action=action, file=held, name=name, **facts)


def test_what_shows_that_actions_were_delivered_is_in_files_and_the_api_of_who_sees_the_action(client):
    shown, said, other = (DeliveryActionFactory(status="delivered") for _ in range(3))
    filed(shown, "=letter.txt", "note.txt")
    filed(other, "of another.txt")
    DeliveryAction.objects.filter(pk=said.pk).update(no_evidence_why="It stands in the minutes.")
    contributor = UserFactory(roles=[Role.CONTRIBUTOR])
    contributor.delivery_actions.set([shown, said])
    client.force_login(contributor)
    files, why = ("=letter.txt; note.txt", ""), (None, "It stands in the minutes.")
    book = load_workbook(BytesIO(client.get(reverse("delivery-xlsx")).content))
    header, *rows = book["Actions"].iter_rows(min_row=3, values_only=True)
    place = header.index("Files that show it")
    assert header[place + 1] == "Why no file shows it"
    assert [(row[place], row[place + 1] or "") for row in rows] == [files, why]
    lines = list(csv.DictReader(client.get(reverse("delivery-csv")).content.decode("utf-8-sig").splitlines()))
    assert [row["Files that show it"] for row in lines] == ["'=letter.txt; note.txt", ""]
    found = client.get("/api/v1/delivery-actions/").json()["results"]
    assert [([one["name"] for one in row["evidence"]], row["no_evidence_why"]) for row in found] == [
        (["=letter.txt", "note.txt"], ""),
        ([], "It stands in the minutes."),
    ]


def test_drafts_are_in_the_workbook_of_those_who_may_read_them_only(client):
    ActionUpdateFactory(text="<p>Half said.</p>")
    for role, texts in ((Role.STAFF, ["Half said."]), (Role.SECRETARY, [])):
        client.force_login(UserFactory(roles=[role]))
        book = load_workbook(BytesIO(client.get(reverse("delivery-xlsx")).content))
        assert [row[-1] for row in book["Updates"].iter_rows(min_row=4, values_only=True)] == texts


def test_action_that_comes_late_into_an_open_quarter_is_asked_for_its_update(client, staff):
    assert client.post(reverse("delivery-updates-ask", args=[2019])).status_code == 404
    asked = ActionUpdateFactory(due=dt.date(2019, 11, 28))
    assert client.get(reverse("delivery-plan")).context["not_asked"] == 0
    late = DeliveryActionFactory()
    DeliveryActionFactory(status="closed")
    assert client.get(reverse("delivery-plan")).context["not_asked"] == 1
    client.post(reverse("delivery-updates-ask", args=[2019]))
    assert list(late.updates.values_list("period", "due", "state")) == [
        (asked.period_id, dt.date(2019, 11, 28), "draft")
    ]
    assert client.get(reverse("delivery-plan")).context["not_asked"] == 0


def test_objective_keeps_its_number_and_says_why_its_words_change(client, staff):
    objective = ObjectiveFactory()
    address = reverse("delivery-objective-edit", args=[objective.pk])
    assert client.post(address, {"version": 1, "title": "Better words"}).status_code == 422
    client.post(address, {"version": 1, "title": "Better words", "reason": "Shorter"})
    assert Objective.objects.get(pk=objective.pk).title == "Better words"
    stale = client.post(address, {"version": 1, "title": "Other words", "reason": "Mine"})
    assert (stale.status_code, "Better words" in text_of(stale), "Other words" in text_of(stale)) == (409, True, True)
