"""The scorecard narrowed, put in another order, and taken away as a file."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from core.accounts.permissions import Role
from governance.papers.models import Commentary
from measures import recompute
from measures.models import DataNote, Measure
from measures.trends.ruleset import DEFAULT
from tests.factories.accounts import UserFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady, survey_years
from tests.factories.papers import CommentaryFactory, QuarterFactory
from tests.factories.plans import PriorityFactory

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 2  # session, user
# office, embargoes, frontier, places, series, months, signals, verdicts, relatives, commentary
SCORECARD = 10


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    return client


@pytest.fixture
def measures():
    """One that rose, one that fell, one that stood still, and a survey."""
    made = {
        "arson": SeriesFactory(measure=MeasureFactory(slug="arson", owner_role="Head of crime")),
        "burglary": SeriesFactory(measure=MeasureFactory(slug="burglary", polarity=Measure.Polarity.UP)),
        "calls": SeriesFactory(measure=MeasureFactory(slug="calls")),
    }
    give(made["arson"], [*steady(59), 130])
    give(made["burglary"], [*steady(59), 70])
    give(made["calls"], steady(60))
    survey = MeasureFactory(slug="trust", kind=Measure.Kind.SURVEY, frequency=Measure.Frequency.ROLLING, precision=1)
    made["trust"] = SeriesFactory(measure=survey)
    survey_years(made["trust"], {(2018, 9): (80.1, 3.0), (2019, 9): (77.7, 3.5)})
    recompute.recompute_all()
    return made


def slugs(response):
    return [row.measure.slug for group in response.context["groups"] for row in group.rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["arson", "burglary", "calls", "trust"]),
        ("signal=spike", ["arson", "burglary"]),
        ("signal=long-run", []),
        ("signal=none", ["calls", "trust"]),
        ("way=worse", ["arson", "burglary"]),
        ("way=better", []),
        ("owner=Head+of+crime", ["arson"]),
        ("frequency=rolling", ["trust"]),
        ("priority=2", ["arson", "burglary", "calls", "trust"]),
        ("show=exceptions&owner=Head+of+crime", ["arson"]),
        ("commentary=review", ["arson"]),
        ("commentary=none", ["burglary", "calls", "trust"]),
        ("priority=97&signal=nonsense", ["arson", "burglary", "calls", "trust"]),
    ],
)
def test_the_list_is_narrowed_to_what_the_address_asks(reader, measures, asked, found):
    CommentaryFactory(measure=measures["arson"].measure, quarter=QuarterFactory(), state=Commentary.State.REVIEW)
    assert slugs(reader.get(f"/scorecard/?{asked}")) == found


def test_a_second_priority_can_be_asked_for_alone(reader, measures):
    place = measures["calls"].measure.plan_measures.get()
    place.priority, place.position = PriorityFactory(number=4, title="A good service"), 1
    place.save()
    assert slugs(reader.get("/scorecard/?priority=4")) == ["calls"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("measure", ["arson", "burglary", "calls", "trust"]),
        ("-measure", ["trust", "calls", "burglary", "arson"]),
        ("-quarter", ["arson", "calls", "burglary", "trust"]),
        ("quarter", ["burglary", "calls", "arson", "trust"]),
        ("-change", ["arson", "calls", "burglary", "trust"]),
        ("rolling", ["trust", "burglary", "calls", "arson"]),
        ("rolling_change", ["burglary", "trust", "calls", "arson"]),
        ("-usual", ["arson", "calls", "burglary", "trust"]),
        ("-signals", ["arson", "burglary", "calls", "trust"]),
        ("nonsense", ["arson", "burglary", "calls", "trust"]),
    ],
)
def test_any_column_orders_the_list_and_what_has_no_value_stands_last(reader, measures, sort, order):
    response = reader.get(f"/scorecard/?sort={sort}")
    assert slugs(response) == order
    assert len(response.context["groups"]) == 1


def test_a_column_says_how_it_is_ordered_and_its_next_press_turns_it_round(reader, measures):
    page = reader.get("/scorecard/?sort=-quarter&signal=spike").content.decode()
    assert 'aria-sort="descending"><a class="sorts" href="?sort=quarter&amp;signal=spike">Quarter</a>' in page
    assert page.count("aria-sort") == 1
    assert "2 of 4 measures." in page


def test_a_measure_whose_latest_month_is_missing_has_its_row(reader):
    give(SeriesFactory(measure=MeasureFactory(slug="late")), [*steady(59), None])
    give(SeriesFactory(measure=MeasureFactory(slug="arson")), steady(60))
    recompute.recompute_all()
    assert slugs(reader.get("/scorecard/?sort=-usual")) == ["arson", "late"]


def test_nothing_like_that_is_said(reader, measures):
    assert "No measure is like that" in reader.get("/scorecard/?signal=long-run").content.decode()


@pytest.mark.parametrize("asked", ["signal=spike&sort=-change", "show=exceptions&way=worse", "commentary=none"])
@pytest.mark.parametrize("count", [1, 28])
def test_a_narrowed_page_costs_the_same_for_any_number_of_measures(reader, asked, count, django_assert_num_queries):
    for number in range(count):
        give(SeriesFactory(measure=MeasureFactory(slug=f"measure-{number}")), [*steady(59), 130])
    recompute.recompute_all()
    reader.get("/scorecard/")  # the first page after signing in also notes that somebody is there
    with django_assert_num_queries(EVERY_REQUEST + SCORECARD):
        assert len(slugs(reader.get(f"/scorecard/?{asked}"))) == count


def sheets(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book}


def test_the_workbook_has_typed_numbers_text_as_text_and_what_the_figures_rest_on(reader, measures):
    Measure.objects.filter(slug="arson").update(name='=HYPERLINK("http://elsewhere")', source_system="@records\x0b")
    note = DataNote.objects.create(title="=1+1", text="Typed in late.", starts=dt.date(2019, 9, 1), exclude=True)
    note.measures.add(measures["arson"].measure)
    response = reader.get("/scorecard/table.xlsx?quarter=2019-20-q2&signal=spike")
    assert response["Content-Disposition"] == 'attachment; filename="scorecard-2019-20-q2.xlsx"'
    held = sheets(response)
    assert list(held) == ["Scorecard", "Key", "Data notes"]
    lines = held["Scorecard"]
    assert [row[0].value for row in lines[3:6]] == [
        f"Ruleset: {DEFAULT.identity}.",
        "Figures as at 4 October 2019 or before; each measure’s own day stands in its row.",
        "2 of 4 measures are in this file.",
    ]
    header, arson, burglary = lines[7:10]
    said = dict(zip([cell.value for cell in header], arson, strict=True))
    assert (said["Measure"].value, said["Measure"].data_type) == ('=HYPERLINK("http://elsewhere")', "s")
    assert (said["Quarter"].value, said["Quarter"].data_type) == (334, "n")
    assert (said["Source"].value, said["As at"].value.date()) == ("@records", dt.date(2019, 10, 4))
    assert burglary[1].value == "Burglary"
    assert len(held["Key"]) == 2 + 1 + 17
    title, text, starts, ends, *rest = [cell.value for cell in held["Data notes"][1]]
    assert (title, text, starts.date(), ends, rest) == (
        "=1+1", "Typed in late.", dt.date(2019, 9, 1), None, ["yes", "Arson"],
    )  # fmt: skip
    assert {cell.data_type for rows in held.values() for row in rows for cell in row} == {"s", "n", "d"}


def test_the_csv_has_the_measures_shown_in_the_order_shown(reader, measures):
    text = reader.get("/scorecard/table.csv?signal=spike&sort=-measure").content.decode("utf-8-sig")
    assert [line["Measure"] for line in csv.DictReader(io.StringIO(text))] == ["Burglary", "Arson"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_workbook_costs_the_same_for_any_number_of_measures(reader, count, django_assert_num_queries):
    for number in range(count):
        give(SeriesFactory(measure=MeasureFactory(slug=f"measure-{number}")), steady())
    reader.get("/scorecard/")
    with django_assert_num_queries(
        EVERY_REQUEST + SCORECARD - 1 + 3
    ):  # no office; as-at, notes, what publishers ask to be said
        reader.get("/scorecard/table.xlsx")


def test_there_is_no_file_before_there_are_figures(reader):
    assert reader.get("/scorecard/table.xlsx").status_code == 404
    assert reader.get("/scorecard/table.csv").status_code == 404
