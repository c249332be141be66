"""The benches have their rows on the page, and the table they print is the page's."""

from bench.__main__ import BENCHES, HEAD, MEASURED, PAGE, held, line, name_in, table


def test_every_bench_has_its_rows_on_the_page_and_every_row_its_bench():
    assert {name_in(row) for row in held()} == set(BENCHES)
    assert line(HEAD) in PAGE.read_text().splitlines()


def test_the_table_has_what_was_measured_now_in_the_page_s_rows():
    (page,) = (row for row in held() if name_in(row) == "signals")
    (row,) = table({"signals": ["900 times"]}, [])
    assert row == [*page[:MEASURED], "900 times", *page[MEASURED + 1 :]]
    two = list(table({"recompute": ["1.4 times", "0.2 s"]}, ["recompute"]))
    assert [row[MEASURED] for row in two] == ["1.4 times (FAILED)", "0.2 s (FAILED)"]


def test_what_does_not_say_a_line_for_each_row_says_it_all_in_the_first():
    rows = list(table({"recompute": ["NOT RUN: no PostgreSQL server answers."]}, []))
    assert [row[MEASURED] for row in rows] == ["NOT RUN: no PostgreSQL server answers.", "see above"]
