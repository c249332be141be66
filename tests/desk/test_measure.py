"""The page of one measure as people see it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from core.accounts.permissions import Role
from governance.boards.models import Board
from governance.papers.models import Commentary
from measures import recompute
from measures.models import DataNote, Measure, PhaseChange, Series
from tests.factories.accounts import UserFactory
from tests.factories.deepdive import DeliveryActionFactory
from tests.factories.measures import (
    SEPTEMBER,
    AreaFactory,
    BatchFactory,
    MeasureFactory,
    SeriesFactory,
    give,
    peers_of,
    steady,
    survey_years,
)
from tests.factories.paper_making import people, published_paper
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
EVERY_REQUEST = 2  # session, user


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    return client


def spike(**settings):
    series = SeriesFactory(measure=MeasureFactory(slug="burglary", **settings))
    give(series, [*steady(59), 130])
    return series


def page(client, address="/measures/burglary/"):
    return client.get(address).content.decode()


def test_the_page_is_for_those_who_may_see_measures(client):
    MeasureFactory(slug="burglary")
    assert client.get("/measures/burglary/").status_code == 302
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert client.get("/measures/burglary/").status_code == 403
    client.force_login(UserFactory())
    assert client.get("/measures/arson/").status_code == 404


def test_a_measure_without_figures_says_how_they_come(reader):
    MeasureFactory(slug="burglary")
    assert "once the first file with this measure has been imported" in page(reader)
    give(SeriesFactory(), steady())
    assert "once the first file with this measure has been imported" in page(reader)


def test_the_page_leads_with_one_sentence_and_then_says_each_signal_since_when(reader):
    spike()
    recompute.recompute_all()
    text = page(reader)
    lead = "334 crimes in July to September 2019, 8.4 per cent more than the same quarter a year before."
    assert (
        text.index(lead) < text.index("Unusually high latest month, a concern.") < text.index("It is new this month.")
    )
    assert text.count("chart-points") == 6  # three charts, each wide and narrow, read by pointer and keyboard
    assert text.count("Show these figures as a table") == 3


def test_an_earlier_quarter_uses_no_later_month(reader):
    spike()
    recompute.recompute_all()
    response = reader.get("/measures/burglary/?quarter=2019-20-q1")
    assert response.context["held"].last_month == SEPTEMBER - 3
    assert response.context["lead"].startswith("304 crimes in April to June 2019")
    assert response.context["sources"][0].period == "June 2019"


def test_notes_phases_and_the_definition_stand_beside_the_figures(reader):
    series = spike(definition="Every burglary recorded.", scrutinised_by="Strategic Board", target_text="Fewer than 90")
    note = DataNote.objects.create(title="Outage", text="Typed in late.", starts=dt.date(2019, 9, 1), exclude=True)
    note.measures.add(series.measure)
    later = DataNote.objects.create(title="Next year", text="Later.", starts=dt.date(2020, 1, 1))
    later.measures.add(series.measure)
    asked = {"measure": series.measure, "proposed_by": UserFactory(), "reason": "New counting rules."}
    PhaseChange.objects.create(
        month=dt.date(2018, 4, 1), approved_by=UserFactory(), approved_at=timezone.now(), **asked
    )
    PhaseChange.objects.create(month=dt.date(2018, 6, 1), **{**asked, "reason": "Only proposed."})
    recompute.recompute_all()
    text = page(reader)
    shown = [
        words in text for words in ("Typed in late.", "New counting rules.", "Every burglary recorded.", "Fewer than")
    ]
    assert shown == [True] * 4
    assert [words in text for words in ("Next year", "Only proposed.")] == [False, False]


def test_the_board_and_the_delivery_actions_are_one_press_away(reader):
    series = spike(scrutinised_by="Strategic Board")
    Board.objects.create(name="Strategic Board", slug="strategic", relation=Board.Relation.SCRUTINY)
    action = DeliveryActionFactory(ref="2.04", statement="Review the control room")
    action.measures.add(series.measure)
    recompute.recompute_all()
    text = page(reader)
    assert f'<a href="/delivery/actions/{action.pk}/">2.04 Review the control room</a>' in text
    assert 'href="/boards/strategic/">Strategic Board</a>' in text


def test_only_approved_commentary_is_printed_and_cleaned(reader):
    series = spike()
    recompute.recompute_all()
    assert "None has been asked for this quarter." in page(reader)
    written = CommentaryFactory(
        measure=series.measure,
        quarter=QuarterFactory(),
        text="<p>Two gangs.</p><script>alert(1)</script>",
        did="<p>Asked the chief constable.</p>",
    )
    assert "Two gangs." not in page(reader)
    assert "Draft: not approved yet." in page(reader)
    written.state, written.approved_by, written.approved_at = Commentary.State.APPROVED, UserFactory(), timezone.now()
    written.save()
    text = page(reader)
    assert ("Two gangs." in text, "Asked the chief constable." in text, "alert(1)" in text) == (True, True, False)


def test_each_figure_says_its_import_and_what_it_was(reader):
    series = spike()
    give(series, [131], batch=BatchFactory(file_name="corrected.csv"))
    recompute.recompute_all()
    latest = reader.get("/measures/burglary/").context["sources"][0]
    assert (latest.value, latest.origin) == ("131", "corrected.csv, row 2")
    assert latest.earlier == ["was 130 in figures.csv, row 61, as at 4 October 2019"]


def test_the_latest_periods_are_shown_and_every_one_on_request(reader):
    spike()
    recompute.recompute_all()
    assert len(reader.get("/measures/burglary/").context["sources"]) == 15
    assert len(reader.get("/measures/burglary/?figures=all").context["sources"]) == 60


def test_a_survey_is_drawn_with_its_margin_and_says_why_it_is_not_judged(reader):
    give(SeriesFactory(), steady())
    survey = MeasureFactory(
        slug="confidence", kind=Measure.Kind.SURVEY, frequency=Measure.Frequency.ROLLING, precision=1
    )
    survey_years(SeriesFactory(measure=survey), {(2018, 9): (84.3, 3.1), (2019, 9): (77.7, 3.5)})
    recompute.recompute_all()
    text = page(reader, "/measures/confidence/")
    assert "77.7 per cent (give or take 3.5)" in text
    assert "Cannot say. The rules judge single months;" in text
    assert "with its margin of error" in text


def test_a_survey_is_drawn_among_its_peers_once_though_the_paper_draws_it_too(reader):
    own = AreaFactory()
    chart = {"kind": "survey", "series": ["confidence"], "caption": "Peers", "drawn": "year", "areas": "peers"}
    measure = MeasureFactory(
        slug="confidence",
        kind=Measure.Kind.SURVEY,
        frequency=Measure.Frequency.ROLLING,
        charts=[chart, chart | {"areas": "all", "caption": "Every force"}],
    )
    give(SeriesFactory(measure=MeasureFactory(slug="burglary"), area=own), steady())
    for number, area in enumerate([own, *peers_of(own)]):
        series = SeriesFactory(measure=measure, area=area)
        survey_years(series, {(2018, 9): (80 + number, 3.0), (2019, 9): (77 + number, 3.0)})
    recompute.recompute_all()
    names = [one.name for one in reader.get("/measures/confidence/").context["drawings"]]
    assert names == ["survey", "peers", "confidence-2"]


def test_peers_are_said_and_drawn(reader):
    own = AreaFactory()
    measure = MeasureFactory(slug="burglary", kind=Measure.Kind.RATE, stock_denominator=True, precision=1)
    for number, area in enumerate([own, *peers_of(own)]):
        give(SeriesFactory(measure=measure, area=area), [2 if area == own else 5 + number] * 36, [1000] * 36)
    recompute.recompute_all()
    response = reader.get("/measures/burglary/")
    (said,) = response.context["peers"]
    assert said.sentence.startswith("At 24.0 per 1,000 people the force is lower than most of its peers")
    assert [one.name for one in response.context["drawings"]] == ["months", "control", "peers"]


@pytest.mark.parametrize("months", [24, 60])
def test_the_page_costs_the_same_however_many_months(reader, months, django_assert_num_queries):
    give(SeriesFactory(measure=MeasureFactory(slug="burglary")), steady(months))
    recompute.recompute_all()
    page(reader)
    with django_assert_num_queries(EVERY_REQUEST + 24):
        page(reader)


def test_no_script_or_style_is_written_into_the_page(reader):
    spike()
    recompute.recompute_all()
    text = page(reader)
    assert " style=" not in text
    assert "<style" not in text


@pytest.mark.parametrize(
    ("role", "was", "number"), [(Role.STAFF, "was 100", "3"), (Role.ADMINISTRATOR, "stood otherwise", "&lt;5")]
)
def test_what_the_last_published_paper_printed_and_is_another_now_is_said(
    client, settings, tmp_path, role, was, number
):
    settings.FILES_DIR = tmp_path
    published_paper(people(), with_figures=True)
    client.force_login(UserFactory(roles=[role]))
    assert "Revised since the last published paper" not in page(client)
    late = BatchFactory(file_name="december.csv", accepted_at=dt.datetime(2019, 12, 20, 10, tzinfo=dt.UTC))
    give(Series.objects.get(measure__slug="burglary"), [3.0], last=SEPTEMBER - 1, batch=late)
    text = page(client)
    said = f"Burglary for August 2019 {was} in the paper of December 2019; it is {number} now"
    assert re.findall("Burglary for August 2019 .*? now", text) == [said]
    assert "revised by december.csv on 20 December 2019." in text
    assert '<a href="/measures/burglary/revisions/">Every version of these figures</a>' in text
