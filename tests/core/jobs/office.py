"""A small office of one's own: a database file or database, a broker, and real worker processes to kill.

Rows are read with plain SQL, past the code under test.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 90  # seconds before a test gives up waiting; nothing is timed
QUICK = {
    "RECKONER_JOB_HEARTBEAT": "0.3",
    "RECKONER_JOB_LAPSE": "1.5",
    "RECKONER_JOB_SWEEP": "0.5",
    "RECKONER_JOB_PENDING": "1.5",
    "RECKONER_JOB_RETRY": "0.1",
    "RECKONER_JOB_REPORT": "0.1",
    "RECKONER_JOB_BROKER_PAUSE": "0.5",
}


class Office:
    def __init__(self, folder: Path, database_url: str, redis_url: str = "") -> None:
        self.folder = folder
        self.database_url = database_url
        self.diary = folder / "diary"
        self.queue = f"trial-{uuid.uuid4().hex[:12]}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("RECKONER_", "PYTEST_"))},
            **QUICK,
            "DJANGO_SETTINGS_MODULE": "tests.core.jobs.trial_settings",
            "DATABASE_URL": database_url,
            "RECKONER_VAR": str(folder),
            "RECKONER_QUEUE": self.queue,
            "REDIS_URL": redis_url,
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *command: str, **environment: str) -> str:
        """Run a Python command here to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, *calls: str, **environment: str) -> list[int]:
        """Make these calls of `jobs` in a process of their own; the ids of the jobs they return."""
        script = "import django, json; django.setup()\nfrom core import jobs\n"
        script += f"print(json.dumps([job.pk for job in [{', '.join(calls)}]]))"
        return json.loads(self.run("-c", script, **environment).splitlines()[-1])

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen]:
        """A real worker with its beat, killed with all of its group at the end."""
        with (self.folder / "worker.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", "-q", "worker", "-B", "-P", "threads"]
                + ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            kill_group(process)

    def row(self, job_id: int) -> dict[str, Any]:
        return self.rows("SELECT * FROM jobs_job WHERE id = %s", job_id)[0]

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        if self.database_url.startswith("sqlite"):
            with closing(sqlite3.connect(self.database_url.removeprefix("sqlite:///"), timeout=20)) as connection:
                connection.row_factory = sqlite3.Row
                rows = [dict(row) for row in connection.execute(query.replace("%s", "?"), values)]
        else:
            with psycopg.connect(self.database_url, row_factory=dict_row) as connection:
                rows = connection.execute(query, values).fetchall()
        return [row | {"result": _loaded(row["result"])} if "result" in row else row for row in rows]

    def wait_for(self, job_id: int, **wanted: Any) -> dict[str, Any]:
        """Wait until the row has these values."""

        def arrived() -> dict[str, Any] | None:
            row = self.row(job_id)
            return row if all(row[name] == value for name, value in wanted.items()) else None

        return self.wait(arrived, lambda: f"job {job_id} never had {wanted}: {self.row(job_id)}")

    def wait(self, look: Callable[[], Any], complaint: Callable[[], str]) -> Any:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := look():
                return found
            time.sleep(0.05)
        log = self.folder / "worker.log"
        raise AssertionError(complaint() + "\n" + (log.read_text()[-3000:] if log.exists() else ""))

    def diary_entries(self) -> list[str]:
        return self.diary.read_text().split() if self.diary.exists() else []

    def messages(self) -> list[Path]:
        return sorted((self.folder / "broker" / "messages").glob("*.msg"))


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def kill_group(process: subprocess.Popen) -> None:
    """No goodbye: the worker, its beat and everything either started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def database_template(folder: Path) -> Iterator[Callable[[Path], str]]:
    """A migrated database; calling what is yielded makes a copy and returns its address."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        template = folder / "template.sqlite3"
        Office(folder, f"sqlite:///{template}").run("manage.py", "migrate", "--verbosity", "0")
        yield lambda target: f"sqlite:///{shutil.copy(template, target / 'office.sqlite3')}"
        return
    base, made = server.rpartition("/")[0], []
    with psycopg.connect(server, autocommit=True) as admin:

        def create(template: str) -> str:
            made.append(f"jobs_{uuid.uuid4().hex[:12]}")
            admin.execute(f'CREATE DATABASE "{made[-1]}" TEMPLATE "{template}"')
            return f"{base}/{made[-1]}"

        url = create("template0")
        Office(folder, url).run("manage.py", "migrate", "--verbosity", "0")
        yield lambda target: create(url.rpartition("/")[2])
        for name in made:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
