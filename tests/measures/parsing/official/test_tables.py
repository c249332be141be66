"""Official tables and lists: what is read from them, what is set aside and why, and whether the publisher's totals hold."""

import pytest

from measures.parsing import formats
from measures.parsing.months import month_text
from measures.parsing.official import areas, periods
from measures.parsing.official.ons_pfa import ALL_CRIME, GROUPS, RECORDED
from tests.measures.parsing.official.made import csv_of, figures, found, pfa, pfa_sheet, refusal
from tests.measures.parsing.opendocuments import opendocument

TITLE = "Table P1:  Police recorded crime by offence group and police force area, number of offences, year ending {}"
HEADS = ["Area Code", "Area Name", "", "", *GROUPS[:3]]
OVER = ["", "", "Total recorded crime (excluding fraud3)", "", "Victim-based crime", "", ""]
NORTH_EAST = [
    ["E12000001", "North East ", 60, "", 30, 20, 10],
    ["E23000013", "Cleveland", 10, "", 5, 3, 2],
    ["E23000008", "Durham7,8", 20, "", 10, 7, 3],
    ["E23000007", "Northumbria 8", 30, "", 15, 10, 5],
]
NOTES = ["1. Police recorded crime data are not designated as National Statistics and 20 of them are in this note."]


def offences(title: str = "June 20191,2", rows: list[list[object]] = NORTH_EAST, sheet: str = "Table P1 "):
    return pfa(
        **{
            "Correction": [["Correction"], ["Figures of one area were wrong"]],
            "Notes": [["Crime in England & Wales - PFA tables"]],
            sheet: pfa_sheet(TITLE.format(title), OVER, HEADS, rows, NOTES),
        }
    )


def test_a_workbook_is_opened_past_its_corrections_and_notes_at_a_sheet_with_a_trailing_blank():
    made = found(offences())
    assert made.title == "Police recorded crime in the year to June 2019, by area and offence"
    assert figures(made.lines) == {
        (RECORDED, area, cut): str(value)
        for area, *row in (("North East", 60, 30, 20, 10), ("Cleveland", 10, 5, 3, 2), ("Durham", 20, 10, 7, 3))
        + (("Northumbria", 30, 15, 10, 5),)
        for cut, value in zip(("", *GROUPS[:3]), row, strict=True)
    }
    assert {(month_text(line.first), month_text(line.last), line.kind) for line in made.lines} == {
        ("2018-07", "2019-06", "year-to")
    }
    assert (made.read, made.kept, made.aside, [check.holds for check in made.checks]) == (16, 16, {}, [True])


def test_a_total_that_its_parts_do_not_add_to_is_named():
    rows = [["E12000001", "North East", 61, "", 30, 20, 10], *NORTH_EAST[1:]]
    (check,) = found(offences(rows=rows)).checks
    assert not check.holds
    assert check.sentence == (
        "The forces add to the published total of their region or of Wales in 3 of 4 cells. "
        f"Not in: North East, {ALL_CRIME} (60 against 61)."
    )


def test_marks_for_no_figure_are_gaps_and_say_nothing_of_totals():
    rows = [NORTH_EAST[0], ["E23000013", "Cleveland", "..", "", "-", 3, 2], *NORTH_EAST[2:]]
    made = found(offences(rows=rows))
    assert figures(made.lines)[RECORDED, "Cleveland", ""] == ".."
    assert made.checks[0].sentence.endswith("in 2 of 2 cells.")


@pytest.mark.parametrize(
    ("title", "last"),
    [
        ("June 20191,2", "2019-06"),
        ("March 181,2,3", "2018-03"),
        ("December 2020", "2020-12"),
        ("March 20183", "2018-03"),
    ],
)
def test_footnote_marks_on_a_year_are_not_part_of_it(title, last):
    assert month_text(found(offences(title)).lines[0].last) == last


