"""The blocks of a text in a Word file: the office's dialect of HTML as paragraphs, lists, tables, links and notes."""

import re
from collections.abc import Mapping
from typing import Any

from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import html as lxml_html

from governance.papers.content import markup
from governance.papers.content.shapes import Block, Footnote
from governance.papers.word.document import WordFile, clean, element

MOST_COLUMNS = 63  # of a table of Word's
LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
MARKS = {"strong": "bold", "em": "italic", "sub": "subscript", "sup": "superscript"}


class TextWriter:
    """Writes blocks into a file; `notes` are the paper's, `follow` makes links of live figures."""

    def __init__(self, word: WordFile, notes: Mapping[int, Footnote], follow: markup.Follow | None = None) -> None:
        self.word, self.notes, self.follow = word, notes, follow

    def block(self, block: Block) -> None:
        tree = _tree(markup.marked(block.html, markup.TAGS.get(block.kind, "p"), self.follow))
        match block.kind:
            case "bullets" | "numbers":
                self._list(tree, block.style or "1" if block.kind == "numbers" else "", block.start)
            case "quote":
                for one in tree:
                    self.inline(self.word.paragraph(style="Quote"), one)
            case "table":
                self._table(tree)
            case _:
                heading = block.kind in ("heading", "subheading")
                made = self.word.paragraph(style="Heading 4" if heading else "Normal")
                self.inline(made, tree)
                if block.number is not None:
                    self.word.numbered(made, self.word.sequence)
                self.word.bookmark(made, f"p_{block.pid}")

    def words(self, paragraph: Paragraph, html: str) -> None:
        """Inline HTML at the end of a paragraph."""
        self.inline(paragraph, _tree(markup.marked(html)))

    def inline(self, paragraph: Paragraph, tree: Any, marks: frozenset[str] = frozenset(), holder: Any = None) -> None:
        self._run(paragraph, tree.text, marks, holder)
        for child in tree:
            name = child.tag if isinstance(child.tag, str) else ""
            href = (child.get("href") or "") if name == "a" else ""
            if name == "br":
                self._run(paragraph, "", marks, holder).add_break(WD_BREAK.LINE)
            elif LINK.fullmatch(href) and holder is None:
                self._link(paragraph, child, marks, href)
            else:
                self.inline(paragraph, child, marks | {MARKS[name]} if name in MARKS else marks, holder)
            self._run(paragraph, child.tail, marks, holder)

    def _link(self, paragraph: Paragraph, child: Any, marks: frozenset[str], href: str) -> None:
        in_note = paragraph._p.getroottree().getroot().tag == qn("w:footnotes")
        link = element("w:hyperlink", history=1)
        link.set(qn("r:id"), self.word.address(href, in_note=in_note))
        paragraph._p.append(link)
        self.inline(paragraph, child, marks, link)

    def _run(self, paragraph: Paragraph, words: str | None, marks: frozenset[str], holder: Any) -> Any:
        """Words as a run, and the notes called among them."""
        made = None
        for place, part in enumerate(markup.MARKED.split(words or "")):
            if place % 2 and int(part) in self.notes:
                self.words(self.word.note(paragraph), self.notes[int(part)].html)
            elif place % 2 == 0 and (part or not words):
                made = paragraph.add_run(clean(part))
                for mark in marks:
                    setattr(made if mark in ("bold", "italic") else made.font, mark, True)
                if holder is not None:
                    holder.append(made._r)
        return made

    def _list(self, tree: Any, style: str, start: int, level: int = 0) -> None:
        list_id = self.word.list_of(style, start=start)
        for entry in tree:
            if entry.tag != "li":
                continue
            inner = [one for one in entry if one.tag in ("ul", "ol")]
            for one in inner:
                one.drop_tree()
            made = self.word.paragraph(style="List Paragraph")
            self.inline(made, entry)
            self.word.numbered(made, list_id)
            made.paragraph_format.left_indent = None
            if level:
                made._p.pPr.append(element("w:ind", left=360 * (level + 1), hanging=360))
            for one in inner:
                self._list(one, one.get("type", "1") if one.tag == "ol" else "", _whole(one.get("start"), 1), level + 1)

    def _table(self, tree: Any) -> None:
        caption = tree.find(".//caption")
        words = caption.text_content() if caption is not None else ""
        if caption is not None:
            made = self.word.paragraph(style="Caption")
            made.paragraph_format.keep_with_next = True
            self.inline(made, caption)
        rows = [(row, _in_head(row)) for row in tree.iter("tr")]
        widths = [sum(_span(one) for one in row if one.tag in ("td", "th")) for row, _ in rows]
        columns = min(max(widths, default=0), MOST_COLUMNS)
        if not columns:
            return
        table, over = self.word.table(columns, words), {}
        for row, is_head in rows:
            self._row(table, row, is_head, columns, over)
        self.word.paragraph()

    def _row(self, table: Any, row: Any, is_head: bool, columns: int, over: dict[int, tuple[int, int]]) -> None:
        """One row. `over` holds the cells of rows above that go on, by column: how many rows still, and how wide."""
        made, place = self.word.row(table, header=is_head), 0
        cells = [one for one in row if one.tag in ("td", "th")]
        while place < columns:
            if place in over:
                left, width = over.pop(place)
                self.word.cell(made, span=width, merged="continue")
                if left > 1:
                    over[place] = (left - 1, width)
                place += width
                continue
            one = cells.pop(0) if cells else None
            width = min(_span(one), columns - place) if one is not None else 1
            down = _whole(one.get("rowspan"), 1) if one is not None else 1
            held = self.word.cell(made, span=width, merged="restart" if down > 1 else "")
            if down > 1:
                over[place] = (down - 1, width)
            if one is not None:
                self.inline(held, one, frozenset({"bold"}) if one.tag == "th" else frozenset())
            place += width


def _tree(html: str) -> Any:
    return lxml_html.fragment_fromstring(html, create_parent="div")


def _in_head(row: Any) -> bool:
    above = row.getparent()
    return above is not None and above.tag == "thead"


def _whole(words: str | None, otherwise: int) -> int:
    return min(int(words), 1000) if words and words.isdecimal() and int(words) else otherwise


def _span(cell: Any) -> int:
    return min(_whole(cell.get("colspan"), 1), MOST_COLUMNS)
