"""The content of a paper as frozen shapes, from cover to appendix. Pure.

Everything a reader sees stands here as data, each figure already in words: a build of the paper (PDF, web page, JSON)
reads these shapes and nothing else. Inline HTML is of the office's dialect (core.documents.dialect), in which a
footnote has become `<span data-note="N"></span>` and its text stands in `Paper.footnotes`.

A field that came later than the first papers is declared `later(...)`: while it says nothing it is not written, so that
content frozen before it came gives the bytes that were signed.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from governance.papers.content.outline import STANDARD, written_out

SCHEMA = 1  # of the content; a build says which schemas it can read
LATER = "later"


def later(default: Any) -> Any:
    """A field that came later; `default` is what earlier content says of it."""
    return field(default=default, metadata={LATER: True})


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text. `html` is what stands inside its tag; `number` its place in the paper's one sequence.

    kind is paragraph, heading (takes a number), subheading, quote, bullets, numbers or table. `style` and `start` are
    those of a numbered list.
    """

    kind: str
    pid: str
    html: str
    number: int | None = None
    style: str = ""
    start: int = 1


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its caption and the table that says the same. `number` is that of the figure."""

    kind: ClassVar[str] = "chart"
    pid: str
    caption: str
    svg: str
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marking: str = "OFFICIAL"
    number: int = 0
    withheld: bool = False  # taken out of the public build, with its caption left standing
    source: str = later("")  # where its figures come from, and what their publishers ask to be said
    series: tuple[str, ...] = later(())  # the measures it draws, by their slugs


@dataclass(frozen=True, slots=True)
class Mark:
    """One symbol of the key: which, the tone it has for this measure, and its words."""

    slug: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One trend cell of a header row: symbols, or words where the office chose words; `label` says whose."""

    marks: tuple[Mark, ...] = ()
    words: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a header row's figures: "Q2" and "11,856 crimes; 44,340 in the rolling 12 months"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class HeaderRow:
    name: str
    layout: str
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    standards: tuple[Line, ...] = later(())  # what the measure is held to; the label says whose, where two share a row


@dataclass(frozen=True, slots=True)
class DataNote:
    """What must be known about the data, printed beside every measure it affects."""

    title: str
    text: str
    months: str


@dataclass(frozen=True, slots=True)
class Planned:
    """An action of the delivery plan that works on a measure; `moved` says how often its day moved, or nothing."""

    ref: str
    statement: str
    rag: str
    rag_words: str
    status: str
    due: str
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is said of one measure. `title` is empty where the header row has only this one."""

    slug: str
    title: str
    text: tuple[Block | Chart, ...]
    did: tuple[Block, ...] = ()
    data_notes: tuple[DataNote, ...] = ()
    quotations: tuple[Block, ...] = later(())  # what people said: a subheading a theme, then its quotations
    plans: tuple[Planned, ...] = later(())  # what the delivery plan does about it


@dataclass(frozen=True, slots=True)
class Section:
    """One header row and what stands under it; two measures share one row in a few places."""

    pid: str
    header: HeaderRow
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    number: int
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A significant topic of the introduction, with the letters of the criteria it meets."""

    title: str
    criteria: tuple[str, ...]
    text: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What an earlier paper promised, and what became of it. An empty fate: nobody has said yet."""

    sentence: str
    paper: str
    owner: str
    due: str
    fate: str
    words: str


@dataclass(frozen=True, slots=True)
class Introduction:
    text: tuple[Block, ...]
    topics: tuple[Topic, ...]
    criteria: tuple[tuple[str, str], ...]  # letter, words
    signed_as: str  # the office that signs, never a name
    signed_in: str  # month and year
    promised: tuple[Promised, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyLine:
    slug: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Update:
    """One action of the delivery plan as it stands this quarter; its paragraphs are outside the sequence."""

    ref: str
    statement: str
    owner: str
    status: str
    rag: str
    rag_words: str
    rag_reason: str
    due: str
    text: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    title: str
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class DeepDive:
    plan: str
    priority: str
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A row of the scorecard; every cell in words."""

    name: str
    quarter: str
    on_year: str
    rolling: str
    rolling_on_year: str
    marks: tuple[Mark, ...]
    words: str = ""  # why there is no symbol


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    title: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    number: int
    pid: str  # of the block it is called from
    html: str


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """A figure as it stood when the content was made: what it was worked out from, down to the observations.

    `value` is exact, as a fraction ("34/2"); `place` is the pid of the block, or the section's name and line.
    """

    place: str
    reference: str
    text: str
    value: str
    unit: str
    period: str
    formula: str
    observations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    title: str
    office: str
    commissioner: str  # title of the office holder
    plan: str
    period: str
    period_dates: str
    meeting: str
    meeting_date: str
    agenda_item: int
    version: int
    correction: str
    synthetic: bool
    as_at: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cover sheet besides what the cover says: whose report it is, who may read it, what the meeting is to do."""

    report_of: str
    access: str
    contact: str
    purpose: tuple[Block, ...]
    recommendations: tuple[Block, ...]
    implications: tuple[Block, ...] = ()

    @property
    def text(self) -> tuple[Block, ...]:
        return (*self.purpose, *self.recommendations, *self.implications)


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the glossary: an abbreviation with what it stands for, or another term; and what it means, plainly."""

    term: str
    expansion: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section in the order of the paper: what the software makes there, its heading, the words that open it."""

    kind: str
    anchor: str
    title: str
    text: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    cover: Cover
    introduction: Introduction
    key: tuple[KeyLine, ...]
    key_note: str
    priorities: tuple[Priority, ...]
    deep_dive: DeepDive | None
    scorecard: tuple[ScoreGroup, ...]
    footnotes: tuple[Footnote, ...] = ()
    figures: tuple[BoundFigure, ...] = ()
    schema: int = field(default=SCHEMA)
    parts: tuple[Part, ...] = later(())
    sheet: Sheet | None = later(None)
    glossary: tuple[Term, ...] = later(())  # those of the office's list that the paper uses
    outline: int = later(0)  # the version of the outline it was put together by; 0 is the one in the software

    @property
    def ordered(self) -> tuple[Part, ...]:
        """The parts that have anything to show, in their order."""
        held = {"deep_dive": bool(self.deep_dive), "glossary": bool(self.glossary)}
        return tuple(one for one in self.parts or self._standard() if held.get(one.kind, True))

    @property
    def appendices(self) -> tuple[str, ...]:
        return tuple(one.title for one in self.ordered if one.title.startswith("Appendix"))

    def _standard(self) -> tuple[Part, ...]:
        words = {"commissioner": self.cover.commissioner, "priority": self.deep_dive.priority if self.deep_dive else ""}
        return tuple(Part(one.kind, one.anchor, written_out(one.title, words)) for one in STANDARD)
