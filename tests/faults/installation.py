"""A whole installation to break: the site's own settings, a database of the test's own, a broker, real processes."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from tests.core.jobs.office import Office, kill_group

LONG = 0.12  # seconds a write must have lasted to be one with many rows
LOOK = 0.01  # seconds between two looks


class Installation(Office):
    """As the job tests' office, but with every app: its database is the one this process is connected to."""

    def __init__(self, folder: Path, redis_url: str = "") -> None:
        super().__init__(folder, address_of_database(), redis_url)
        self.environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
        self.environment["RECKONER_SECOND_FACTOR"] = "false"
        self.environment["RECKONER_URL"] = settings.SITE_URL  # papers hold it: here and there it has to be the same
        self.environment["TMPDIR"] = str(folder)  # what a killed render leaves behind goes with the test

    @contextmanager
    def until_killed(self) -> Iterator[None]:
        """A worker that is killed, with everything it started in its group, where the block ends."""
        with self.worker() as process:
            yield
            kill_group(process)

    def is_writing_much(self) -> bool:
        """Whether somebody has been in one and the same writing transaction for a while: rows are in flight."""
        if self.database_url.startswith("sqlite"):
            return self._holds_the_lock()
        with psycopg.connect(self.database_url) as watcher:
            since = (
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
            )
            (found,) = watcher.execute(f"{since} AND now() - xact_start > interval '{LONG} s'").fetchone()
        return bool(found)

    def _holds_the_lock(self) -> bool:
        ends = time.monotonic() + LONG
        with closing(sqlite3.connect(self.database_url.removeprefix("sqlite:///"), timeout=0)) as watcher:
            watcher.isolation_level = None
            while time.monotonic() < ends:
                try:
                    watcher.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError:
                    time.sleep(LOOK)
                else:
                    watcher.execute("ROLLBACK")
                    return False
        return True


def address_of_database() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    sign_in = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    return f"postgres://{sign_in}@{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"
