"""The triggers of one table on SQLite, as SQL. Pure: a Table in, statements out.

SQLite's own `json_object` takes at most 127 arguments and writes floats to 15 digits, so the JSON is put together here.
"""

from string import Template

from core.audit.chain import BODY, HEADER
from core.audit.tables import (
    FACTS,
    HIDDEN,
    LOG_TABLE,
    PRUNE_POINTS,
    SEAL_TABLE,
    TOMBSTONES,
    Column,
    Table,
    Unique,
)

LOG = Template(
    'CREATE TRIGGER "$trigger" AFTER $what ON "$table"$when BEGIN '
    'INSERT INTO "audit_auditevent" '
    '("table", "key", "op", "at", "transaction", "role", $columns, "old_changed", "new_full", "salt") VALUES '
    "('$table', CAST($row.\"$key\" AS TEXT), '$op', audit_now(), audit_transaction(), '', $facts, $old, $new, "
    "lower(hex(randomblob(16)))); END"
)
SEAL_TRIGGER = f"audit_{LOG_TABLE}_seal"
# There is one writer at a time, so the last seal is the one before. Without seal 0 the function refuses.
SEAL = Template(
    'CREATE TRIGGER "$trigger" AFTER INSERT ON "$log" BEGIN INSERT INTO "$seals" ("seq", "event_id", "hash") VALUES ('
    '(SELECT max("seq") + 1 FROM "$seals"), NEW."id", '
    'audit_link((SELECT "hash" FROM "$seals" ORDER BY "seq" DESC LIMIT 1), '
    '(SELECT max("seq") + 1 FROM "$seals"), $values)); END'
)
REFUSE = Template(
    'CREATE TRIGGER "$trigger" BEFORE $what ON "$table" BEGIN '
    "SELECT RAISE(ABORT, 'Rows of $table are added and never changed: $what refused.'); END"
)
# The log opens to two things: what leaves a tombstone with the hash of what was there, and what a prune point covers.
REFUSE_UNLESS = Template(
    'CREATE TRIGGER "$trigger" BEFORE $what ON "$table" WHEN NOT coalesce($allowed, 0) BEGIN '
    "SELECT RAISE(ABORT, 'Rows of $table are added and never changed: $what refused.'); END"
)
REDACTED = Template(
    'OLD."content_sha256" IS NULL AND NEW."salt" IS NULL AND NEW."reason" = \'\' AND NEW."old_changed" IS NULL '
    'AND NEW."new_full" IS NULL AND NEW."content_sha256" = audit_content($body) AND $same AND EXISTS (SELECT 1 FROM '
    '"$tombstones" "t" WHERE "t"."event_id" = OLD."id" AND "t"."content_sha256" = NEW."content_sha256")'
)
PRUNED = {
    LOG_TABLE: f'EXISTS (SELECT 1 FROM "{SEAL_TABLE}" "s" WHERE "s"."event_id" = OLD."id" '
    f'AND "s"."seq" <= (SELECT max("seq") FROM "{PRUNE_POINTS}"))',
    SEAL_TABLE: f'OLD."seq" > 0 AND OLD."seq" < (SELECT max("seq") FROM "{PRUNE_POINTS}") '
    f'AND NOT EXISTS (SELECT 1 FROM "{LOG_TABLE}" "e" WHERE "e"."id" = OLD."event_id")',
}
REFUSE_CHANGE = Template(
    'CREATE TRIGGER "$trigger" BEFORE UPDATE ON "$table" WHEN $changed BEGIN '
    "SELECT RAISE(ABORT, 'What $table keeps never changes ($columns): UPDATE refused.'); END"
)
REFUSE_REMOVAL = Template(
    'CREATE TRIGGER "$trigger" BEFORE DELETE ON "$table" BEGIN '
    "SELECT RAISE(ABORT, 'Rows of $table are never deleted: DELETE refused.'); END"
)
# INSERT OR REPLACE removes the row in its way without asking REFUSE, unless recursive_triggers is on.
REFUSE_REPLACE = Template(
    'CREATE TRIGGER "$trigger" BEFORE INSERT ON "$table" WHEN $in_the_way BEGIN '
    "SELECT RAISE(ABORT, 'UNIQUE constraint failed: $columns (rows here are never replaced)'); END"
)
SAME = Template('EXISTS (SELECT 1 FROM "$table" WHERE $same)')
SAME_IF = Template(
    'EXISTS (SELECT 1 FROM "$table" WHERE $same AND ($condition)) '
    "AND EXISTS (SELECT 1 FROM (SELECT $new) WHERE $condition)"
)
# json_quote writes 15 digits; 20 are needed for some, and infinity (less itself, it is nothing) is no JSON number.
FLOAT = Template(
    "CASE WHEN $at IS NULL THEN 'null' WHEN $at - $at IS NULL THEN json_quote($at || '') "
    "WHEN CAST(json_quote($at) AS REAL) = $at THEN json_quote($at) ELSE printf('%!.20g', $at) END"
)


