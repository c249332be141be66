"""The words of each kind of mail. No word of a restricted item is among them: `Due.in_mail` sees to that."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from core.accounts.context import current_office
from core.accounts.models import EmergencyAccess, PasswordLink, User
from core.audit.models import AuditEvent
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


def link_mail(link: PasswordLink, by: User) -> tuple[str, str]:
    """Subject and text; the link itself is put at the end when the mail is sent."""
    office = current_office()
    named = office.name if office else "the office"
    until = timezone.localtime(link.expires_at)
    once = f"The link works once, until {until:%H:%M} on {day_words(until.date())}. Pass it to nobody."
    if link.kind == PasswordLink.Kind.INVITATION:
        said = f"{by.name} has made an account for you at {named}. You sign in as {link.user.email}."
        return f"Your account at {named}"[:200], f"{said}\n\nChoose your password through this link. {once}\n"
    said = f"{by.name} sends you this link because you have asked for a new password."
    return "A new password", f"{said} If you have not, leave it alone and tell your administrator.\n\n{once}\n"


def emergency_mail(taken: EmergencyAccess) -> tuple[str, str]:
    """Who took which role, why and until when; to look at and, for administrators, to end."""
    until = timezone.localtime(taken.until)
    return (
        f"Emergency access: {taken.user} as {taken.get_role_display()}"[:200],
        f"{taken.user} has taken the role {taken.get_role_display()} in an emergency.\n\nWhy: {taken.reason}\n\n"
        f"It ends by itself at {until:%H:%M} on {day_words(until.date())}. Administrators can end it at once:\n"
        f"{address_of('emergency-list')}\n\nWhat is done under it is in the history: {address_of('history')}\n",
    )


def notice_mail(sentence: str, event: AuditEvent) -> tuple[str, str]:
    """That how somebody signs in has changed: what, when, by whom, from where, and what to do if it was not wished."""
    at = timezone.localtime(event.at)
    where = f", from {event.address}" if event.address else ""
    return (
        "How you sign in has changed",
        f"{sentence}\n\nIt was done by {event.actor_name or 'somebody unknown'} at {at:%H:%M} on "
        f"{day_words(at.date())}{where}.\n\nIf you know of this, there is nothing to do. If not, tell your "
        f"administrator at once, and look at where you are signed in: {address_of('session-list')}\n",
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
