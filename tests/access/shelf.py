"""A small web server that shows one answer at a time, with its headers, and beside it the site's static files, which
the browser may keep: handing it each file again for each page costs more than the page does."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

KEPT = {"Cache-Control": "max-age=3600"}  # seconds
NOT_OURS = {"content-length", "connection", "transfer-encoding"}  # said by this server


@cache
def _static(name: str) -> tuple[bytes, str] | None:
    path = finders.find(name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return (Path(path).read_bytes(), kind) if path else None


class Shelf(ThreadingHTTPServer):
    """`show(body, headers)` says what lies there and returns its address."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Giver)
        self.shown: tuple[bytes, dict[str, str]] = (b"", {})
        self.count = 0

    def show(self, body: str, headers: dict[str, str]) -> str:
        self.shown = (body.encode(), headers)
        self.count += 1
        return f"http://localhost:{self.server_port}/?shown={self.count}"


class _Giver(BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        static = _static(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path == "/":
            self._give(200, *self.server.shown)
        elif static:
            self._give(200, static[0], {"Content-Type": static[1], **KEPT})
        else:
            self._give(204, b"", {})  # a page that asks again after a second is told that nothing is new

    do_POST = do_GET

    def _give(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in NOT_OURS:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Nothing: a failure says what was shown."""


@contextmanager
def open_shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    thread = Thread(target=shelf.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield shelf
    finally:
        shelf.shutdown()
        thread.join()
        shelf.server_close()
