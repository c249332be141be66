"""The whole question an auditor asks: is the log as it was written, and is what it vouches for still there?

The chain, against every hash it is known to have had; the triggers; the digests of frozen rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.audit import signing
from core.audit.batch import batch_problems
from core.audit.chain import database_id
from core.audit.context import audit_context
from core.audit.install import drift
from core.audit.kinds import Kind, declared_kind, tables
from core.audit.models import PrunePoint, Verification
from core.audit.replay import Replayed, replay
from core.audit.verify import Verified, head, verify


@dataclass
class Proof:
    chain: Verified
    others: list[str] = field(default_factory=list)  # what is wrong beside the chain, in sentences
    checkpoints: int = 0
    replayed: Replayed | None = None  # where the record was held against the log

    @property
    def faults(self) -> int:
        return self.chain.count + len(self.others)

    @property
    def sentences(self) -> list[str]:
        return [*(one.sentence for one in self.chain.faults), *self.others]

    @property
    def first_seq(self) -> int | None:
        return self.chain.first.seq if self.chain.first else None

    def summary(self) -> dict[str, Any]:
        first = self.chain.first
        return {
            "whole": not self.faults,
            "database": self.chain.database,
            "from_seq": self.chain.start,
            "seq": self.chain.seq,
            "head": self.chain.head,
            "events": self.chain.events,
            "seals": self.chain.seals,
            "redacted": self.chain.redacted,
            "pruned_to": self.chain.pruned,
            "checkpoints": self.checkpoints,
            **({"rows_compared": self.replayed.rows} if self.replayed else {}),
            "faults": self.faults,
            "first_fault": {"seq": first.seq, "event": first.event, "what": first.sentence} if first else None,
            "sentences": self.sentences,
        }


def prove(
    *,
    after: int = 0,
    checkpoints: list[Path] | None = None,
    public: str = "",
    log_only: bool = False,
    records: bool = False,
) -> Proof:
    """Look at everything, or with `log_only` at the chain and the triggers; writes nothing.

    `records`: hold every row of the record against what the log says of it as well.
    `checkpoints`: files; None takes those of the folder in the settings. `public`: the key they must be signed with.
    """
    known, wrong, count = dict(_earlier()), [], 0
    public = public or public_key()
    for path, point in _checkpoints(checkpoints, wrong):
        problem = _problem(point, public)
        if problem:
            wrong.append(f"{path.name}: {problem}")
        else:
            known[point.seq] = point.head
            count += 1
    known |= dict(_prune_points(public, wrong))
    proof = Proof(verify(after=after, known=known), wrong, count)
    proof.others += drift()
    for model in tables() if not log_only else ():
        declared = declared_kind(model)
        if declared and declared.kind is Kind.FROZEN and not declared.log_rows and model._meta.app_label != "audit":
            proof.others += batch_problems(model)
    if records:
        proof.replayed = replay()
        proof.others += proof.replayed.sentences
    return proof


def public_key() -> str:
    """The key checkpoints have to be signed with: that of the settings, else that of the private key there; or none."""
    if settings.CHECKPOINT_PUBLIC_KEY:
        return signing.read_public(settings.CHECKPOINT_PUBLIC_KEY)
    if settings.CHECKPOINT_KEY:
        return signing.public_of(signing.read_private(Path(settings.CHECKPOINT_KEY)))
    return ""


def make_checkpoint() -> tuple[Path, bool]:
    """Sign the head of the chain and keep that outside the database; the file, and whether it is new."""
    if not settings.CHECKPOINT_KEY:
        raise signing.KeyProblem(
            "There is no key to sign with: make one with manage.py audit_checkpoint --make-key FILE, and set "
            "RECKONER_CHECKPOINT_KEY to that file. Nothing was signed."
        )
    private = signing.read_private(Path(settings.CHECKPOINT_KEY))
    seq, held = head()
    if seq < 0:
        raise signing.KeyProblem("The log has no first seal: run manage.py migrate. Nothing was signed.")
    made = signing.sign(private, database=database_id(head(at=0)[1]), seq=seq, head=held)
    path = Path(settings.CHECKPOINTS_DIR) / made.file_name
    if path.exists():
        return path, False
    return signing.keep(made, Path(settings.CHECKPOINTS_DIR)), True


def look_again(*, whole: bool) -> Verification:
    """The nightly timer's: verify what came since all was well the last time, or everything, and keep how it was."""
    last = Verification.objects.filter(faults=0).order_by("-pk").first()
    return remember(prove(after=0 if whole or last is None else last.seq, log_only=not whole, records=whole))


def standing() -> dict[str, Any]:
    """How far the chain has come, and when it was last looked over: for the head of a page. Two queries."""
    seq, held = head()
    last = Verification.objects.order_by("-pk").first()
    return {"seq": seq, "head": held, "short": held[:16], "last": last}


def remember(proof: Proof) -> Verification:
    with audit_context(action="audit.verify"), transaction.atomic():
        return Verification.objects.create(
            at=timezone.now(),
            start=proof.chain.start,
            seq=proof.chain.seq,
            head=proof.chain.head,
            events=proof.chain.events,
            checkpoints=proof.checkpoints,
            faults=proof.faults,
            first_seq=proof.first_seq,
            told="\n".join(proof.sentences),
        )


def _earlier() -> Iterator[tuple[int, str]]:
    """What verifications found before, as far as nobody has changed that either."""
    yield from Verification.objects.filter(faults=0).values_list("seq", "head")


def _prune_points(public: str, wrong: list[str]) -> Iterator[tuple[int, str]]:
    """The heads at which the log was pruned, each held to its signature."""
    database = database_id(head(at=0)[1])
    for point in PrunePoint.objects.all():
        if not public:
            wrong.append(f"There is no public key to check the prune point of seq {point.seq} with.")
        elif not signing.is_signed(public, signing.prune_message(database, point), point.signature):
            wrong.append(f"The prune point of seq {point.seq} is not signed with the key: nobody may prune without it.")
        yield point.seq, point.head


def _checkpoints(files: list[Path] | None, wrong: list[str]) -> Iterator[tuple[Path, signing.Checkpoint]]:
    for path in files if files is not None else sorted(Path(settings.CHECKPOINTS_DIR).glob("checkpoint-*.json")):
        try:
            yield path, signing.read(path)
        except signing.KeyProblem as problem:
            wrong.append(str(problem))


def _problem(point: signing.Checkpoint, public: str) -> str:
    database = database_id(head(at=0)[1])
    if not public:
        return "there is no public key to check its signature with: set RECKONER_CHECKPOINT_PUBLIC_KEY."
    if not signing.is_signed_by(point, public):
        return "its signature is not of the key it should be signed with."
    if point.database != database:
        return f"it is of another database, {point.database}, or the chain here was begun anew."
    return ""
