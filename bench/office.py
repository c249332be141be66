"""A made-up office of many years for the benches: its casework, and a log of every change of it, sealed.

The years are told day by day, as they would have been: meetings are called, held and minuted, decisions noted, actions
recorded, reported on, moved, re-dated and closed. Each deed leaves its rows and its events.
"""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from bench.writing import Deed, Row, Writer

TODAY = dt.datetime.now(dt.UTC).date()
BOARDS, MEETINGS, ITEMS, ACTIONS = 40, 5_000, 4, 20  # boards, meetings, items of a meeting, actions of a meeting
EVERY, AHEAD = 20, 40  # days between the meetings of a board; days for which meetings are fixed already
COMMON, RARE, HIDDEN = "officers", "weathervane", "severance"  # in most texts; in a few; in exempt ones alone
SUBJECTS = (
    "response times", "custody", "call handling", "burglary", "fraud", "hate crime", "domestic abuse",
    "road safety", "rural crime", "stalking", "the estate", "the fleet", "vetting", "complaints", "detectives",
    "training", "overtime", "reserves", "the precept", "savings", "victims", "witnesses", "youth work", "licensing",
    "drones", "forensics", "firearms", "stop and search", "neighbourhood teams", "volunteers", "cadets", "sickness",
    "recruitment", "retention", "procurement", "insurance", "energy", "buildings", "data quality", "disclosure",
    "warrants", "bail",
)  # fmt: skip
ASKS = ("Report on", "Bring a paper on", "Set out the cost of", "Agree with partners about", "Publish figures of")
ENDS = ("in writing", "with the force’s own account", "before the budget is set", "for the next meeting of the panel")
SAID = ("Begun", "Half done", "Waiting for the figures of the force", "Nearly done", "Done and told to the board")
WHYS = ("", "", "", "Agreed with the chair.", "The figures came late.", "Asked for at the last meeting.")
LIFE = ((12, "progress"), (30, "reported"), (45, "done"))  # days after an action was recorded, and where it then stands
MOVES = {"circulated": "circulate_minutes", "agreed": "agree_minutes", "signed": "sign_minutes"}


