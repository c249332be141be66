"""What pages ask about the history."""

from django import template

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit.models import AuditEvent
from desk.history.scope import HISTORY, may_see_table

register = template.Library()

VERBS = {"I": "Added", "U": "Changed", "D": "Removed", "B": "Added"}


@register.filter
def sees_history(user: User) -> bool:
    """Whether any history is theirs to read."""
    return user.is_authenticated and user.has(*HISTORY)


@register.filter
def sees_history_of(user: User, table: str) -> bool:
    """Whether the history of records of this kind is theirs to read."""
    return user.is_authenticated and may_see_table(user, table)


@register.filter
def done_to(event: AuditEvent) -> str:
    return VERBS[event.op]


@register.filter
def rows_words(entry: dict) -> str:
    """ "4 changes": how many rows a sentence folds."""
    return f"{len(entry['rows']) + entry['more']:,} changes"


@register.filter
def unattributed_words(count: int) -> str:
    changes = "1 change was" if count == 1 else f"{count:,} changes were"
    return f"{changes} made outside the application, so the log cannot say by whom. Ask whoever runs the database."


@register.filter
def sees_addresses(user: User) -> bool:
    """Network addresses are for those who see all history."""
    return user.has(Permission.HISTORY_ALL)
