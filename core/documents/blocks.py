"""The block tree of a rich text, and the one way it is written as HTML. Pure.

A text is a list of blocks. Inline content is kept as HTML of the office's dialect (see `dialect`): strong, em, sub,
sup, a, br, `data` for a live figure and `span.footnote` for a note. Only `reading` makes these objects from others'
HTML, so what they hold is canonical: attributes in one order, text escaped once, a note never inside another.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import ClassVar, Protocol

NOTE = re.compile(r'<span class="footnote">(.*?)</span>', re.DOTALL)  # exact: notes do not nest


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's own text, as inline HTML."""

    html: str


def notes_in(html: str) -> tuple[Note, ...]:
    """Every footnote in a piece of canonical HTML, in reading order."""
    return tuple(Note(inner) for inner in NOTE.findall(html))


def replace_notes(html: str, mark: Callable[[Note], str]) -> str:
    """Put `mark(note)`, an HTML string, where each footnote stands; the papers number them with this."""
    return NOTE.sub(lambda found: mark(Note(found[1])), html)


def without_notes(html: str) -> str:
    """The text without its footnotes, for a contents line or a search result."""
    return NOTE.sub("", html)


class _HasHtml(Protocol):
    @property
    def html(self) -> str: ...


class _Noted:
    """What every block can say about its footnotes."""

    __slots__ = ()

    @property
    def notes(self: _HasHtml) -> tuple[Note, ...]:
        return notes_in(self.html)


@dataclass(frozen=True, slots=True)
class Paragraph(_Noted):
    """`html` is inline. A numbered one takes the next number of the paper's single sequence."""

    kind: ClassVar[str] = "paragraph"
    pid: str
    html: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Heading(_Noted):
    """`html` is inline. A numbered heading (h3) takes a paragraph number; a plain subheading (h4) does not."""

    kind: ClassVar[str] = "heading"
    pid: str
    html: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Quote(_Noted):
    """Words of somebody else. `source` says whose: speaker, role, date, where from; empty when not given."""

    kind: ClassVar[str] = "quote"
    pid: str
    paragraphs: tuple[Paragraph, ...]
    source: str = ""
    source_pid: str = ""

    @property
    def html(self) -> str:
        lines = [_tag("p", line.html, {"data-pid": line.pid}) for line in self.paragraphs]
        if self.source:
            lines.append(_tag("p", self.source, {"class": "source", "data-pid": self.source_pid}))
        return "".join(lines)


@dataclass(frozen=True, slots=True)
class Item(_Noted):
    """One entry of a list: inline HTML, then any lists beneath it."""

    kind: ClassVar[str] = "item"
    pid: str
    text: str
    lists: tuple["BulletList | OrderedList", ...] = ()

    @property
    def html(self) -> str:
        return self.text + "".join(_block_html(inner) for inner in self.lists)


@dataclass(frozen=True, slots=True)
class BulletList(_Noted):
    kind: ClassVar[str] = "bullets"
    pid: str
    items: tuple[Item, ...]

    @property
    def html(self) -> str:
        return "".join(_tag("li", item.html, {"data-pid": item.pid}) for item in self.items)


@dataclass(frozen=True, slots=True)
class OrderedList(_Noted):
    """`style` is 1, a or i, as in the HTML `type` attribute; `start` is the first number."""

    kind: ClassVar[str] = "numbers"
    pid: str
    items: tuple[Item, ...]
    style: str = "1"
    start: int = 1

    @property
    def html(self) -> str:
        return "".join(_tag("li", item.html, {"data-pid": item.pid}) for item in self.items)


@dataclass(frozen=True, slots=True)
class Cell(_Noted):
    """`html` is inline. `scope` (col, row, colgroup, rowgroup) is empty for a cell of data."""

    kind: ClassVar[str] = "cell"
    html: str
    scope: str = ""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table(_Noted):
    """`head` holds the leading rows made of headers only; `caption` is inline HTML, empty when not given."""

    kind: ClassVar[str] = "table"
    pid: str
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    caption: str = ""

    @property
    def html(self) -> str:
        parts = [_tag("caption", self.caption)] if self.caption else []
        for name, rows in (("thead", self.head), ("tbody", self.body)):
            if rows:
                parts.append(_tag(name, "".join(_tag("tr", "".join(map(_cell_html, row))) for row in rows)))
        return "".join(parts)


List = BulletList | OrderedList
Block = Paragraph | Heading | Quote | BulletList | OrderedList | Table


def to_html(blocks: Iterable[Block]) -> str:
    """Write blocks as canonical HTML, one after another with nothing between."""
    return "".join(_block_html(block) for block in blocks)


def _tag(name: str, inner: str, attributes: dict[str, str] | None = None) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in (attributes or {}).items() if value)
    return f"<{name}{written}>{inner}</{name}>"


def _cell_html(cell: Cell) -> str:
    spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
    attributes = {"scope": cell.scope} | {name: str(span) for name, span in spans.items() if span > 1}
    return _tag("th" if cell.scope else "td", cell.html, attributes)


def _block_html(block: Block) -> str:
    attributes: dict[str, str] = {}
    match block:
        case Paragraph():
            name, attributes["class"] = "p", "" if block.numbered else "unnumbered"
        case Heading():
            name = "h3" if block.numbered else "h4"
        case Quote():
            name = "blockquote"
        case BulletList():
            name = "ul"
        case OrderedList():
            name = "ol"
            attributes |= {"type": block.style, "start": str(block.start) if block.start != 1 else ""}
        case Table():
            name = "table"
    return _tag(name, block.html, attributes | {"data-pid": block.pid})
