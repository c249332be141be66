"""A paper's content as a Word file for the council's own template: the same parts in the same order as the PDF."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from docx.text.paragraph import Paragraph

from core.documents.stamp import Stamp
from governance.papers.content import reading
from governance.papers.content.markup import POINTS, Follow
from governance.papers.content.shapes import (
    Block,
    Chart,
    DeepDive,
    HeaderRow,
    Measure,
    Paper,
    Planned,
    Score,
    Section,
    Sheet,
)
from governance.papers.word.document import WordFile, clean
from governance.papers.word.text import TextWriter
from measures.charts.raster import png
from measures.presenters.drawings import FACES

Progress = Callable[[float, float, str], None]
HASH_SHOWN = 16  # characters of the hash in the footer
SCORE_SHARES = (20, 12, 11, 14, 11, 32)  # how wide the columns of the scorecard are
NOT_DRAWN = "The picture of this chart could not be drawn. What it shows: "
SYNTHETIC = (
    "SYNTHETIC. The county, its people and every figure in this paper are made up, to show what such a paper is like."
)


def word_file(
    paper: Paper,
    *,
    sha256: str,
    at: dt.datetime,
    signature: str = "",
    follow: Follow | None = None,
    stamp: Stamp | None = None,
    template: bytes | None = None,
    on_progress: Progress | None = None,
) -> bytes:
    """The paper as DOCX, in the styles of the office's own file where there is one."""
    writer = _PaperWriter(paper, template, follow, on_progress)
    writer.write(signature, stamp)
    cover = paper.cover
    marking = reading.marking(paper)
    above = [f"Agenda Item {cover.agenda_item}", "" if marking == reading.PUBLIC else marking, cover.title]
    below = [
        f"Version {cover.version}",
        f"SHA-256 {sha256[:HASH_SHOWN]}",
        f"Log {stamp.head}" if stamp else "",
        "SYNTHETIC" if cover.synthetic else "",
    ]
    writer.word.margins("  ·  ".join(filter(None, above)), "  ·  ".join(filter(None, below)))
    return writer.word.saved(
        title=f"{cover.title}, {cover.period}",
        author=cover.office,
        subject=f"Agenda Item {cover.agenda_item}, {cover.meeting}, {cover.meeting_date}",
        at=at,
    )


