"""A Word document as the house needs it: styles of the office's template, numbers, tables, footnotes, pictures.

What python-docx has not is written here in the format's own terms (ECMA-376): footnotes, lists that go on, header rows
that repeat, bookmarks and fields. Every word goes in as text: nothing of it can become markup, a field or a link.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
# Characters that XML does not allow, and those that turn the direction of reading or are not seen.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
FORMATS = {"1": ("decimal", "%1."), "a": ("lowerLetter", "%1)"), "i": ("lowerRoman", "%1."), "": ("bullet", "•")}
STEP = 360  # twentieths of a point that each level of a list is indented
HANGING = 567  # the same for the numbers of paragraphs: 1 cm
WIDTH = 9638  # twentieths of a point, shared out among the columns of a table: 17 cm
FONT = "Arial"  # where the office has no template of its own


def clean(words: str) -> str:
    return NOT_TEXT.sub("", words)


def element(tag: str, **attributes: object) -> Any:
    """An element of the main namespace with attributes of it: element("w:num", numId=3)."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), clean(str(value)))
    return made


class WordFile:
    """The document being written. `template` is the office's own file, whose styles and margins are taken."""

    def __init__(self, template: bytes | None = None) -> None:
        self.document = Document(BytesIO(template) if template else None)
        self._styles: dict[tuple[str, WD_STYLE_TYPE], Any] = {}  # looking one up reads them all
        self._ids: dict[str, str | None] = {}
        body = self.document.element.body
        for one in list(body):
            if one.tag != qn("w:sectPr"):
                body.remove(one)
        if not template:
            self._plain()
        self.numbering = self._numbering()
        self.notes = self._notes()
        self.sequence = self.list_of("1", start=1, hanging=HANGING)
        self._marks = 0
        self._language()

    def _plain(self) -> None:
        """A4 and the house's look, where there is no template: python-docx brings the letter of another country."""
        section = self.document.sections[-1]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
        for name in ("Normal", "Title", "Subtitle", "Caption", *(f"Heading {level}" for level in range(1, 5))):
            style = self.style(name)
            style.font.name, style.font.color.rgb = FONT, RGBColor(0x17, 0x27, 0x40)
            fonts = style.element.rPr.rFonts
            for one in [held for held in fonts.attrib if "Theme" in held]:
                del fonts.attrib[one]
        self.style("Heading 1").paragraph_format.space_before = Pt(24)

    # --- words ------------------------------------------------------------------------------------------------
    def style(self, name: str, kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH) -> Any:
        """A style by Word's name for it; one that the template lacks is added, plain."""
        if (name, kind) not in self._styles:
            self._styles[name, kind] = self._found(name, kind)
        return self._styles[name, kind]

    def _found(self, name: str, kind: WD_STYLE_TYPE) -> Any:
        styles = self.document.styles
        if name not in [one.name for one in styles if one.type == kind]:
            made = styles.add_style(name, kind, builtin=True)
            if name == "Footnote Reference":
                made.font.superscript = True
            if name == "Footnote Text":
                made.font.size = Pt(9)
        return styles[name]

    def paragraph(self, words: str = "", style: str = "Normal") -> Paragraph:
        made = self._dressed(self.document.add_paragraph(), style)
        if words:
            made.add_run(clean(words))
        return made

    def _dressed(self, paragraph: Paragraph, style: str) -> Paragraph:
        """With its style by name, as python-docx does it, which reads every style of the document each time."""
        if style not in self._ids:
            wanted = self.style(style)
            is_default = wanted == self.document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
            self._ids[style] = None if is_default else wanted.style_id
        paragraph._p.style = self._ids[style]
        return paragraph

    def heading(self, words: str, level: int, mark: str = "") -> Paragraph:
        """A heading of Word's own; `mark` is the name of the bookmark it gets."""
        made = self.paragraph(words, f"Heading {level}")
        if mark:
            self.bookmark(made, mark)
        return made

    def page_break(self) -> None:
        self.paragraph().add_run().add_break(WD_BREAK.PAGE)

    def bookmark(self, paragraph: Paragraph, name: str) -> None:
        self._marks += 1
        start = element("w:bookmarkStart", id=self._marks, name=name[:40])
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(element("w:bookmarkEnd", id=self._marks))

    def link(self, paragraph: Paragraph, words: str, mark: str) -> None:
        """A link to a bookmark of the same document."""
        made = element("w:hyperlink", anchor=mark[:40], history=1)
        run = paragraph.add_run(clean(words))
        made.append(run._r)
        paragraph._p.append(made)

    # --- numbers and lists --------------------------------------------------------------------------------------
    def list_of(self, style: str, *, start: int = 1, hanging: int = STEP) -> int:
        """A list of its own: its number in the document. `style` is that of a numbered list; "" has bullets."""
        held = [int(one.get(qn("w:abstractNumId"))) for one in self.numbering.findall(qn("w:abstractNum"))]
        abstract = max(held, default=-1) + 1
        form, text = FORMATS[style]
        kind = element("w:abstractNum", abstractNumId=abstract)
        kind.append(element("w:multiLevelType", val="multilevel"))
        for level in range(9):
            kind.append(_level(level, form, text.replace("1", str(level + 1)), start if level == 0 else 1, hanging))
        instances = self.numbering.findall(qn("w:num"))
        if instances:
            instances[0].addprevious(kind)
        else:
            self.numbering.append(kind)
        number = max((int(one.get(qn("w:numId"))) for one in instances), default=0) + 1
        made = element("w:num", numId=number)
        made.append(element("w:abstractNumId", val=abstract))
        (instances[-1].addnext if instances else self.numbering.append)(made)
        return number

    def numbered(self, paragraph: Paragraph, list_id: int, level: int = 0) -> None:
        """Make a paragraph an entry of a list."""
        held = element("w:numPr")
        held.append(element("w:ilvl", val=min(level, 8)))
        held.append(element("w:numId", val=list_id))
        properties = paragraph._p.get_or_add_pPr()
        properties._insert_numPr(held)

    def _numbering(self) -> Any:
        part = self.document.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            made = parse_xml(f"<w:numbering {nsdecls('w')}/>")
            address = PackURI("/word/numbering.xml")
            part.relate_to(
                XmlPart(address, CONTENT_TYPE.WML_NUMBERING, made, part.package), RELATIONSHIP_TYPE.NUMBERING
            )
            return made

    # --- footnotes ----------------------------------------------------------------------------------------------
    def note(self, paragraph: Paragraph) -> Paragraph:
        """Call a footnote where the paragraph ends now; the paragraph that comes back takes its words."""
        number = len(self.notes.element.findall(qn("w:footnote")))  # two are the lines above the notes
        call = paragraph.add_run(style=self.style("Footnote Reference", WD_STYLE_TYPE.CHARACTER))
        call._r.append(element("w:footnoteReference", id=number))
        made = element("w:footnote", id=number)
        inner = element("w:p")
        made.append(inner)
        self.notes.element.append(made)
        text = Paragraph(inner, self.document._body)
        text.style = self.style("Footnote Text")
        sign = text.add_run(style=self.style("Footnote Reference", WD_STYLE_TYPE.CHARACTER))
        sign._r.append(element("w:footnoteRef"))
        text.add_run(" ")
        return text

    def _notes(self) -> XmlPart:
        """The part with the notes; that of a template goes, with the text that called them."""
        part = self.document.part
        for key, one in list(part.rels.items()):
            if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                del part.rels[key]
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
            for number, (kind, tag) in enumerate((one, one) for one in ("separator", "continuationSeparator"))
        )
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{lines}</w:footnotes>")
        made = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)
        return made

    def address(self, target: str, *, in_note: bool = False) -> str:
        """The key of an address outside, for a link of the text or of a note."""
        part: Part = self.notes if in_note else self.document.part
        return str(part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    # --- tables and pictures --------------------------------------------------------------------------------------
    def table(self, columns: int, words: str = "", shares: Sequence[int] = ()) -> Any:
        """An empty table; `words` say what it holds to whoever does not see it, `shares` how wide each column is."""
        made, facts = element("w:tbl"), element("w:tblPr")
        self.style("Table Grid", WD_STYLE_TYPE.TABLE)
        facts.append(element("w:tblStyle", val=self.document.styles["Table Grid"].style_id))
        facts.append(element("w:tblW", w=5000, type="pct"))
        if shares:
            facts.append(element("w:tblLayout", type="fixed"))
        facts.append(element("w:tblLook", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1))
        if words:
            facts.append(element("w:tblCaption", val=words))
        grid = element("w:tblGrid")
        parts = shares or [1] * columns
        for one in parts:
            grid.append(element("w:gridCol", w=WIDTH * one // sum(parts)))
        made.append(facts)
        made.append(grid)
        self.document.element.body._insert_tbl(made)
        return made

    def row(self, table: Any, *, header: bool = False) -> Any:
        """A row that no page parts; a header row stands on every page."""
        made, facts = element("w:tr"), element("w:trPr")
        facts.append(element("w:cantSplit"))
        if header:
            facts.append(element("w:tblHeader"))
        made.append(facts)
        table.append(made)
        return made

    def cell(self, row: Any, *, span: int = 1, merged: str = "") -> Paragraph:
        """A cell, by the paragraph it holds. `merged` is restart or continue in a column that goes over rows."""
        made, facts = element("w:tc"), element("w:tcPr")
        facts.append(element("w:tcW", w=0, type="auto"))
        if span > 1:
            facts.append(element("w:gridSpan", val=span))
        if merged:
            facts.append(element("w:vMerge", val=merged))
        inner = element("w:p")
        made.append(facts)
        made.append(inner)
        row.append(made)
        found = Paragraph(inner, self.document._body)
        self._dressed(found, "Normal")
        found.paragraph_format.space_after = Pt(2)
        return found

    def rows(self, header: Sequence[str], rows: Iterable[Sequence[str]], words: str, shares: Sequence[int]) -> None:
        """A table of plain words: a header row, and rows whose first cell names them."""
        table = self.table(len(header), words, shares)
        first = self.row(table, header=True)
        for text in header:
            self.cell(first).add_run(clean(text)).bold = True
        for one in rows:
            line = self.row(table)
            for place, text in enumerate(one):
                self.cell(line).add_run(clean(text)).bold = place == 0 or None
        self.paragraph()

    def picture(self, png: bytes, alt: str, title: str) -> Paragraph:
        """A picture as wide as the text, with the words that say what it shows."""
        section = self.document.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin
        made = self.paragraph()
        made.paragraph_format.keep_with_next = True
        shape = made.add_run().add_picture(BytesIO(png), width=width)
        facts = shape._inline.docPr
        facts.set("descr", clean(alt))
        facts.set("title", clean(title))
        return made

    # --- around the text -------------------------------------------------------------------------------------------
    def field(self, paragraph: Paragraph, code: str, shown: str = "1") -> None:
        """A field that Word works out: PAGE, NUMPAGES."""
        made = element("w:fldSimple", instr=code)
        made.append(paragraph.add_run(shown)._r)
        paragraph._p.append(made)

    def margins(self, above: str, below: str) -> None:
        """What stands at the head and the foot of every page, beneath what the template has there."""
        section = self.document.sections[-1]
        self._edge(section.header, "Header").add_run(clean(above))
        foot = self._edge(section.footer, "Footer")
        foot.add_run(clean(f"{below}  ·  Page "))
        self.field(foot, "PAGE")
        foot.add_run(" of ")
        self.field(foot, "NUMPAGES")

    def _edge(self, edge: Any, style: str) -> Paragraph:
        edge.is_linked_to_previous = False
        first = edge.paragraphs[0] if edge.paragraphs else edge.add_paragraph()
        made = edge.add_paragraph() if first.text or first._p.xpath(".//w:drawing") else first
        made.style = self.style(style)
        return made

    def _language(self) -> None:
        styles = self.document.styles.element
        defaults = styles.find(qn("w:docDefaults"))
        if defaults is None:
            defaults = parse_xml(f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>")
            styles.insert(0, defaults)
        for run in defaults.iter(qn("w:rPr")):
            for held in run.findall(qn("w:lang")):
                run.remove(held)
            run.append(element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))

    def saved(self, *, title: str, author: str, subject: str, at: dt.datetime) -> bytes:
        """The file, with its facts: of whoever wrote the template nothing stays."""
        facts = self.document.core_properties
        facts.title, facts.author, facts.subject = clean(title)[:255], clean(author)[:255], clean(subject)[:255]
        facts.language, facts.created, facts.modified = LANGUAGE, at.replace(tzinfo=None), at.replace(tzinfo=None)
        facts.last_modified_by, facts.comments, facts.keywords, facts.category = "", "", "", ""
        facts.revision = 1
        held = BytesIO()
        self.document.save(held)
        return held.getvalue()


def _level(level: int, form: str, text: str, start: int, hanging: int) -> Any:
    made = element("w:lvl", ilvl=level)
    made.append(element("w:start", val=start))
    made.append(element("w:numFmt", val=form))
    made.append(element("w:lvlText", val=text))
    made.append(element("w:lvlJc", val="left"))
    place = element("w:pPr")
    place.append(element("w:ind", left=hanging + level * STEP, hanging=hanging))
    made.append(place)
    return made
