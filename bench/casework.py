"""The ledger of actions in an office of many years: 100,000 actions of 5,000 meetings. Prints a line a database.

    python -m bench.casework [sqlite | postgresql]

Twenty boards, forty people, one action in ten still open, a tenth of those re-dated, and some thousand commitments.
Every page is asked for as the board's secretary would and as a member of staff would, through every middleware and
template, a few dozen times each in turn; said is the time below which 95 in 100 answers came, on the clock.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from bench.databases import postgresql

ACTIONS, MEETINGS, BOARDS, PEOPLE, COMMITMENTS = 100_000, 5_000, 20, 40, 1_000
ROUNDS = 30
LIMITS = {"postgresql": 300, "sqlite": 500}  # milliseconds
TODAY = date(2019, 12, 2)
PAGES = {
    "ledger": "/actions/?show=open",
    "a later page": "/actions/?show=open&after=20190701.arising.1",
    "overdue of a board": "/actions/?show=overdue&board=board-7",
    "closed": "/actions/?show=closed",
    "oldest first": "/actions/?show=open&sort=age",
    "board view": "/actions/board/",
}


def main() -> None:
    if sys.argv[1:2] == ["sqlite"]:
        with tempfile.TemporaryDirectory() as folder:
            settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "RECKONER_LOG_LEVEL": "ERROR"}
            os.environ.update(settings, RECKONER_VAR=folder, DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3")
            import_module("django").setup()  # what needs the settings can be imported only from here on
            import_module("django.core.management").call_command("migrate", verbosity=0)
            with import_module("core.audit").audit_context(actor_name="bench"):
                sys.exit(0 if report("sqlite") else 1)
    if sys.argv[1:2] == ["postgresql"]:
        with postgresql("casework"):
            kept = report("postgresql")
        sys.exit(0 if kept else 1)
    codes = [subprocess.call([sys.executable, "-m", "bench.casework", name]) for name in LIMITS]
    sys.exit(max(codes))


def report(database: str) -> bool:
    fill()
    readers = [reader(role) for role in ("secretary", "staff")]
    found = {name: percentile(readers, address) for name, address in PAGES.items()}
    limit, slowest = LIMITS[database], max(found.values())
    said = ", ".join(f"{name} {took:.0f} ms" for name, took in found.items())
    kept = slowest <= limit
    print(f"casework: {database}, p95: {said}; the limit of {limit} ms is {'kept' if kept else 'BROKEN'}", flush=True)
    return kept


def reader(role: str) -> Any:
    """Somebody at a browser."""
    make = import_module("core.accounts.actions").create_user
    facts = {"email": f"{role}@bench.example", "name": role, "password": "-", "starts": date(2011, 1, 1)}
    client = import_module("django.test").Client()
    client.force_login(make(roles=[role], by=None, **facts))
    return client


def percentile(readers: list[Any], address: str) -> float:
    """Milliseconds within which 95 in 100 answers came, the first of each reader left out."""
    taken = []
    for client in readers:
        client.get(address)
        for _ in range(ROUNDS):
            began = time.perf_counter()
            response = client.get(address)
            taken.append((time.perf_counter() - began) * 1000)
            if response.status_code != 200:
                raise SystemExit(f"casework: {address} answered {response.status_code}")
    return sorted(taken)[int(len(taken) * 0.95)]


def fill() -> None:
    """The office and its casework, straight into the tables; the statistics of the database made again after it."""
    accounts, boards = import_module("core.accounts.models"), import_module("governance.boards.models")
    accounts.Office.objects.create(
        name="Office", short_name="Bench", force_name="Force", is_demo=True, today_override=TODAY
    )
    guard = import_module("core.audit.install")
    guard.uninstall(None)  # a made-up past has no history; the guards are put back before anything is asked
    people = many(accounts.Person, PEOPLE, lambda n: {"name": f"Person {n}"})
    own = many(boards.Board, BOARDS, lambda n: {"name": f"Board {n}", "slug": f"board-{n}"})
    per_board = MEETINGS // BOARDS
    first = TODAY - timedelta(days=14 * per_board)
    meetings = many(
        boards.Meeting,
        MEETINGS,
        lambda n: {"board": own[n % BOARDS], "date": first + timedelta(days=14 * (n // BOARDS))},
    )
    items = many(
        boards.AgendaItem,
        MEETINGS * 2,
        lambda n: {"meeting": meetings[n // 2], "position": n % 2 + 1, "title": "Item", **part(n)},
    )
    many(boards.BoardAction, ACTIONS, lambda n: action(n, items, people))
    many(boards.Commitment, COMMITMENTS, lambda n: commitment(n, people))
    guard.install()
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def many(model: Any, count: int, facts: Callable[[int], dict[str, Any]]) -> list[Any]:
    return model.objects.bulk_create([model(**facts(number)) for number in range(count)], batch_size=2_000)


def part(number: int) -> dict[str, str]:
    return {"part": "exempt", "exemption": "3"} if number % 10 == 0 else {"part": "public"}


def action(number: int, items: list[Any], people: list[Any]) -> dict[str, Any]:
    """One in ten is open, the newer rather than the older; the rest are done."""
    item = items[number * len(items) // ACTIONS]
    is_open = number % 10 == 0
    closed = {"status": "done", "closed_at": datetime(2019, 1, 1, tzinfo=UTC), "closed_by_id": closer()}
    return {
        "item": item,
        "ref": f"A{number:06d}",
        "text": f"Report on matter {number} to the board in writing",
        "owner": people[number % PEOPLE],
        "raised_on": item.meeting.date,
        "due": item.meeting.date + timedelta(days=20 + number % 60),
        "redated": number % 100 == 0,
        "no_evidence_why": "" if is_open else "It stands in the minutes.",
        **({"status": ("open", "progress", "blocked", "reported")[number // 10 % 4]} if is_open else closed),
        **({"no_evidence_why": "Seen."} if is_open else {}),
    }


@cache
def closer() -> int:
    users = import_module("core.accounts.models").User.objects
    return (users.first() or users.create(email="closer@bench.example", name="Closer", password="-")).pk


def commitment(number: int, people: list[Any]) -> dict[str, Any]:
    sentence = f"I will report on matter {number}."
    return {
        "paper": "2018-19-q4",
        "sentence": sentence,
        "key": import_module("governance.boards.models.commitment").sentence_key(sentence),
        "kind": "report",
        "made_on": date(2019, 6, 1),
        "owner": people[number % PEOPLE],
        "due": TODAY + timedelta(days=number % 90 - 45),
        "status": "open" if number % 5 == 0 else "kept",
    }


if __name__ == "__main__":
    main()
