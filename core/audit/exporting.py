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
from core.audit.proof import public_key
from core.audit.verify import head, seals

VERSION = "reckoner-export-1"


def export(folder: Path, *, after: int = 0) -> dict[str, Any]:
    """Write events.jsonl, manifest.json and verify.py into a folder that is not there yet; returns the manifest.

    `after`: leave out what was sealed up to that seq.
    """
    seq, previous = head(at=after)
    if not previous:
        raise signing.KeyProblem(f"There is no seal {after}. Nothing was exported.")
    folder.mkdir(parents=True)
    sha, count = hashlib.sha256(), 0
    with (folder / "events.jsonl").open("wb") as file:
        for one in seals(after, connection.alias):
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
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
    copyfile(standalone.__file__, folder / "verify.py")
    log_read(what="the whole change history", how="export", rows=count, by=None)
    return manifest


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
