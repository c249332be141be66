"""Official files as they were published. They are not in the repository: without them these tests say NOT RUN.

Totals were taken from the files with awk and a spreadsheet's SUM.
"""

from pathlib import Path

import pytest

from measures.parsing import formats, headings, layout
from measures.parsing.months import month_text
from measures.validation import Definition, SeriesKey, validate

SHARED = Path(__file__).resolve().parents[4] / "shared"
STREET = "data/monthly_street/monthly_street_counts_force_x_crime_type_share.csv"
ANY_MONTH = 12 * 2100


def read(path, **changes):
    if not SHARED.exists():
        pytest.skip("NOT RUN: ../shared is absent")
    reading = formats.read(SHARED / path, by_hand=True)
    assert reading.report.total == 0
    applied = layout.apply(reading.table, headings.propose(reading.table).mapping | changes)
    assert applied.report.total == 0
    return applied.rows


def validated(rows):
    names = sorted({rows.measures[i] for i in range(len(rows))})
    return validate(rows, [Definition(f"m{i}", (name,)) for i, name in enumerate(names)], as_of=ANY_MONTH)


def totals(values):
    found = {}
    for key, _, figure, _ in values.records():
        found[key] = found.get(key, 0) + figure.value
    return found


def test_nsw_offences_in_seven_types():
    validation = validated(read("data/spc_demo/nsw_offences_7_types.csv"))
    values = validation.values
    assert (len(values), len(values.series), values.value.sum(), validation.report.errors) == (2_436, 7, 4_333_832, 0)
    assert (month_text(int(values.months.min())), month_text(int(values.months.max()))) == ("1995-01", "2023-12")


def test_nsw_offences_one_row_a_series_and_one_column_a_month():
    rows = read("oracle/series_nsw_offences.csv")
    values = validated(rows).values
    assert (len(values), len(values.series), values.value.sum()) == (7_308, 21, 19_760_488)


def test_the_seven_types_are_the_same_long_and_wide():
    long = read("data/spc_demo/nsw_offences_7_types.csv")
    wide = read("oracle/series_nsw_offences.csv")
    facts = []
    for rows, prefix in ((long, ""), (wide, "nsw|")):
        parsed = (rows.parsed(i) for i in range(len(rows)))
        facts.append({(p.measure.removeprefix(prefix), p.month): p.texts["value"] for p in parsed})
    assert len(facts[0]) == 2_436
    assert {key: facts[1][key] for key in facts[0]} == facts[0]


def test_monthly_street_counts_keep_forces_apart():
    rows = read(STREET)
    validation = validated(rows)
    assert (len(rows), len(validation.values), validation.values.value.sum()) == (3_836, 3_836, 2_276_612)
    assert validation.report.errors == 0
    assert {key.area for key in totals(validation.values)} > {"south-yorkshire", "city-of-london"}


def test_monthly_street_counts_of_one_force():
    rows = read(STREET, only={"force_id": ["south-yorkshire"]})
    validation = validated(rows)
    assert (len(rows), rows.left_out, validation.values.value.sum()) == (784, 3_836 - 784, 824_291)
    months = {int(month) for month in validation.values.months}
    assert len(months) == 56
    assert max(months) - min(months) + 1 > 56  # months are missing in between, and are not made up


def test_monthly_street_counts_without_the_force_are_duplicates():
    table = (
        formats.read(SHARED / STREET, by_hand=True).table
        if SHARED.exists()
        else pytest.skip("NOT RUN: ../shared is absent")
    )
    mapping = headings.propose(table).mapping
    mapping["columns"]["force_id"] = "ignore"
    report = validated(layout.apply(table, mapping).rows).report
    assert (report.count("duplicate_month") > 1_000, len(report.held)) == (True, 1_000)


def test_attendances_with_three_measures_across_by_organisation_and_type():
    rows = read("data/spc_demo/nhs_ae_attendances.csv")
    values = validated(rows).values
    assert (len(rows), len(values), values.value.sum()) == (12_765 * 3, 38_295, 93_807_919)
    assert SeriesKey("m1", "RF4", "1") in totals(values)


def test_rolling_yearly_totals_are_not_taken_for_months():
    if not SHARED.exists():
        pytest.skip("NOT RUN: ../shared is absent")
    path = SHARED / "data/quarterly/rec-crime-pfa_extract_13_forces.csv"
    table = formats.read(path, by_hand=True).table
    proposal = headings.propose(table)
    assert "period longer than a month" in proposal.notes[0]
    (problem,) = layout.apply(table, proposal.mapping).report.held
    assert problem.message == "No column holds the month. Choose the one that does."


@pytest.mark.parametrize(("edition", "sheets"), [("june2019", 6), ("march2018v2", 11)])
def test_official_workbooks_open_and_offer_their_sheets(edition, sheets):
    if not SHARED.exists():
        pytest.skip("NOT RUN: ../shared is absent")
    path = SHARED / f"data/ons_pfa_tables/policeforceareatablesyearending{edition}.xlsx"
    reading = formats.read(path, by_hand=True)
    assert len(reading.sheets) == sheets
    for sheet in reading.sheets:
        table = formats.read(path, sheet=sheet.name, by_hand=True).table
        assert table is None or len(table) > 0
