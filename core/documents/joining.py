"""Several PDFs as one: how many pages each has or what is wrong with it, and the joining itself, each in a process of
its own with limits (`join_worker`)."""

import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.html import format_html_join

from core.documents.render import Limits, Progress, Rendered, made_by, render, run_worker

WORKER = "core.documents.join_worker"
LOOKING = Limits(cpu_seconds=20, wall_seconds=40, memory_bytes=600_000_000)
JOINING = Limits(cpu_seconds=120, wall_seconds=180, memory_bytes=1_000_000_000, file_bytes=600_000_000)
PROBLEMS = {
    "locked": "It is locked with a password. Save it without one",
    "damaged": "It is damaged and cannot be read to its end. Make it anew from the document it came from",
    "no pages": "It has no pages",
    "memory": "It needs more memory to open than one file may use. Save it smaller",
    "time": "It takes too long to open. Print it to a new PDF",
}
STAMPS = """@page { size: 120mm 5mm; margin: 0 0 4.9mm 0;
  @bottom-center { content: string(words); font-size: 8.5pt; font-weight: bold; color: #465263; } }
  p { break-after: page; string-set: words attr(title); margin: 0; font-size: 0; }"""


@dataclass(frozen=True)
class Looked:
    """What was found when a PDF was looked at: its pages, or a problem as a sentence without its end."""

    pages: int
    problem: str = ""


@dataclass(frozen=True)
class Part:
    """One document of the whole: where it lies, the number its first page gets, and its bookmark."""

    path: str
    start: int
    stamp: int  # which stamp its first page gets, counted from 0
    title: str
    under: str = ""  # the bookmark over it, for several documents


def look(path: Path) -> Looked:
    """How many pages a PDF has, or why it cannot be joined to others."""
    with tempfile.TemporaryDirectory(prefix="reckoner-look-") as folder:
        asked = Path(folder, "request.json")
        asked.write_text(json.dumps({"look": str(path), "limits": asdict(LOOKING)}), encoding="utf-8")
        told = run_worker(WORKER, [str(asked), str(Path(folder, "none"))], folder, LOOKING, None)
    if "pages" in told:
        return Looked(told["pages"])
    return Looked(0, PROBLEMS.get(told.get("failed", ""), PROBLEMS["damaged"]))


def stamps(words: Sequence[str], on_progress: Progress | None = None) -> Rendered:
    """A little page for each of the words, to be laid on a page of the whole."""
    body = format_html_join("", '<p title="{}"></p>', ((one,) for one in words))
    html = f'<!doctype html><html lang="en-GB"><head><title>Numbers</title></head><body>{body}</body></html>'
    return render(html, title="Numbers", css=STAMPS, on_progress=on_progress)


def join(
    parts: Sequence[Part],
    *,
    stamped: bytes,
    title: str,
    author: str,
    subject: str,
    at: dt.datetime,
    on_progress: Progress | None = None,
) -> Rendered:
    """The parts as one tagged and bookmarked PDF, with a page of `stamped` on each. Raises RenderFailed."""
    with tempfile.TemporaryDirectory(prefix="reckoner-join-") as folder:
        asked, result, marks = (Path(folder, name) for name in ("request.json", "result.pdf", "stamps.pdf"))
        marks.write_bytes(stamped)
        request = {
            "parts": [asdict(one) for one in parts],
            "stamps": str(marks),
            "title": title,
            "author": author,
            "subject": subject,
            "language": "en-GB",
            "at": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "limits": asdict(JOINING),
        }
        asked.write_text(json.dumps(request), encoding="utf-8")
        told = run_worker(WORKER, [str(asked), str(result)], folder, JOINING, on_progress)
        return made_by(told, folder, result)
