"""The triggers of one table on PostgreSQL, and the functions they call. Pure: a Table in, SQL out.

One function serves every table, reading the row as JSON, so a new column is logged from the moment it exists.
The functions run as their owner with a fixed search path: the role the site runs as needs no right to write the log.
ENABLE ALWAYS: a session that calls itself a replica does not get past them.
"""

import json
from dataclasses import dataclass
from string import Template

from core.audit.opening import OPENING, OPENING_SIGNATURES
from core.audit.sealing import FUNCTIONS, SEAL_LATER, SEAL_NOW
from core.audit.tables import FACTS, HIDDEN, LOG_TABLE, SEALING_TABLE, Table

# pg_trigger.tgtype, from PostgreSQL's catalog/pg_trigger.h
FOR_EACH_ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32
ALWAYS = "A"  # pg_trigger.tgenabled

LOG_BODY = Template("""
DECLARE
  facts jsonb := coalesce(nullif(current_setting('reckoner.context', true), '')::jsonb, '{}');
  hidden text[] := TG_ARGV[1]::text[];
  before jsonb; after jsonb; changed jsonb; name text;
BEGIN
  IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW); END IF;
  changed := before;
  IF TG_OP = 'UPDATE' THEN
    IF before = after THEN RETURN NULL; END IF;
    SELECT jsonb_object_agg(key, value) INTO changed FROM jsonb_each(before) WHERE after -> key IS DISTINCT FROM value;
  END IF;
  FOREACH name IN ARRAY hidden LOOP
    IF coalesce(changed ->> name, '') <> '' THEN changed := jsonb_set(changed, ARRAY[name], '"$hidden"'); END IF;
    IF coalesce(after ->> name, '') <> '' THEN after := jsonb_set(after, ARRAY[name], '"$hidden"'); END IF;
  END LOOP;
  INSERT INTO $schema.audit_auditevent ("table", key, op, at, transaction, role, $columns, old_changed, new_full, salt)
  VALUES (TG_TABLE_NAME, coalesce(after, before) ->> TG_ARGV[0], left(TG_OP, 1), clock_timestamp(),
    pg_current_xact_id()::text, session_user, $facts, changed, after, replace(gen_random_uuid()::text, '-', ''));
  RETURN NULL;
END
""")
REFUSE_BODY = """
BEGIN
  RAISE EXCEPTION '%', CASE WHEN TG_ARGV[0] = 'frozen'
    THEN format('Rows of %s are added and never changed: %s refused.', TG_TABLE_NAME, TG_OP)
    ELSE format('%s is logged row by row: %s refused.', TG_TABLE_NAME, TG_OP) END
    USING ERRCODE = 'integrity_constraint_violation';
END
"""
KEEP_BODY = """
DECLARE name text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Rows of % are never deleted: DELETE refused.', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  FOREACH name IN ARRAY TG_ARGV[0]::text[] LOOP
    IF to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name THEN
      RAISE EXCEPTION 'What % keeps never changes (%): UPDATE refused.', TG_TABLE_NAME, name
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END
"""
BATCH_BODY = Template("""
DECLARE made bigint;
BEGIN
  INSERT INTO $schema.audit_auditevent ("table", key, op, at, transaction, role, $columns, new_full, salt)
  VALUES (rows_of, row_key, 'B', clock_timestamp(), pg_current_xact_id()::text, session_user, $facts, what,
    replace(gen_random_uuid()::text, '-', ''))
  RETURNING id INTO made;
  RETURN made;
END
""")
BATCH = "audit_log_batch"  # the one a connection calls by itself: a role without rights on the log adds a batch by it
SIGNATURES = {BATCH: "(rows_of text, row_key text, what jsonb, facts jsonb) RETURNS bigint"} | OPENING_SIGNATURES
FUNCTION = Template(
    "CREATE OR REPLACE FUNCTION $schema.$name$signature LANGUAGE plpgsql SECURITY DEFINER $settings "
    "AS $$audit$$$body$$audit$$"
)
SAFE = "search_path=pg_catalog, pg_temp"
SEAL_TRIGGERS = (SEAL_LATER, SEAL_NOW)
Function = tuple[str, tuple[str, ...]]  # its body, and the settings it runs with, both as the catalogue has them


