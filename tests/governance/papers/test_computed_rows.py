"""Rows of a table worked out from those above: never typed, never telling what may not be told."""

import pytest

from core.documents import richtext
from governance.papers.content import computed
from governance.papers.written import WrongCodes, settled
from tests.factories.papers import QuarterFactory

LIVE = '<data data-figure="table.{}">{}</data>'


def table(kind: str, *cells: str) -> str:
    rows = "".join(f'<tr><th scope="row">{place}</th><td>{cell}</td></tr>' for place, cell in enumerate(cells))
    last = f'<tr><th scope="row">In all</th><td>{LIVE.format(kind, "typed")}</td></tr>'
    return f'<table><thead><tr><td></td><th scope="col">Sep-19</th></tr></thead><tbody>{rows}{last}</tbody></table>'


def said(kind: str, *cells: str) -> tuple[str, list[str]]:
    problems: list[str] = []
    made = computed.worked_out(table(kind, *cells), problems, keep=False)
    (held,) = richtext.parse(made)
    return held.body[-1][-1].html, problems


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("total", ("1,304", "96"), "1,400"),
        ("total", ("12.5%", "87.5%"), "100.0%"),
        ("total", ("3:49", "1:42"), "5:31"),
        ("average", ("10", "11", "11"), "10.7"),
        ("change", ("77.2%", "73.8%", "76.9%"), "−0.3pp"),
        ("change", ("91.2 per cent", "94.4 per cent"), "+3.2pp"),
        ("change", ("3:49", "1:20"), "−2:29"),
        ("change", ("5", "5"), "0"),
        ("percentage", ("5,989", "6,610"), "+10.4%"),
        ("total", ('<data data-figure="burglary.quarter">320</data> (provisional)', "80"), "400"),
        ("total", ("320", "not shown"), "not shown"),
        ("total", ("320", "fewer than 5"), "not shown"),
        ("total", ("320", "<mark>80</mark>"), "<mark>400</mark>"),
    ],
)
def test_what_is_worked_out(kind, cells, expected):
    assert said(kind, *cells) == (expected, [])


@pytest.mark.parametrize(
    ("kind", "cells", "sentence"),
    [
        ("total", ("320", "many"), "“many” above a worked-out cell of a table is no figure."),
        ("total", ("320", ""), "“An empty cell” above a worked-out cell of a table is no figure."),
        ("total", ("320", "5%"), "The figures above a worked-out cell of a table are not all in the same unit."),
        ("total", ("320",), "A row of a table is worked out from two rows above it or more."),
        ("percentage", ("0", "5"), "The first figure of a column is nought, so a change from it has no percentage."),
        ("percentage", ("5%", "6%"), "The change of a percentage is said in percentage points: use “change”."),
        ("sum", ("1", "2"), "A cell of a table is to be “sum”, which is none of total, average, change, percentage."),
    ],
)
def test_what_cannot_be_worked_out_says_why(kind, cells, sentence):
    assert said(kind, *cells) == ("not available", [sentence])


def test_an_average_of_percentages_is_refused():
    made, problems = said("average", "10%", "20%")
    assert (made, len(problems)) == ("not available", 1)
    assert "not that of the whole" in problems[0]


def test_rows_worked_out_are_not_among_the_figures_of_the_next():
    cells = ("10", "30")
    html = table("total", *cells).replace(
        "</tbody>", f'<tr><th scope="row">Change</th><td>{LIVE.format("change", "")}</td></tr></tbody>'
    )
    (held,) = richtext.parse(computed.worked_out(html, [], keep=False))
    assert [row[-1].html for row in held.body] == ["10", "30", "40", "+20"]


@pytest.mark.django_db
def test_a_code_in_a_cell_is_kept_as_a_reference_and_what_was_typed_is_not():
    period = QuarterFactory().period
    typed = table("total", "10", "30").replace(LIVE.format("total", "typed"), "{total}")
    expected = table("total", "10", "30").replace("typed", "40")
    assert settled(richtext.clean(typed), period=period) == richtext.clean(expected)
    assert settled(richtext.clean(table("total", "10", "30")), period=period) == richtext.clean(expected)
    with pytest.raises(WrongCodes, match="is no figure"):
        settled(richtext.clean(table("total", "10", "x")), period=period)
