"""What happened to exempt items, found in the log for the events a page asks for, and for no others.

An agenda item that is *or ever was* exempt hides its own events, those of every row that ever named it, and those of
rows that name such a row: an item made public later was still exempt when its minute was written, and the log holds
that minute. A paper that is marked hides its own events. Each event is asked by the index of the log's (table, key),
when it comes to be shown; nothing is gathered beforehand, so a page costs the same with ten exempt items as with ten
thousand.
"""

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Case, CharField, Exists, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.db.models.sql.compiler import SQLCompiler

from core.audit.models import AuditEvent, AuditEventQuerySet
from governance.boards.models import AgendaItem, ItemPaper

ITEMS = "boards_agendaitem"
DECISIONS = "boards_decision"  # one taken outside a meeting is exempt by itself
QUESTIONS = "boards_question"  # as a decision may be
PAPERS = "boards_itempaper"  # one of an open item may be marked by itself
OF_ITEMS = (  # each row names its item
    "boards_minute",
    "boards_minutecomment",
    "boards_decision",
    "boards_boardaction",
    "boards_question",
    "boards_assurance",
    PAPERS,
    "boards_exemptreview",
    "boards_declaration",
    "boards_citation",
)
ACTIONS = "boards_boardaction"
OF_ROWS = {  # each row names the action or the question it tells of: which table that is, and by which column
    "boards_actionprogress": (ACTIONS, "action_id"),
    "boards_actionredating": (ACTIONS, "action_id"),
    "boards_actionmove": (ACTIONS, "action_id"),
    "boards_actionevidence": (ACTIONS, "action_id"),
    "boards_escalation": (ACTIONS, "action_id"),
    "boards_questionanswer": (QUESTIONS, "question_id"),
    "boards_questionstep": (QUESTIONS, "question_id"),
}
BY_THEMSELVES = Q(new_full__has_key="exemption") & ~Q(new_full__exemption="")


def unrestricted(events: AuditEventQuerySet) -> AuditEventQuerySet:
    """Without what happened to exempt items, whoever asks.

    The comparison with 0 is how PostgreSQL is told that many rows pass: of "is null" it would expect one in 200, and
    rather read the whole log than a page of it.
    """
    return events.filter(LessThanOrEqual(Coalesce(RestrictedBy("pk"), Value(0)), Value(0)))


def is_restricted(table: str, key: str) -> bool:
    """Whether the log tells of this row, and none of it to whoever is not cleared."""
    if table not in (ITEMS, *OF_ITEMS, *OF_ROWS):
        return False
    events = AuditEvent.objects.for_object(table, key)
    return events.exists() and not unrestricted(events).exists()


class RestrictedBy(Func):
    """`_restricted_by` of the events of a query, put into words once: to do so takes longer than the database's answer.

    Written with the name of the log's own table, so not for a query inside another.
    """

    output_field = BigIntegerField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, tuple]:
        (event,) = self.source_expressions
        if event.alias != AuditEvent._meta.db_table:
            raise ValueError("What is restricted is asked of the log itself, not of a query within another.")
        return _in_words(connection.vendor)


@cache
def _in_words(vendor: str) -> tuple[str, tuple]:
    query = AuditEvent.objects.annotate(by=_restricted_by()).query
    sql, params = query.get_compiler(DEFAULT_DB_ALIAS).compile(query.annotations["by"])
    return sql, tuple(params)


def _restricted_by() -> Case:
    """The id of an event that shows that the row of an event is restricted; null where there is none.

    An id and not EXISTS, which PostgreSQL would answer for the whole log at once when it expects many events.
    """
    of_itself = tuple(table for table in OF_ITEMS if table in (DECISIONS, QUESTIONS))
    of_item = tuple(table for table in OF_ITEMS if table not in (*of_itself, PAPERS))
    whens = [
        When(table=ITEMS, then=Coalesce(_first(_own().filter(new_full__part="exempt")), _item_by_record())),
        When(table__in=of_item, then=_first(_naming("item_id").filter(_item_was_exempt()))),
        When(table__in=of_itself, then=_first(_naming("item_id").filter(_item_was_exempt() | BY_THEMSELVES))),
        When(table=PAPERS, then=_first(_naming("item_id").filter(_item_was_exempt() | _is_marked()))),
    ]
    for parent, column in sorted(set(OF_ROWS.values())):
        rows = tuple(table for table, names in OF_ROWS.items() if names == (parent, column))
        whens.append(When(table__in=rows, then=_first(_naming(column).filter(_parent_is_restricted(parent)))))
    return Case(*whens, default=Value(None))


def _own() -> AuditEventQuerySet:
    """All that the log has of the row of an event."""
    return AuditEvent.objects.filter(table=OuterRef("table"), key=OuterRef("key"))


def _naming(column: str, events: AuditEventQuerySet | None = None) -> AuditEventQuerySet:
    """With `named`, the key of the row that an event names in this column."""
    named = Cast(KT(f"new_full__{column}"), CharField(max_length=64))
    return (_own() if events is None else events).alias(named=named)


def _item_was_exempt() -> Exists:
    """By the log, and by the record: what the log says of an item may be redacted, or in an archive."""
    by_log = Exists(AuditEvent.objects.filter(table=ITEMS, key=OuterRef("named"), new_full__part="exempt"))
    return by_log | Exists(AgendaItem.objects.filter(part="exempt", pk=Cast(OuterRef("named"), BigIntegerField())))


def _is_marked() -> Q:
    """Of a paper, by the log or by the record."""
    held = ItemPaper.objects.filter(is_restricted=True, pk=Cast(OuterRef("key"), BigIntegerField()))
    return Q(new_full__is_restricted=True) | Exists(held)


def _item_by_record() -> Subquery:
    """The number of an item that is exempt now."""
    return Subquery(
        AgendaItem.objects.filter(part="exempt", pk=Cast(OuterRef("key"), BigIntegerField()))
        .order_by()
        .values("pk")[:1]
    )


def _parent_is_restricted(parent: str) -> Exists:
    why = _item_was_exempt() | BY_THEMSELVES if parent in (DECISIONS, QUESTIONS) else _item_was_exempt()
    parents = AuditEvent.objects.filter(table=parent, key=OuterRef("named"))
    return Exists(_naming("item_id", parents).filter(why))


def _first(events: AuditEventQuerySet) -> Subquery:
    return Subquery(events.order_by().values("pk")[:1])
