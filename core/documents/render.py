"""HTML into a PDF/UA document, in a process of its own that can be limited and killed.

What the document may use: `data:` addresses, the style sheets of static/css and the bundled fonts. Anything else it
refers to ends the rendering. The same HTML, title and time give the same bytes on the same machine.
"""

import datetime as dt
import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings

Progress = Callable[[float, float, str], None]  # done, total, words; may raise to stop the rendering

logger = logging.getLogger(__name__)

BASE_SHEET = "print-base.css"
ASSETS = ("css/*.css", "vendor/atkinson-hyperlegible/*.woff2")  # under static/
TICK = 0.25  # seconds between looks at the clock and at whether to stop
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Limits:
    """What one rendering may use."""

    cpu_seconds: int = 240
    wall_seconds: int = 300
    memory_bytes: int = 1_500_000_000  # of address space; a 70-page paper needs about a tenth of it
    file_bytes: int = 200_000_000


@dataclass(frozen=True)
class Rendered:
    pdf: bytes
    pages: int
    cpu_seconds: float
    peak_bytes: int


class RenderFailed(Exception):
    """The document could not be made; the message says why and what to do."""


SENTENCES = {
    "outside": "The document refers to something outside itself ({what}). Remove it and try again.",
    "memory": "The document needs more memory than one document may use. Split it, or make its pictures smaller.",
    "fault": "The document was not made because something in it is wrong: {what}",
    "time": "The document took longer than {what} seconds and was stopped. Split it, or make its tables smaller.",
    "crash": "The document could not be made: the program that lays it out stopped without a result. Try again.",
}


def render_pdf(html: str, *, title: str, **options: Any) -> bytes:
    """`render` for those who want the bytes alone."""
    return render(html, title=title, **options).pdf


def render(
    html: str,
    *,
    title: str,
    stylesheets: tuple[str, ...] = (),
    css: str = "",
    language: str = "en-GB",
    author: str = "",
    subject: str = "",
    at: dt.datetime | None = None,
    on_progress: Progress | None = None,
    limits: Limits = Limits(),
) -> Rendered:
    """Lay out a whole HTML document as PDF/UA-1.

    `stylesheets` are names of files in static/css, used after print-base.css; `css` is further style as text. `at` is
    the time written into the file. `on_progress` is called at least every second, and may raise to stop the work.
    """
    sheets = [f"css/{name}" for name in (BASE_SHEET, *stylesheets)]
    files = _assets()
    unknown = [name for name in sheets if name not in files]
    if unknown:
        raise ValueError(f"No such style sheet: {', '.join(unknown)}")
    request = {
        "html": html,
        "title": title,
        "stylesheets": sheets,
        "css": css,
        "language": language,
        "author": author,
        "subject": subject,
        "at": (at or EPOCH).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "files": files,
        "limits": asdict(limits),
    }
    with tempfile.TemporaryDirectory(prefix="reckoner-render-") as folder:
        asked, result = Path(folder, "request.json"), Path(folder, "result.pdf")
        asked.write_text(json.dumps(request), encoding="utf-8")
        told = run_worker("core.documents.render_worker", [str(asked), str(result)], folder, limits, on_progress)
        return made_by(told, folder, result)


def made_by(told: dict[str, Any], folder: str, result: Path) -> Rendered:
    """What a worker made, by the last thing it said. Raises RenderFailed with the reason."""
    if told.get("failed") == "crash":
        logger.error("worker died: %s", Path(folder, "errors").read_text(errors="replace")[-2000:])
    if "pages" not in told:
        sentence = SENTENCES.get(told.get("failed", ""), SENTENCES["crash"])
        raise RenderFailed(sentence.format(what=told.get("what", "")))
    return Rendered(result.read_bytes(), told["pages"], told["cpu_seconds"], told["peak_kilobytes"] * 1024)


def _assets() -> dict[str, str]:
    """Every bundled file a document may use, by its name under static/."""
    root = settings.BASE_DIR / "static"
    return {path.relative_to(root).as_posix(): str(path) for pattern in ASSETS for path in sorted(root.glob(pattern))}


def run_worker(
    module: str, arguments: list[str], folder: str, limits: Limits, on_progress: Progress | None
) -> dict[str, Any]:
    """Run one of the workers that make PDFs to its end, and give back the last thing it said."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": os.environ.get("HOME", folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONHASHSEED": "0",  # sets are walked in the same order, so the same document gives the same bytes
        "TMPDIR": folder,
    }
    command = [sys.executable, "-P", "-m", module, *arguments]
    with open(Path(folder, "errors"), "wb") as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
        assert process.stdout is not None  # a pipe was asked for
        try:
            return _listen(process, process.stdout, limits, on_progress)
        finally:
            _end(process)
            process.stdout.close()


def _listen(
    process: subprocess.Popen[bytes], pipe: IO[bytes], limits: Limits, on_progress: Progress | None
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    share, words = 0.0, "Starting"
    ends = time.monotonic() + limits.wall_seconds
    held = b""
    while True:
        ready, _, _ = select.select([pipe], [], [], TICK)
        if ready:
            chunk = os.read(pipe.fileno(), 65536)
            if not chunk:
                break
            *lines, held = (held + chunk).split(b"\n")
            for line in lines:
                told = json.loads(line)
                share, words = told.get("share", share), told.get("words", words)
        if time.monotonic() > ends:
            return {"failed": "time", "what": limits.wall_seconds}
        if on_progress:
            on_progress(share, 1.0, words)
    return told if process.wait() == 0 or "failed" in told else _how_it_died(process.returncode, limits)


def _how_it_died(code: int, limits: Limits) -> dict[str, Any]:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return {"failed": "time", "what": limits.cpu_seconds}
    return {"failed": "crash"}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing running, whatever happened."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