def test_a_sheet_of_changes_or_notes_is_refused_with_the_sheet_to_open_instead():
    changes = pfa_sheet(
        "Table P2:  Police recorded crime, percentage change, year ending June 2019", OVER, HEADS, [], []
    )
    data = pfa(**{"Table P1": pfa_sheet(TITLE.format("June 2019"), OVER, HEADS, NORTH_EAST, []), "Table P2": changes})
    assert refusal(data, sheet="Table P2").endswith("worked out from the numbers of table P1. Open that.")


def test_a_region_and_a_force_of_one_name_are_told_apart_by_their_codes():
    rows = [["E12000005", "West Midlands ", 9, "", 4, 3, 2], ["E23000014", "West Midlands", 5, "", 2, 2, 1]]
    assert {line.area for line in found(offences(rows=rows)).lines} == {"West Midlands (region)", "West Midlands"}


def test_periods_over_merged_headings_are_read_with_their_marks():
    heads = ["Area Code", "Area Name", *["Number of Incidents", "Rate per 1,000 population"] * 2]
    over = ["", "", "Apr '07 to Mar '083", "", "Apr '11 to Mar '125, 6", ""]
    rows = [
        ["K04000001", "ENGLAND AND WALES (inc. BTP)", "..", "..", 30, 1.5],
        ["K04000001", "ENGLAND AND WALES (exc. BTP)", 20, 1.2, 28, 1.4],
        ["E23000034", "London, City of10", 2, "+", 3, "+"],
    ]
    title = "Table P7:  Anti-social behaviour incidents, by police force area, year ending March 2008 to 2018"
    made = found(pfa(**{"Table P7": pfa_sheet(title, over, heads, rows, [])}))
    assert {(line.area, month_text(line.last)): line.value for line in made.lines} == {
        ("England and Wales", "2008-03"): "..",
        ("England and Wales", "2012-03"): "30",
        ("City of London", "2008-03"): "2",
        ("City of London", "2012-03"): "3",
    }
    assert (made.read, made.kept, sum(made.aside.values())) == (12, 4, 8)


ROLLING = "12 months ending,PFA,Region,Offence,Rolling year total number of offences"


def test_rolling_totals_stay_years_with_odd_dates_corrections_and_fraud_bodies():
    data = csv_of(
        ROLLING,
        "30-12-2017,Durham,North East,Fraud offences,-3",
        "31-03-2018,Durham,North East,All other theft offences,40",
        "31-03-2018,Action Fraud,Fraud: Action Fraud,Action Fraud,900",
        "31-03-2018,CIFAS,Fraud: CIFAS,CIFAS,800",
    )
    reading = formats.read(data)
    made = reading.found
    assert [(line.breakdown, month_text(line.first), month_text(line.last), line.value) for line in made.lines] == [
        ("Fraud offences", "2017-01", "2017-12", "-3"),
        ("Other theft offences", "2017-04", "2018-03", "40"),
    ]
    assert {line.kind for line in made.lines} == {"year-to"}
    assert (made.read, made.aside, reading.mapping["corrections"]) == (
        4,
        {"Fraud recorded by a national body, which is not a force": 2},
        True,
    )
    (warning,) = reading.report.held
    assert (warning.code, warning.severity) == ("date_not_last_day", "warning")


OPEN = (
    "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,Offence Subgroup,Offence Code,"
    "Number of Offences"
)


def test_open_tables_add_offences_up_to_groups_of_a_quarter_and_all_crime_leaves_fraud_out():
    rows = [
        "2018/19,1,Durham,Assault,Violence against the person,Violence,8N,5",
        "2018/19,1,Durham,Murder,Violence against the person,Homicide,1,2",
        "2018/19,1,Durham,Burglary,Theft offences,Burglary,28E,-1",
        "2018/19,1,Durham,Old fraud,Fraud offences,Fraud,51,9",
        "2018/19,Q4,Devon & Cornwall,Murder,Violence against the person,Homicide,1,3",
        "2018/19,1,Action Fraud,Fraud,Fraud offences,Fraud,AF,900",
        "2018/19,5,Durham,Murder,Violence against the person,Homicide,1,3",
    ]
    made = found(csv_of(OPEN, *rows))
    given = {
        (line.area, month_text(line.first), month_text(line.last), line.kind, line.breakdown): line.value
        for line in made.lines
    }
    first, last = ("Durham", "2018-04", "2018-06", "quarter"), ("Devon and Cornwall", "2019-01", "2019-03", "quarter")
    assert given == {
        (*first, ""): "6",
        (*first, "Violence against the person"): "7",
        (*first, "Theft offences"): "-1",
        (*first, "Fraud offences"): "9",
        (*last, ""): "3",
        (*last, "Violence against the person"): "3",
    }
    assert (made.read, made.kept, sum(made.aside.values())) == (7, 5, 2)


