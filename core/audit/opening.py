"""What the log opens to on PostgreSQL, and nothing else: a redaction that leaves a tombstone, and a prune point.

Pure: templates of SQL. The guard judges the change itself, so that it holds against the owner's own statements too;
the function of a redaction lets the role of the site, without a right to the log, carry out what two people agreed on.
"""

from string import Template

from core.audit.chain import HEADER
from core.audit.sealing import CONTENT_OF
from core.audit.tables import LOG_TABLE, SEAL_TABLE

GUARD, REDACT = "audit_guard", "audit_redact"

_SAME = " AND ".join(f'OLD."{column}" IS NOT DISTINCT FROM NEW."{column}"' for column in HEADER)
GUARD_BODY = Template(f"""
DECLARE event record; content text;
BEGIN
  IF TG_TABLE_NAME = '{SEAL_TABLE}' AND TG_OP = 'DELETE' THEN
    IF OLD.seq > 0 AND OLD.seq < (SELECT max(seq) FROM $schema.audit_prunepoint)
      AND NOT EXISTS (SELECT FROM $schema.{LOG_TABLE} e WHERE e.id = OLD.event_id) THEN RETURN OLD; END IF;
  ELSIF TG_TABLE_NAME = '{LOG_TABLE}' AND TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM $schema.{SEAL_TABLE} s WHERE s.event_id = OLD.id
      AND s.seq <= (SELECT max(seq) FROM $schema.audit_prunepoint)) THEN RETURN OLD; END IF;
  ELSIF TG_TABLE_NAME = '{LOG_TABLE}' THEN
    event := OLD;
    content := {CONTENT_OF};
    IF {_SAME} AND OLD.content_sha256 IS NULL AND NEW.content_sha256 = content AND NEW.salt IS NULL
      AND NEW.reason = '' AND NEW.old_changed IS NULL AND NEW.new_full IS NULL
      AND EXISTS (SELECT FROM $schema.audit_redactedevent t WHERE t.event_id = OLD.id AND t.content_sha256 = content)
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'Rows of % are added and never changed: % refused.', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END
""")
REDACT_BODY = Template(f"""
DECLARE event record; content text; done integer := 0;
BEGIN
  PERFORM set_config('reckoner.context', facts::text, true);
  FOR event IN
    SELECT e.* FROM $schema.{LOG_TABLE} e JOIN $schema.audit_redaction r ON r.id = which AND r.state = 'done'
      AND r.decided_by_id <> r.asked_by_id AND r.events @> to_jsonb(e.id)
    WHERE e.id = ANY (numbers) AND e.op <> 'B' AND e."table" NOT LIKE 'audit\\_%' AND e.content_sha256 IS NULL
    ORDER BY e.id
  LOOP
    content := {CONTENT_OF};
    INSERT INTO $schema.audit_redactedevent (redaction_id, event_id, content_sha256)
      VALUES (which, event.id, content);
    UPDATE $schema.{LOG_TABLE} SET salt = NULL, reason = '', old_changed = NULL, new_full = NULL,
      content_sha256 = content WHERE id = event.id;
    done := done + 1;
  END LOOP;
  RETURN done;
END
""")
OPENING = {GUARD: (GUARD_BODY, ()), REDACT: (REDACT_BODY, ())}
OPENING_SIGNATURES = {REDACT: "(which bigint, numbers bigint[], facts jsonb) RETURNS integer"}
