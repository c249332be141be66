"""Whose eyes an event of the log is for. The log obeys the permissions of the things it tells of."""

from django.db.models import Q

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit import kinds
from core.audit.kinds import Kind
from core.audit.models import AuditEvent, AuditEventQuerySet
from desk.history.restricted import is_restricted, unrestricted

HISTORY = (Permission.HISTORY_ALL, Permission.HISTORY_ACCOUNTS, Permission.HISTORY_OWN)
REDACTIONS = (Permission.REDACTION_ASK, Permission.REDACTION_APPROVE, Permission.HISTORY_ALL)  # who reads of them

# App label (the part of a table's name before the first underscore) to the permission that shows its records.
APPS = {
    "measures": Permission.MEASURE_VIEW,
    "deepdive": Permission.DELIVERY_VIEW,
    "boards": Permission.BOARD_VIEW,
    "papers": Permission.PAPER_VIEW,
}
# What its page shows to its writers only: to other readers of the app's history its rows are not told of.
WRITERS = {
    "deepdive_actionupdate": Permission.DELIVERY_UPDATE,  # drafts stand in the log as they stood
    "measures_importbatch": Permission.SMALL_NUMBERS_VIEW,  # its preview holds figures, small ones too
    "boards_decisionversion": Permission.RESTRICTED_VIEW,  # whole, of exempt decisions too
    "boards_leftout": Permission.RESTRICTED_VIEW,  # a proposal may be of an exempt item, and keeps its title
    "boards_minutesversion": Permission.RESTRICTED_VIEW,  # the content is whole, exempt items with the rest
    "papers_quotation": Permission.COMMENTARY_WRITE,  # unchecked words may name somebody
    "papers_pack": Permission.RESTRICTED_VIEW,  # lists what is in it, exempt items with the rest
    "measures_projection": Permission.SMALL_NUMBERS_VIEW,
}
ACCOUNTS = "accounts"


def seen_apps(user: User) -> set[str] | None:
    """The apps whose records' history this person may read; None for all of them."""
    if user.has(Permission.HISTORY_ALL):
        return None
    seen = {ACCOUNTS} if user.has(Permission.HISTORY_ACCOUNTS) else set()
    if user.has(Permission.HISTORY_OWN):
        seen |= {app for app, permission in APPS.items() if user.has(permission)}
    return seen


def events_seen_by(user: User) -> AuditEventQuerySet:
    """What happened to records this person may see, and whatever they did themselves; newest first."""
    events = AuditEvent.objects.newest_first()
    apps = seen_apps(user)
    if apps is not None:
        tables = Q(table__in=[table for table in logged_tables() if _may_see_table(user, table, apps)])
        events = events.filter(tables | Q(actor_id=user.pk) if user.has(Permission.HISTORY_OWN) else tables)
    return without_restricted(events, user)


def without_restricted(events: AuditEventQuerySet, user: User) -> AuditEventQuerySet:
    """Without what happened to exempt items, unless the person may see those."""
    return events if user.has(Permission.RESTRICTED_VIEW) else unrestricted(events)


def may_see_record(user: User, table: str, key: str) -> bool:
    """Whether the whole story of a record is theirs to read, and not only what they did to it."""
    if not may_see_table(user, table):
        return False
    return user.has(Permission.RESTRICTED_VIEW) or not is_restricted(table, key)


def may_see_table(user: User, table: str) -> bool:
    """Whether the history of records of this kind is theirs to read."""
    apps = seen_apps(user)
    return apps is None or _may_see_table(user, table, apps)


def _may_see_table(user: User, table: str, apps: set[str]) -> bool:
    return app_of(table) in apps and (table not in WRITERS or user.has(WRITERS[table]))


def logged_tables() -> dict[str, str]:
    """Table to what one of its rows is called, of every table whose rows the log tells of."""
    logged = (model for model in kinds.tables() if kinds.declared_kind(model).kind in (Kind.RECORD, Kind.FROZEN))
    return {model._meta.db_table: str(model._meta.verbose_name) for model in logged}


def app_of(table: str) -> str:
    return table.partition("_")[0]
