"""How figures are revised: what was held on a day, months against vintages, and how large a revision usually is.

A version is one figure as one import gave it; it is held from the day it was given until a later one is given, or it is
withdrawn. Days are those of the office. Pure: no clock, no database.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

AGES = (1, 3, 6, 12)  # months after a figure was first given
MONTH_DAYS = 365.25 / 12


@dataclass(frozen=True)
class Version:
    """One figure of one period (`period` is its last month's index). `order` is that in which figures were given."""

    period: int
    value: float
    given: dt.date
    order: int
    ended: dt.date | None = None  # the day it was withdrawn
    provisional: bool = False

    def holds(self, day: dt.date) -> bool:
        """Whether it was on record at the end of a day."""
        return self.given <= day and (self.ended is None or self.ended > day)


@dataclass(frozen=True)
class Usual:
    """The mean size of revisions so many months after a figure was first given, in per cent of the first figure."""

    age: int
    mean: float
    figures: int


def held_on(versions: Iterable[Version], day: dt.date) -> dict[int, Version]:
    """The version held at the end of a day, by period."""
    found: dict[int, Version] = {}
    for one in sorted(versions, key=lambda one: one.order):
        if one.holds(day):
            found[one.period] = one
    return found


def vintage_days(versions: Iterable[Version], most: int) -> list[dt.date]:
    """The latest days on which the record changed, oldest first."""
    days = {one.given for one in versions} | {one.ended for one in versions if one.ended}
    return sorted(days)[-most:] if most else []


def triangle(
    versions: Sequence[Version], periods: Sequence[int], days: Sequence[dt.date]
) -> list[list[Version | None]]:
    """One row a period, one column a day: what was held at the end of it, None where nothing was."""
    by_day = [held_on(versions, day) for day in days]
    return [[held.get(period) for held in by_day] for period in periods]


def change_in_per_cent(before: float, after: float) -> float | None:
    """None where the figure before was nought."""
    return None if before == 0 else 100 * (after - before) / abs(before)


def usual_revisions(versions: Sequence[Version], today: dt.date, ages: Sequence[int] = AGES) -> list[Usual]:
    """The mean absolute revision at each age, of the figures that are old enough to say; none where no figure is.

    A figure that was not revised counts as revised by nothing; one that was nought at first is left out.
    """
    first: dict[int, Version] = {}
    for one in sorted(versions, key=lambda one: one.order):
        first.setdefault(one.period, one)
    made = []
    for age in ages:
        found = []
        for period, start in first.items():
            day = start.given + dt.timedelta(days=round(age * MONTH_DAYS))
            if day > today:
                continue
            then = held_on((one for one in versions if one.period == period), day).get(period)
            moved = change_in_per_cent(start.value, then.value) if then else None
            if moved is not None:
                found.append(abs(moved))
        if found:
            made.append(Usual(age, fmean(found), len(found)))
    return made


def usual_words(usual: Sequence[Usual]) -> str:
    """How much figures usually move, in a sentence or two."""
    if not usual:
        return "No figure has been held for a month yet, so it cannot be said how much figures of this measure move."
    if not any(one.mean for one in usual):
        oldest = usual[-1]
        return f"None of {_count(oldest.figures)} had been revised {_months(oldest.age)} after it was first given."
    said = [f"{one.mean:.1f} per cent {_months(one.age)} later ({_count(one.figures)})" for one in usual]
    return f"On average a figure of this measure has moved, up or down, by {'; '.join(said)}."


def _count(figures: int) -> str:
    return f"{figures} figure" if figures == 1 else f"{figures} figures"


def _months(age: int) -> str:
    return "one month" if age == 1 else "a year" if age == 12 else f"{age} months"


def moved_words(before: float, after: float, unit: str = "") -> str:
    """ "1.2 per cent more", "the same"; for percentages `unit` is "points" and the difference is said in those."""
    if before == after:
        return "the same"
    way = "more" if after > before else "less"
    if unit == "points":
        return f"{abs(after - before):.1f} percentage points {way}"
    moved = change_in_per_cent(before, after)
    return f"{way} than nothing" if moved is None else f"{abs(moved):.1f} per cent {way}"


def changed_periods(then: Mapping[int, Version], now: Mapping[int, Version]) -> list[int]:
    """The periods whose value on one day is another on the other, those on neither left out; latest first."""
    return sorted((p for p in then.keys() & now.keys() if then[p].value != now[p].value), reverse=True)
