"""Rows and events by the hundred thousand, straight into the tables and past the triggers; the events sealed.

An event has the very text the trigger would have written, and its seal is computed by `core.audit.chain`, so that the
log verifies. Indexes that are no constraint are taken away before and made again after.
"""

import json
import random
from collections import defaultdict
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

Row = dict[str, Any]
AT_ONCE = 20_000  # events written at a time
LOG, SEALS = "audit_auditevent", "audit_auditseal"
EVENT = "id table key op at transaction role actor_id actor_name on_behalf_of action reason request_id address job "
COLUMNS = (EVENT + "old_changed new_full salt").split()


class Deed(NamedTuple):
    """What the events of one request share: who, what, why and when."""

    actor: int
    name: str
    action: str
    reason: str
    request: str
    at: str  # as it is hashed: 2026-11-28T09:30:00.000000Z


class Writer:
    """Gathers what is to be written, in the form the database of this bench has it."""

    def __init__(self) -> None:
        self.connection = import_module("django.db").connection
        self.random = partial(random.Random(3).getrandbits, 128)  # the salt of a made-up event keeps no secret
        self.chain = import_module("core.audit.chain")
        self.is_postgresql = self.connection.vendor == "postgresql"
        separators = (", ", ": ") if self.is_postgresql else (",", ":")
        self.json = json.JSONEncoder(ensure_ascii=False, separators=separators, check_circular=False).encode
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.events: list[tuple[Any, ...]] = []
        self.seals: list[tuple[int, int, str]] = []
        self.seq, self.head = import_module("core.audit.verify").head()
        self.event = import_module("core.audit.models").AuditEvent.objects.order_by("-pk").values_list("pk").first()[0]
        self.indexes = self._without_indexes()

    def blank(self, model: Any) -> Row:
        """A row with nothing in it but defaults, its columns in the order in which the database writes them as JSON."""
        held = {}
        for field in model._meta.concrete_fields:
            value = field.get_prep_value(field.get_default()) if field.has_default() else field.db_default
            held[field.column] = value if isinstance(value, str | int | bool) else None if field.null else ""
        return dict(sorted(held.items(), key=lambda one: (len(one[0]), one[0]))) if self.is_postgresql else held

    def log(self, deed: Deed, table: str, row: Row, old: Row | None = None) -> None:
        """One event: an added row, or with `old` values a changed one."""
        self.event += 1
        self.seq += 1
        old_text = None if old is None else self.json(old)
        new_text = self.json(row)
        salt, key, transaction = f"{self.random():032x}", str(row["id"]), str(700 + self.seq)
        op, rest = "I" if old is None else "U", (deed.name, "", deed.action, deed.request, "", "")
        header = (str(self.event), table, key, op, deed.at, transaction, "", str(deed.actor), *rest)
        content = self.chain.content_sha256((salt, deed.reason, old_text, new_text))
        self.head = self.chain.link(self.head, self.seq, self.chain.payload_sha256(header, content))
        stored = deed.at if self.is_postgresql else deed.at[:-1].replace("T", " ")
        named = (deed.name, "", deed.action, deed.reason, deed.request, "", "", old_text, new_text, salt)
        self.events.append((self.event, table, key, op, stored, transaction, "", deed.actor, *named))
        self.seals.append((self.seq, self.event, self.head))
        if len(self.events) == AT_ONCE:
            self._flush()

    def finish(self) -> None:
        self._flush()
        for table, rows in self.rows.items():
            columns = list(rows[0])
            self.insert(table, columns, [self._stored(row) for row in rows])
            if self.is_postgresql:
                self._run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {rows[-1]['id']})")
        if self.is_postgresql:
            self._run(f"SELECT setval(pg_get_serial_sequence('{LOG}', 'id'), {self.event})")
        for statement in self.indexes:
            self._run(statement)
        self._run("ANALYZE")

    def insert(self, table: str, columns: list[str], rows: list[Any]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with self.connection.cursor() as cursor:
            if not self.is_postgresql:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
                return
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:  # no text here holds a tab or a backslash
                for start in range(0, len(rows), 2_000):
                    lines = ("\t".join(map(_copied, row)) for row in rows[start : start + 2_000])
                    copy.write("\n".join(lines) + "\n")

    def _flush(self) -> None:
        self.insert(LOG, COLUMNS, self.events)
        self.insert(SEALS, ["seq", "event_id", "hash"], self.seals)
        self.events, self.seals = [], []

    def _stored(self, row: Row) -> list[Any]:
        """SQLite keeps a moment in another form than JSON does; everything else is the same."""
        if self.is_postgresql:
            return list(row.values())
        moment = "+00:00"
        return [
            one.replace("T", " ").removesuffix(moment) if type(one) is str and one.endswith(moment) else one
            for one in row.values()
        ]

    def _without_indexes(self) -> list[str]:
        """Take the plain indexes of the log away; returns the statements that make them again."""
        if self.is_postgresql:
            asked = (
                f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{LOG}' AND indexdef NOT LIKE '%UNIQUE%'"
            )
        else:
            asked = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{LOG}' "
            asked += "AND sql LIKE 'CREATE INDEX%'"
        with self.connection.cursor() as cursor:
            cursor.execute(asked)
            found = cursor.fetchall()
        for name, _ in found:
            self._run(f'DROP INDEX "{name}"')
        return [statement for _, statement in found]

    def _run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)


def _copied(value: Any) -> str:
    return "\\N" if value is None else str(value)
