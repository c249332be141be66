"""PURE: the days on which something with a rhythm falls, such as every third Wednesday of every second month."""

import datetime as dt
from dataclasses import dataclass

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

WEEK, MONTH = "week", "month"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
COUNTED = {2: "second", 3: "third", 4: "fourth", 6: "sixth", 12: "twelfth"}


@dataclass(frozen=True)
class Rhythm:
    """Every `every` weeks or months, counted from the week or month of `starts`; `place` is of no account for weeks."""

    unit: str
    every: int
    weekday: int  # Monday is 0
    place: int
    starts: dt.date
    ends: dt.date | None = None

    def days(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Its days from `first` to `last`, both included."""
        first, last = max(first, self.starts), min(last, self.ends or last)
        begun = dt.datetime.combine(self.starts, dt.time())
        if self.unit == WEEK:
            begun -= dt.timedelta(days=begun.weekday())
            rule = rrule(WEEKLY, interval=self.every, byweekday=self.weekday, dtstart=begun)
        else:
            begun = begun.replace(day=1)
            rule = rrule(MONTHLY, interval=self.every, byweekday=weekday(self.weekday, self.place), dtstart=begun)
        found = rule.between(dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time()), inc=True)
        return [one.date() for one in found]

    @property
    def words(self) -> str:
        each = "every" if self.every == 1 else f"every {COUNTED.get(self.every, f'{self.every}th')}"
        if self.unit == WEEK:
            return f"{DAYS[self.weekday]} of {each} week"
        return f"the {PLACES[self.place]} {DAYS[self.weekday]} of {each} month"
