"""A table with a row a measure and a column a financial year, as forces answer requests for information.

Counts have thousands separators, and averages are written in words: "1 minute 30 seconds" beside "18 seconds". A column
"(to date)" does not say to which day and is set aside. The file does not name the force.
"""

from collections import Counter

from measures.parsing.numbers import NotANumber, parse_duration
from measures.parsing.official import grid, periods
from measures.parsing.official.found import YEAR_TO, Found, Line, Question, View

FORMAT = "A force's figures by financial year"
WHICH_FORCE = Question("force", "Which force are these figures of?", "force", "The file does not name it.")


def recognises(view: View) -> bool:
    heads = view.heads()
    return heads[:1] == ["measure"] and len(heads) > 1 and all(_is_year(cell) for cell in heads[1:])


def _is_year(text: str) -> bool:
    return periods.financial_year(text.partition("(")[0]) is not None


def read(view: View) -> Found:
    spans = {index: periods.financial_year(cell) for index, cell in enumerate(view.heads())}
    force, aside = view.answers.get("force", ""), Counter[str]()
    lines: list[Line] = []
    measures: dict[str, tuple[str, str]] = {}
    for number, row in zip(view.numbers[1:], view.rows[1:], strict=True):
        seconds = [_seconds(cell) for cell in row[1:]]
        average = any(seconds)
        measures[row[0]] = ("duration", "seconds") if average else ("count", "calls")
        for index, cell in enumerate(row[1:], 1):
            span = spans.get(index)
            if span is None:
                aside["A part of a year that does not say to which day"] += bool(cell.strip())
            elif cell.strip():
                lines.append(Line(number, row[0], force, "", *span, YEAR_TO, cell))
    return Found(
        format=FORMAT,
        title="A force's figures by financial year",
        notes=("Kept: every figure of a whole year from April to March. Averages are kept in seconds.",),
        lines=lines,
        unit="cells",
        read=len(lines) + sum(aside.values()),
        kept=len(lines),
        aside=aside,
        questions=() if force else (WHICH_FORCE,),
        measures=measures,
        licence="",  # a force's answer does not say one
    )


def _seconds(cell: str) -> bool:
    """Whether a cell is a duration in words, not a number."""
    if grid.number(cell) is not None:
        return False
    try:
        return parse_duration(cell) is not None
    except NotANumber:
        return False
