"""What the log holds of a row's way from state to state."""

from core.audit.models import AuditEvent


def moves_logged(table: str, key: int, column: str) -> list[tuple[int, str]]:
    """Who, by the log, gave this column of the row which value, in order."""
    events = AuditEvent.objects.for_object(table, key).filter(op=AuditEvent.Op.UPDATE).order_by("pk")
    return [(one.actor_id, one.new_full[column]) for one in events if column in one.old_changed]