@dataclass(frozen=True)
class Trigger:
    """What PostgreSQL's catalogue says of a trigger; enough to make it and to tell whether it is still the same."""

    name: str
    function: str
    moments: int
    arguments: tuple[str, ...]
    deferred: bool = False  # to the commit

    def create(self, table: str) -> list[str]:
        when = "BEFORE" if self.moments & BEFORE else "AFTER"
        named = {INSERT: "INSERT", DELETE: "DELETE", UPDATE: "UPDATE", TRUNCATE: "TRUNCATE"}
        events = " OR ".join(word for bit, word in named.items() if self.moments & bit)
        each = "ROW" if self.moments & FOR_EACH_ROW else "STATEMENT"
        arguments = ", ".join(f"'{argument}'" for argument in self.arguments)
        constraint, moment = ("CONSTRAINT ", "DEFERRABLE INITIALLY DEFERRED ") if self.deferred else ("", "")
        return [
            f'CREATE {constraint}TRIGGER {self.name} {when} {events} ON "{table}" {moment}FOR EACH {each} '
            f"EXECUTE FUNCTION {self.function}({arguments})",
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {self.name}',
        ]


def functions(schema: str) -> dict[str, Function]:
    """Name to what the functions are that the triggers call."""
    columns = ", ".join(FACTS)
    facts = ", ".join(_fact(name) for name in FACTS)
    log = LOG_BODY.substitute(schema=schema, columns=columns, facts=facts, hidden=HIDDEN)
    made = {"audit_log_row": (log, (SAFE,)), "audit_refuse": (REFUSE_BODY, (SAFE,)), "audit_keep": (KEEP_BODY, (SAFE,))}
    made[BATCH] = (BATCH_BODY.substitute(schema=schema, columns=columns, facts=facts), (SAFE,))
    for name, (template, settings) in (FUNCTIONS | OPENING).items():
        made[name] = (template.substitute(schema=schema), (SAFE, *settings))
    return made


def create_function(schema: str, name: str, body: str, settings: tuple[str, ...]) -> str:
    assigned = " ".join(f"SET {one.replace('=', ' = ', 1)}" for one in settings)
    signature = SIGNATURES.get(name, "() RETURNS trigger")
    made = FUNCTION.substitute(schema=schema, name=name, signature=signature, body=body, settings=assigned)
    if name in SIGNATURES:  # what may be called, and by whom, is said by `audit_role`
        return f"{made}; REVOKE EXECUTE ON FUNCTION {schema}.{name} FROM PUBLIC"
    return made


def triggers(table: Table) -> dict[str, Trigger]:
    if table.name == SEALING_TABLE:
        return {SEAL_NOW: Trigger(SEAL_NOW, SEAL_NOW, FOR_EACH_ROW | INSERT, (), deferred=True)}
    made = []
    if table.name == LOG_TABLE:
        made.append(Trigger(SEAL_LATER, SEAL_LATER, FOR_EACH_ROW | INSERT, (), deferred=True))
    if table.log_rows:
        moments = FOR_EACH_ROW | INSERT | (0 if table.frozen else UPDATE | DELETE)
        made.append(Trigger("audit_log", "audit_log_row", moments, (table.key, _array(table.secrets))))
    if table.frozen:
        guard = "audit_guard" if table.opens else "audit_refuse"
        made.append(Trigger("audit_no_change", guard, FOR_EACH_ROW | BEFORE | UPDATE | DELETE, ("frozen",)))
    if table.keeps:
        made.append(
            Trigger("audit_keep", "audit_keep", FOR_EACH_ROW | BEFORE | UPDATE | DELETE, (_array(table.keeps),))
        )
    # Row triggers do not see TRUNCATE, so nothing that is logged or frozen may be truncated.
    made.append(
        Trigger("audit_no_truncate", "audit_refuse", BEFORE | TRUNCATE, ("frozen" if table.frozen else "record",))
    )
    return {trigger.name: trigger for trigger in made}


def _fact(name: str) -> str:
    if name == "actor_id":
        return "(facts ->> 'actor_id')::bigint"
    return f"coalesce(facts ->> '{name}', '')"


def _array(names: tuple[str, ...]) -> str:
    return "{" + ",".join(json.dumps(name) for name in names) + "}"
