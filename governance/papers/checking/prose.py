"""Prose with its places: Markdown or HTML becomes blocks of plain text, each character knowing where it stood.

A finding has to point into the file as its author wrote it, so nothing here changes a text without keeping, for every
character that stays, its offset (in characters, from 0) in the source.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ROW = "row"  # one row of a table, its cells parted by tabs
    CAPTION = "caption"
    NOTE = "note"  # the text of a footnote
    CONTENTS = "contents"  # a line of the table of contents
    QUOTE = "quote"


@dataclass(frozen=True)
class Mark:
    """A raised footnote number: which, and where in the source."""

    number: str
    start: int
    end: int


@dataclass
class Block:
    """One paragraph, row, heading or caption. `places[i]` is the source offset of `text[i]`."""

    kind: Kind
    text: str
    places: list[int]
    level: int = 0  # of a heading
    marks: list[Mark] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of `text[start:end]`, end excluded."""
        return self.places[start], self.places[max(start, end - 1)] + 1

    def cells(self) -> list[tuple[int, str]]:
        """The cells of a row, each with where in `text` it begins."""
        found, begun = [], 0
        for cell in self.text.split("\t"):
            found.append((begun, cell))
            begun += len(cell) + 1
        return found


_TAG = re.compile(r"<(/?)(?!https?:|mailto:|www\.)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>|<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_LATEX = re.compile(r"\$\s*\\pm\s*([\d.]+)\s*\$")
_SUP = re.compile(r"<sup[^<>]*>\s*([0-9]{1,3})\s*</sup>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\[]*)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)\)")
_FOOT_MARK = re.compile(r"\[\^(\w+)\](?!:)")
_BREAKING = {
    "p", "div", "section", "article", "header", "footer", "li", "ul", "ol", "dl", "dt", "dd", "table", "thead", "tbody",
    "figure", "figcaption", "caption", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "body", "html",
    "head", "title", "main", "nav", "aside",
}  # fmt: skip
_SKIPPED = {"script", "style", "svg", "template", "head"}
_ALIKE = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "–", "\u00a0": " ", "\u202f": " ", "\u2009": " "}


def is_html(source: str) -> bool:
    """Whether a text is HTML: it begins with a block's tag. Markdown may hold tags further on."""
    begun = re.match(r"\s*(?:<!--.*?-->\s*)*<(!doctype|\w+)", source, re.IGNORECASE | re.DOTALL)
    return begun is not None and begun.group(1).lower() in _BREAKING | {"!doctype"}


def blocks_of(source: str) -> list[Block]:
    """The blocks of a Markdown or HTML text, in order.

    A sentence that a page break or a picture tore apart is joined again: the rest of it begins in lower case or with a
    bracket, and what stood before has no full stop.
    """
    rough = _html_blocks(source) if is_html(source) else _markdown_blocks(source)
    return _joined([block for block in rough if block.text.strip()])


# --- what both have in common -------------------------------------------------------------------------------------