PEOPLE = "mid_year,area_code,area_name,area_level,measure,value,source"


def people(made):
    return {(one.area, one.year): one.value for one in made.people}


def test_populations_in_rows_leave_out_households_repeats_and_totals_without_a_force():
    made = found(
        csv_of(
            PEOPLE,
            "mid-2018,E12000002,North West,region,population,70,first",
            "mid-2018,E23000005,Greater Manchester,pfa,population,30,first",
            "mid-2018,E12000002,North West,region,population,40,second",
            "mid-2018,E23000005,Greater Manchester,pfa,population,..,second",
            "mid-2018,E23000006,Cheshire,pfa,population,10,first",
            "mid-2018,E23000006,Cheshire,pfa,population,10,second",
            "mid-2018,E23000006,Cheshire,pfa,households,4,first",
        )
    )
    assert people(made) == {("North West", 2018): 70, ("Greater Manchester", 2018): 30, ("Cheshire", 2018): 10}
    assert (made.read, made.kept, sum(made.aside.values())) == (7, 3, 4)


def test_populations_by_code_leave_out_a_group_that_has_none():
    made = found(csv_of("code,name,MYE2018,SNHP2017", "E23000034,City of London,8700,3700", ",Beds Cambs Herts,9,4"))
    assert (people(made), made.read, made.kept) == ({("City of London", 2018): 8700}, 4, 1)


def wide(rows: dict[str, int]) -> bytes:
    names = [area.name for area in areas.OFFICIAL if area.kind == areas.FORCE]
    heads = ",".join(f'"{name}"' for name in names)
    body = [f"{year}," + ",".join(str(value) for _ in names) for year, value in rows.items()]
    return csv_of(f"year,{heads}", *body)


def test_a_column_for_each_force_is_populations_only_where_london_has_millions():
    assert len(found(wide({"2018": 6_000_000})).people) == 44
    asked = found(wide({"2018": 12}))
    assert [question.name for question in asked.questions] == ["measure", "year_end"]
    made = found(wide({"2018": 12}), answers={"measure": "Knife crime", "year_end": "3"})
    assert (len(made.lines), month_text(made.lines[0].last), made.lines[0].measure) == (44, "2018-03", "Knife crime")


def test_a_force_and_its_region_of_one_name_in_a_list_without_codes():
    heads = "Police force,FTE Count,Year"
    data = csv_of(heads, "West Midlands,90.5,2019", "West Midlands,60.5,2019", "West Midlands,61,2018")
    made = found(data, answers={"year_end": "3"})
    assert [(line.area, line.value) for line in made.lines] == [
        ("West Midlands (region)", "90.5"),
        ("West Midlands", "60.5"),
        ("West Midlands", "61"),
    ]


def test_durations_in_words_thousands_and_a_part_of_a_year():
    data = csv_of(
        "Measure,2012/13,2015/16 (to date)",
        'Calls,"711,464","586,385"',
        "Time to answer,1 minute 30 seconds,18 seconds",
    )
    made = found(data, answers={"force": "northshire"})
    assert [(line.measure, line.value, month_text(line.last)) for line in made.lines] == [
        ("Calls", "711,464", "2013-03"),
        ("Time to answer", "1 minute 30 seconds", "2013-03"),
    ]
    assert made.aside == {"A part of a year that does not say to which day": 2}
    assert made.measures == {"Calls": ("count", "calls"), "Time to answer": ("duration", "seconds")}


