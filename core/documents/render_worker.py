"""The process that makes a PDF: `python -m core.documents.render_worker REQUEST RESULT`. See `render`.

It knows no Django and no database, limits itself before it looks at the document, and reads nothing but its request
and the style sheets and fonts named there. It says how far it is on standard output, one JSON object a line.
"""

import gc
import json
import logging
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, svg
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.logger import LOGGER, PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.documents.tagging import Facts, Unexpected, finish
from core.documents.worker import STATUS, limit, say, say_made

EMBEDDED = re.compile(r"data:[^\s\"']{20,}")
MAX_FAULT = 160  # characters
BASE = "https://static.invalid/"  # stands for the static folder; a name that can never be looked up
TYPES = {".css": "text/css", ".woff2": "font/woff2"}
REFUSED_EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system", "os.exec"}
COLLECT = (100_000, 50, 100)  # objects, young rounds, middle rounds before a look for what is unused
STEPS = {2: 0.04, 3: 0.06, 4: 0.10, 5: 0.15, 6: 0.65, 7: 0.85}  # share of the whole done when a step begins


class Refused(FatalURLFetchingError):
    """The document refers to something outside it."""


class OnlyBundled(URLFetcher):
    """Gives out data: addresses and the files named in the request. Opens nothing else, whatever the document says."""

    def __init__(self, files: Mapping[str, str]) -> None:
        super().__init__(timeout=1, allowed_protocols=("data", "https"), allow_redirects=False, fail_on_errors=True)
        self.handle_open: dict[str, list[Any]] = {"data": self.handle_open["data"]}  # no way to the network or the disk
        self.files = {BASE + name: path for name, path in files.items()}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        bare = url.split("#")[0].split("?")[0]
        path = self.files.get(bare)
        if path is None:
            self.refused.append(url[:MAX_FAULT])
            raise Refused(url[:MAX_FAULT])
        kind = TYPES[Path(path).suffix]
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})


def fence(files: Mapping[str, str]) -> None:
    """A second wall behind `OnlyBundled`: this process opens no connection, starts nothing and reads no other file.

    It stands for as long as the process does. Only Python's own calls are seen, which is what a style sheet or a
    picture could reach; the fonts of the system are read by a C library and stay readable.
    """
    folders = {sys.prefix, sys.base_prefix, tempfile.gettempdir(), str(Path(__file__).parents[2])}
    readable = tuple(os.path.realpath(folder) + os.sep for folder in folders)
    named = {os.path.realpath(path) for path in (*files.values(), STATUS)} | {os.devnull, "/dev/urandom"}

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in REFUSED_EVENTS:
            raise Refused(event)
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path not in named and not path.startswith(readable):
                raise Refused(path)

    sys.addaudithook(look)


class Faults(logging.Handler):
    """What the renderer found wrong and would pass over: a picture left blank, a link to nowhere, no words for a chart.

    In a paper of record each of them is a failure. A refusal while a picture is drawn ends here as well.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = EMBEDDED.sub("data:…", " ".join(record.getMessage().split()))
        self.found.append(words if len(words) <= MAX_FAULT else words[:MAX_FAULT] + "…")


class _Progress(logging.Handler):
    """The renderer's own account of its steps, as shares of the whole."""

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        step = int(words[5]) if words.startswith("Step ") and words[5:6].isdigit() else 0
        share = STEPS.get(step, 0.02)
        page = words.rpartition("Page ")[2] if "Page " in words else ""
        if page.isdigit():
            share += (STEPS[6] - STEPS[5]) * (1 - 0.97 ** int(page))  # how many pages there will be is not known
        say(share=round(share, 3), words=f"Laying out page {page}" if page else _in_words(step))


def _in_words(step: int) -> str:
    return "Writing the file" if step >= 6 else "Reading the document"


