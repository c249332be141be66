"""Is the log whole? One line, then a summary as JSON; fails on any fault."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.audit import audit_context
from core.audit.proof import Proof, prove, remember
from core.audit.signing import KeyProblem, read


class Command(BaseCommand):
    help = "Computes every hash of the log again and compares. Prints a line and a summary as JSON; fails on any fault."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from-checkpoint", type=Path, metavar="FILE", help="begin where this checkpoint was signed, not at 0"
        )
        parser.add_argument(
            "--checkpoints", type=Path, metavar="FOLDER", help="compare with these (otherwise: RECKONER_CHECKPOINTS)"
        )
        parser.add_argument("--public-key", default="", metavar="KEY", help="64 hex digits, or a file that holds them")
        parser.add_argument("--log-only", action="store_true", help="leave out the digests of frozen rows")
        parser.add_argument(
            "--records",
            action="store_true",
            help="replay the log and name every row that is not as it says",
        )
        parser.add_argument("--record", action="store_true", help="keep the result in the database, for the pages")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proof = _prove(**options)
        except KeyProblem as problem:
            raise CommandError(str(problem)) from problem
        if options["record"]:
            with audit_context(actor_name="command:audit_verify"):
                remember(proof)
        self.stdout.write(_line(proof))
        self.stdout.write(json.dumps(proof.summary()))
        if proof.faults:
            raise CommandError(f"The log is not whole: {proof.faults} fault{'s' if proof.faults > 1 else ''}.")


def _prove(
    from_checkpoint: Path | None,
    checkpoints: Path | None,
    public_key: str,
    log_only: bool,
    records: bool,
    **options: Any,
) -> Proof:
    files = None
    if checkpoints:
        files = sorted(checkpoints.glob("checkpoint-*.json"))
        if not files:
            raise KeyProblem(f"There are no checkpoints in {checkpoints}.")
    if from_checkpoint:
        files = [from_checkpoint, *(files or [])]
    after = read(from_checkpoint).seq if from_checkpoint else 0
    return prove(after=after, checkpoints=files, public=public_key, log_only=log_only, records=records)


def _line(proof: Proof) -> str:
    chain = proof.chain
    place = f"{chain.events} events, {chain.seals} seals, head {chain.seq} {chain.head[:16]}"
    if not proof.faults:
        redacted = f", {chain.redacted} changes were redacted" if chain.redacted else ""
        pruned = f"; what was up to seal {chain.pruned} is in archives" if chain.pruned else ""
        return f"The log is whole: {place}, {proof.checkpoints} checkpoints agree{redacted}{pruned}."
    where = f"first at seq {proof.first_seq}: " if chain.first else ""
    return f"THE LOG IS NOT WHOLE: {place}; {where}{chain.first.sentence if chain.first else proof.others[0]}"
