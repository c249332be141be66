"""Run what shows each goal of assurance, and write what it printed into docs/assurance.md.

    python -m bench.assurance [--short] [GOAL ...]

A goal that nothing ran for says NOT RUN and why; a figure is never carried over from an earlier run. `--short` leaves
the long benches out, takes smaller numbers for the rest, and ends within fifteen minutes: tests come first, and what
has not been run by then says so. The page is left as it is but for the table between its marks.
"""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "assurance.md"
BEGIN, END = "<!-- goals: written by python -m bench.assurance -->", "<!-- end of goals -->"
SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
HEAD = "| goal | what | shown by | printed by the run |\n|---|---|---|---|"


@dataclass(frozen=True)
class Goal:
    """One row. `tests` are run on SQLite and, with `both`, on PostgreSQL; `command` prints its own figure."""

    name: str
    what: str
    tests: tuple[str, ...] = ()
    both: bool = False
    command: tuple[str, ...] = ()
    short: tuple[str, ...] = ()  # the same with smaller numbers, for a short run
    after: tuple[str, ...] = ()  # a second command, and what it is in a short run
    after_short: tuple[str, ...] = ()
    says: str = ""  # words of its line, where a command says several things
    why_not: str = ""  # nothing here runs it


AUDIT, FAULTS = "tests/core/audit", "tests/faults"
AT_ONCE = (f"{FAULTS}/test_orders.py", f"{FAULTS}/test_writers_at_once.py")
KILLED = f"{FAULTS}/test_killed_worker.py"
GOALS = (
    Goal("A1", "every change of a row is logged, by every way of writing", (f"{AUDIT}/test_capture.py",), both=True),
    Goal("A2", "an edit costs little more with its log", command=("bench.audit",), says="an edit with its log"),
    Goal(
        "A3",
        "100,000 events verified in 3 s (SQLite), 5 s (PostgreSQL), 100 MB",
        command=("bench.audit",),
        says="events verified",
    ),
    Goal(
        "A4",
        "8 writers keep 85% of their throughput; 10,000 commits, none unsealed; the server killed under them",
        command=("bench.soak_seals",),
        short=("bench.soak_seals", "1600", "16"),
        after=("bench.soak_crash",),
        after_short=("bench.soak_crash", "1"),
    ),
    Goal(
        "A5",
        "every attack of somebody who owns the database is found",
        (f"{AUDIT}/test_verify.py", f"{AUDIT}/test_redaction.py", f"{AUDIT}/test_archive.py", f"{AUDIT}/test_role.py"),
        both=True,
    ),
    Goal("A6", "0 unattributed events in a whole run of the suite", why_not="make test fails on one; not run here"),
    Goal("L1", "SQLite: 20 who write at once, none turned away, nothing lost", AT_ONCE),
    Goal("L2", "50 people for ten minutes", why_not="there is no driver of so many yet"),
    Goal("L3", "a pack of 300 pages in 60 s and 1 GB", command=("bench.pack",)),
    Goal("L4", "two hours at work: memory, files and the write-ahead log do not grow", why_not="there is no such run"),
    Goal("F1", "a writing process killed at any moment", AT_ONCE, both=True),
    Goal("F2", "a worker killed in the middle of its work", (KILLED,)),
    Goal("F3", "the broker down, and back", (f"{FAULTS}/test_broker_down.py", "tests/core/jobs/test_sweep.py")),
    Goal("F4", "the database away, and back", (f"{FAULTS}/test_database_away.py",)),
    Goal("F5", "a statement that fails, as on a full disk", (f"{FAULTS}/test_every_statement.py",), both=True),
    Goal("F6", "a backup made at work, put back and proved", ("tests/desk/keeping/test_backup.py",)),
    Goal("F7", "the clock changes", ("tests/core/jobs/test_schedule.py", "tests/core/accounts/test_clock.py")),
    Goal("F8", "a migration killed half way", (f"{FAULTS}/test_killed_migration.py",), both=True),
    Goal(
        "F9",
        "mail, organisation or scanner away",
        (
            "tests/desk/test_mail_outbox.py",
            "tests/core/accounts/test_organisation.py",
            "tests/core/documents/test_scanning.py",
        ),
    ),
    Goal("B1", "API: no 5xx, no schema violation", ("tests/access/test_api.py",)),
    Goal("B2", "every address as every role", ("tests/access/test_matrix.py",)),
    Goal(
        "B3",
        "hostile files are refused or harmless",
        ("tests/measures/test_import_bad_files.py", "tests/measures/parsing/test_workbook.py"),
    ),
    Goal(
        "B4",
        "hostile HTML runs nothing and fetches nothing",
        ("tests/core/documents/test_richtext.py", "tests/core/documents/test_render_worker.py"),
    ),
    Goal(
        "B5",
        "no formula from a person's text in an export",
        ("tests/desk/test_history.py", "-k", "formula or csv or safe"),
    ),
    Goal(
        "B6",
        "of many who save at once one wins and the others are told",
        ("tests/core/documents/test_versions.py",),
        both=True,
    ),
    Goal("B7", "a form sent twice has one effect", ("tests/access/test_matrix.py",)),
    Goal("B8", "check --deploy, and the headers of every page", ("tests/access/test_headers.py",)),
)
SHORT = 14 * 60  # seconds that a short run may take
TIDYING = 20  # seconds to take away what it made
OVER = "NOT RUN: the time of this run was over"
COUNTED = re.compile(r"^(?=.*\d+ (?:passed|failed|error)).*$", re.MULTILINE)


