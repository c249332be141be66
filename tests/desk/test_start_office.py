"""Beginning a real office from the command line."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.accounts.models import Office, User
from core.audit.models import AuditEvent
from deepdive.models import DeliveryPlan
from desk.starting import CannotStart, read_plan
from measures.models import Area, Measure, Plan, PlanMeasure, Series
from tests.factories.accounts import OfficeFactory

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs"
PLAN = {
    "title": "Plan",
    "starts": "2021-04-01",
    "ends": "2025-03-31",
    "priorities": [{"title": "Prevent crime", "measures": ["burglary"]}],
}


@pytest.fixture
def start(tmp_path):
    """Runs the command with what is always needed, and what else is given; its output."""
    secret = tmp_path / "password"
    secret.write_text("correct horse battery\n")

    def run(**options) -> str:
        out = io.StringIO()
        given = {
            "name": "Office of the Police and Crime Commissioner for Testshire",
            "short_name": "Testshire OPCC",
            "force": "Testshire Police",
            "admin_email": "Admin@Testshire.example",
            "admin_name": "Office Administrator",
            "password_file": secret,
            "no_input": True,
        }
        call_command("start_office", stdout=out, **(given | options))
        return out.getvalue()

    return run


def test_office_begins_with_its_force_and_an_administrator_who_can_sign_in(start, client):
    said = start()
    office, area, user = Office.objects.get(), Area.objects.own(), User.objects.get()
    assert (office.force_name, office.is_demo, area.name) == ("Testshire Police", False, "Testshire Police")
    assert (user.email, user.roles) == ("admin@testshire.example", {"administrator"})
    assert client.login(username="admin@testshire.example", password="correct horse battery")
    assert "no plan yet" in said


def test_measures_and_plan_of_the_templates_are_taken_as_they_are(start):
    said = start(measures=DOCS / "measures-template.csv", plan=DOCS / "plan-template.json")
    assert "3 measures and Police and Crime Plan 2021-25" in said
    assert Plan.objects.get().slug == "2021-25"
    placed = PlanMeasure.objects.order_by("priority__number", "position")
    assert [(one.priority.number, one.measure.slug) for one in placed] == [
        (1, "burglary"),
        (1, "knife-crime"),
        (2, "victim-satisfaction"),
    ]
    assert Series.objects.own_force().count() == 3


def test_delivery_plan_of_the_template_begins_with_the_office(start):
    templates = {"measures": DOCS / "measures-template.csv", "plan": DOCS / "plan-template.json"}
    start(**templates, delivery=DOCS / "delivery-plan-template.csv")
    made = DeliveryPlan.objects.get()
    assert (made.year, made.title) == (2021, "Service Delivery Plan 2021")
    assert list(made.actions.values_list("ref", "owner__name", "deputy__name", "due")) == [
        ("1.01", "A. Example", None, dt.date(2022, 3, 31)),
        ("1.02", None, None, dt.date(2021, 9, 30)),
        ("2.01", "B. Example", "A. Example", dt.date(2021, 12, 31)),
    ]


@pytest.mark.parametrize(("plan", "said"), [(None, "give that as well"), ("Priority,Objective\n", "has no column")])
def test_delivery_plan_that_cannot_be_makes_nothing(start, tmp_path, plan, said):
    (tmp_path / "plan.json").write_text(json.dumps(PLAN | {"priorities": [{"title": "Prevent crime"}]}))
    (tmp_path / "delivery.csv").write_text(plan or "")
    given = {"plan": tmp_path / "plan.json"} if plan else {}
    with pytest.raises(CommandError, match=said):
        start(delivery=tmp_path / "delivery.csv", **given)
    assert not Office.objects.exists()


def test_everything_is_on_record_under_the_name_of_the_command(start):
    before = AuditEvent.objects.count()
    start(measures=DOCS / "measures-template.csv", plan=DOCS / "plan-template.json")
    made = AuditEvent.objects.order_by("pk")[before:]
    assert {event.actor_name for event in made} == {"command:start_office"}


def test_a_database_without_tables_is_said_to_have_none(settings, tmp_path):
    said = subprocess.run(
        [sys.executable, "manage.py", "start_office", "--no-input"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3", "RECKONER_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1] == (
        "CommandError: The database has not the tables of this version yet. Nothing was changed. "
        "Run: python manage.py migrate. Then begin again."
    )


def test_second_office_is_refused(start):
    OfficeFactory(name="Office of another place")
    with pytest.raises(CommandError, match="already serves the Office of another place. Nothing was changed."):
        start()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"force": None}, "Not given: name of the force. Nothing was changed."),
        ({"admin_email": "no address"}, "Enter a valid email address. Nothing was changed."),
        ({"password_file": None}, "Not given: the administrator's password."),
        ({"measures": Path("/no/such/file.csv")}, "cannot be read: No such file or directory. Nothing was changed."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_made(start, options, said):
    with pytest.raises(CommandError) as refused:
        start(**options)
    assert said in str(refused.value)
    assert not Office.objects.exists()


def test_weak_password_is_refused(start, tmp_path):
    (tmp_path / "weak").write_text("12345")
    with pytest.raises(CommandError, match="Nothing was changed"):
        start(password_file=tmp_path / "weak")
    assert not User.objects.exists()


def test_sheet_with_problems_makes_nothing_and_lists_them_all(start, tmp_path):
    sheet = tmp_path / "measures.csv"
    sheet.write_text("slug,name,kind,unit\nburglary,Burglary,sort,crimes\nknives,Knives,count,\n")
    with pytest.raises(CommandError) as refused:
        start(measures=sheet)
    assert ("Row 2" in str(refused.value), "Row 3" in str(refused.value)) == (True, True)
    assert not Office.objects.exists()


def test_plan_with_an_unknown_measure_makes_nothing(start, tmp_path):
    (tmp_path / "plan.json").write_text(json.dumps(PLAN))
    with pytest.raises(CommandError, match="measures that are not defined: burglary. Nothing was changed."):
        start(plan=tmp_path / "plan.json")
    assert not (Office.objects.exists() or Measure.objects.exists())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "needs a title"),
        ({"priorities": []}, "at least one priority"),
        ({"ends": "2020-01-01"}, "must end after it starts"),
        ({"starts": "1 April"}, "cannot be read"),
        ({"priorities": ["Prevent crime"]}, "cannot be read"),
    ],
)
def test_plan_that_makes_no_sense_is_refused(change, said):
    with pytest.raises(CannotStart, match=said):
        read_plan(json.dumps(PLAN | change))


def test_plan_without_a_part_says_which():
    with pytest.raises(CannotStart, match="The plan does not say its ends."):
        read_plan(json.dumps({name: value for name, value in PLAN.items() if name != "ends"}))
