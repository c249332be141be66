"""Is the log whole? Every hash is computed again from what the database holds now, in the order of the chain.

Whatever is wrong is told with the seq at which it shows. After a fault the walk goes on from the seal as it stands, so
one edited event is one fault and does not hide the next.

An event may be blank, if a tombstone with its hash stands later in the same chain: it was redacted. The chain may begin
at a prune point instead of seal 0, if the point itself stands later in it; `proof` looks at the point's signature.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from core.audit.chain import BODY, HEADER, Sealed, database_id, link
from core.audit.events import sealed, select_sealed, select_unsealed
from core.audit.tables import PRUNE_POINTS, REDACTIONS, SEAL_TABLE, TOMBSTONES

AT_ONCE = 2_000  # seals
TOLD = 20  # faults in words; the rest are counted


@dataclass(frozen=True)
class Fault:
    seq: int | None
    event: int | None
    sentence: str


@dataclass
class Verified:
    """What was looked at and what was found."""

    database: str = ""
    start: int = 0  # the seal after which the walk began
    events: int = 0
    seals: int = 0
    seq: int = 0
    head: str = ""
    faults: list[Fault] = field(default_factory=list)
    count: int = 0  # of faults
    redacted: int = 0
    pruned: int = 0  # the seal up to which events are in archives only
    blanks: dict[int, tuple[int, str]] = field(default_factory=dict)  # event to its seq and the hash left there
    agreed: set[int] = field(default_factory=set)  # redactions that two people agreed on
    tombstones: dict[int, str] = field(default_factory=dict)
    points: set[tuple[int, str]] = field(default_factory=set)  # prune points the chain holds

    @property
    def is_whole(self) -> bool:
        return not self.count

    @property
    def first(self) -> Fault | None:
        """The one that shows earliest in the chain."""
        return min(self.faults, key=lambda one: (one.seq is None, one.seq), default=None)

    def add(self, seq: int | None, event: int | None, sentence: str) -> None:
        self.count += 1
        if len(self.faults) < TOLD:
            self.faults.append(Fault(seq, event, sentence))


def verify(*, after: int = 0, known: Mapping[int, str] | None = None, using: str = DEFAULT_DB_ALIAS) -> Verified:
    """Walk the chain from the seal `after` to its end.

    `known` are hashes the chain is known to have had, by seq: from checkpoints, from earlier verifications. With
    `after`, the hash there is believed only as far as `known` has it.
    """
    found = Verified(start=after)
    known = known or {}
    _begin(found, using)
    _expect(found, known, found.seq, found.head)
    for one in seals(found.seq, using):
        _step(found, one)
        _expect(found, known, one.seq, one.hash)
    _judge_openings(found)
    for seq in sorted(known):
        if seq > found.seq:
            found.add(found.seq + 1, None, f"The chain was known to reach seq {seq}, and ends at seq {found.seq}.")
            break
    _unsealed(found, using)
    return found


def head(using: str = DEFAULT_DB_ALIAS, *, at: int | None = None) -> tuple[int, str]:
    """(seq, hash) of the last seal, or of the one `at` a seq; (-1, "") where there is none."""
    which, params = ("", []) if at is None else ("WHERE seq = %s", [at])
    found = _rows(f"SELECT seq, hash FROM {SEAL_TABLE} {which} ORDER BY seq DESC LIMIT 1", params, using)
    return found[0] if found else (-1, "")


def fits(seq: int, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether one seal is the hash of what its event says now and of the seal before it; seal 0 if it is there."""
    if seq == 0:
        return head(using, at=0)[0] == 0
    before = head(using, at=seq - 1)[1]
    found = [sealed(row) for row in _rows(select_sealed(connections[using].vendor), [seq - 1, 1], using)]
    return any(
        one.seq == seq and one.is_there and bool(before) and link(before, seq, one.payload) == one.hash for one in found
    )


def pruned_to(using: str = DEFAULT_DB_ALIAS) -> int:
    """The last seal whose event is in an archive and no longer here; 0 where nothing was pruned."""
    return _rows(f"SELECT max(seq) FROM {PRUNE_POINTS}", [], using)[0][0] or 0