def test_a_workforce_table_is_as_at_its_dates_and_leaves_out_changes_and_the_second_total():
    rows = [
        ["Table 1: Police officers (s.38, s.391) by police force area, England and Wales, 30 September 2018"],
        [],
        ["England and Wales", None, None, "Full-time equivalents"],
        [None, "As at:", None, "Change"],
        [],
        [None, "30 September 2017", "30 September 2018", "per cent"],
        ["Wales", 40.5, 44.5, 10],
        ["Dyfed-Powys", 10.5, 11.5, 9],
        ["Gwent", 10, 11, 10],
        ["North Wales", 10, 11, 10],
        ["South Wales", 10, 11, 10],
        ["Total 43 forces", 40.5, 44.5, 10],
        ["Total", 45, 50, 11],
        ["1. A note that has the number 38 in it and is longer than any name of a police force area could be."],
    ]
    made = found(opendocument(Index=[["Police Workforce, England and Wales"]], Table_1=rows))
    assert {(line.measure, line.kind) for line in made.lines} == {("Police officers (full-time equivalents)", "sample")}
    assert {(line.area, month_text(line.last)): line.value for line in made.lines}["Wales", "2018-09"] == "44.5"
    assert (made.kept, made.aside) == (
        12,
        {"Changes since earlier dates, which are worked out": 7, "A second total, with British Transport Police": 2},
    )


def test_the_use_of_force_is_of_the_year_in_the_name_of_the_file_or_asked():
    data = csv_of("Region,Police Force,Total", "North East,Total North East ,9.0", "North East,Durham,9.0")
    made = found(data, name="incidents-april2018-march2019.csv")
    assert [(line.area, month_text(line.first), month_text(line.last)) for line in made.lines] == [
        ("North East", "2018-04", "2019-03"),
        ("Durham", "2018-04", "2019-03"),
    ]
    assert [question.name for question in found(data, name="incidents.csv").questions] == ["year"]
    assert month_text(found(data, answers={"year": "March 2020"}).lines[0].last) == "2020-03"


def test_a_list_of_forces_is_refused_and_its_misplaced_populations_with_it():
    message = refusal(csv_of("id,Label,Population 2010", "durham,Durham Constabulary,506100", "x,Northshire Police,5"))
    assert "1 of 2 names of forces are known" in message
    assert "Population 2010 is not taken" in message


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *(
            ("Lancashire8", "Lancashire"),
            ("Greater Manchester7,8", "Greater Manchester"),
            ("North West 7,8", "North West"),
        ),
        *(("London, City of", "City of London"), ("Avon & Somerset Constabulary", "Avon and Somerset")),
        *(("devon-and-cornwall", "Devon and Cornwall"), ("Metropolitan Police Service", "Metropolitan Police")),
        *(("Total England and Wales", "England and Wales"), ("East", "East of England"), ("Northumberland", None)),
    ],
)
def test_official_areas_are_known_by_every_way_publishers_write_them(written, name):
    found_area = areas.named(written)
    assert (found_area.name if found_area else None) == name


def test_the_record_s_own_name_of_a_force_opens_every_other_way_of_writing_it():
    known = areas.extended({"Durham Police": "durham-office", "Cleveland": "cleveland", "Durham Constabulary": "other"})
    assert (known["Durham"], known["E23000008"], known["Durham Constabulary"]) == (
        "durham-office",
        "durham-office",
        "other",
    )
    assert "Northumbria" not in known


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Apr '07 to Mar '083", ("2007-04", "2008-03")),
        ("Jul '18 to Jun '19", ("2018-07", "2019-06")),
        ("Use of CED: 1 April 2017 to 31 March 2018", ("2017-04", "2018-03")),
        ("January to March 2017", ("2017-01", "2017-03")),
        ("as published", None),
    ],
)
def test_periods_of_headings(text, months):
    span = periods.between(text)
    assert (span and tuple(map(month_text, span))) == months
