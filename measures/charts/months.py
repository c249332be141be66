"""Months as whole numbers, 12 x year + (month - 1), and series of values by month."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from measures.charts.units import drawable, is_known

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
APRIL = 3  # the first month of a financial year


def month_name(month: int) -> str:
    """ "September 2019"."""
    return f"{NAMES[month % 12]} {month // 12}"


def short_month(month: int) -> str:
    """ "Sep 2019"."""
    return f"{NAMES[month % 12][:3]} {month // 12}"


def span_words(months: Sequence[int], *, full: bool = False) -> str:
    """ "Jul 2019" or "Jul 2019 to Sep 2019"; empty for none."""
    name = month_name if full else short_month
    if not months:
        return ""
    return name(months[0]) if months[0] == months[-1] else f"{name(months[0])} to {name(months[-1])}"


@dataclass(frozen=True, slots=True)
class MonthSeries:
    """One value a month under a name. Months ascend; a month left out, None or not-a-number is a gap.

    `every` is the months between one value and the next: 3 for a quarterly survey.
    """

    name: str
    months: tuple[int, ...] = ()
    values: tuple[float | None, ...] = ()
    every: int = 1
    held: tuple[tuple[int, float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.months) != len(self.values):
            raise ValueError(f"{self.name}: {len(self.months)} months but {len(self.values)} values.")
        if any(later <= earlier for earlier, later in zip(self.months, self.months[1:], strict=False)):
            raise ValueError(f"{self.name}: the months do not ascend.")
        held = tuple((m, drawable(v)) for m, v in zip(self.months, self.values, strict=True) if is_known(v))
        object.__setattr__(self, "held", held)  # worked out once; a chart asks many times

    def points(self) -> tuple[tuple[int, float], ...]:
        """The months that have a value, with it."""
        return self.held

    def segments(self) -> list[list[tuple[int, float]]]:
        """The points in runs of neighbours: a line is drawn within a run and never across a gap."""
        runs: list[list[tuple[int, float]]] = []
        for month, value in self.points():
            if runs and month - runs[-1][-1][0] <= self.every:
                runs[-1].append((month, value))
            else:
                runs.append([(month, value)])
        return runs

    def value(self, month: int) -> float | None:
        """The value of a month, None where there is none."""
        return self.by_month().get(month)

    def by_month(self) -> dict[int, float]:
        """Values by month, gaps left out."""
        return dict(self.points())

    def latest(self) -> tuple[int, float] | None:
        """The last month that has a value, with it."""
        held = self.points()
        return held[-1] if held else None


def all_months(*series: MonthSeries) -> list[int]:
    """Every month from the first to the last of any of the series, gaps included."""
    given = {month for one in series for month in one.months}
    if not given:
        return []
    return sorted(given.union(range(min(given), max(given) + 1, min(one.every for one in series if one.months))))
