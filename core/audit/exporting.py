"""The log in a folder, with all that somebody needs who does not trust this program: its hashes, and a verifier."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from shutil import copyfile
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.audit import log_read, signing, standalone
from core.audit.chain import BODY, HEADER, Sealed, database_id
from core.audit.models import PrunePoint, RedactedEvent
from core.audit.proof import public_key
from core.audit.verify import head, pruned_to, seals

VERSION = "reckoner-export-1"


def export(folder: Path, *, after: int = 0, until: int | None = None) -> dict[str, Any]:
    """Write events.jsonl, manifest.json and verify.py into a folder that is not there yet; returns the manifest.

    `after`: leave out what was sealed up to that seq. `until`: the last seal to take. Signed, where there is a key.
    """
    after = max(after, pruned_to())
    seq, previous = head(at=after)
    if not previous:
        raise signing.KeyProblem(f"There is no seal {after}. Nothing was exported.")
    folder.mkdir(parents=True)
    sha, count, blanks = hashlib.sha256(), 0, []
    with (folder / "events.jsonl").open("wb") as file:
        for one in seals(after, connection.alias):
            if until is not None and one.seq > until:
                break
            if one.content is not None:
                blanks.append(one.event_id)
            line = f"{json.dumps(_line(one), ensure_ascii=False)}\n".encode()
            sha.update(line)
            file.write(line)
            seq, last, count = one.seq, one.hash, count + 1
    manifest = {
        "version": VERSION,
        "database": database_id(head(at=0)[1]),
        "made_at": timezone.now().isoformat(),
        "after": after,
        "previous": previous,
        "seq": seq,
        "head": last if count else previous,
        "seals": count,
        "sha256": sha.hexdigest(),
        "columns": {"header": HEADER, "body": BODY},
        "public_key": public_key(),
        "checkpoints": [
            asdict(one) for _, one in signing.held(Path(settings.CHECKPOINTS_DIR)) if after <= one.seq <= seq
        ],
        "tombstones": _tombstones(blanks),
        "prune_point": _prune_point(after),
    }
    if settings.CHECKPOINT_KEY:
        private = signing.read_private(Path(settings.CHECKPOINT_KEY))
        manifest["signature"] = private.sign(signing.manifest_message(json.loads(json.dumps(manifest)))).hex()
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
    copyfile(standalone.__file__, folder / "verify.py")
    log_read(what="the whole change history", how="export", rows=count, by=None)
    return manifest


def _tombstones(events: list[int]) -> list[dict[str, Any]]:
    """Of the events that are blank: a part of the log may end before the change that says they were redacted."""
    found = RedactedEvent.objects.filter(event_id__in=events).order_by("event_id")
    return [{"event": one.event_id, "content": one.content_sha256} for one in found]


def _prune_point(after: int) -> dict[str, Any] | None:
    point = PrunePoint.objects.filter(seq=after).first()
    names = ("seq", "head", "archive_sha256", "at", "key", "signature")
    return point and {name: getattr(point, name) for name in names}


def _line(one: Sealed) -> dict[str, Any]:
    there = one.is_there
    return {
        "seq": one.seq,
        "event": one.event_id,
        "hash": one.hash,
        "header": one.header if there else None,
        "body": one.body if there else None,
        "content": one.content,
    }