def _begin(found: Verified, using: str) -> None:
    found.pruned = pruned_to(using)
    found.start = max(found.start, found.pruned)
    beginning = head(using, at=0)[1]
    if not beginning:
        found.add(0, None, "The first seal, seq 0, is not there.")
    else:
        found.database = database_id(beginning)
    seq, held = head(using, at=found.start)
    if held:
        found.seq, found.head = seq, held
    elif found.start:
        found.add(found.start, None, f"Seal {found.start}, up to which the log was verified before, is not there.")
        found.start, found.seq, found.head = 0, 0, beginning


def _step(found: Verified, one: Sealed) -> None:
    if one.seq == found.seq + 2:
        found.add(found.seq + 1, None, f"Seal {found.seq + 1} is missing.")
    elif one.seq != found.seq + 1:
        found.add(found.seq + 1, None, f"Seals {found.seq + 1} to {one.seq - 1} are missing.")
    elif not one.is_there:
        found.add(one.seq, one.event_id, f"Event {one.event_id} of seal {one.seq} was removed.")
    elif one.content is not None and not one.is_blank:
        found.add(one.seq, one.event_id, f"Event {one.event_id} of seal {one.seq} has what a redaction took from it.")
    elif link(found.head, one.seq, one.payload) != one.hash:
        found.add(one.seq, one.event_id, f"Event {one.event_id} or its seal {one.seq} was changed.")
    if one.content is not None and one.event_id is not None:
        found.blanks[one.event_id] = one.seq, one.content
    if one.header[TABLE] in OPENINGS and one.body[NEW]:
        _note(found, one.header[TABLE], json.loads(one.body[NEW]))
    found.seals += 1
    found.events += one.is_there
    found.seq, found.head = one.seq, one.hash


TABLE, NEW = HEADER.index("table"), BODY.index("new_full")
OPENINGS = (REDACTIONS, TOMBSTONES, PRUNE_POINTS)


def _note(found: Verified, table: str | None, row: Mapping[str, Any]) -> None:
    if table == REDACTIONS:
        if row["state"] == "done" and row["decided_by_id"] != row["asked_by_id"]:
            found.agreed.add(row["id"])
    elif table == TOMBSTONES:
        if row["redaction_id"] in found.agreed:
            found.tombstones[row["event_id"]] = row["content_sha256"]
    else:
        found.points.add((row["seq"], row["head"]))


def _judge_openings(found: Verified) -> None:
    for event, (seq, content) in found.blanks.items():
        if found.tombstones.get(event) == content:
            found.redacted += 1
        else:
            found.add(seq, event, f"Event {event} of seal {seq} was blanked without a redaction.")
    point = found.pruned and found.start == found.pruned
    if point and not any(seq == found.pruned for seq, _ in found.points):
        found.add(found.pruned, None, f"The log begins after seal {found.pruned}, and no prune point in it says so.")


def _expect(found: Verified, known: Mapping[int, str], seq: int, held: str) -> None:
    if known.get(seq, held) != held:
        found.add(seq, None, f"Seal {seq} is not the one it was: the chain was written anew at or before it.")


def _unsealed(found: Verified, using: str) -> None:
    for row in _rows(select_unsealed(connections[using].vendor), [], using):
        event = row[1]
        place = _rows(f"SELECT max(seq) FROM {SEAL_TABLE} WHERE event_id < %s", [event], using)[0][0] or 0
        found.events += 1
        found.add(place + 1, event, f"Event {event}, after seal {place}, has no seal: it was put in by hand.")


def seals(after: int, using: str) -> Iterator[Sealed]:
    """A part at a time, each a statement of its own: nobody waits, and the memory stays small."""
    select = select_sealed(connections[using].vendor)
    while rows := _rows(select, [after, AT_ONCE], using):
        yield from map(sealed, rows)
        after = rows[-1][0]


def _rows(sql: str, params: Iterable[Any], using: str) -> list[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, list(params))
        return cursor.fetchall()
