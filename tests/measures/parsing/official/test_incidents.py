"""Street-level crime, outcomes, and stop and search: counted while they are read."""

import pytest

from measures.parsing import formats, layout
from measures.parsing.official import searches, street
from measures.parsing.official.street import BEHAVIOUR, CRIME
from tests.measures.parsing.official.made import STREET, csv_of, figures, found, incident

ASB = "Anti-social behaviour"
SEARCHES = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)


def search(when: str, wanted: str = "Stolen goods") -> str:
    return f"Person search,{when},,,51.1,-1.1,Male,18-24,,White,An Act,{wanted},Arrest,True,False"


def test_incidents_that_repeat_exactly_are_separate_incidents():
    made = found(csv_of(STREET, incident(ASB), incident(ASB), incident("Robbery", crime="a"), incident(ASB)))
    given = figures(made.lines)
    assert (given[BEHAVIOUR, "Northshire Police", ""], given[CRIME, "Northshire Police", ""]) == ("3", "1")
    assert (made.read, made.kept, made.aside) == (4, 4, {})


def test_anti_social_behaviour_is_not_part_of_all_crime():
    made = found(csv_of(STREET, incident(ASB), incident("Robbery", crime="a"), incident("Drugs", crime="b")))
    given = figures(made.lines)
    assert given[CRIME, "Northshire Police", ""] == "2"
    assert {key[2] for key in given if key[0] == BEHAVIOUR} == {""}


def test_a_type_without_a_row_is_a_zero_but_anti_social_behaviour_without_one_is_a_gap():
    given = figures(found(csv_of(STREET, incident("Robbery", crime="a"))).lines)
    assert {cut: value for (_, _, cut), value in given.items() if value != "0"} == {"": "1", "Robbery": "1"}
    assert {cut for _, _, cut in given} == {"", *street.TYPES}
    assert BEHAVIOUR not in {measure for measure, _, _ in given}


def test_before_the_types_of_today_nothing_is_said_of_those_that_are_absent():
    given = figures(found(csv_of(STREET, incident("Robbery", crime="a", month="2011-03"))).lines)
    assert set(given) == {(CRIME, "Northshire Police", ""), (CRIME, "Northshire Police", "Robbery")}


def test_a_crime_id_in_two_rows_counts_twice_and_is_said():
    made = found(csv_of(STREET, incident("Robbery", crime="a"), incident("Robbery", crime="a")))
    assert figures(made.lines)[CRIME, "Northshire Police", ""] == "2"
    assert made.notes[-1] == "A Crime ID that stands in an earlier row: 1 rows. Each is counted."


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ends):
    data = csv_of(STREET, incident("Robbery", crime="a"), incident(ASB), ends=ends)
    assert figures(found(b"\xef\xbb\xbf" + data).lines) == figures(
        found(csv_of(STREET, incident("Robbery", crime="a"), incident(ASB))).lines
    )  # noqa: E501


def test_two_months_and_two_forces_are_kept_apart_and_rows_cut_short_are_counted():
    rows = [incident("Drugs", crime="a"), incident("Drugs", crime="b", month="2018-11"), "c,2018-10"]
    made = found(csv_of(STREET, *rows, incident("Drugs", crime="d", force="Southshire Police")))
    drugs = {(line.area, line.last % 12 + 1): line.value for line in made.lines if line.breakdown == "Drugs"}
    assert drugs == {("Northshire Police", 10): "1", ("Northshire Police", 11): "1", ("Southshire Police", 10): "1"}
    assert (made.read, made.kept, made.aside) == (4, 3, {"Rows that are cut short or hold no count": 1})


def test_the_force_it_falls_within_stands_in_for_one_that_did_not_report_it():
    row = "a,2018-10,,Northshire Police,,,No Location,,,Robbery,,"
    assert {line.area for line in found(csv_of(STREET, row)).lines} == {"Northshire Police"}


def test_no_force_at_all_is_left_to_a_person():
    row = "a,2018-10,,,,,No Location,,,Robbery,,"
    assert {line.area for line in found(csv_of(STREET, row)).lines} == {""}


