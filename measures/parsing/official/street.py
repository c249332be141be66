"""Street-level crime as data.police.uk publishes it: one row an incident, a file a force and month.

Counts by force, month and crime type, and of all crime. Anti-social behaviour is not crime and is a measure of its own,
never part of "all crime". Its rows have no Crime ID and often repeat exactly: they are separate incidents, and every
row counts. A Crime ID may stand in two rows; both count, as they do at the publisher. A type that is absent from a
month in which the force published other crime is a zero, so that a month that is published again replaces what the
earlier edition said of it; anti-social behaviour that is absent is not, because some forces do not publish it.

The force is the one that reported the incident, or the one it falls within where that is blank.
"""

from collections.abc import Iterable, Sequence

from measures.parsing.official.found import Found, Line, View
from measures.parsing.official.tally import Tally, monthly
from measures.parsing.report import Collector

FORMAT = "data.police.uk street-level crime"
CRIME, BEHAVIOUR = "Street-level crime", "Street-level anti-social behaviour"
ANTI_SOCIAL = "anti-social behaviour"
MEASURES = {CRIME: ("count", "crimes"), BEHAVIOUR: ("count", "incidents")}
HEADS = ("crime id", "month", "reported by", "falls within", "lsoa code", "crime type", "last outcome category")
COUNTS_HEADS = ["month", "force_id", "reported_by", "crime_type", "count"]
NOT_SAID = "Not stated"
TYPES_SINCE = 12 * 2013 + 5 - 1  # May 2013: from then on the types are these
TYPES = (
    *("Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime", "Other theft"),
    *("Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person", "Vehicle crime"),
    "Violence and sexual offences",
)


def recognises(heads: Sequence[str]) -> bool:
    return set(HEADS) <= set(heads)


def count(heads: Sequence[str], rows: Iterable[tuple[int, list[str]]], view: View) -> Found:
    """Every row once, as it is read; `heads` in lower case."""
    month, reported, within, kind, crime = (
        heads.index(name) for name in ("month", "reported by", "falls within", "crime type", "crime id")
    )
    widest = max(month, reported, within, kind, crime)
    tally, short, seen, again = Tally(), 0, set[int](), 0
    for number, row in rows:
        if len(row) <= widest:
            short += 1
            continue
        tally.add(number, (row[month], row[reported] or row[within], row[kind]))
        if row[crime]:
            mark = hash(row[crime])
            again += mark in seen
            seen.add(mark)
    notes = (f"A Crime ID that stands in an earlier row: {again:,} rows. Each is counted.",) if again else ()
    return _found(tally, short, notes)


def recognises_counts(view: View) -> bool:
    """Such incidents counted by somebody already: a row a month, force and crime type."""
    return view.heads() == COUNTS_HEADS


def read_counts(view: View) -> Found:
    tally, short = Tally(), 0
    for number, row in zip(view.numbers[1:], view.rows[1:], strict=True):
        if len(row) == len(COUNTS_HEADS) and row[4].isdigit():
            tally.add(number, (row[0], row[2] or row[1], row[3]), int(row[4]))
        else:
            short += 1
    return _found(tally, short, ())


def _found(tally: Tally, short: int, notes: tuple[str, ...]) -> Found:
    collector = Collector()
    lines: list[Line] = []
    for month, force, kinds in tally.by_place(collector):
        lines += _lines(month, force, kinds)
    return Found(
        format=FORMAT,
        title="Street-level crime, counted by force, month and crime type",
        notes=(
            "Kept: one figure for each crime type and one for all crime. Anti-social behaviour is not crime; it is "
            "kept as a measure of its own and is not part of all crime.",
            "A crime type without a row in a month is a zero of that month.",
            *notes,
        ),
        lines=lines,
        read=tally.rows + short,
        kept=tally.rows,
        aside={"Rows that are cut short or hold no count": short} if short else {},
        measures=MEASURES,
        report=collector.report(),
    )


def _lines(month: int, force: str, kinds: dict[str, list[int]]) -> list[Line]:
    first = min(row for _, row in kinds.values())
    behaviour = {kind: found for kind, found in kinds.items() if kind.casefold() == ANTI_SOCIAL}
    crimes = {kind or NOT_SAID: found for kind, found in kinds.items() if kind not in behaviour}
    lines = [monthly(row, BEHAVIOUR, force, "", month, many) for many, row in behaviour.values()]
    if crimes:
        absent = [kind for kind in TYPES if kind not in crimes] if month >= TYPES_SINCE else []
        lines.append(monthly(first, CRIME, force, "", month, sum(many for many, _ in crimes.values())))
        lines += [monthly(row, CRIME, force, kind, month, many) for kind, (many, row) in crimes.items()]
        lines += [monthly(first, CRIME, force, kind, month, 0) for kind in absent]
    return lines