@dataclass
class Run:
    """One run of the whole: what was asked, what was said already, and until when it may go on."""

    short: bool
    asked: frozenset[str] = frozenset()
    until: float = float("inf")
    said: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def left(self) -> float | None:
        """Seconds; None where nobody waits for the end."""
        return None if self.until == float("inf") else max(self.until - time.monotonic(), 0)

    def figure(self, goal: Goal) -> str:
        if self.asked and goal.name not in self.asked:
            return "NOT RUN: not asked for"
        if goal.why_not:
            return f"NOT RUN: {goal.why_not}"
        if not goal.command:
            return "; ".join(self.tested(goal))
        wanted = (goal.command, goal.after) if not self.short else (goal.short, goal.after_short)
        if not any(wanted):
            return "NOT RUN: left out of a short run"
        return "; ".join(only(goal, self.printed(one)) for one in wanted if one)

    def ran(self, command: list[str], **options: Any) -> subprocess.CompletedProcess | None:
        """None where the time was over; whatever the command had begun has ended with it."""
        if self.left is not None and self.left < 1:
            return None
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=heed_interrupts,
            **options,
        ) as one:
            try:
                said, _ = one.communicate(timeout=self.left)
            except subprocess.TimeoutExpired:
                end(one)
                return None
        return subprocess.CompletedProcess(command, one.returncode, said)

    def printed(self, command: tuple[str, ...]) -> str:
        """What a bench says of itself, its lines with // between them."""
        if command not in self.said:
            done = self.ran([sys.executable, "-m", *command])
            lines = (
                [one.partition(": ")[2] for one in done.stdout.splitlines() if is_said(one, command)]
                if done
                else [OVER]
            )
            failed = [f"FAILED with code {done.returncode}"] if done and done.returncode else []
            self.said[command] = " // ".join(lines + failed) or "NOT RUN: it said nothing"
        return self.said[command]

    def tested(self, goal: Goal) -> Iterator[str]:
        addresses = {"SQLite": "", "PostgreSQL": os.environ.get("DATABASE_URL") or SERVER}
        for name, address in addresses.items() if goal.both else [("SQLite", "")]:
            key = (*goal.tests, name)
            if key not in self.said:
                self.said[key] = self.suite(goal.tests, name, address)
            yield self.said[key]

    def suite(self, tests: tuple[str, ...], name: str, address: str) -> str:
        """The last line of a run of the suite; what serves two goals is run once."""
        if address and subprocess.run([sys.executable, "bin/answers", address], cwd=ROOT, check=False).returncode:
            return f"NOT RUN on {name}: no server answers"
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"DATABASE_URL": address} if address else {}
        done = self.ran([sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *tests], env=environment)
        if done is None:
            return f"{OVER} ({name})"
        last = (COUNTED.findall(done.stdout) or ["nothing was said"])[-1].strip("= ")
        return f"{last} ({name})" if not done.returncode else f"FAILED on {name}: {last}"


def heed_interrupts() -> None:
    """What is begun in the background is born deaf to them, and Python stays so."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def end(process: subprocess.Popen) -> None:
    """As by Ctrl-C, so that it takes away the databases and servers it made; by force what will not."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        os.killpg(process.pid, number)
        try:
            process.communicate(timeout=TIDYING)
        except subprocess.TimeoutExpired:
            continue
        return


def is_said(line: str, command: tuple[str, ...]) -> bool:
    """Whether a line is the bench's own and not a warning of some package."""
    return line.startswith(f"{command[0].rpartition('.')[2]}") and ": " in line


def only(goal: Goal, figure: str) -> str:
    """Of a bench that says several things, those of this goal."""
    parts = figure.split(" // ")
    return "; ".join(one for one in parts if not goal.says or goal.says in one or "NOT RUN" in one or "FAILED" in one)


def row_of(goal: Goal, figure: str) -> str:
    sources = (*goal.tests, *(one[0] for one in (goal.command, goal.after) if one))
    shown = ", ".join(f"`{one}`" for one in sources if one.startswith(("tests", "bench")))
    return f"| {goal.name} | {goal.what} | {shown or 'nothing'} | {figure} |"


def main() -> None:
    short = "--short" in sys.argv
    asked = frozenset(one for one in sys.argv[1:] if not one.startswith("-"))
    run = Run(short, asked, time.monotonic() + SHORT if short else float("inf"))
    rows = {}
    for goal in in_order(GOALS):
        rows[goal.name] = row_of(goal, run.figure(goal))
        print(rows[goal.name], flush=True)
    write([rows[goal.name] for goal in GOALS])
    sys.exit(1 if any("FAILED" in one or "BROKEN" in one for one in rows.values()) else 0)


def in_order(goals: Sequence[Goal]) -> list[Goal]:
    """Tests before benches, which get the time that is left."""
    return sorted(goals, key=lambda goal: bool(goal.command))


def write(rows: list[str]) -> None:
    text = PAGE.read_text()
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    load = os.getloadavg()[0]
    when = f"Run on {dt.datetime.now(dt.UTC):%d %B %Y at %H:%M} UTC, load {load:.1f} on {os.cpu_count()} processors."
    PAGE.write_text("\n".join([f"{before}{BEGIN}", "", when, "", HEAD, *rows, "", f"{END}{after}"]))


if __name__ == "__main__":
    main()
