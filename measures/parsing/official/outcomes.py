"""Outcomes of crime as data.police.uk publishes them: one row an outcome, in the month in which it was decided.

Counts by force, month and outcome, and of all. The words differ from those of the street-level file's "Last outcome
category", and one crime can have several outcomes, so neither file is a check of the other.
"""

from collections.abc import Iterable, Sequence

from measures.parsing.official.found import Found, Line, View
from measures.parsing.official.street import NOT_SAID
from measures.parsing.official.tally import Tally, monthly
from measures.parsing.report import Collector

FORMAT = "data.police.uk outcomes"
MEASURE = "Outcomes of crime, street level"
HEADS = ("crime id", "month", "reported by", "falls within", "outcome type")


def recognises(heads: Sequence[str]) -> bool:
    return set(HEADS) <= set(heads)


def count(heads: Sequence[str], rows: Iterable[tuple[int, list[str]]], view: View) -> Found:
    month, reported, within, kind = (
        heads.index(name) for name in ("month", "reported by", "falls within", "outcome type")
    )
    tally, short = Tally(), 0
    for number, row in rows:
        if len(row) <= max(month, reported, within, kind):
            short += 1
            continue
        tally.add(number, (row[month], row[reported] or row[within], row[kind] or NOT_SAID))
    collector = Collector()
    lines: list[Line] = []
    for at, force, kinds in tally.by_place(collector):
        first = min(row for _, row in kinds.values())
        lines.append(monthly(first, MEASURE, force, "", at, sum(many for many, _ in kinds.values())))
        lines += [monthly(row, MEASURE, force, kind, at, many) for kind, (many, row) in kinds.items()]
    return Found(
        format=FORMAT,
        title="Outcomes of crime, counted by force, month and outcome",
        notes=("Kept: one figure for each outcome and one for all. The month is that of the outcome.",),
        lines=lines,
        read=tally.rows + short,
        kept=tally.rows,
        aside={"Rows that are cut short": short} if short else {},
        measures={MEASURE: ("count", "outcomes")},
        report=collector.report(),
    )