def test_a_month_that_cannot_be_read_stops_the_import_and_names_its_row():
    reading = formats.read(csv_of(STREET, incident("Drugs", crime="a"), incident("Drugs", crime="b", month="October")))
    (problem,) = reading.report.held
    assert (problem.row, problem.code, problem.severity) == (3, "month_unreadable", "error")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (csv_of(STREET) + b"a,2018-10,\xe9\n", "encoding"),
        (csv_of(STREET) + b'a,2018-10,"Northshire\n', "quotation"),
    ],
)
def test_a_broken_file_of_incidents_is_refused_with_a_sentence(data, code):
    reading = formats.read(data)
    assert (reading.table, [problem.code for problem in reading.report.held]) == (None, [code])


def test_the_figures_are_laid_out_as_any_other_table():
    reading = formats.read(csv_of(STREET, incident("Robbery", crime="a"), incident(ASB)))
    rows = layout.apply(reading.table, reading.mapping).rows
    first = rows.parsed(0)
    assert (first.row, first.measure, first.area, first.texts["value"]) == (3, BEHAVIOUR, "Northshire Police", "1")


def test_progress_is_said_and_a_cancelled_count_ends_at_once():
    class Stop(BaseException):
        pass

    heard = []

    def progress(done, total, words):
        heard.append(words)
        raise Stop

    with pytest.raises(Stop):
        formats.read(csv_of(STREET, *[incident(ASB)] * 20_001), progress=progress)
    assert heard == ["20,000 rows read"]


def test_outcomes_are_counted_by_the_month_and_the_words_of_the_outcome():
    heads = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
    rows = [f"{crime},2019-09,Northshire Police,Northshire Police,,,,,,{said}" for crime, said in
            (("a", "Local resolution"), ("a", "Unable to prosecute suspect"), ("b", "Local resolution"))]  # fmt: skip
    given = figures(found(csv_of(heads, *rows)).lines)
    assert {cut: value for (_, _, cut), value in given.items()} == {
        "": "3",
        "Local resolution": "2",
        "Unable to prosecute suspect": "1",
    }


@pytest.mark.parametrize(
    ("when", "month"),
    [
        ("2019-06-30T23:30:00+00:00", "2019-07"),  # half past midnight on 1 July by the clock in Britain
        ("2019-06-30T22:59:00+00:00", "2019-06"),
        ("2019-12-31T23:30:00+00:00", "2019-12"),  # in winter the clocks agree
        ("2019-10-31T23:59:59", "2019-10"),  # no zone: UTC
        ("2019-07-01T00:30:00+01:00", "2019-07"),
    ],
)
def test_a_search_belongs_to_the_month_of_the_local_day(when, month):
    found_month = searches.local_month(when)
    assert f"{found_month // 12}-{found_month % 12 + 1:02}" == month


def test_searches_of_another_month_are_set_aside_so_that_they_replace_no_whole_month():
    rows = [
        search("2019-06-30T23:30:00+00:00"),
        search("2019-07-15T10:00:00+00:00"),
        search("2019-07-31T23:30:00+00:00"),
    ]
    made = found(csv_of(SEARCHES, *rows, ends="\r\n"), name="2019-07-durham-stop-and-search.csv")
    assert figures(made.lines) == {
        ("Stop and search", "Durham", ""): "2",
        ("Stop and search", "Durham", "Stolen goods"): "2",
    }
    assert (made.read, made.kept, made.aside) == (3, 2, {"Searches outside July 2019 by the clock in Britain": 1})


def test_a_file_that_does_not_name_its_force_asks():
    data = csv_of(SEARCHES, search("2019-07-15T10:00:00+00:00"))
    assert [question.name for question in found(data, name="searches.csv").questions] == ["force"]
    made = found(data, name="searches.csv", answers={"force": "northshire"})
    assert (made.questions, {line.area for line in made.lines}) == ((), {"northshire"})


def test_by_hand_it_is_an_ordinary_table():
    reading = formats.read(csv_of(STREET, incident(ASB)), by_hand=True)
    assert (reading.found, reading.mapping, len(reading.table)) == (None, None, 2)
