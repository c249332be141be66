"""Asking ClamAV about a file: the daemon's INSTREAM command, over TCP or a socket of the same machine.

The content is sent in pieces, each after its length as four bytes, the greatest first; a length of nothing ends it. The
answer is one line: "stream: OK", "stream: Win.Test.EICAR_HDB-1 FOUND", or words that end in ERROR.
"""

import contextlib
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

from core.documents.storage import chunks_of

TIMEOUT = 30  # seconds for each word with the daemon
LONGEST = 4096  # bytes of an answer
DEFAULT_PORT = 3310


class ScannerAway(Exception):
    """The daemon does not answer, or says nothing that can be understood; its words for the log."""


class TooLarge(Exception):
    """The daemon is set to look at less than this file holds."""


@dataclass(frozen=True)
class Verdict:
    """What the daemon said: the name of what it found, empty for a clean file."""

    found: str = ""


def is_configured() -> bool:
    return bool(settings.CLAMAV)


def scan(data: bytes | BinaryIO) -> Verdict:
    """What the daemon says of this content. Raises ScannerAway or TooLarge where it says neither clean nor infected."""
    try:
        with _connected() as talk:
            talk.sendall(b"zINSTREAM\0")
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it says why before it hangs up
                for chunk in chunks_of(data):
                    if chunk:
                        talk.sendall(struct.pack(">I", len(chunk)) + chunk)
                talk.sendall(struct.pack(">I", 0))
            answer = _answer(talk)
    except OSError as problem:
        raise ScannerAway(f"{type(problem).__name__}: {problem}") from problem
    return _understood(answer)


@contextlib.contextmanager
def _connected() -> Iterator[socket.socket]:
    place = urlsplit(settings.CLAMAV)
    is_local = place.scheme == "unix"
    with socket.socket(socket.AF_UNIX if is_local else socket.AF_INET, socket.SOCK_STREAM) as talk:
        talk.settimeout(TIMEOUT)
        talk.connect(place.path if is_local else (place.hostname, place.port or DEFAULT_PORT))
        yield talk


def _answer(talk: socket.socket) -> str:
    held = b""
    while b"\0" not in held and len(held) < LONGEST:
        piece = talk.recv(LONGEST)
        if not piece:
            break
        held += piece
    return held.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _understood(answer: str) -> Verdict:
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Verdict()
    if words.endswith(" FOUND"):
        return Verdict(words.removesuffix(" FOUND"))
    if "size limit exceeded" in words:
        raise TooLarge(words)
    raise ScannerAway(words or "no answer")