class Office:
    """Tells the years; `run` leaves them in the database."""

    def __init__(self, people: list[int], users: list[tuple[int, str]]) -> None:
        self.random, self.people, self.users = random.Random(7), people, users
        self.writer = Writer()
        self.later: dict[dt.date, list[Callable[[], None]]] = defaultdict(list)
        self.day, self.minute = TODAY, 0
        boards = import_module("governance.boards.models")
        names = "Meeting AgendaItem Attendance Minute Decision BoardAction ActionProgress ActionRedating ActionMove"
        self.blank = {f"boards_{name.lower()}": self.writer.blank(getattr(boards, name)) for name in names.split()}

    def run(self) -> None:
        first = TODAY + dt.timedelta(days=AHEAD - EVERY * MEETINGS // BOARDS)
        for number in range(MEETINGS):
            held = first + dt.timedelta(days=EVERY * (number // BOARDS) + number % BOARDS % EVERY)
            self.later[held - dt.timedelta(days=AHEAD)].append(partial(self.call, number % BOARDS + 1, held))
        self.day = min(self.later)
        while self.day <= TODAY:
            self.minute = 0
            for happens in self.later.pop(self.day, ()):
                happens()
            self.day += dt.timedelta(days=1)
        self.writer.finish()

    def deed(self, action: str) -> Deed:
        """Somebody does something, a little later than the one before."""
        self.minute += 1
        user, name = self.users[self.random.randrange(len(self.users))]
        request = f"{self.random.getrandbits(128):032x}"
        hour, minute = divmod(8 * 60 + self.minute * 2 // 3, 60)
        at = f"{self.day}T{min(hour, 23):02}:{minute:02}:{self.minute % 3 * 20:02}.000000Z"
        return Deed(user, name, f"boards.{action}", self.random.choice(WHYS), request, at)

    def add(self, deed: Deed, table: str, **facts: Any) -> Row:
        rows = self.writer.rows[table]
        row = {**self.blank[table], "id": len(rows) + 1, **facts}
        rows.append(row)
        self.writer.log(deed, table, row)
        return row

    def change(self, deed: Deed, table: str, row: Row, **facts: Any) -> None:
        old = {name: row[name] for name in row if name in facts}
        row.update(facts)
        self.writer.log(deed, table, row, old)

    def after(self, days: int, happens: Callable[[], None]) -> None:
        self.later[self.day + dt.timedelta(days=days)].append(happens)

    def sentence(self, number: int, is_exempt: bool = False) -> str:
        words = [self.random.choice(ASKS), self.random.choice(SUBJECTS), "and", self.random.choice(SUBJECTS)]
        words += ["to the board", self.random.choice(ENDS), f"matter {number}"]
        words += [COMMON] if self.random.random() < 0.6 else []
        words += [RARE] if number % 9_001 == 17 else []
        return " ".join([*words, HIDDEN] if is_exempt else words)

    def call(self, board: int, held: dt.date) -> None:
        """A meeting is fixed, with its agenda; its day comes."""
        deed = self.deed("create_meeting")
        meeting = self.add(deed, "boards_meeting", board_id=board, date=held.isoformat())
        items = [self.item(deed, meeting, position) for position in range(1, ITEMS + 1)]
        deed = self.deed("edit_item")
        for item in items:
            self.change(deed, "boards_agendaitem", item, presenter="The chief executive", version=2)
        self.after(AHEAD, partial(self.hold, meeting, items))

    def item(self, deed: Deed, meeting: Row, position: int) -> Row:
        number = (meeting["id"] - 1) * ITEMS + position
        part = {"part": "exempt", "exemption": "3"} if number % 10 == 0 else {"part": "public"}
        title = f"{self.random.choice(SUBJECTS).capitalize()}, report {number}"
        return self.add(deed, "boards_agendaitem", meeting_id=meeting["id"], position=position, title=title, **part)

    def hold(self, meeting: Row, items: list[Row]) -> None:
        deed = self.deed("set_attendance")
        for person in self.random.sample(self.people, 8):
            self.add(deed, "boards_attendance", meeting_id=meeting["id"], person_id=person)
        for item in items:
            self.minuted(item)
        for number in range(ACTIONS):
            self.recorded(items[number % ITEMS])
        for days, state in ((5, "circulated"), (EVERY, "agreed"), (EVERY + 9, "signed")):
            self.after(days, partial(self.minutes_move, meeting, state))

    def minuted(self, item: Row) -> None:
        text = " ".join(f"<p>{self.sentence(item['id'], item['part'] == 'exempt')}.</p>" for _ in range(3))
        deed = self.deed("save_minute")
        minute = self.add(deed, "boards_minute", item_id=item["id"], text="")
        self.change(deed, "boards_minute", minute, text=text[:90], version=2)
        self.change(self.deed("save_minute"), "boards_minute", minute, text=text, version=3)
        if item["id"] % 5 < 2:
            deed = self.deed("record_decision")
            number = len(self.writer.rows["boards_decision"]) + 1
            facts = {"text": f"To {self.sentence(item['id'], item['part'] == 'exempt')}.", "decided_by": "The board"}
            self.add(deed, "boards_decision", item_id=item["id"], ref=f"D{number:06d}", **facts)

    def minutes_move(self, meeting: Row, state: str) -> None:
        deed = self.deed(
            {"circulated": "circulate_minutes", "agreed": "agree_minutes", "signed": "sign_minutes"}[state]
        )
        agreed = {} if state == "circulated" else {"agreed_by_id": deed.actor, "agreed_at": _moment(deed.at)}
        self.change(deed, "boards_meeting", meeting, minutes_state=state, version=meeting["version"] + 1, **agreed)

    def recorded(self, item: Row) -> None:
        number = len(self.writer.rows["boards_boardaction"]) + 1
        owner = self.people[self.random.randrange(len(self.people))]
        due = self.day + dt.timedelta(days=20 + number % 60)
        facts = {"text": self.sentence(number, item["part"] == "exempt"), "owner_id": owner, "due": due.isoformat()}
        facts |= {"raised_on": self.day.isoformat(), "item_id": item["id"], "ref": f"A{number:06d}"}
        action = self.add(self.deed("record_action"), "boards_boardaction", **facts)
        stays_open = number % 14 == 0
        for days, state in LIFE[: number % 3 if stays_open else 3]:
            self.after(days + number % 11, partial(self.moved, action, state))
        if number % 6 == 0:
            self.after(25, partial(self.redated, action))

    def moved(self, action: Row, state: str) -> None:
        """Said how it goes, in a deed of its own; and moved on."""
        deed = self.deed("report_progress")
        said = f"{self.random.choice(SAID)}: {self.random.choice(SUBJECTS)}"
        facts = {"action_id": action["id"], "by_id": deed.actor}
        if state == "reported":
            self.add(deed, "boards_actionprogress", text=said, at=_moment(deed.at), **facts)
            self.change(deed, "boards_boardaction", action, progress=said, version=action["version"] + 1)
        deed = self.deed("move_action")
        facts |= {"by_id": deed.actor, "was": action["status"], "now": state}
        self.add(deed, "boards_actionmove", at=_moment(deed.at), **facts)
        closed = {"closed_at": _moment(deed.at), "closed_by_id": deed.actor} if state == "done" else {}
        seen = {"no_evidence_why": "It stands in the minutes."}
        self.change(deed, "boards_boardaction", action, status=state, version=action["version"] + 1, **seen, **closed)

    def redated(self, action: Row) -> None:
        deed = self.deed("redate_action")
        was, now = action["due"], (dt.date.fromisoformat(action["due"]) + dt.timedelta(days=30)).isoformat()
        facts = {"action_id": action["id"], "was": was, "now": now, "why": "The figures came late."}
        self.add(deed, "boards_actionredating", by_id=deed.actor, at=_moment(deed.at), **facts)
        self.change(deed, "boards_boardaction", action, due=now, redated=1, version=action["version"] + 1)


def _moment(at: str) -> str:
    """As a row keeps it that has it in JSON."""
    return at.replace(".000000Z", "+00:00")
