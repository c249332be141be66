"""What changed lately in what a person may see."""

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit.models import AuditEvent
from core.audit.sentences import Sentence
from desk.history.scope import without_restricted
from desk.history.telling import told_lately

SHOWN = 8
LOOKED_AT = 120  # rows: enough to fill the list with sentences, few enough to be nothing
TABLES = {
    Permission.MEASURE_VIEW: ("measures_importbatch", "measures_datanote"),
    Permission.PAPER_VIEW: ("papers_commentary", "papers_paper"),
    Permission.DELIVERY_VIEW: ("deepdive_actionupdate", "deepdive_deliveryaction"),
    Permission.BOARD_VIEW: ("boards_meeting", "boards_decision", "boards_boardaction", "boards_question"),
}


def recent_sentences(user: User) -> list[Sentence]:
    tables = [table for permission, names in TABLES.items() if user.has(permission) for table in names]
    if not tables:
        return []
    events = AuditEvent.objects.filter(table__in=tables).newest_first()
    return told_lately(without_restricted(events, user)[:LOOKED_AT], SHOWN)
