"""The pages of an office of many years: 100,000 actions, 5,000 meetings and a log of a million changes.

    python -m bench.casework [sqlite | postgresql]
    RECKONER_KEEP=FOLDER python -m bench.casework    leaves the office it wrote there, and finds it the next time

Every page below is asked for by several people, through every middleware and template; said is the time by the clock
below which half and 95 in 100 answers came, the first of each person left out. A line a page, one a database.
`bench/office.py` tells what happened in the office.
"""

import math
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from bench.databases import postgresql, sqlite
from bench.office import BOARDS, COMMON, HIDDEN, RARE, TODAY, Office

COMMITMENTS, PEOPLE, ACCOUNTS = 1_000, 80, 24
KEEP = os.environ.get("RECKONER_KEEP", "")
ROUNDS = int(os.environ.get("RECKONER_ROUNDS", "20"))
LIMITS = {"postgresql": 300, "sqlite": 500}  # milliseconds
ROLES = ("secretary", "staff", "contributor", "auditor", "commissioner", "panel")
EVERYBODY = ("secretary", "staff", "auditor")  # of those who see boards
STAFF_AND_PANEL = ("staff", "panel")
HISTORY = ("staff", "auditor")
DAY = TODAY - timedelta(days=700)
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "home": ("/", ROLES),
    "search, a common word": (f"/search/?q={COMMON}", STAFF_AND_PANEL),
    "search, two words": (f"/search/?q=burglary+{COMMON}", STAFF_AND_PANEL),
    "search, a rare word": (f"/search/?q={RARE}", STAFF_AND_PANEL),
    "search, an exempt word": (f"/search/?q={HIDDEN}", (*STAFF_AND_PANEL, "secretary")),
    "search, actions only": (f"/search/?q={COMMON}&kind=action", STAFF_AND_PANEL),
    "ledger": ("/actions/?show=open", EVERYBODY),
    "ledger, mine": ("/actions/?show=mine", EVERYBODY),
    "ledger, a later page": (f"/actions/?show=open&after={DAY:%Y%m%d}.arising.1", EVERYBODY),
    "ledger, overdue of a board": ("/actions/?show=overdue&board=board-7", EVERYBODY),
    "ledger, closed": ("/actions/?show=closed", EVERYBODY),
    "ledger, oldest first": ("/actions/?show=open&sort=age", EVERYBODY),
    "ledger as a board": ("/actions/board/", EVERYBODY),
    "boards": ("/boards/", EVERYBODY),
    "a board": ("/boards/board-7/", EVERYBODY),
    "the year's meetings": (f"/meetings/year/{TODAY.year}/", EVERYBODY),
    "minutes": ("/minutes/", EVERYBODY),
    "calendar": ("/calendar/", EVERYBODY),
    "a meeting": ("/meetings/4000/", EVERYBODY),
    "an action": ("/actions/50001/", EVERYBODY),
    "decisions": ("/decisions/", EVERYBODY),
    "history": ("/history/", HISTORY),
    "history, one kind": ("/history/?kind=boards_decision", HISTORY),
    "history, one person": ("/history/?who=9", HISTORY),
    "history, a day": (f"/history/?since={DAY}&until={DAY}", HISTORY),
    "history, a deed": ("/history/?action=boards.redate_action", HISTORY),
    "history, a deed of one on a day": (
        f"/history/?action=boards.redate_action&who=9&since={DAY}&until={DAY + timedelta(days=30)}",
        HISTORY,
    ),
    "history, reasons": ("/history/?reason=on", HISTORY),
    "history of an action": ("/history/boards_boardaction/50001/", HISTORY),
    "history of a meeting": ("/history/boards_meeting/4000/", HISTORY),
}


def main() -> None:
    if sys.argv[1:]:
        name = sys.argv[1]
        with sqlite("casework", KEEP) if name == "sqlite" else postgresql("casework", bool(KEEP)):
            kept = report(name)
        sys.exit(0 if kept else 1)
    codes = [subprocess.call([sys.executable, "-m", "bench.casework", name]) for name in LIMITS]
    sys.exit(max(codes))


def report(database: str) -> bool:
    readers = prepare()
    import_module("config.wsgi")  # as the web server comes to its first request
    return measure(database, readers)


def prepare() -> dict[str, Any]:
    """The office told, indexed and sealed, unless one was kept; and those who will read in it."""
    users = import_module("core.accounts.models").User.objects.order_by("pk")
    if not import_module("desk.models").SearchPosition.objects.exists():
        began = time.perf_counter(), time.process_time()
        fill()
        filled = time.perf_counter()
        index()
        events = check()
        print(
            f"    {events:,} events; written in {filled - began[0]:.0f} s, indexed and checked in "
            f"{time.perf_counter() - filled:.0f} s, {time.process_time() - began[1]:.0f} s of own processor time",
            flush=True,
        )
    clients = {}
    for role, user in zip(ROLES, users, strict=False):
        clients[role] = import_module("django.test").Client()
        clients[role].force_login(user)
    return clients