class _Line:
    """Plain text under construction, with the place of every character."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.places: list[int] = []
        self.marks: list[Mark] = []

    def add(self, char: str, place: int) -> None:
        char = _ALIKE.get(char, char)
        if char in " \n\r\f":
            if not self.text or self.text[-1] in " \t":
                return
            char = " "
        self.text.append(char)
        self.places.append(place)

    def cell(self, place: int) -> None:
        while self.text and self.text[-1] == " ":
            self.text.pop()
            self.places.pop()
        self.text.append("\t")
        self.places.append(place)

    def block(self, kind: Kind, level: int = 0) -> Block:
        while self.text and self.text[-1] in " \t":
            self.text.pop()
            self.places.pop()
        return Block(kind, "".join(self.text), self.places, level, self.marks)


def _inline(source: str, start: int, end: int, line: _Line) -> None:
    """Adds the words of `source[start:end]`, without the marks that only say how they look."""
    at = start
    while at < end:
        if source[at] not in _SIGNS:  # the common case, which no pattern begins with
            line.add(source[at], at)
            at += 1
            continue
        for pattern, act in _INLINE:
            if found := pattern.match(source, at, end):
                act(found, line, source)
                at = found.end()
                break
        else:
            if not (source[at] == "\\" and at + 1 < end and source[at + 1] in "\\`*_{}[]()#+-.!|~<>$"):
                line.add(source[at], at)
            at += 1


def _mark(found: re.Match[str], line: _Line, source: str) -> None:
    line.marks.append(Mark(found.group(1), found.start(), found.end()))


def _entity(found: re.Match[str], line: _Line, source: str) -> None:
    for char in html.unescape(found.group()):
        line.add(char, found.start())


def _plus_minus(found: re.Match[str], line: _Line, source: str) -> None:
    line.add("±", found.start())
    for offset, char in enumerate(found.group(1)):
        line.add(char, found.start(1) + offset)


def _link(found: re.Match[str], line: _Line, source: str) -> None:
    _inline(source, found.start(1), found.end(1), line)


def _nothing(found: re.Match[str], line: _Line, source: str) -> None:
    if found.group().lower().startswith("<br"):
        line.add(" ", found.start())


_INLINE = [
    (_SUP, _mark),
    (_FOOT_MARK, _mark),
    (_LATEX, _plus_minus),
    (_LINK, _link),
    (_TAG, _nothing),
    (_ENTITY, _entity),
    (re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`"), _nothing),
]
_SIGNS = set("<[$&*_`\\")


# --- Markdown -----------------------------------------------------------------------------------------------------

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_NOTE = re.compile(r"(?:<sup[^<>]*>\s*(\d{1,3})\s*</sup>|\[\^(\w+)\]:)\s*(?=\S)")
_CONTENTS_LINE = re.compile(r".*\S\s*\.{3,}\s*\d+\s*$")
ITEM = re.compile(r"\s*(?:[-*+]\s+(?:\d{1,3}[.)]\s+)?|\d{1,3}[.)]\s+|\(?[a-z][.)]\s+|[ivx]+[.)]\s+)")
_RULE = re.compile(r"\s*(?:[-=]{3,}|\*{3,}|[-|:\s\t]+)\s*$")


def _lines(source: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in source.splitlines(keepends=True):
        yield at, at + len(line.rstrip("\r\n\f\v"))
        at += len(line)


def _markdown_blocks(source: str) -> list[Block]:
    found: list[Block] = []
    waiting: list[tuple[int, int]] = []

    def finish() -> None:
        if waiting:
            found.append(_paragraph(source, waiting))
            waiting.clear()

    for start, end in _lines(source):
        text = source[start:end]
        if not text.strip() or _RULE.fullmatch(text):
            finish()
        elif heading := _HEADING.match(text):
            finish()
            line = _Line()
            _inline(source, start + heading.start(2), end, line)
            found.append(line.block(Kind.HEADING, len(heading.group(1))))
        elif _CONTENTS_LINE.match(text):
            finish()
            line = _Line()
            _inline(source, start, end, line)
            found.append(line.block(Kind.CONTENTS))
        elif "\t" in text.rstrip() or text.lstrip().startswith("|") or "</p>\t" in text:
            finish()
            found.append(_row(source, start, end))
        else:
            if ITEM.match(text) or _NOTE.match(text):
                finish()
            waiting.append((start, end))
    finish()
    return found


def _row(source: str, start: int, end: int) -> Block:
    line = _Line()
    begun = start
    for at in range(start, end):
        if source[at] in "\t|" and not (at > start and source[at - 1] == "\\"):
            _inline(source, begun, at, line)
            if line.text:
                line.cell(at)
            begun = at + 1
    _inline(source, begun, end, line)
    return line.block(Kind.ROW)


def _paragraph(source: str, lines: list[tuple[int, int]]) -> Block:
    start, end = lines[0][0], lines[-1][1]
    raw = source[start:end].strip()
    line = _Line()
    if note := _NOTE.match(source, start + (len(source[start:end]) - len(source[start:end].lstrip()))):
        line.marks.append(Mark(note.group(1) or note.group(2), note.start(), note.end()))
        _inline(source, note.end(), end, line)
        if line.text:
            return line.block(Kind.NOTE)
    for begun, stop in lines:
        _inline(source, begun, stop, line)
        line.add(" ", stop - 1)
    quoted = raw.startswith((">", '*"', "*“", '"', "“", '- *"', "- *“"))
    block = line.block(Kind.QUOTE if quoted else Kind.PARAGRAPH)
    if re.fullmatch(r"\*[^*]+\*", raw, re.DOTALL) and len(raw) < 200 and not raw.rstrip("* ").endswith((".", '"', "”")):
        block.kind = Kind.CAPTION
    return block


# --- HTML ---------------------------------------------------------------------------------------------------------

_HTML_KINDS = {"figcaption": Kind.CAPTION, "caption": Kind.CAPTION, "blockquote": Kind.QUOTE, "tr": Kind.ROW}


def _html_blocks(source: str) -> list[Block]:
    found: list[Block] = []
    open_kinds: list[tuple[str, Kind, int]] = []
    line, at, skipping = _Line(), 0, ""

    def finish() -> None:
        nonlocal line
        if line.text:
            kind, level = open_kinds[-1][1:] if open_kinds else (Kind.PARAGRAPH, 0)
            found.append(line.block(kind, level))
        line = _Line()

    for tag in _TAG.finditer(source):
        if not skipping and (not (sup := _SUP.match(source, at)) or sup.start() != at):
            _inline(source, at, tag.start(), line)
        at = tag.end()
        name, closing = (tag.group(2) or "").lower(), bool(tag.group(1))
        if name in _SKIPPED:
            skipping = "" if closing else name
        elif skipping:
            continue
        elif name == "sup" and not closing and (sup := _SUP.match(source, tag.start())):
            line.marks.append(Mark(sup.group(1), sup.start(), sup.end()))
            at = sup.end()
        elif name in ("td", "th") and closing:
            line.cell(tag.start())
        elif name in _BREAKING or name == "tr":
            if name == "br" or (open_kinds and open_kinds[-1][1] is Kind.ROW and name != "tr"):
                line.add(" ", tag.start())
                continue
            finish()
            _follow(open_kinds, name, closing)
    _inline(source, max(at, 0), len(source), line)
    finish()
    return found


def _follow(open_kinds: list[tuple[str, Kind, int]], name: str, closing: bool) -> None:
    kind = Kind.HEADING if re.fullmatch(r"h[1-6]", name) else _HTML_KINDS.get(name)
    if kind is None:
        return
    if not closing:
        open_kinds.append((name, kind, int(name[1]) if kind is Kind.HEADING else 0))
    elif any(one[0] == name for one in open_kinds):
        while open_kinds.pop()[0] != name:
            pass


# --- what a page break tore -----------------------------------------------------------------------------------------

_ENDED = re.compile(r"[.!?:;][\"')\]]*$")
_GOES_ON = re.compile(r"[a-z(]")


def _joined(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        last = next((one for one in reversed(found[-2:]) if one.kind is not Kind.NOTE), None)
        if (
            last is not None
            and last.kind is block.kind is Kind.PARAGRAPH
            and not _ENDED.search(last.text)
            and _GOES_ON.match(block.text)
            and not ITEM.match(block.text)
            and len(last.text) > 40  # a title or a line of a letterhead is no torn sentence
        ):
            last.text += " " + block.text
            last.places += [last.places[-1], *block.places]
            last.marks += block.marks
        else:
            found.append(block)
    return found
