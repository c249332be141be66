"""The demo's months go through the importer an office uses, without a single error."""

from desk.demo.months import as_csv, monthly, observations, revisions
from desk.demo.nation import ALL_AREAS, nation_observations
from desk.demo.peers import peer_observations
from desk.demo.plan import MEASURE_BY_SLUG, MEASURES
from measures.parsing import formats, headings, layout
from measures.validation import Definition, validate

OCTOBER_2019 = 12 * 2019 + 9
DEFINITIONS = [
    Definition(m.slug, (m.name, m.short_name), m.kind.value, m.unit, m.precision, needs_denominator=m.stock_denominator)
    for m in MEASURES
]


def imported(text, **areas):
    table = formats.read(text.encode()).table
    rows = layout.apply(table, headings.propose(table).mapping).rows
    return validate(rows, DEFINITIONS, as_of=OCTOBER_2019, **areas)


def errors(checked):
    return [problem.message for problem in checked.report.held if problem.severity == "error"]


def test_every_month_of_the_force_is_accepted():
    checked = imported(as_csv())
    assert (errors(checked), checked.unknown_measures, checked.missing) == ([], (), 0)
    assert len(checked.values.value) == checked.rows == sum(o.period_kind == "month" for o in observations())
    assert {key.slug for key in checked.values.series} == set(monthly())


def test_the_outage_is_noticed_on_the_way_in():
    noticed = {
        problem.message.partition(" for ")[0]
        for problem in imported(as_csv()).report.held
        if " for September 2019 is " in problem.message
    }
    assert MEASURE_BY_SLUG["answer-crib"].name in noticed
    assert MEASURE_BY_SLUG["abandonment-crib"].name in noticed


def test_months_of_other_areas_are_accepted_under_their_names():
    months = [o for o in (*peer_observations(), *nation_observations()) if o.period_kind == "month"]
    checked = imported(as_csv(months, with_area=True), areas={area.name: area.name for area in ALL_AREAS})
    assert (errors(checked), checked.unknown_areas) == ([], ())
    assert {(key.slug, key.area) for key in checked.values.series} == {(o.series_slug, o.area) for o in months}


def test_revised_months_are_accepted():
    checked = imported(as_csv(revisions()))
    assert (errors(checked), checked.rows) == ([], 5)
