"""Every problem counted, the first thousand kept in the order of the file."""

import numpy as np

from measures.parsing.problems import WARNING, Problem, column_letter, quote
from measures.parsing.report import Collector, Report, merge


def collected(*batches):
    collector = Collector()
    for code, rows, severity in batches:
        collector.add_rows(
            code, np.array(rows), lambda i, code=code: f"{code} {i}", column=lambda _: "Value", severity=severity
        )
    return collector.report()


def test_all_are_counted_and_the_first_thousand_kept():
    report = collected(("late", range(2_000, 5_000), "error"), ("early", range(2, 702), "error"))
    assert (report.total, report.errors, report.warnings, report.not_held) == (3_700, 3_700, 0, 2_700)
    assert [problem.row for problem in report.held] == [*range(2, 702), *range(2_000, 2_300)]
    assert [(entry.code, entry.count, entry.example.row) for entry in report.summary] == [
        ("late", 3_000, 2_000),
        ("early", 700, 2),
    ]


def test_errors_are_kept_before_warnings_and_both_shown_in_the_order_of_the_file():
    report = collected(("odd", range(1, 1_500), WARNING), ("wrong", [900, 5_000], "error"))
    kept = [problem.row for problem in report.held]
    assert kept == sorted(kept)
    assert (len(kept), report.count("wrong"), [p.row for p in report.held if p.code == "wrong"]) == (
        1_000,
        2,
        [900, 5_000],
    )
    assert [entry.code for entry in report.summary] == ["wrong", "odd"]
    assert not report.is_clean


def test_sentences_are_written_only_for_what_is_kept():
    written = []
    collector = Collector()
    collector.add_rows("many", np.arange(1, 100_001), lambda i: written.append(i) or "x", column=lambda _: None)
    assert len(collector.report().held) == 1_000
    assert len(written) <= 1_001


def test_reports_of_several_stages_are_one():
    whole = merge([collected(("a", [3], "error")), collected(("b", [2], WARNING), ("a", [1], "error")), Report()])
    assert [(problem.row, problem.code) for problem in whole.held] == [(1, "a"), (2, "b"), (3, "a")]
    assert [(entry.code, entry.count) for entry in whole.summary] == [("a", 2), ("b", 1)]
    assert merge([]).is_clean


def test_a_problem_of_the_whole_file_has_no_row():
    collector = Collector()
    collector.add("empty", "The file is empty.")
    assert collector.report().held == (Problem(None, None, "empty", "The file is empty.", "error"),)


def test_text_is_quoted_without_what_could_mislead_the_reader():
    assert quote("a\x00b\u202ec\n") == "“a b c”"
    assert quote("x" * 61) == "“" + "x" * 59 + "…”"
    assert [column_letter(index) for index in (0, 25, 26, 16_383)] == ["A", "Z", "AA", "XFD"]
