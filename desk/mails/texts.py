"""The words of each kind of mail. No word of a restricted item is among them: `Due.in_mail` sees to that."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings

from desk.due import Due
from desk.mails.message import address_of

MOST = 20  # things listed under one heading
HEADINGS = (("overdue", "Late"), ("soon", "In the next seven days"))


def day_words(day: dt.date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count:,} things"


def digest_subject(due: Sequence[Due], today: dt.date) -> str:
    late = sum(one.when(today) == "overdue" for one in due)
    if not due:
        return "What changed in what you follow"
    said = f"{things(len(due))} {'waits' if len(due) == 1 else 'wait'} for you"
    return f"{said}, {late} late" if late else said


def digest_text(due: Sequence[Due], changes: Sequence[str], today: dt.date) -> str:
    """What is late or due within the week, how much is due later, and what changed in what the person follows."""
    parts = [day_words(today)]
    for when, heading in HEADINGS:
        if some := [one for one in due if one.when(today) == when]:
            parts.append(_listed(heading, [_line(one, today) for one in some]))
    if later := sum(one.when(today) == "later" for one in due):
        parts.append(f"Later: {things(later)}.")
    if changes:
        parts.append(_listed("What changed in what you follow", list(changes)))
    parts.append(f"Everything that waits for you: {address_of('home')}")
    return "\n\n".join(parts) + "\n"


def reminder_subject(due: Sequence[Due]) -> str:
    return f"A reminder of {things(len(due))}"


def reminder_text(due: Sequence[Due], today: dt.date) -> str:
    parts = [day_words(today), _listed("This waits for you", [_line(one, today) for one in due])]
    return "\n\n".join([*parts, f"Everything that waits for you: {address_of('home')}"]) + "\n"


def assignment_subject(count: int) -> str:
    return f"{things(count)} {'was' if count == 1 else 'were'} given to you"


def assignment_text(who: str, lines: Sequence[str]) -> str:
    """`lines` are each the thing and its address."""
    mine = f"{address_of('action-list')}?show=mine"
    return (
        f"{who or 'The office'} gave this to you:\n\n{_listed('', list(lines))}\n\n"
        f"You are asked to sign in first. Everything that is yours: {mine}\n"
    )


def _line(one: Due, today: dt.date) -> str:
    when = ""
    if one.due:
        late = one.late_words(today)
        when = f", due {one.due.day} {one.due:%B %Y}" + (f", {late}" if late else "")
    return with_address(f"{one.button}: {one.in_mail}{when}", one.href)


def with_address(words: str, href: str) -> str:
    return f"{words}\n  {settings.SITE_URL}{href}"


def _listed(heading: str, lines: list[str]) -> str:
    shown = [f"- {line}" for line in lines[:MOST]]
    if len(lines) > MOST:
        shown.append(f"- and {len(lines) - MOST:,} more")
    return "\n".join([heading, *shown] if heading else shown)