def triggers(table: Table) -> dict[str, str]:
    """Name to CREATE TRIGGER statement, exactly as SQLite keeps it in `sqlite_master`."""
    made: dict[str, str] = {}
    if table.log_rows:
        made |= _log(table, "insert", "I", "NEW")
        if not table.frozen:
            made |= _log(table, "update", "U", "NEW") | _log(table, "delete", "D", "OLD")
    if table.frozen:
        made |= _guards(table)
    if table.keeps:
        made |= _keepers(table)
    if table.name == LOG_TABLE:
        values = ", ".join(f'NEW."{column}"' for column in (*HEADER, *BODY))
        made[SEAL_TRIGGER] = SEAL.substitute(trigger=SEAL_TRIGGER, log=LOG_TABLE, seals=SEAL_TABLE, values=values)
    return made


def _log(table: Table, what: str, op: str, row: str) -> dict[str, str]:
    trigger = _name(table, what)
    when = ""
    if op == "U":
        when = " WHEN " + " OR ".join(f"{_at('OLD', c)} IS NOT {_at('NEW', c)}" for c in table.columns)
    made = LOG.substitute(
        trigger=trigger,
        what=what.upper(),
        table=table.name,
        when=when,
        row=row,
        key=table.key,
        op=op,
        columns=", ".join(f'"{fact}"' for fact in FACTS),
        facts=", ".join(_fact(fact) for fact in FACTS),
        old={"I": "NULL", "U": _changed(table), "D": _whole(table, "OLD")}[op],
        new="NULL" if op == "D" else _whole(table, "NEW"),
    )
    return {trigger: made}


def _guards(table: Table) -> dict[str, str]:
    made = {}
    for what in ("update", "delete"):
        trigger = _name(table, f"no_{what}")
        allowed = _allowed(table, what) if table.opens else ""
        refusal = REFUSE_UNLESS if allowed else REFUSE
        made[trigger] = refusal.substitute(trigger=trigger, what=what.upper(), table=table.name, allowed=allowed)
    return made | _replacement_guards(table)


def _allowed(table: Table, what: str) -> str:
    if what == "delete":
        return PRUNED[table.name]
    if table.name == SEAL_TABLE:
        return ""
    body = ", ".join(f'OLD."{column}"' for column in BODY)
    same = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in HEADER)
    return REDACTED.substitute(body=body, same=same, tombstones=TOMBSTONES)


def _keepers(table: Table) -> dict[str, str]:
    change, removal = _name(table, "no_change"), _name(table, "no_removal")
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in table.keeps)
    columns = ", ".join(table.keeps)
    return {
        change: REFUSE_CHANGE.substitute(trigger=change, table=table.name, changed=changed, columns=columns),
        removal: REFUSE_REMOVAL.substitute(trigger=removal, table=table.name),
    } | _replacement_guards(table)


def _replacement_guards(table: Table) -> dict[str, str]:
    made = {}
    for number, unique in enumerate(table.uniques):
        trigger = _name(table, f"no_replace_{number}")
        made[trigger] = REFUSE_REPLACE.substitute(
            trigger=trigger,
            table=table.name,
            in_the_way=_in_the_way(table, unique),
            columns=", ".join(f"{table.name}.{column}" for column in unique.columns),
        )
    return made


def _in_the_way(table: Table, unique: Unique) -> str:
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in unique.columns)
    if not unique.condition:
        return SAME.substitute(table=table.name, same=same)
    new = ", ".join(f'NEW."{column.name}" AS "{column.name}"' for column in table.columns)
    return SAME_IF.substitute(table=table.name, same=same, condition=unique.condition, new=new)


def _name(table: Table, what: str) -> str:
    return f"audit_{table.name}_{what}"


def _fact(fact: str) -> str:
    return "nullif(audit_fact('actor_id'), '')" if fact == "actor_id" else f"audit_fact('{fact}')"


def _whole(table: Table, row: str) -> str:
    pairs = [f"""',"{column.name}":' || {_json(row, column)}""" for column in table.columns]
    return "'{' || substr(" + " || ".join(pairs) + ", 2) || '}'"


def _changed(table: Table) -> str:
    pairs = [
        f"""CASE WHEN {_at("OLD", c)} IS NOT {_at("NEW", c)} THEN ',"{c.name}":' || {_json("OLD", c)} ELSE '' END"""
        for c in table.columns
    ]
    return "'{' || substr(" + " || ".join(pairs) + ", 2) || '}'"


def _at(row: str, column: Column) -> str:
    return f'{row}."{column.name}"'


def _json(row: str, column: Column) -> str:
    """SQL for one value as JSON text, never NULL."""
    at = _at(row, column)
    if column.secret:
        return f"CASE WHEN coalesce({at}, '') = '' THEN json_quote({at}) ELSE '\"{HIDDEN}\"' END"
    if column.kind == "bool":
        return f"CASE {at} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
    if column.kind == "json":
        return f"coalesce({at}, 'null')"
    if column.kind == "datetime":
        return f"coalesce('\"' || replace({at}, ' ', 'T') || '+00:00\"', 'null')"
    if column.kind == "binary":
        return f"CASE WHEN {at} IS NULL THEN 'null' ELSE '\"\\\\x' || lower(hex({at})) || '\"' END"
    if column.kind == "decimal":
        number = f"'\"' || printf('%.{column.places}f', {at}) || '\"'"
        return f"CASE typeof({at}) WHEN 'null' THEN 'null' WHEN 'text' THEN json_quote({at}) ELSE {number} END"
    if column.kind == "float":
        return FLOAT.substitute(at=at)
    return f"json_quote({at})"
