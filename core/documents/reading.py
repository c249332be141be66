"""From HTML of any kind to the block tree of `blocks`. Pure.

nh3 has thrown away what is dangerous (`dialect`); here the rest is given the shape the tree can hold. What people
paste from Word or a web page keeps its words: unknown tags are unwrapped, blocks found in the wrong place are moved
out, typed bullets become lists, an empty corner of a table stops being a header.
"""

import re
from dataclasses import replace
from html import escape
from itertools import accumulate

from lxml import html as lxml_html

from core.documents.blocks import Block, BulletList, Cell, Heading, Item, List, OrderedList, Paragraph, Quote, Table
from core.documents.dialect import (
    BLOCKS,
    DROPPED,
    LISTS,
    MAX_DEPTH,
    Line,
    first_pass,
    holds_blocks,
    inline,
    inline_of,
    name_of,
)
from core.documents.word import from_word

PID = re.compile(r"[a-z0-9]{8}")
MAX_SPAN = 50  # columns or rows one cell may cover
MAX_LIST_LEVELS = 3
MAX_NESTING = 200  # nested elements; a text beyond this is an attack or an accident and keeps its words only
TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
BULLET = re.compile(r"\s*[·•▪◦‣§\uf0b7\uf0a7][\s\u00a0]+")
WORD_MARKER = re.compile(r"\s*(?:[·•▪◦‣§\uf0b7\uf0a7o–-]|\(?(?P<number>\d{1,3}|[a-z]|[ivx]{1,5})[.)])[\s\u00a0]+")


def read(dirty: str) -> list[Block]:
    """The block tree of any HTML. Never raises on any text: what cannot be understood is kept as its words."""
    cleaned = first_pass.clean(DROPPED.sub("", from_word(dirty)))
    if not cleaned.strip():
        return []
    if _nesting(cleaned) > MAX_NESTING:
        words = Line([TAG.sub(" ", cleaned)]).html()
        return [Paragraph("", words)] if words else []
    root = lxml_html.fragment_fromstring(DROPPED.sub("", cleaned), create_parent="div")
    return _typed_lists(_blocks(root))


def _nesting(html: str) -> int:
    """How deep the tags of well-formed HTML go."""
    opened = (0 if name in {"br", "hr"} else -1 if slash else 1 for slash, name in TAG.findall(html))
    return max(accumulate(opened), default=0)


def _pid(element: lxml_html.HtmlElement) -> str:
    pid = element.get("data-pid", "")
    return pid if PID.fullmatch(pid) else ""


def _blocks(parent: lxml_html.HtmlElement, depth: int = 0) -> list[Block]:
    """Blocks inside a container; loose text between them becomes a paragraph."""
    found: list[Block] = []
    loose = Line([escape(parent.text or "", quote=False)])

    def close() -> None:
        if html := loose.html():
            found.append(Paragraph("", html))
        loose.parts.clear()

    for child in parent:
        name = name_of(child)
        if name in BLOCKS or name == "hr":
            close()
            found.extend(_block(child, name, depth))
        elif holds_blocks(child) and depth < MAX_DEPTH:
            close()
            found.extend(_blocks(child, depth + 1))
        else:
            loose.parts.append(inline_of(child, depth))
        loose.parts.append(escape(child.tail or "", quote=False))
    close()
    return found


def _block(element: lxml_html.HtmlElement, name: str, depth: int) -> list[Block]:
    if depth > MAX_DEPTH:
        html = Line([inline(element, depth)]).html()
        return [Paragraph("", html)] if html else []
    if name in LISTS:
        return [*_list(element, 1)]
    if name == "blockquote":
        return _quote(element, depth)
    if name == "table":
        return _table(element)
    if holds_blocks(element) or name not in {"p", "h3", "h4", "caption"}:
        return _blocks(element, depth + 1)
    html = Line([inline(element)]).html()
    if not html:
        return []
    if name in {"h3", "h4"}:
        return [Heading(_pid(element), html.replace("<br>", " "), numbered=name == "h3")]
    classes = element.get("class", "").split()
    if any(one.startswith("MsoList") for one in classes) and (marker := WORD_MARKER.match(html)):
        return [_list_of([Item("", html[marker.end() :])], marker["number"])]
    return [Paragraph(_pid(element), html, numbered=not {"unnumbered", "source"} & set(classes))]


def _list_of(items: list[Item], number: str | None) -> List:
    if not number:
        return BulletList("", tuple(items))
    style = "1" if number.isdigit() else "i" if set(number) <= set("ivx") else "a"
    return OrderedList("", tuple(items), style)


def _typed_lists(blocks: list[Block]) -> list[Block]:
    """Turn paragraphs that begin with a typed bullet into lists, and join the one-item lists Word's paragraphs made."""
    joined: list[Block] = []
    for block in blocks:
        typed = BULLET.match(block.html) if isinstance(block, Paragraph) else None
        rest = block.html[typed.end() :] if typed else ""
        made: Block = BulletList("", (Item(block.pid, rest),)) if rest.strip() else block
        last = joined[-1] if joined else None
        if isinstance(made, List) and isinstance(last, List) and _continues(last, made):
            joined[-1] = replace(last, items=last.items + made.items)
        else:
            joined.append(made)
    return joined


