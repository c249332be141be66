"""Old events out of the database and into a signed archive, with a prune point that says so for ever.

First the archive is written and verified; then, by a second command, it is verified again, held against the log, and
what it has is deleted. The guards let go only of what a prune point covers, and the point is a row of the record like
others. It is signed with the key of the checkpoints: whoever has the database alone cannot make one that verifies.
"""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.audit import signing, standalone
from core.audit.chain import database_id
from core.audit.context import audit_context
from core.audit.exporting import export
from core.audit.models import AuditEvent, AuditSeal, PrunePoint
from core.audit.proof import public_key
from core.audit.tables import LOG_TABLE, SEAL_TABLE
from core.audit.verify import head, pruned_to


class ArchiveProblem(Exception):
    """A sentence for the administrator."""


def last_before(day: dt.date) -> int:
    """The last seal before the first event of this day or a later one."""
    begins = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    later = AuditEvent.objects.filter(at__gte=begins).values("pk")
    first = AuditSeal.objects.filter(event_id__in=later).order_by("seq").values_list("seq", flat=True).first()
    return head()[0] if first is None else first - 1


def archive(folder: Path, *, before: dt.date) -> dict[str, Any]:
    """Export what happened before a day, signed, and verify it as an auditor would; returns the manifest."""
    if not settings.CHECKPOINT_KEY:
        raise ArchiveProblem(
            "There is no key to sign an archive with: set RECKONER_CHECKPOINT_KEY. Nothing was archived."
        )
    until = last_before(before)
    if until <= pruned_to():
        raise ArchiveProblem(f"Nothing in the log is older than {before:%d %B %Y}. Nothing was archived.")
    manifest = export(folder, until=until)
    _check(folder)
    return manifest


def prune(folder: Path, *, place: str, reason: str) -> PrunePoint:
    """Delete from the database what the archive has, and leave a signed prune point. All of it or nothing."""
    manifest = _check(folder)
    here = database_id(head(at=0)[1])
    if manifest["database"] != here:
        raise ArchiveProblem(f"The archive is of another database, {manifest['database']}. Nothing was pruned.")
    seq, held = manifest["seq"], manifest["head"]
    if (manifest["after"], head(at=seq)[1]) != (pruned_to(), held):
        raise ArchiveProblem(
            f"The archive, of the changes after {manifest['after']} up to {seq}, does not join the log, which begins "
            f"after {pruned_to()}. Nothing was pruned."
        )
    if not settings.CHECKPOINT_KEY:
        raise ArchiveProblem("There is no key to sign a prune point with: set RECKONER_CHECKPOINT_KEY.")
    private = signing.read_private(Path(settings.CHECKPOINT_KEY))
    point = PrunePoint(
        seq=seq,
        head=held,
        events=manifest["seals"],
        archive_sha256=hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest(),
        place=place,
        at=dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        key=signing.key_id(signing.public_of(private)),
        reason=reason,
    )
    point.signature = private.sign(signing.prune_message(here, point)).hex()
    try:
        with audit_context(action="audit.prune", reason=reason), transaction.atomic():
            _take_out(point)
    except DatabaseError as error:
        raise ArchiveProblem(f"The database refused: {error}. Nothing was pruned. Run this as the owner.") from error
    return point


def _take_out(point: PrunePoint) -> None:
    covered = AuditSeal.objects.filter(seq__lte=point.seq, event_id__isnull=False).values("event_id")
    batches = AuditEvent.objects.filter(op=AuditEvent.Op.BATCH, pk__in=covered).order_by("pk")
    point.batches = json.loads(
        json.dumps([{"event": one.pk, "table": one.table, "what": one.new_full} for one in batches], default=str)
    )
    point.save()
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {LOG_TABLE} WHERE id IN (SELECT event_id FROM {SEAL_TABLE} WHERE seq <= %s)", [point.seq]
        )
        cursor.execute(f"DELETE FROM {SEAL_TABLE} WHERE seq > 0 AND seq < %s", [point.seq])


def _check(folder: Path) -> dict[str, Any]:
    """The manifest of an archive that verifies alone, by the file that an auditor uses, and is signed."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        found = standalone.verify(str(folder), public_key(), [])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveProblem(f"{folder} is not an archive that can be read: {error!r}. Nothing was pruned.") from error
    if not manifest.get("signature"):
        raise ArchiveProblem(f"The archive {folder} is not signed. Nothing was pruned.")
    if not found["whole"]:
        raise ArchiveProblem(f"The archive {folder} is not whole: {found['first_fault']['what']}. Nothing was pruned.")
    return manifest
