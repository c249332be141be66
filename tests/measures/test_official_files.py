"""Every official file that lies beside the checkout goes through the real pages: it is stored, or refused with a reason.

The numbers are of the files as published: how many figures were read from each, and totals taken from the files with awk
or a spreadsheet's SUM. Where the files are absent these tests say NOT RUN; the project's own files of the same formats
are in tests/measures/parsing/official.
"""

from pathlib import Path

import pytest

from measures.models import CurrentValue, ImportBatch, Population
from measures.parsing import formats
from measures.parsing.official.areas import FORCE, OFFICIAL, TRANSPORT
from measures.parsing.official.found import LICENCE
from tests.factories.accounts import OfficeFactory
from tests.factories.measures import AreaFactory
from tests.measures.importing import press, settled, upload
from tests.measures.test_real_files import areas_to_place, bring_in, bring_in_recognised

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ANSWERS = {"force": "durham", "year_end": "3", "measure": "Knife crime"}
STORED = {  # file: figures in the record after it was accepted into an empty one
    "monthly_street/monthly_street_counts_force_x_crime_type_share.csv": 4_110,
    "ons_pfa_tables/ons_asb_incidents_by_pfa_2008_2019_tidy.csv": 672,
    "ons_pfa_tables/ons_pfa_p1_rolling_year_tidy_2018-03_to_2019-06.csv": 3_864,
    "ons_pfa_tables/policeforceareatablesyearendingjune2019.xlsx": 1_288,
    "ons_pfa_tables/policeforceareatablesyearendingmarch2018v2.xlsx": 1_288,
    "other_official/assaults-on-constables-monthly.csv": 693,
    "other_official/csew-perceived-asb-trends.csv": 152,
    "other_official/csew-reporting-rate-by-category.csv": 674,
    "other_official/foi_avon_somerset_101_calls_as_published.csv": 9,
    "other_official/knifecrime_by_force.csv": 479,
    "outcomes/2019-09-wiltshire-outcomes__16-row-excerpt.csv": 7,
    "population/ons_pfa_population_households_mid2002_to_mid2018.csv": 935,
    "population/pfa_population_households_mye2018.csv": 55,
    "population/population_policeforces_2009-2019_wide_39_forces.csv": 429,
    "quarterly/rec-crime-pfa_extract_13_forces.csv": 12_648,
    "spc_demo/nhs_ae_attendances.csv": 38_295,
    "spc_demo/nsw_offences_7_types.csv": 2_436,
    "stop_and_search/2019-12-derbyshire-stop-and-search.csv": 8,
    "stop_and_search/2019-12-durham-stop-and-search.csv": 7,
    "stop_and_search/2020-01-durham-stop-and-search.csv": 7,
    "stop_and_search/2020-01-leicestershire-stop-and-search.csv": 8,
    "street/2018-10-wiltshire-street.csv": 15,
    "street/2018-11-wiltshire-street.csv": 15,
    "street/2018-12-city-of-london-street.csv": 15,
    "street/2018-12-wiltshire-street.csv": 15,
    "workforce_use_of_force/police-use-of-force-apr2017-mar2018-hosb3018-tables.ods": 54,
    "workforce_use_of_force/police-workforce-fte-by-year.csv": 225,
    "workforce_use_of_force/police-workforce-sep18-tables.ods": 168,
    "workforce_use_of_force/use-of-force-incidents-april2018-march2019.csv": 54,
}
REFUSED = {  # file: the reason by its name
    "reference/Local_Authority_District_to_Community_Safety_Partnerships_to_Police_Force_Areas__December_2016"
    "__Lookup_in_England_and_Wales.csv": "no_figures",
    "reference/forces.csv": "no_figures",
    "reference/policeuk-ons-code-join.csv": "no_figures",
}
BY_HAND = ("spc_demo/nhs_ae_attendances.csv", "spc_demo/nsw_offences_7_types.csv")  # no official format of this country
FURTHER = (  # stored in the tests that look further into what was stored
    "ons_pfa_tables/policeforceareatablesyearendingjune2019.xlsx",
    "ons_pfa_tables/policeforceareatablesyearendingmarch2018v2.xlsx",
    "quarterly/rec-crime-pfa_extract_13_forces.csv",
    "street/2018-10-wiltshire-street.csv",
    "population/pfa_population_households_mye2018.csv",
)
WITHOUT_LICENCE = (  # nobody can tell from the file who published it
    "other_official/foi_avon_somerset_101_calls_as_published.csv",
    "other_official/knifecrime_by_force.csv",
)
SHEETS = {  # figures on each sheet of the workbooks; 0 where the sheet is refused with a reason
    "policeforceareatablesyearendingjune2019.xlsx": {
        "Notes": 0,
        "Table P1": 1_288,
        "Table P2": 0,
        "Table P3": 55,
        "Table P4 ": 392,
        "Table P5": 638,
    },
    "policeforceareatablesyearendingmarch2018v2.xlsx": {
        "Notes": 0,
        "Table P1": 1_288,
        "Table P2": 0,
        "Table P3": 55,
        "Table P4": 392,
        "Table P5": 448,
        "Table P6": 159,
        "Table P7": 616,
        "Table P8": 0,
        "Table P9": 825,
        "Table P10": 0,
    },
    "police-use-of-force-apr2017-mar2018-hosb3018-tables.ods": {
        "Contents": 0,
        **{f"Table_{number}": 0 for number in range(1, 12)},
        "Table_12": 54,
        "Table_13": 594,
        "Table_14": 594,
        "Table_15": 594,
    },
    "police-workforce-sep18-tables.ods": {
        "Index": 0,
        "Table_1": 168,
        "Table_2": 165,
        "Table_3": 165,
        "Table_4": 165,
        "Table_5": 165,
        "Table_6": 165,
        "Table_7": 165,
        "Table_8": 0,
    },
}
DISAGREE = {  # the publisher's own slips, and no others
    ("policeforceareatablesyearendingmarch2018v2.xlsx", "Table P5"): [
        "The regions, with British Transport Police, add to the published total of England in 7 of 8 cells. "
        "Not in: Apr '16 to Mar '17 (33,645 against 33,647).",
        "England and Wales add to the published total in 7 of 8 cells. Not in: Apr '16 to Mar '17 (34,605 against 34,547).",
    ],
}


