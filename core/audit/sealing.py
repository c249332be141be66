"""Sealing at the commit, on PostgreSQL: the functions behind two deferred triggers. Pure: templates of SQL.

Writers seal one after another, under a lock that lasts to the end of the commit, so it has to be taken last. A foreign
key is checked at the commit too and may have to wait for another writer; were it checked after the lock was taken, the
other, waiting for the lock, would wait for ever. So the first trigger only notes that this transaction has events, and
the note's own trigger, which comes after everything that was put off to the commit before it, seals them all.

The note is a row and not a setting: a setting could be made by whoever writes, and would keep an event from its seal.
"""

from string import Template

from core.audit.chain import BODY, CONTENT, HEADER, PAYLOAD
from core.audit.events import as_text

SEAL_LATER, SEAL_NOW = "audit_seal_later", "audit_seal_now"
LOCK = 0x5265636B6F6E6572  # "Reckoner"
# Plans that look an event up by its key, whatever the table held when the plan was made.
BY_KEY = ("enable_seqscan=off", "plan_cache_mode=force_generic_plan")

LATER_BODY = Template("""
BEGIN
  IF NEW.transaction <> pg_current_xact_id()::text THEN
    RAISE EXCEPTION 'An event names its own transaction: INSERT refused.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM $schema.audit_auditseal WHERE event_id = NEW.id) THEN
    INSERT INTO $schema.audit_sealing (transaction, first) VALUES (NEW.transaction, NEW.id) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
""")


def _fields(name: str, columns: tuple[str, ...], more: str = "''") -> str:
    """SQL for what `chain` calls fields."""
    texts = [as_text("postgresql", column) for column in columns]
    written = [f"coalesce(octet_length({text}) || ':' || {text} || ',', '-,')" for text in texts]
    return " || ".join([f"'{len(name)}:{name},'", *written, more])


NOW_BODY = Template(f"""
DECLARE
  event record; place integer; head text; content text; payload text;
BEGIN
  PERFORM pg_advisory_xact_lock({LOCK});
  SELECT seq, hash INTO place, head FROM $schema.audit_auditseal ORDER BY seq DESC LIMIT 1;
  IF place IS NULL THEN
    RAISE EXCEPTION 'The log has no first seal: run manage.py migrate.'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  FOR event IN
    SELECT * FROM $schema.audit_auditevent WHERE id >= NEW.first AND transaction = NEW.transaction ORDER BY id
  LOOP
    content := encode(sha256(convert_to({_fields(CONTENT, BODY)}, 'UTF8')), 'hex');
    payload := encode(sha256(convert_to({_fields(PAYLOAD, HEADER, "'64:' || content || ','")}, 'UTF8')), 'hex');
    place := place + 1;
    head := encode(sha256('\\x00'::bytea || convert_to(head || E'\\x1f' || place || payload, 'UTF8')), 'hex');
    INSERT INTO $schema.audit_auditseal (seq, event_id, hash) VALUES (place, event.id, head);
  END LOOP;
  DELETE FROM $schema.audit_sealing WHERE transaction = NEW.transaction;
  RETURN NULL;
END
""")
CONTENT_OF = f"encode(sha256(convert_to({_fields(CONTENT, BODY)}, 'UTF8')), 'hex')"  # of a record named event
FUNCTIONS = {SEAL_LATER: (LATER_BODY, ()), SEAL_NOW: (NOW_BODY, BY_KEY)}
