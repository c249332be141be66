"""The database server killed while eight people write: what was acknowledged is there, sealed, and the chain is whole.

    python -m bench.soak_crash [ROUNDS]

A cluster of its own (initdb, on a free port of this machine, in a folder that is gone afterwards), never a server that
is there already. Every round begins writers, kills the whole server without a goodbye, starts it again and looks.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.databases import postgresql
from bench.soak_seals import WRITERS, go, start

ROUNDS = 3
AT_WORK = 1.5  # seconds before the kill
OWNER = "nobody"  # initdb refuses root


class Cluster:
    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder / "data", programs
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.as_owner = ["setpriv", f"--reuid={OWNER}", "--regid=nogroup", "--clear-groups"] if not os.geteuid() else []
        if self.as_owner:
            shutil.chown(folder, OWNER)
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", f"--pgdata={self.folder}")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_owner, str(self.programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def begin(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k '' "
        log = str(self.folder.parent / "log")
        self._run("pg_ctl", "start", "--wait", f"--pgdata={self.folder}", f"--log={log}", f"--options={options}")

    def kill(self) -> None:
        """The postmaster and everything it began: as a power cut, but for what the disk has."""
        master = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(master, signal.SIGQUIT)
        while Path(f"/proc/{master}").exists():
            time.sleep(0.05)

    @property
    def address(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"


@contextmanager
def cluster() -> Iterator[Cluster]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    beside = shutil.which("initdb")
    if not found and not beside:
        print("soak_crash: NOT RUN: no PostgreSQL server is installed here (initdb).")
        sys.exit(0)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        own = Cluster(Path(folder), (found[-1] if found else Path(beside)).parent)
        own.begin()
        try:
            yield own
        finally:
            own.kill()


def crash(own: Cluster, people: list) -> tuple[int, int]:
    """Commits acknowledged before the server was gone, and how many of them are not there when it is back."""
    from django.db import connections

    from core.audit.models import AuditEvent

    before = {one.pk: AuditEvent.objects.for_object("accounts_person", one.pk).count() for one in people}
    connections.close_all()
    writers = [start(one.pk, 100_000, stderr=subprocess.DEVNULL) for one in people]  # they end with an error
    go(writers)
    time.sleep(AT_WORK)
    own.kill()
    said = [one.communicate()[0].count("\n") for one in writers]
    own.begin()
    kept = [AuditEvent.objects.for_object("accounts_person", one.pk).count() - before[one.pk] for one in people]
    return sum(said), sum(max(told - there, 0) for told, there in zip(said, kept, strict=True))


def main(rounds: int) -> bool:
    with cluster() as own:
        os.environ["DATABASE_URL"] = own.address
        with postgresql("soak_crash"):
            from core.accounts.models import Person
            from core.audit.proof import prove

            people = [Person.objects.create(name=f"Person {number}") for number in range(WRITERS)]
            counted = [crash(own, people) for _ in range(rounds)]
            proof = prove(records=True)
    acknowledged, lost = (sum(one) for one in zip(*counted, strict=True))
    whole = acknowledged > 0 and not lost and not proof.faults
    print(
        f"soak_crash: server killed {rounds} times under {WRITERS} writers, {acknowledged:,} acknowledged commits: "
        f"{lost} lost, {proof.faults} faults in {proof.chain.seals:,} seals and {proof.replayed.rows:,} rows held "
        f"against them; {'kept' if whole else 'BROKEN'}"
    )
    return whole


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS) else 1)