def measure(database: str, readers: dict[str, Any]) -> bool:
    limit, broken, slowest = LIMITS[database], [], (0.0, "")
    for page, (address, roles) in PAGES.items():
        for role in roles:
            half, most = percentiles(readers[role], address)
            late = "  BROKEN" if most > limit else ""
            print(f"    {page:32} {role:12} p50 {half:5.0f} ms, p95 {most:5.0f} ms{late}", flush=True)
            slowest = max(slowest, (most, f"{page}, as {role}"))
            broken += [f"{page}, as {role}"] if late else []
    print(
        f"casework: {database}, {len(PAGES)} pages, {len(ROLES)} people: the slowest p95 is {slowest[0]:.0f} ms "
        f"({slowest[1]}), at a load of {os.getloadavg()[0]:.1f}; the limit of {limit} ms is "
        f"{f'BROKEN {len(broken)} times' if broken else 'kept'}",
        flush=True,
    )
    return not broken


def percentiles(client: Any, address: str) -> tuple[float, float]:
    """Milliseconds within which half and 95 in 100 of the answers came."""
    taken = []
    for number in range(ROUNDS + 1):
        began = time.perf_counter()
        response = client.get(address)
        if number:
            taken.append((time.perf_counter() - began) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"casework: {address} answered {response.status_code}")
    taken.sort()
    return taken[len(taken) // 2], taken[math.ceil(len(taken) * 0.95) - 1]


def fill() -> None:
    """The office and its casework, straight into the tables; the guards are put back before anything is asked."""
    accounts, boards = import_module("core.accounts.models"), import_module("governance.boards.models")
    make = import_module("core.accounts.actions").create_user
    accounts.Office.objects.create(name="Office", short_name="Bench", force_name="Force")
    since = TODAY - timedelta(days=3_000)
    for role in ROLES:
        make(email=f"{role}@bench.example", name=role.title(), password="-", roles=[role], starts=since, by=None)
    users = [accounts.User(email=f"u{n}@bench.example", name=f"Writer {n}", password="-") for n in range(ACCOUNTS)]
    accounts.User.objects.bulk_create(users)
    accounts.Person.objects.bulk_create(accounts.Person(name=f"Person {n}") for n in range(PEOPLE))
    boards.Board.objects.bulk_create(boards.Board(name=f"Board {n}", slug=f"board-{n}") for n in range(1, BOARDS + 1))
    people = list(accounts.Person.objects.order_by("pk").values_list("pk", flat=True))
    guard = import_module("core.audit.install")
    guard.uninstall(None)
    with import_module("django.db").transaction.atomic():
        Office(people, list(accounts.User.objects.order_by("pk").values_list("pk", "name"))).run()
    guard.install()
    promise(people)
    for user in accounts.User.objects.order_by("pk")[: len(ROLES)]:
        follow(user)


def promise(people: list[int]) -> None:
    model = import_module("governance.boards.models").Commitment
    key = import_module("governance.boards.models.commitment").sentence_key
    said = [f"I will report on matter {number}." for number in range(COMMITMENTS)]
    model.objects.bulk_create(
        model(
            paper="2018-19-q4",
            sentence=sentence,
            key=key(sentence),
            kind="report",
            made_on=date(2019, 6, 1),
            owner_id=people[number % len(people)],
            due=TODAY + timedelta(days=number % 90 - 45),
            status="open" if number % 5 == 0 else "kept",
        )
        for number, sentence in enumerate(said)
    )


def follow(user: Any) -> None:
    """Some boards and the latest actions of the office."""
    model, now = import_module("desk.models").Following, import_module("django.utils.timezone").now()
    action = import_module("governance.boards.models").BoardAction
    newest = action.objects.order_by("-pk").values_list("pk", flat=True)[:400:40]
    wanted = [("board", number) for number in (3, 7, 9)] + [("action", pk) for pk in newest]
    model.objects.bulk_create(model(user=user, kind=kind, key=key, since=now) for kind, key in wanted)


def index() -> None:
    import_module("desk.searching.index").rebuild()


def check() -> int:
    """The last tenth of the chain verifies, or there is nothing to measure. Returns how many events there are."""
    verify = import_module("core.audit.verify")
    last = verify.head()[0]
    found = verify.verify(after=last - last // 10)
    if not found.is_whole:
        raise SystemExit(f"casework: the log does not verify: {found.first}")
    return last


if __name__ == "__main__":
    main()
