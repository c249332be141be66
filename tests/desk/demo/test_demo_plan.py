"""The plan: whole, in order, and within what the record can hold."""

from collections import Counter
from dataclasses import fields

from desk.demo.definitions import Kind, Measure, Polarity, SmallNumbers
from desk.demo.notes import CALL_AND_RESPONSE, NOTES, notes_on
from desk.demo.plan import HEADLINE, MEASURE_BY_SLUG, MEASURES, PLAN, measures_under


def test_twenty_eight_headline_measures_stand_in_the_order_of_the_paper():
    assert [measure.number for measure in HEADLINE] == list(range(1, 29))
    assert [len(measures_under(p.number)) for p in PLAN.priorities] == [9, 4, 5, 10]


def test_slugs_are_unique_and_parents_exist():
    assert len(MEASURE_BY_SLUG) == len(MEASURES) == 69
    assert {m.parent for m in MEASURES if m.parent} <= set(MEASURE_BY_SLUG)
    assert all(m.parent for m in MEASURES if not m.headline)


def test_texts_fit_the_record():
    longest = {"slug": 60, "name": 200, "short_name": 80, "unit": 60, "polarity_reason": 300, "source_system": 160}
    too_long = [(m.slug, f) for m in MEASURES for f, size in longest.items() if len(getattr(m, f)) > size]
    assert too_long == []


def test_every_measure_says_what_it_is_and_why_its_polarity():
    empty = [
        (m.slug, f.name)
        for m in MEASURES
        for f in fields(Measure)
        if f.name in ("definition", "unit", "polarity_reason", "source_system", "owner_role", "scrutinised_by")
        and not getattr(m, f.name)
    ]
    assert empty == []


def test_kinds_with_a_denominator_name_it_and_others_do_not():
    pairs = {Kind.RATIO, Kind.RATE, Kind.DURATION, Kind.DAYS_PER_PERSON, Kind.AUDIT_SAMPLE, Kind.SURVEY}
    assert [m.slug for m in MEASURES if (m.kind in pairs) != bool(m.denominator_name)] == []


def test_stock_denominators_are_residents_and_people_employed():
    assert {m.slug for m in MEASURES if m.stock_denominator} == {
        "crime-rate",
        "violence-rate",
        "sexual-offences-rate",
        "days-lost",
        "days-lost-officers",
        "days-lost-staff",
    }


def test_lags_are_those_of_the_paper():
    late = {m.slug: m.lag_months for m in MEASURES if m.lag_months}
    assert late == {"confidence": 3, "ksi-collisions": 3, "conviction-rate": 1, "trials-ended-witness": 2}


def test_disclosure_control_is_off_for_what_is_published_as_it_is():
    assert {m.slug for m in MEASURES if m.small_numbers is SmallNumbers.PUBLISH} == {
        "full-file-errors",
        "appeals-upheld",
        "trials-ended-witness",
        "outcome-ratio-robbery",
        "outcome-ratio-sexual",
        "outcome-ratio-vehicle",
        "outcome-ratio-residential-burglary",
    }


def test_polarity_is_one_of_three_among_the_headline_measures():
    assert Counter(m.polarity for m in HEADLINE) == {Polarity.DOWN: 12, Polarity.UP: 9, Polarity.NEUTRAL: 7}


def test_notes_name_measures_of_the_plan():
    named = {slug for note in NOTES for slug in note.measures}
    assert named <= set(MEASURE_BY_SLUG)
    assert [note.ref for note in NOTES] == [f"DQ{number}" for number in range(1, 13)]


def test_the_outage_is_noted_on_all_five_measures_and_left_out_of_baselines():
    left_out = {slug for note in NOTES if note.exclude for slug in note.measures}
    assert left_out == set(CALL_AND_RESPONSE)
    assert [note.ref for note in notes_on("abandonment-crib")] == ["DQ1", "DQ12"]
