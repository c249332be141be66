"""The open data tables of the Home Office on recorded crime: a row a financial year, quarter, force and offence.

Offences are added up to their group, and the groups to all crime without fraud, which is how the totals of recorded
crime are published. The figures are of quarters: the first is April to June. National bodies that record fraud stand
among the forces and are set aside. A number below zero is a correction and counts as it stands.
"""

from collections import Counter

from measures.parsing.official import grid, periods
from measures.parsing.official.areas import FRAUD_BODIES, plain, written
from measures.parsing.official.found import Found, Line, View
from measures.parsing.official.ons_pfa import ONE_NAME, RECORDED

FORMAT = "Home Office open data on recorded crime"
YEAR, QUARTER, FORCE, GROUP, COUNT = HEADS = (
    *("financial year", "financial quarter", "force name", "offence group"),
    "number of offences",
)
FRAUD = "fraud offences"
FIRST_ROWS = 10  # among which the headings stand

Key = tuple[tuple[int, int], str, str]  # first and last month, force, offence group


def recognises(view: View) -> bool:
    return _heading(view) is not None


def _heading(view: View) -> int | None:
    rows = range(min(FIRST_ROWS, len(view.rows)))
    return next((position for position in rows if set(HEADS) <= set(view.heads(position))), None)


def read(view: View) -> Found:
    top = _heading(view) or 0
    heads = view.heads(top)
    year, quarter, force, group, count = (heads.index(name) for name in HEADS)
    counts: dict[Key, list[int]] = {}
    aside: Counter[str] = Counter()
    kept = 0
    for number, row in zip(view.numbers[top + 1 :], view.rows[top + 1 :], strict=True):
        span, value = _quarter(row[year], row[quarter]), grid.number(row[count])
        if plain(row[force]) in FRAUD_BODIES:
            aside["Fraud recorded by a national body, which is not a force"] += 1
        elif span is None or value is None:
            aside["Rows without a quarter or a number"] += 1
        else:
            kept += 1
            name = " ".join(row[group].split())
            counts.setdefault((span, written(row[force]), ONE_NAME.get(name, name)), [0, number])[0] += round(value)
    return Found(
        format=FORMAT,
        title="Police recorded crime by quarter, force and offence group",
        notes=(
            "Kept: one figure of a quarter for each offence group of a force, and one for all crime without fraud, as "
            "totals of recorded crime are published.",
        ),
        lines=_lines(counts),
        read=kept + sum(aside.values()),
        kept=kept,
        aside=aside,
        measures={RECORDED: ("count", "offences")},
        corrections=True,
    )


def _quarter(year: str, quarter: str) -> tuple[int, int] | None:
    """First and last month of quarter 1 to 4 of a financial year; quarters are numbered "1" or "Q1"."""
    span, number = periods.financial_year(year), quarter.strip().upper().removeprefix("Q")
    if span is None or number not in ("1", "2", "3", "4"):
        return None
    first = span[0] + 3 * (int(number) - 1)
    return first, first + 2


def _lines(counts: dict[Key, list[int]]) -> list[Line]:
    totals: dict[tuple[tuple[int, int], str], list[int]] = {}
    lines = []
    for (span, force, group), (many, row) in counts.items():
        lines.append(Line(row, RECORDED, force, group, *span, "quarter", str(many)))
        if group.casefold() != FRAUD:
            totals.setdefault((span, force), [0, row])[0] += many
    return [
        *(Line(row, RECORDED, force, "", *span, "quarter", str(many)) for (span, force), (many, row) in totals.items()),
        *lines,
    ]
