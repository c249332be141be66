"""A delivery plan taken over from a spreadsheet."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from core.accounts.models import Person
from deepdive import plan_sheet
from deepdive.models import DeliveryAction, Objective
from measures.definition_sheet import SheetProblems
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.deepdive import DeliveryActionFactory, ObjectiveFactory
from tests.factories.measures import MeasureFactory

pytestmark = pytest.mark.django_db
HEAD = "Priority,Objective,Objective title,Reference,Statement,Owner,Owner's role,Deputy,Leads,Partner agencies,Start,Due,Measures"


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))


@pytest.fixture
def plan():
    return ObjectiveFactory(priority__number=2, number=1).delivery_plan


def sheet(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def problems(data: bytes) -> list[str]:
    with pytest.raises(SheetProblems) as wrong:
        plan_sheet.read(data)
    return wrong.value.sentences


def send(client, data: bytes, name: str = "plan.csv"):
    return client.post(reverse("delivery-plan-import", args=[2019]), {"file": SimpleUploadedFile(name, data)})


def test_a_sheet_that_the_scanner_has_not_seen_is_not_read(client, plan, settings):
    settings.CLAMAV = "tcp://127.0.0.1:9"  # nobody listens there
    client.force_login(UserFactory())
    looked = send(client, sheet("2,1,Ignored,2.01,Share what is known,,,,,,,,"))
    assert (looked.status_code, looked.context["found"]) == (422, None)
    assert "could not be checked for viruses" in looked.context["problems"][0]


def test_sheet_is_looked_at_first_and_then_taken_over(client, plan):
    client.force_login(UserFactory())
    known, measure = PersonFactory(name="R. Owen", job_title="Superintendent"), MeasureFactory(slug="burglary")
    data = sheet(
        "2,1,Ignored,2.01,Share what is known,superintendent,Chair,N. New,Unit,Housing; health,01/04/2019,31 March 2020,burglary",
        "2,5,Protect early,2.02,Look for ways,N. New,,,,,,,",
    )
    looked = send(client, data)
    assert (looked.status_code, DeliveryAction.objects.count()) == (200, 0)
    assert looked.context["found"].new_people == ["N. New"]
    client.post(reverse("delivery-plan-import", args=[2019]), {"sheet": looked.context["sheet"]})
    first, second = DeliveryAction.objects.order_by("ref")
    new = Person.objects.get(name="N. New")
    assert (first.owner, first.owner_role, first.deputy, first.leads) == (known, "Chair", new, "Unit")
    assert (first.start, first.due, list(first.measures.all())) == (
        dt.date(2019, 4, 1),
        dt.date(2020, 3, 31),
        [measure],
    )
    assert sorted(one.name for one in first.agencies.all()) == ["Housing", "health"]
    assert (second.owner, second.objective.number, second.objective.title) == (new, 5, "Protect early")
    assert Objective.objects.get(number=1).title == "Bring public protection together"


def test_workbook_with_days_is_read_like_a_text_file():
    book = Workbook()
    book.active.append(["Priority", "Objective", "Objective title", "Reference", "Statement", "Due"])
    book.active.append([2, 1, "One", "2.10", "Do it", dt.date(2020, 3, 31)])
    held = BytesIO()
    book.save(held)
    [row] = plan_sheet.read(held.getvalue())
    assert (row.priority, row.ref, row.due) == (2, "2.10", "2020-03-31")


def test_every_problem_is_told_at_once_with_its_row():
    found = problems(
        sheet(
            "2,1,One,2.1,Do it,,,,,,,,",
            "x,1,One,2.02,,,,,,,,,",
            "3,1,One,2.03,Do it,,,,,,,,",
            "2,1,One,2.04,Do it,A,,a,,,31/02/2020,,",
            "2,1,One,2.05,Do it,,,,,,01/04/2020,01/04/2019,",
        )
    )
    assert found == [
        "Row 2: “2.1” cannot be a reference: write the priority, a point and two digits, as 2.01. A spreadsheet may "
        "have dropped a nought at the end; make the column text.",
        "Row 3: the statement is missing.",
        "Row 4: the reference 2.03 does not begin with its priority, 3.",
        "Row 5: “31/02/2020” cannot be a day: write it as 31/03/2020.",
        "Row 5: the deputy is the owner; name somebody else.",
        "Row 6: it is due before it starts.",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (sheet(head="Priority,Objective,Reference,Statement,Colour"), ["objective title", "colour"]),
        (sheet(), ["no actions"]),
        (sheet("2,1,One,2.01,Do it,,,,,,,,", "2,1,One,2.01,Do it,,,,,,,,"), ["stands in row 2 already"]),
        (sheet("2,1,One,2.01,Do it,,,,,,,,", "2,1,Two,2.02,Do it,,,,,,,,"), ["another title further up"]),
        (b"", [""]),
        (b"\x00\x01\x02", [""]),
    ],
)
def test_sheet_that_cannot_be_a_plan_says_why(data, said):
    found = problems(data)
    assert len(found) == len(said)
    for sentence, part in zip(found, said, strict=True):
        assert part in sentence.casefold()


def test_what_is_on_record_already_or_not_is_told_and_nothing_is_added(client, plan):
    client.force_login(UserFactory())
    DeliveryActionFactory(objective=plan.objectives.get(), ref="2.01")
    response = send(client, sheet("2,1,One,2.01,Do it,,,,,,,,burglary", "7,1,One,7.01,Do it,,,,,,,,"))
    assert response.status_code == 422
    assert response.context["problems"] == [
        f"Row 2: {plan} uses the reference 2.01 already, and for good.",
        "Row 2: there is no measure “burglary”.",
        f"Row 3: {plan.plan} has no priority 7.",
    ]
    assert DeliveryAction.objects.count() == 1


def test_sheet_that_was_tampered_with_or_used_twice_adds_nothing(client, plan):
    client.force_login(UserFactory())
    kept = send(client, sheet("2,1,One,2.01,Do it,,,,,,,,")).context["sheet"]
    address = reverse("delivery-plan-import", args=[2019])
    assert client.post(address, {"sheet": kept[:-2]}).status_code == 422
    assert DeliveryAction.objects.count() == 0
    client.post(address, {"sheet": kept})
    again = client.post(address, {"sheet": kept})
    assert (again.status_code, DeliveryAction.objects.count()) == (422, 1)
