"""Telling people what was given to them, read from the log: so it does not matter by which way it was given.
`noticing` reads the same part of the log in the same turn.

The changes of one deed become one mail to each person. A mail is named after the first of them, so that reading a part
of the log twice writes nothing twice.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.audit.models import AuditEvent
from deepdive.models import DeliveryAction
from desk.actions import write_mail
from desk.mails import mail_goes_out, noticing, texts
from desk.models import Mail, MailChoice, MailPosition
from governance.boards.models import BoardAction, Commitment, Question
from governance.papers.models import Commentary
from measures.quarter_codes import quarter_words

SETTLES = dt.timedelta(minutes=2)  # after which no earlier event is expected to be committed any more
CONTRIBUTORS = "deepdive_deliveryaction_contributors"
# Table to the columns that give a row to somebody: to a person of the office's list, or to an account.
PEOPLE = {
    "deepdive_deliveryaction": ("owner_id", "deputy_id"),
    "boards_boardaction": ("owner_id", "deputy_id"),
    "boards_commitment": ("owner_id", "deputy_id"),
    "boards_question": ("promised_by_id",),
}
ACCOUNTS = {"papers_commentary": ("assigned_to_id",), CONTRIBUTORS: ("user_id",)}
TABLES = [*PEOPLE, *ACCOUNTS]


@dataclass
class Given:
    """What one deed gave to one person."""

    first: int  # id of the first event
    actor: str
    things: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # table to keys


def is_behind() -> bool:
    """Whether the log has anything that was not read, or ought to be read once more."""
    position = MailPosition.objects.first()
    if position is None or (position.settled < position.seen and position.seen_at < timezone.now() - SETTLES):
        return True
    return AuditEvent.objects.filter(pk__gt=position.seen, table__in=[*TABLES, *noticing.TABLES]).exists()


def catch_up() -> int:
    """Write of what was given since the last time. The first time nothing: what is long known is no news."""
    newest = AuditEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    position = MailPosition.objects.first()
    if position is None:
        _remember(settled=newest, seen=newest)
        return 0
    before = timezone.now() - SETTLES
    events = AuditEvent.objects.filter(pk__gt=position.settled, pk__lte=newest)
    written = write_of(events.filter(table__in=TABLES).order_by("pk"))
    written += noticing.write_of(events.filter(table__in=noticing.TABLES).order_by("pk"))
    settled = events.filter(at__lt=before).aggregate(last=Max("pk"))["last"] or position.settled
    _remember(settled=settled, seen=newest)
    return written


def _remember(**facts: Any) -> None:
    MailPosition.objects.update_or_create(pk=1, defaults={**facts, "seen_at": timezone.now()})


def write_of(events: Iterable[AuditEvent]) -> int:
    given = given_by(list(events))
    users = User.objects.filter(is_active=True).in_bulk({user_id for user_id, _ in given})
    refused = set(MailChoice.objects.filter(kind=Mail.Kind.ASSIGNMENT, wanted=False).values_list("user_id", flat=True))
    goes_out = mail_goes_out()
    written = 0
    for (user_id, _), one in given.items():
        if user_id not in users or user_id in refused:
            continue
        lines = _lines(users[user_id], one)
        if lines:
            subject, text = texts.assignment_subject(len(lines)), texts.assignment_text(one.actor, lines)
            facts = {"key": f"event-{one.first}", "subject": subject, "text": text, "goes_out": goes_out}
            written += write_mail(kind=Mail.Kind.ASSIGNMENT, user=users[user_id], by=None, **facts) is not None
    return written


def given_by(events: list[AuditEvent]) -> dict[tuple[int, tuple[str, ...]], Given]:
    """(account, deed) to what it was given; nothing of what people took upon themselves."""
    accounts = _accounts_of(events)
    found: dict[tuple[int, tuple[str, ...]], Given] = {}
    for event in events:
        row = event.new_full or {}
        for column in (*PEOPLE.get(event.table, ()), *ACCOUNTS.get(event.table, ())):
            if row.get(column) is None or not _is_new(event, column):
                continue
            user_id = accounts.get(row[column]) if event.table in PEOPLE else row[column]
            if user_id is None or user_id == event.actor_id:
                continue
            deed = (event.transaction, event.request_id, event.action)
            one = found.setdefault((user_id, deed), Given(event.pk, event.actor_name))
            if event.table == CONTRIBUTORS:
                one.things["deepdive_deliveryaction"].add(row["deliveryaction_id"])
            else:
                one.things[event.table].add(int(event.key))
    return found


def _is_new(event: AuditEvent, column: str) -> bool:
    return event.op == AuditEvent.Op.INSERT or (
        event.op == AuditEvent.Op.UPDATE and column in (event.old_changed or {})
    )


def _accounts_of(events: list[AuditEvent]) -> dict[int, int]:
    """The people these rows name who have an account, with it."""
    people = {
        event.new_full[column]
        for event in events
        if event.new_full
        for column in PEOPLE.get(event.table, ())
        if event.new_full.get(column) is not None
    }
    found = Person.objects.filter(pk__in=people, user__isnull=False)
    return dict(found.values_list("pk", "user_id"))


def _lines(user: User, given: Given) -> list[str]:
    """What of it this person may see and still has to do, each with its address; no words of restricted items."""
    things = given.things
    lines = [
        texts.with_address(f"Delivery action {one}", reverse("delivery-action-detail", args=[one.pk]))
        for one in _of(things, DeliveryAction.objects.seen_by(user).open())
    ]
    for one in _of(things, BoardAction.objects.seen_by(user).open().select_related("item")):
        named = f"Action {one.ref}, of a restricted item" if one.item.is_exempt else f"Action {one}"
        words = f"{named}, due {one.due.day} {one.due:%B %Y}"
        lines.append(texts.with_address(words, reverse("board-action-detail", args=[one.pk])))
    if user.has(Permission.QUESTION_ANSWER, Permission.QUESTION_ANSWER_ASSIGNED):
        for one in _of(things, Question.objects.seen_by(user).filter(state=Question.State.ASKED)):
            words = f"{one.get_kind_display()} {one.ref}, an answer promised by {one.due.day} {one.due:%B %Y}"
            lines.append(texts.with_address(words, reverse("question-detail", args=[one.pk])))
    if user.has(Permission.PAPER_VIEW, Permission.ACTION_UPDATE):
        for one in _of(things, Commitment.objects.seen_by(user).open()):
            words = f"A commitment of the paper of {quarter_words(one.paper)}"
            lines.append(texts.with_address(words, reverse("commitment-detail", args=[one.pk])))
    if user.has(Permission.COMMENTARY_WRITE):
        mine = Commentary.objects.filter(assigned_to=user, state=Commentary.State.DRAFT)
        for one in _of(things, mine.select_related("measure", "quarter__period")):
            href = reverse("commentary-detail", args=[one.quarter.code, one.measure.slug])
            words = f"Commentary on {one.measure.short_name}, due {one.due.day} {one.due:%B %Y}"
            lines.append(texts.with_address(words, href))
    return lines


def _of(things: dict[str, set[int]], rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(pk__in=things.get(rows.model._meta.db_table, ()))