@pytest.fixture(autouse=True)
def own_force(analyst):
    OfficeFactory()
    return AreaFactory(name="Durham", slug="durham")


def given(path: str) -> bytes:
    if not DATA.exists():
        pytest.skip("NOT RUN: ../shared is absent")
    return (DATA / path).read_bytes()


def test_every_file_is_expected_here():
    given("README.md")
    found = {str(path.relative_to(DATA)) for path in DATA.rglob("*") if path.is_file()} - {"README.md"}
    assert found == set(STORED) | set(REFUSED)


def stored(client, path: str) -> ImportBatch:
    """Bring a file in; what came of it is as expected, and is printed."""
    batch = bring_in_recognised(client, given(path), Path(path).name, **ANSWERS)
    recognised = batch.report.preview["recognised"]
    held = Population if recognised["populations"] else CurrentValue
    assert (batch.state, held.objects.count()) == ("accepted", STORED[path] - batch.report.preview["missing"])
    aside = sum(many for _, many in recognised["aside"])
    assert recognised["read"] == recognised["kept"] + aside
    assert [sentence for sentence, holds in recognised["checks"] if not holds] == []
    print(
        f"{Path(path).name}: {recognised['read']:,} {recognised['unit']} read, {aside:,} set aside, "
        f"{held.objects.count():,} figures stored, {len(recognised['checks'])} totals of the publisher met"
    )
    return batch


@pytest.mark.parametrize("path", [path for path in STORED if path not in (*BY_HAND, *FURTHER)])
def test_an_official_file_is_stored_without_a_word_about_its_columns(client, path):
    assert stored(client, path).attribution == ("" if path in WITHOUT_LICENCE else LICENCE)


@pytest.mark.parametrize("path", BY_HAND)
def test_another_file_is_stored_once_its_columns_are_confirmed(client, path):
    batch = bring_in(client, given(path), Path(path).name)
    assert (batch.state, CurrentValue.objects.count()) == ("accepted", STORED[path])
    print(f"{Path(path).name}: columns confirmed by hand, {STORED[path]:,} figures stored")


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: Path(path).name[:30])
def test_a_list_of_names_is_refused_with_a_reason(client, path):
    batch = upload(client, given(path), Path(path).name)
    (problem,) = batch.report.problems
    (problem,) = batch.report.problems
    assert (batch.state, problem[2]) == ("uploaded", REFUSED[path])
    assert problem[3] in client.get(f"/imports/{batch.pk}/").content.decode().replace("&#x27;", "'")
    print(f"{Path(path).name}: refused, {problem[3]}")