def _continues(held: List, more: List) -> bool:
    """Whether the second is one more entry of the first: both just made, neither known by an id of its own."""
    return type(held) is type(more) and not held.pid and not more.pid and len(more.items) == 1


def _list(element: lxml_html.HtmlElement, level: int) -> list[List]:
    items = [Item("", text)] if (text := Line([escape(element.text or "", quote=False)]).html()) else []
    for child in element:
        if name_of(child) in LISTS and items and level < MAX_LIST_LEVELS:  # a list put straight inside a list
            items[-1] = Item(items[-1].pid, items[-1].text, items[-1].lists + tuple(_list(child, level + 1)))
        else:
            items.extend(_items(child, level))
        if text := Line([escape(child.tail or "", quote=False)]).html():
            items.append(Item("", text))
    if not items:
        return []
    if name_of(element) == "ul":
        return [BulletList(_pid(element), tuple(items))]
    style, start = element.get("type", "1"), element.get("start", "1")
    style = style if style in {"1", "a", "i"} else style.lower() if style in {"A", "I"} else "1"
    first = int(start) if re.fullmatch(r"[1-9][0-9]{0,2}", start) else 1
    return [OrderedList(_pid(element), tuple(items), style, first)]


def _items(element: lxml_html.HtmlElement, level: int) -> list[Item]:
    """One list entry; words that follow a nested list become the next entry, so that none are lost or moved."""
    nested = [inner for inner in element if name_of(inner) in LISTS]
    if not nested or level >= MAX_LIST_LEVELS:
        text = Line([inline(element)]).html()
        return [Item(_pid(element), text)] if text else []
    before = [escape(element.text or "", quote=False)]
    items: list[Item] = []
    for child in element:
        if name_of(child) not in LISTS:
            before.append(inline_of(child, 0))
        else:
            text = Line(before).html()
            pid = "" if items else _pid(element)
            inner = tuple(_list(child, level + 1))
            if text or (inner and not items):
                items.append(Item(pid, text, inner))
            elif inner:
                items[-1] = Item(items[-1].pid, items[-1].text, items[-1].lists + inner)
            before = []
        before.append(escape(child.tail or "", quote=False))
    after = Line(before).html()
    return items + ([Item("", after)] if after else [])


def _quote(element: lxml_html.HtmlElement, depth: int) -> list[Block]:
    lines: list[tuple[Paragraph, bool]] = []
    for line in _flat(element, depth):
        if isinstance(line, str):
            said, pid, classes = line, "", []
        else:
            said, pid, classes = inline(line), _pid(line), line.get("class", "").split()
        if html := Line([said]).html():
            lines.append((Paragraph(pid, html), "source" in classes))
    if not lines:
        return []
    source = lines.pop()[0] if len(lines) > 1 and lines[-1][1] else None
    words = tuple(line for line, _ in lines)
    return [Quote(_pid(element), words, source.html if source else "", source.pid if source else "")]


def _flat(element: lxml_html.HtmlElement, depth: int) -> list[lxml_html.HtmlElement | str]:
    """The lines inside a quotation: its innermost blocks, and loose text between them as inline HTML."""
    if depth > MAX_DEPTH:
        return [inline(element, depth)]
    found: list[lxml_html.HtmlElement | str] = []
    loose = [escape(element.text or "", quote=False)]
    for child in element:
        if name_of(child) in BLOCKS or holds_blocks(child):
            found.append("".join(loose))
            found.extend(_flat(child, depth + 1) if holds_blocks(child) else [child])
            loose = []
        else:
            loose.append(inline_of(child, depth))
        loose.append(escape(child.tail or "", quote=False))
    return [*found, "".join(loose)]


def _table(element: lxml_html.HtmlElement) -> list[Block]:
    rows = [tr for tr in element.iterdescendants("tr") if next(tr.iterancestors("table")) is element]
    caption = next((one for one in element if name_of(one) == "caption"), None)
    head: list[tuple[Cell, ...]] = []
    body: list[tuple[Cell, ...]] = []
    for row in rows:
        cells = [cell for cell in row if name_of(cell) in {"td", "th"}]
        if not cells:
            continue
        heading = not body and all(name_of(c) == "th" or not Line([inline(c)]).html() for c in cells)
        heading = heading and any(name_of(c) == "th" for c in cells)
        made = tuple(_cell(cell, place, heading) for place, cell in enumerate(cells))
        (head if heading else body).append(made)
    if not any(cell.html for row in head + body for cell in row):
        return []
    words = Line([inline(caption)]).html().replace("<br>", " ") if caption is not None else ""
    return [Table(_pid(element), tuple(head), tuple(body), words)]


def _cell(element: lxml_html.HtmlElement, place: int, heading: bool) -> Cell:
    html = Line([inline(element)]).html()
    scope = ""
    if name_of(element) == "th" and html:  # an empty corner is no header: as one it fails PDF/UA
        given = element.get("scope", "")
        scope = given if given in {"col", "row", "colgroup", "rowgroup"} else "col" if heading else "row"
    return Cell(html, scope, _span(element, "colspan"), _span(element, "rowspan"))


def _span(element: lxml_html.HtmlElement, name: str) -> int:
    written = element.get(name, "1")
    return min(int(written), MAX_SPAN) if re.fullmatch(r"[1-9]\d{0,3}", written) else 1