class Whole(str):
    """Words that are handed out in one piece to whoever goes through them letter by letter."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


PLACES_LETTERS = {"rotate", "letter-spacing", "textLength"}
_letter_by_letter = svg.text


def _in_one_piece(drawing: Any, node: Any, font_size: float) -> None:
    """Set a text of a drawing as one line.

    The renderer sets it letter by letter, twenty times for a text of twenty letters, and without kerning. That is
    needed only where a drawing says of single letters where they stand.
    """
    places = [node.get(name, "").split() for name in ("x", "y", "dx", "dy")]
    if node.text and not PLACES_LETTERS & set(node.attrib) and all(len(one) <= 1 for one in places):
        node._etree_node.text = Whole(node.text)
    _letter_by_letter(drawing, node, font_size)


def quicken() -> None:
    """Let the renderer set the texts of drawings as whole lines, and look for what is no longer used less often.

    A document is built up and thrown away as a whole: there is little to find while it is built.
    """
    gc.freeze()
    gc.set_threshold(*COLLECT)
    svg.text = svg.TAGS["text"] = svg.TAGS["tspan"] = _in_one_piece  # it asks by the function whether a node is text


def render(request: Mapping[str, Any], faults: Faults) -> tuple[bytes, int]:
    """The finished PDF and how many pages it has."""
    pdf, pages, facts = lay_out(request, faults)
    gc.collect()  # the boxes of all pages, before the file made of them is opened
    say(share=0.9, words="Finishing the file for screen readers")
    return finish(pdf, facts), pages


def lay_out(request: Mapping[str, Any], faults: Faults) -> tuple[bytes, int, Facts]:
    """The PDF as the renderer makes it, its pages, and what `finish` has to be told of it."""
    fetcher = OnlyBundled(request["files"])
    fonts = FontConfiguration()
    html = HTML(string=request["html"], base_url=BASE, url_fetcher=fetcher)
    sheets = [CSS(url=BASE + name, url_fetcher=fetcher, font_config=fonts) for name in request["stylesheets"]]
    if request["css"]:
        sheets.append(CSS(string=request["css"], base_url=BASE + "css/", url_fetcher=fetcher, font_config=fonts))
    document = html.render(font_config=fonts, stylesheets=sheets, pdf_variant="pdf/ua-1")
    _describe(document, request)
    facts = Facts(notes=_notes(document), links=_links(html))
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    if fetcher.refused:  # while a picture is drawn even a fatal error is swallowed
        raise Refused(fetcher.refused[0])
    if faults.found:
        raise Unexpected(faults.found[0])
    return pdf, len(document.pages), facts


def _describe(document: Document, request: Mapping[str, Any]) -> None:
    facts = document.metadata
    facts.title = request["title"]
    facts.authors = [request["author"]] if request["author"] else []
    facts.description = request["subject"] or None
    facts.lang = request["language"]
    facts.created = facts.modified = request["at"]
    facts.generator = "Reckoner"


def _notes(document: Document) -> list[list[str]]:
    """The names of the notes at the foot of each page, in order."""
    found = []
    for page in document.pages:
        areas = [box for box in page._page_box.children if isinstance(box, FootnoteAreaBox)]
        found.append([note.element.get("id", "") for area in areas for note in area.children])
    return found


def _links(html: HTML) -> dict[str, str]:
    """The words of the first link to each target."""
    words: dict[str, str] = {}
    for link in html.etree_element.iter("a"):
        target = (link.get("href") or "").removeprefix("#")
        said = " ".join("".join(link.itertext()).split())
        if target and said:
            words.setdefault(target, said)
    return words


def main(request_path: str, result_path: str) -> int:
    """0 with the PDF written, or 1 with the reason said."""
    request = json.loads(Path(request_path).read_text(encoding="utf-8"))
    limit(request["limits"])
    fence(request["files"])
    faults = Faults()
    LOGGER.handlers = [faults]
    PROGRESS_LOGGER.handlers = [_Progress()]
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.propagate = False
    quicken()
    try:
        pdf, pages = render(request, faults)
    except Refused as refused:
        say(failed="outside", what=str(refused))
    except FatalURLFetchingError as problem:
        say(failed="fault", what=str(problem)[:MAX_FAULT])
    except MemoryError:
        say(failed="memory", what="")
    except Unexpected as problem:
        say(failed="fault", what=str(problem))
    else:
        Path(result_path).write_bytes(pdf)
        say_made(pages)
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