@pytest.mark.parametrize(("name", "sheet"), [(name, sheet) for name, sheets in SHEETS.items() for sheet in sheets])
def test_every_sheet_of_a_workbook_gives_figures_or_a_reason(name, sheet):
    given("README.md")
    (path,) = DATA.rglob(name)
    reading = formats.read(path, sheet=sheet, name=name)
    found = reading.found
    if found is None:
        (problem,) = reading.report.held
        assert (SHEETS[name][sheet], problem.code) == (0, "nothing_kept")
        return
    assert len(found.lines) + len(found.people) == SHEETS[name][sheet]
    assert found.read == found.kept + sum(found.aside.values())
    assert [check.sentence for check in found.checks if not check.holds] == DISAGREE.get((name, sheet), [])


def recorded(area: str, end: str, breakdown: str = "") -> float:
    return CurrentValue.objects.get(
        series__area__name=area, series__breakdown=breakdown, period__kind="year-to", period__end=end
    ).value


@pytest.mark.parametrize(
    ("edition", "end", "whole", "wiltshire"),
    [("june2019", "2019-06-30", 5_279_956, 43_164), ("march2018v2", "2018-03-31", 4_876_282, 43_603)],
)
def test_the_forces_in_the_record_add_to_the_total_that_was_published(client, edition, end, whole, wiltshire):
    stored(client, f"ons_pfa_tables/policeforceareatablesyearending{edition}.xlsx")
    forces = [area.name for area in OFFICIAL if area.kind == FORCE]
    total = sum(recorded(name, end) for name in forces)
    assert (len(forces), recorded("England and Wales", end), recorded("Wiltshire", end)) == (44, whole, wiltshire)
    assert total == whole
    assert recorded("West Midlands (region)", end) > recorded("West Midlands", end) > 0
    assert recorded(TRANSPORT.name, end) > 0


def test_rolling_years_stay_years_and_keep_corrections_below_zero(client):
    batch = stored(client, "quarterly/rec-crime-pfa_extract_13_forces.csv")
    assert set(CurrentValue.objects.values_list("month", "period__kind")) == {(None, "year-to")}
    assert recorded("Hampshire", "2013-12-31", "Fraud offences") == -23
    assert batch.report.preview["recognised"]["aside"] == [
        ["Fraud recorded by a national body, which is not a force", 31]
    ]
    warned = {code: count for code, severity, count, _ in batch.report.preview["codes"] if severity == "warning"}
    assert (warned["correction"], warned["date_not_last_day"]) == (4, 1)


def test_a_month_released_again_replaces_and_never_doubles(client):
    data, name = given("street/2018-10-wiltshire-street.csv"), "2018-10-wiltshire-street.csv"
    stored(client, "street/2018-10-wiltshire-street.csv")
    rows = data.decode().splitlines(keepends=True)
    again = "".join([rows[0], *reversed(rows[2:])]).encode()  # other order, and the first crime is no longer there
    batch = settled(upload(client, again, name, source=name))
    assert batch.state == "ready"
    preview = batch.report.preview
    assert (preview["new"], preview["changed"], preview["unchanged"]) == (0, 2, 13)
    settled(press(client, batch, "accept"))
    total = CurrentValue.objects.get(series__measure__name="Street-level crime", series__breakdown="")
    assert total.value == 5_058 - 1_389 - 1


def test_withdrawing_populations_makes_the_earlier_ones_current_again(client):
    stored(client, "population/pfa_population_households_mye2018.csv")
    held = set(Population.objects.values_list("area__name", "year", "value"))
    name = "population_policeforces_2009-2019_wide_39_forces.csv"
    batch = bring_in_recognised(client, given(f"population/{name}"), name)
    assert batch.state == "accepted"
    assert Population.objects.get(area__name="Cleveland", year=2018).value != 567_700
    press(client, batch, "withdraw", {"reason": "Another rounding"})
    assert set(Population.objects.values_list("area__name", "year", "value")) == held
    assert ImportBatch.objects.get(pk=batch.pk).state == "withdrawn"


def test_the_first_import_of_a_new_force_is_listed_for_a_person(client):
    name = "knifecrime_by_force.csv"
    batch = upload(client, given(f"other_official/{name}"), name)
    press(client, batch, "read", {"answer_measure": "Knife crime", "answer_year_end": "3"})
    unknown = [text for text, _, _ in batch.report.preview["unknown_areas"]]
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert (batch.state, "Northumberland" in unknown, "Durham" in unknown) == ("refused", True, False)
    place = areas_to_place(batch)
    index = unknown.index("Northumberland")
    assert '<option value="new:force" selected>A new police force area</option>' in page
    press(client, batch, "names", place | {f"area_{index}": "leave", "measure_0": "new", "unit_0": "offences"})
    assert batch.report.preview["left_out"] == 12
