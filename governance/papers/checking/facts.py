"""What is known: the figures of a record or of a CSV file, and what the paper's own header rows say.

A CSV has the columns `measure,statistic,period,value`. A statistic is a level (`quarter`, `rolling12`, `month`), a
level of another time (`rolling12_year_ago`), a change (`rolling12_on_year_change`, `..._percentage`), a rank or a part;
its name says which, as in the registry of statistics.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from governance.papers.checking import periods
from governance.papers.checking.periods import Period, Span
from governance.papers.checking.reading import Fact, stems


class NotFacts(ValueError):
    """A file of facts that cannot be read; the message says where and why, for the person who made it."""


@dataclass(frozen=True)
class Facts:
    """Figures by measure. `levels` are values of a period, `changes` percentages of one period on another."""

    levels: tuple[Fact, ...] = ()
    changes: tuple[Fact, ...] = ()

    def measures(self) -> set[str]:
        return set(self._parted)

    def of(self, measure: str) -> "Facts":
        return self._parted.get(measure) or Facts()

    @cached_property
    def _parted(self) -> dict[str, "Facts"]:
        """By measure: asked once for every sentence of a paper."""
        levels: dict[str, list[Fact]] = {fact.measure: [] for fact in self.levels + self.changes}
        changes: dict[str, list[Fact]] = {name: [] for name in levels}
        for fact in self.levels:
            levels[fact.measure].append(fact)
        for fact in self.changes:
            changes[fact.measure].append(fact)
        return {name: Facts(tuple(levels[name]), tuple(changes[name])) for name in levels}

    def level(self, period: Period) -> list[Fact]:
        return [fact for fact in self.levels if fact.period == period]

    def change(self, now: Period, before: Period) -> float | None:
        """Percentage change between two periods whose levels are known; None where one is not, or is nought."""
        later, earlier = self.level(now), self.level(before)
        if later and earlier and earlier[0].value:
            return 100 * (later[0].value - earlier[0].value) / earlier[0].value
        return None


_PERCENTAGE = re.compile(r"percent|per_cent|pct")
_CHANGE = re.compile(r"change|difference|_on_")
_OTHER = re.compile(
    r"rank|interval|lower|upper|^low$|^high$|numerator|denominator|population|peer|mean|rate_per|^n$|margin"
)


def facts_of(rows: Iterable[tuple[str, str, str, str | float]]) -> Facts:
    """`(measure, statistic, period, value)` as facts. ValueError: a period or a value that cannot be read."""
    levels: list[Fact] = []
    changes: list[Fact] = []
    for measure, statistic, period, value in rows:
        name = statistic.strip().lower()
        said = periods.parse_period(period)
        if said is None:
            raise ValueError(f"{period!r} is no period. Write 2019-20Q2, 2019-09, or the 12 months to September 2019.")
        number = float(str(value).replace(",", "").replace("%", ""))
        fact = Fact(measure.strip(), name, _placed(name, said), number)
        if _CHANGE.search(name) or _PERCENTAGE.search(name):
            if _PERCENTAGE.search(name):
                changes.append(fact)
        elif not _OTHER.search(name):
            levels.append(fact)
    return Facts(tuple(levels), tuple(changes))


def _placed(name: str, period: Period) -> Period:
    """The period a statistic speaks of: `rolling12` at September is the year to it, `_year_ago` a year before."""
    last = period.last
    if re.search(r"rolling|r12|twelve|12_?m", name) and period.span is not Span.YEAR:
        period = periods.year_to(last)
    elif re.search(r"quarter", name) and period.span is Span.MONTH:
        period = Period(Span.QUARTER, last - 2, last)
    elif name == "month" or name.startswith(("month_", "latest", "previous_month")):
        period = Period(Span.MONTH, last, last)
    if _CHANGE.search(name) or _PERCENTAGE.search(name):
        return period
    if "year_ago" in name or "last_year" in name:
        return period.back(12)
    if "quarter_ago" in name or name.startswith("previous_quarter"):
        return period.back(3)
    return period.back(1) if name.startswith("previous_month") else period


def read_csv(text: str) -> Facts:
    """A CSV of facts. NotFacts: a column is missing, or a row cannot be read; with its line."""
    reader = csv.DictReader(text.lstrip("\ufeff").splitlines())
    wanted = ["measure", "statistic", "period", "value"]
    if missing := [name for name in wanted if name not in (reader.fieldnames or [])]:
        raise NotFacts(
            f"The file of facts has no column {', '.join(missing)}. It needs measure, statistic, period and value."
        )
    found = Facts()
    for row in reader:
        if not any((row[name] or "").strip() for name in wanted):
            continue
        if not (row["value"] or "").strip():
            continue  # not known is no fact
        try:
            one = facts_of([(row["measure"], row["statistic"], row["period"], row["value"])])
        except ValueError as problem:
            raise NotFacts(f"Line {reader.line_num} of the file of facts cannot be read: {problem}") from problem
        found = Facts(found.levels + one.levels, found.changes + one.changes)
    return found


@lru_cache(maxsize=4096)
def telling(measure: str) -> frozenset[str]:
    """The telling words of a measure's name or slug."""
    return frozenset(stems(measure.replace("-", " ").replace("_", " ")))


def named_in(text: str, measures: Iterable[str]) -> str | None:
    """The measure whose telling words all stand in a text; the longest name of several. None: none, or a tie."""
    said = stems(text)
    best: tuple[int, str] | None = None
    tied = False
    for measure in measures:
        words = telling(measure)
        if words and words <= said:
            if best is None or len(words) > best[0]:
                best, tied = (len(words), measure), False
            elif len(words) == best[0]:
                tied = True
    return None if best is None or tied else best[1]
