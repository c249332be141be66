"""Counting rows of incidents by month, force and kind, without keeping the rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from measures.parsing.months import NotAMonth, parse_month
from measures.parsing.official.areas import written
from measures.parsing.official.found import MONTH, Line
from measures.parsing.report import Collector

Key = tuple[str, str, str]  # month, force, kind, as the file writes them


@dataclass
class Tally:
    """`counts`: key -> [how many, first row]. Memory is that of the different keys, whatever the number of rows."""

    counts: dict[Key, list[int]] = field(default_factory=dict)
    rows: int = 0

    def add(self, row: int, key: Key, many: int = 1) -> None:
        self.rows += 1
        found = self.counts.get(key)
        if found is None:
            self.counts[key] = [many, row]
        else:
            found[0] += many

    def by_place(self, collector: Collector) -> Iterator[tuple[int, str, dict[str, list[int]]]]:
        """(month, force, kind -> [count, first row]) in the order of the file. A month that cannot be read is a
        problem."""
        places: dict[tuple[int, str], dict[str, list[int]]] = {}
        for (month, force, kind), (many, row) in self.counts.items():
            try:
                kinds = places.setdefault((parse_month(month), written(force)), {})
            except NotAMonth as problem:
                collector.add(problem.code, str(problem), row=row, column="Month")
                continue
            held = kinds.setdefault(kind, [0, row])
            held[0] += many
        for (at, force), kinds in places.items():
            yield at, force, kinds


def monthly(row: int, measure: str, area: str, breakdown: str, month: int, value: int) -> Line:
    return Line(row, measure, area, breakdown, month, month, MONTH, str(value))