class _PaperWriter:
    def __init__(
        self, paper: Paper, template: bytes | None, follow: Follow | None, on_progress: Progress | None
    ) -> None:
        self.paper, self.word = paper, WordFile(template)
        self.text = TextWriter(self.word, {one.number: one for one in paper.footnotes}, follow)
        self.on_progress = on_progress
        self.charts, self.drawn = sum(1 for _ in reading.charts(paper)), 0

    def write(self, signature: str, stamp: Stamp | None) -> None:
        self._cover()
        if self.paper.sheet:
            self._sheet(self.paper.sheet)
        self._contents()
        for part in self.paper.ordered:
            if part.kind == "priorities":
                self._priorities()
                continue
            self.word.heading(part.title, 1, _mark("part", part.anchor))
            self._blocks(part.text)
            match part.kind:
                case "introduction":
                    self._introduction(signature, stamp)
                case "key":
                    self._key()
                case "dashboard":
                    self._dashboard()
                case "deep_dive" if self.paper.deep_dive:
                    self._deep_dive(self.paper.deep_dive)
                case "scorecard":
                    self._scorecard()
                case "glossary":
                    self._glossary()

    def _priorities(self) -> None:
        for priority in self.paper.priorities:
            self.word.heading(f"{priority.number}. {priority.title}", 1, f"priority_{priority.number}")
            for section in priority.sections:
                self._section(section)

    def _cover(self) -> None:
        cover = self.paper.cover
        self.word.paragraph(f"Agenda Item {cover.agenda_item}")
        self.word.paragraph(cover.office)
        self.word.paragraph(cover.title, "Title")
        self.word.paragraph(f"{cover.period} ({cover.period_dates})", "Subtitle")
        self.word.paragraph(f"For the meeting of the {cover.meeting} on {cover.meeting_date}")
        self.word.paragraph(cover.plan)
        if cover.correction:
            self._led(f"Version {cover.version}, a correction.", f" {cover.correction}")
        if cover.synthetic:
            self.word.paragraph(SYNTHETIC)
        self.word.paragraph(f"Figures as they were held on {cover.as_at}.")

    def _sheet(self, sheet: Sheet) -> None:
        cover, appendices = self.paper.cover, "\n".join(self.paper.appendices) or "None"
        rows = [
            ("Meeting", cover.meeting),
            ("Date", cover.meeting_date),
            ("Agenda item", str(cover.agenda_item)),
            ("Report of", sheet.report_of),
            ("Who may read it", sheet.access),
            ("Contact", sheet.contact),
            ("Appendices", appendices),
        ]
        self.word.heading("Cover sheet", 1)
        self.word.rows(("What", "Of this paper"), rows, "Cover sheet", (1, 3))
        texts = (sheet.purpose, sheet.recommendations, sheet.implications)
        for title, blocks in zip(("Purpose", "Recommendations", "Implications"), texts, strict=True):
            if blocks:
                self.word.heading(title, 2)
                self._blocks(blocks)

    def _contents(self) -> None:
        """Links to the parts. Their pages are Word's to say: whoever wants them inserts a table of contents."""
        self.word.heading("Contents", 1)
        parts: list[tuple[str, str]] = []
        for one in self.paper.ordered:
            if one.kind == "priorities":
                parts += [(f"priority_{held.number}", f"{held.number}. {held.title}") for held in self.paper.priorities]
            else:
                parts.append((_mark("part", one.anchor), one.title))
        for mark, title in parts:
            self.word.link(self.word.paragraph(), title, mark)
        self.word.page_break()

    def _introduction(self, signature: str, stamp: Stamp | None) -> None:
        opening = self.paper.introduction
        self._blocks(opening.text)
        if opening.topics:
            self.word.heading("Significant topics this quarter", 2)
            self.word.paragraph("A topic is raised with the panel when it is one or more of these:")
            letters = self.word.list_of("a")
            for _, words in opening.criteria:
                self.word.numbered(self.word.paragraph(words, "List Paragraph"), letters)
        for topic in opening.topics:
            self.word.heading(topic.title, 3)
            self.word.paragraph(f"Raised under {' and '.join(topic.criteria)}")
            self._blocks(topic.text)
        if opening.promised:
            self.word.heading("What was promised last time", 2)
        for one in opening.promised:
            facts = "; ".join(filter(None, (one.paper, one.owner, f"due {one.due}" if one.due else "")))
            self.word.paragraph(f"“{one.sentence}” ({facts})")
            self._led(f"{one.fate or 'Nobody has said yet what became of it'}.", f" {one.words}")
        self.word.paragraph(signature or "Not yet signed")
        self._led(opening.signed_as)
        self.word.paragraph(opening.signed_in)
        if stamp:
            self.word.paragraph(f"This signature is in the office’s log as {stamp.head}. To check it: {stamp.address}")

    def _key(self) -> None:
        rows = [(line.title, line.meaning) for line in self.paper.key]
        self.word.rows(("Name", "What it means"), rows, "Key to the symbols", (1, 3))
        self.word.paragraph(self.paper.key_note)

    def _dashboard(self) -> None:
        for priority in self.paper.priorities:
            title = f"{priority.number}. {priority.title}"
            self.word.heading(title, 2)
            rows = [
                (one.header.name, "\n".join(_lines(one.header)), "\n".join(_symbols(one.header)))
                for one in priority.sections
            ]
            self.word.rows(("Measure", "Figures", "Symbols, in words"), rows, title, (3, 4, 4))

    def _section(self, section: Section) -> None:
        self.word.heading(section.header.name, 2, _mark("s", section.pid))
        for line in (*_lines(section.header), *_standards(section.header), *_symbols(section.header)):
            self.word.paragraph(line)
        for measure in section.measures:
            self._measure(measure)

    def _measure(self, measure: Measure) -> None:
        if measure.title:
            self.word.heading(measure.title, 3)
        for note in measure.data_notes:
            self._led(f"About the data: {note.title}", f" ({note.months}). {note.text}")
        for part in measure.text:
            if isinstance(part, Chart):
                self._chart(part)
            else:
                self.text.block(part)
        self._blocks(measure.quotations)
        if measure.did:
            self.word.heading("What the commissioner did", 3)
            self._blocks(measure.did)
        if measure.plans:
            title = "What the delivery plan does about it"
            self.word.paragraph(title, "Caption").paragraph_format.keep_with_next = True
            self.word.rows(
                ("Action", "Rating", "Status", "Due"), [_plan(one) for one in measure.plans], title, (5, 2, 2, 2)
            )

    def _chart(self, chart: Chart) -> None:
        self.drawn += 1
        if self.on_progress:
            self.on_progress(self.drawn, self.charts + 1, f"Chart {self.drawn} of {self.charts}")
        title = f"Figure {chart.number}: {chart.caption}"
        if chart.withheld:
            self.word.paragraph(f"This chart is marked {chart.marking} and stands in the restricted version only.")
        else:
            if chart.marking != reading.PUBLIC:
                self._led(chart.marking).paragraph_format.keep_with_next = True
            self._picture(chart, title)
        self.word.bookmark(self.word.paragraph(title, "Caption"), _mark("f", chart.pid))

    def _picture(self, chart: Chart, title: str) -> None:
        try:
            drawn = png(POINTS.sub("", chart.svg), FACES)
        except (ValueError, KeyError, SyntaxError):  # not a drawing of ours, or one that was tampered with
            self.word.paragraph(f"{NOT_DRAWN}{chart.alt}")
            return
        self.word.picture(drawn, chart.alt, title)

    def _deep_dive(self, dive: DeepDive) -> None:
        self.word.paragraph(f"{dive.plan}: what has been done this quarter, action by action.")
        for objective in dive.objectives:
            self.word.heading(objective.title, 2)
            for one in objective.updates:
                self.word.heading(f"{one.ref} {one.statement}", 3)
                due = f" Due {one.due}." if one.due else ""
                self._led(one.rag_words, f" {one.status}. Owner: {one.owner}.{due} {one.rag_reason}".rstrip())
                self._blocks(one.text)

    def _scorecard(self) -> None:
        header = ("Measure", "Quarter", "On a year ago", "Rolling 12 months", "On a year ago", "Symbols, in words")
        for group in self.paper.scorecard:
            self.word.heading(group.title, 2)
            self.word.rows(header, [_score(one) for one in group.scores], group.title, SCORE_SHARES)

    def _glossary(self) -> None:
        rows = [(one.term, one.expansion, one.meaning) for one in self.paper.glossary]
        self.word.rows(("Term", "In full", "What it means"), rows, "Glossary", (1, 2, 4))

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for one in blocks:
            self.text.block(one)

    def _led(self, bold: str, words: str = "") -> Paragraph:
        """A paragraph that begins with words in bold."""
        made = self.word.paragraph()
        made.add_run(clean(bold)).bold = True
        made.add_run(clean(words))
        return made


def _plan(one: Planned) -> tuple[str, ...]:
    due = f"{one.due or 'No day'}{f', {one.moved}' if one.moved else ''}"
    return (f"{one.ref} {one.statement}", one.rag_words, one.status, due)


def _mark(kind: str, pid: str) -> str:
    return f"{kind}_{re.sub(r'[^A-Za-z0-9]', '_', pid)}"


def _lines(header: HeaderRow) -> list[str]:
    return [f"{one.label}: {one.text}" if one.label else one.text for one in header.lines]


def _standards(header: HeaderRow) -> list[str]:
    return [f"Target or standard{f', {one.label}' if one.label else ''}: {one.text}" for one in header.standards]


def _symbols(header: HeaderRow) -> list[str]:
    found = []
    for cell in header.cells:
        said = "; ".join([*(mark.words for mark in cell.marks), *filter(None, [cell.words])])
        found.append(f"{cell.label}: {said}" if cell.label else said)
    return found


def _score(score: Score) -> tuple[str, ...]:
    said = "; ".join([*(mark.words for mark in score.marks), *filter(None, [score.words])])
    return (score.name, score.quarter, score.on_year, score.rolling, score.rolling_on_year, said)
