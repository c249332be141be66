"""Blocks of content as HTML: for the printed page and for the web page. Pure.

Content holds canonical HTML of the office's dialect; it goes through the dialect's last pass once more here, so that
even content that was tampered with in the database cannot carry anything else onto a page.
"""

import base64
import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape

from core.documents import dialect
from core.documents.notes import printed_note
from governance.papers.content.shapes import Block, Footnote
from measures.charts.symbols import symbol

CALL = re.compile(r'<span data-note="([1-9][0-9]*)"></span>')
MARKER = "\ue000{}\ue001"  # private characters: they pass the sanitiser and occur in no text
MARKED = re.compile("\ue000([1-9][0-9]*)\ue001")
PRIVATE = re.compile("[\ue000\ue001]")
FOR_EDITORS = re.compile(r' data-pid="[^"]*"|</?data\b[^>]*>')
POINTS = re.compile(r'<g class="chart-points"[^>]*>.*?</g>', re.DOTALL)
CORNER = re.compile(r'^((?:<caption>.*?</caption>)?<thead><tr>)<th scope="col">(.*?)</th>', re.DOTALL)
WHOLE_ROWS = 10  # a table of more may be parted between two pages, its header standing on both
TAGS = {"bullets": "ul", "numbers": "ol", "quote": "blockquote", "table": "table"}

FIGURE = re.compile(r'<data data-figure="([^"<>]*)">(.*?)</data>', re.DOTALL)

Notes = Mapping[int, Footnote]
Call = Callable[[Footnote], str]
Follow = Callable[[str, str], str]  # a live figure's reference and its words (HTML) as they are to stand


def note_called(note: Footnote) -> str:
    """A footnote's call on the web page; the notes themselves stand at its end."""
    return (
        f'<sup class="note-ref"><a id="note-call-{note.number}" href="#note-{note.number}" '
        f'aria-label="Note {note.number}">{note.number}</a></sup>'
    )


def note_printed(note: Footnote) -> str:
    """A footnote's call on paper, with its text, which the style moves to the foot of the page."""
    return printed_note(note.number, _inner(note.html, {}, note_called))


def block_html(block: Block, notes: Notes, call: Call, follow: Follow | None = None) -> str:
    """One block with its number, its place (`id="p-<pid>"`), its footnotes called by `call`, its figures led on."""
    inner = _inner(block.html, notes, call, TAGS.get(block.kind, "p"), follow)
    place = f'id="p-{escape(block.pid)}"'
    number = "" if block.number is None else f'<span class="para__number">{block.number}.</span> '
    match block.kind:
        case "paragraph":
            return f'<p class="para{" para--numbered" if number else ""}" {place}>{number}{inner}</p>'
        case "heading" | "subheading":
            return f'<h4 class="para-heading{" para--numbered" if number else ""}" {place}>{number}{inner}</h4>'
        case "table":
            long = " para-table--long" if inner.count("<tr") > WHOLE_ROWS else ""
            return f'<div class="para-table{long}" {place}><table>{inner}</table></div>'
        case "numbers":
            start = f' start="{block.start}"' if block.start != 1 else ""
            kind = {"a": "a", "i": "i"}.get(block.style, "1")
            return f'<ol class="para-list" type="{kind}"{start} {place}>{inner}</ol>'
        case "bullets":
            return f'<ul class="para-list" {place}>{inner}</ul>'
        case "quote":
            return f'<blockquote class="para-quote" {place}>{inner}</blockquote>'
    raise ValueError(f"There is no kind of block called {block.kind}.")


def _inner(html: str, notes: Notes, call: Call, tag: str = "p", follow: Follow | None = None) -> str:
    called = marked(html, tag, follow)
    return MARKED.sub(lambda found: call(notes[int(found[1])]) if int(found[1]) in notes else "", called)


def marked(html: str, tag: str = "p", follow: Follow | None = None) -> str:
    """What stands inside a block, guarded, with its footnotes' numbers between the private characters of `MARKED`."""
    held = CALL.sub(lambda found: MARKER.format(found[1]), PRIVATE.sub("", html))
    guarded = _guarded(held, tag)
    if tag == "table" and '<th scope="row"' in guarded:  # a corner is no header of its column: as one it fails PDF/UA
        guarded = CORNER.sub(r"\1<td>\2</td>", guarded)
    if follow:
        guarded = FIGURE.sub(lambda found: follow(found[1], found[2]), guarded)
    return FOR_EDITORS.sub("", guarded)


def _guarded(html: str, tag: str) -> str:
    """Through the sanitiser in the element it will stand in: list entries and rows mean nothing outside theirs."""
    clean = dialect.guard(f"<{tag}>{html}</{tag}>")
    return clean.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")


@cache
def symbol_address(slug: str, tone: str) -> str:
    """A symbol of the key as an address for a picture; the words go in the picture's `alt`."""
    return svg_address(symbol(slug, tone, title=""))


def still_address(svg: str) -> str:
    """A chart as a picture on paper, where nobody points at its months: without what tells their values."""
    return svg_address(POINTS.sub("", svg))


def svg_address(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def inline_html(html: str) -> str:
    """A note's own text, guarded."""
    return _inner(html, {}, note_called)
