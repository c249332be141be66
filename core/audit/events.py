"""Events and their seals, read as the very text that is hashed. Pure: SQL for each database.

The reading goes round Django's models: their values have been made from that text, and may not give it back.
"""

from collections.abc import Sequence

from core.audit.chain import BODY, HEADER, Sealed, moment
from core.audit.tables import LOG_TABLE, SEAL_TABLE

COLUMNS = (*HEADER, *BODY, "content_sha256")
AS_TEXT = {
    "sqlite": {"id": "CAST(event.id AS TEXT)", "at": "event.at || ''", "actor_id": "CAST(event.actor_id AS TEXT)"},
    "postgresql": {
        "id": "event.id::text",
        "at": """to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
        "actor_id": "event.actor_id::text",
        "old_changed": "event.old_changed::text",
        "new_full": "event.new_full::text",
    },
}


def as_text(vendor: str, column: str) -> str:
    """SQL for a column of `event` as it is hashed."""
    return AS_TEXT[vendor].get(column, f'event."{column}"')


def _columns(vendor: str) -> str:
    return ", ".join(as_text(vendor, column) for column in COLUMNS)


def select_sealed(vendor: str) -> str:
    """SQL with two parameters: the seals after a seq, in order, each with its event; at most so many."""
    return (
        f"SELECT seal.seq, seal.event_id, seal.hash, {_columns(vendor)} FROM {SEAL_TABLE} seal "
        f"LEFT JOIN {LOG_TABLE} event ON event.id = seal.event_id WHERE seal.seq > %s ORDER BY seal.seq LIMIT %s"
    )


def select_unsealed(vendor: str) -> str:
    """SQL without parameters: the events that have no seal, in order; as `select_sealed` has them."""
    return (
        f"SELECT NULL, event.id, NULL, {_columns(vendor)} FROM {LOG_TABLE} event "
        f"WHERE NOT EXISTS (SELECT 1 FROM {SEAL_TABLE} seal WHERE seal.event_id = event.id) ORDER BY event.id"
    )


def sealed(row: Sequence) -> Sealed:
    """From a row of either."""
    seq, event_id, held = row[:3]
    header = row[3 : 3 + len(HEADER)]
    if header[0] is not None:
        header = (*header[:AT], moment(header[AT]), *header[AT + 1 :])
    return Sealed(seq, event_id, held, tuple(header), tuple(row[3 + len(HEADER) : -1]), row[-1])


AT = HEADER.index("at")
