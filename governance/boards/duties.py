"""The duties to publish with their last look, and which of them are late."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from governance.boards.models import Decision, DutyCheck, Meeting
from governance.boards.publication_duties import AMENDMENT, BY_KEY, DUTIES, ORDER, Duty

TONES = {"published": "green", "partly": "amber", "missing": "red"}
TITLES = {
    ORDER: "Specified Information Order 2011",
    AMENDMENT: "Specified Information (Amendment) Order 2021, in force from 31 May 2021",
}


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last of that month: a month after 31 January 2020 is 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


@dataclass(frozen=True)
class DutyRow:
    """One duty as the page shows it."""

    duty: Duty
    last: DutyCheck | None
    today: dt.date
    waiting: str = ""  # what the portal's own records say is not published yet

    @property
    def is_late(self) -> bool:
        return self.last is not None and self.last.next_on < self.today

    @property
    def tone(self) -> str:
        return TONES[self.last.found] if self.last else "grey"

    @property
    def paragraph(self) -> str:
        """ "Paragraph 5(a)", "Part 3", or nothing where no number is given."""
        number = self.duty.paragraph
        return number if not number or number.startswith("Part") else f"Paragraph {number}"

    @property
    def register(self) -> str:
        return reverse(self.duty.register) if self.duty.register else ""


def rows(day: dt.date) -> list[tuple[str, list[DutyRow]]]:
    """Every duty under the order that asks for it."""
    last = {one.key: one for one in DutyCheck.objects.latest()}
    waiting = {"decisions": _decisions(day), "minutes": _minutes()}
    made = [DutyRow(one, last.get(one.key), day, waiting.get(one.key, "")) for one in DUTIES]
    return [(title, [row for row in made if row.duty.order == order]) for order, title in TITLES.items()]


def _decisions(day: dt.date) -> str:
    unpublished = Decision.objects.to_publish()
    count, late = unpublished.count(), unpublished.filter(publish_by__lt=day).count()
    if not count:
        return ""
    return (
        f"{count} {'decision waits' if count == 1 else 'decisions wait'} to be published, {late or 'none'} of them late"
    )


def _minutes() -> str:
    agreed = (Meeting.MinutesState.AGREED, Meeting.MinutesState.SIGNED)
    held = Meeting.objects.filter(is_public=True, minutes_state__in=agreed)
    count = held.exclude(versions__publication__isnull=False).count()
    if not count:
        return ""
    return f"The agreed minutes of {count} public {'meeting are' if count == 1 else 'meetings are'} not published"


def lead(held: list[tuple[str, list[DutyRow]]]) -> str:
    """The page in a sentence."""
    every = [row for _, among in held for row in among]
    late, never = sum(row.is_late for row in every), sum(row.last is None for row in every)
    good = sum(row.last is not None and row.last.found == DutyCheck.Found.PUBLISHED for row in every)
    said = f"{good} of {len(every)} were found published when somebody last looked"
    more = [f"{late} {'is' if late == 1 else 'are'} overdue for another look"] if late else []
    more += [f"at {never} nobody has looked yet"] if never else []
    return f"{'; '.join([said, *more])}."


def overdue(day: dt.date) -> list[tuple[Duty, DutyCheck]]:
    """Duties whose next look is overdue, the longest first."""
    found = DutyCheck.objects.overdue(day).order_by("next_on", "pk")
    return [(BY_KEY[one.key], one) for one in found if one.key in BY_KEY]


def never_looked_at() -> int:
    """How many duties have no look at all yet."""
    return len(BY_KEY.keys() - set(DutyCheck.objects.order_by().values_list("key", flat=True).distinct()))
