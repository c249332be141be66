"""A small daemon for tests that speaks as much of ClamAV's protocol as is used, over TCP or a local socket."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BAD = b"EICAR"


@dataclass
class Daemon:
    address: str = ""
    seen: list[bytes] = field(default_factory=list)
    limit: int = 1_000_000  # bytes
    says: bytes = b""  # instead of what it would find


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        daemon: Daemon = self.server.daemon
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.say(b"UNKNOWN COMMAND")
            return
        held = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            held += self.rfile.read(size)
            if len(held) > daemon.limit:
                self.say(b"INSTREAM size limit exceeded. ERROR")
                return
        daemon.seen.append(held)
        self.say(daemon.says or (b"stream: Win.Test.EICAR_HDB-1 FOUND" if BAD in held else b"stream: OK"))

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\0")


@contextmanager
def running(socket: Path | None = None) -> Iterator[Daemon]:
    daemon = Daemon()
    kind = socketserver.UnixStreamServer if socket else socketserver.TCPServer
    with kind(str(socket) if socket else ("127.0.0.1", 0), _Talk) as server:
        server.daemon = daemon
        daemon.address = f"unix:{socket}" if socket else f"tcp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield daemon
        server.shutdown()
        thread.join()
