"""How an event is written down to be hashed, and how hashes make a chain. Pure.

Whoever wants to check the log without this program follows this page; `standalone.py` does, from the words alone.

A *field* is the length of its UTF-8 bytes in decimal, a colon, the text and a comma; a field that is NULL is `-,`.
So no two lists of fields are written alike. Numbers are in decimal, times in UTC as 2026-11-28T09:30:00.123456Z, and
the values before and after are the JSON text exactly as the database gives it back.

- content = SHA-256(fields of: `reckoner-content-1`, salt, reason, old values, new values). The salt keeps short
  personal data from being guessed from its hash. A redaction blanks these four and leaves the content's hash instead.
- payload = SHA-256(fields of: `reckoner-event-1`, id, table, key, operation, time, transaction, role, actor's id,
  actor's name, on behalf of, action, request, address, job, content)
- hash of seal n = SHA-256(0x00, hash of seal n-1, 0x1f, n, payload), hashes in 64 hex digits, n in decimal.

Seal 0 holds no event: its hash is random, and names the database.
"""

import hashlib
import secrets
from collections.abc import Iterable
from typing import NamedTuple

CONTENT, PAYLOAD = "reckoner-content-1", "reckoner-event-1"
HEADER = (  # the columns of an event that a redaction leaves, in the order in which they are hashed
    "id",
    "table",
    "key",
    "op",
    "at",
    "transaction",
    "role",
    "actor_id",
    "actor_name",
    "on_behalf_of",
    "action",
    "request_id",
    "address",
    "job",
)
BODY = ("salt", "reason", "old_changed", "new_full")  # what a redaction blanks


class Sealed(NamedTuple):
    """One seal, with the event it seals as text: `header` and `body` in the order above."""

    seq: int
    event_id: int | None
    hash: str
    header: tuple[str | None, ...]
    body: tuple[str | None, ...]
    content: str | None  # the hash left by a redaction

    @property
    def is_there(self) -> bool:
        return self.header[0] is not None

    @property
    def is_blank(self) -> bool:
        return not any(self.body)

    @property
    def payload(self) -> str:
        return payload_sha256(self.header, self.content or content_sha256(self.body))


def new_salt() -> str:
    return secrets.token_hex(16)


def new_beginning() -> str:
    """The hash of seal 0."""
    return secrets.token_hex(32)


def database_id(beginning: str) -> str:
    """What a checkpoint calls the database: the first 32 digits of seal 0."""
    return beginning[:32]


def content_sha256(body: Iterable[str | None]) -> str:
    return _sha256(CONTENT, body)


def payload_sha256(header: Iterable[str | None], content: str) -> str:
    return _sha256(PAYLOAD, (*header, content))


def link(previous: str, seq: int, payload: str) -> str:
    return hashlib.sha256(f"\0{previous}\x1f{seq}{payload}".encode()).hexdigest()


def moment(stored: str) -> str:
    """A time as it is hashed, from how SQLite keeps it or from itself."""
    whole = stored.replace(" ", "T").removesuffix("Z")
    return f"{whole}Z" if "." in whole else f"{whole}.000000Z"


def link_of_row(previous: str | None, seq: int, *values: str | int | None) -> str:
    """The hash of a seal from the columns of its event as SQLite has them, those of HEADER and then those of BODY.

    ValueError where there is no seal before: the change is then refused.
    """
    if previous is None:
        raise ValueError("The log has no first seal: run manage.py migrate.")
    header = [None if value is None else str(value) for value in values[: len(HEADER)]]
    header[AT] = moment(header[AT] or "")
    return link(previous, seq, payload_sha256(header, content_sha256(values[len(HEADER) :])))  # type: ignore[arg-type]


AT = HEADER.index("at")


def content_of_row(*body: str | None) -> str:
    """The hash of what an event says, from the columns of BODY as SQLite has them."""
    return content_sha256(body)


def fields(values: Iterable[str | None]) -> bytes:
    written = ["-," if one is None else f"{len(one) if one.isascii() else len(one.encode())}:{one}," for one in values]
    return "".join(written).encode()


def _sha256(name: str, values: Iterable[str | None]) -> str:
    return hashlib.sha256(fields((name, *values))).hexdigest()
