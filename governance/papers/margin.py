"""The margin of a text: its paragraphs with what is said beside each. Reads, and the words a suggestion would leave."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from zlib import crc32

from core.documents import richtext
from core.documents.blocks import to_html
from governance.papers.live import REFERENCE
from governance.papers.models import Commentary, MarginComment, Paper

WHOLE = "whole"  # stands in an address for the text as a whole
TOPIC = "topic-"


@dataclass(frozen=True)
class Place:
    """One text of a commentary or of a paper: `name` is how the record and the address know it."""

    name: str
    title: str
    html: str
    numbered: bool = False


@dataclass(frozen=True)
class Thread:
    comment: MarginComment
    moved_on: bool  # the words it was made on are not those that stand there

    @property
    def replies(self) -> Iterable:
        return self.comment.replies.all()


@dataclass
class Paragraph:
    pid: str
    html: str
    open: list[Thread] = field(default_factory=list)
    settled: list[Thread] = field(default_factory=list)


@dataclass
class Column:
    """A text with its margin; `rest` holds what is said of the whole, `lost` what was of paragraphs now gone."""

    place: Place
    paragraphs: list[Paragraph]
    rest: Paragraph = field(default_factory=lambda: Paragraph("", ""))
    lost: Paragraph = field(default_factory=lambda: Paragraph("", ""))


def places_of(subject: Commentary | Paper) -> list[Place]:
    if isinstance(subject, Commentary):
        return [
            Place("text", "Commentary", subject.text, numbered=True),
            Place("did", "What the commissioner did", subject.did, numbered=True),
        ]
    topics = [Place(f"{TOPIC}{one.pk}", one.title, one.text) for one in subject.topics.all()]
    return [Place("introduction", "Introduction", subject.introduction), *topics]


def place_of(subject: Commentary | Paper, name: str) -> Place | None:
    return next((one for one in places_of(subject) if one.name == name), None)


def paper_of(subject: Commentary | Paper) -> Paper | None:
    """The paper whose making this belongs to; a quarter whose paper is not begun has none."""
    return subject if isinstance(subject, Paper) else getattr(subject.quarter, "paper", None)


def paragraph_of(html: str, pid: str) -> str | None:
    """The paragraph (or list, quotation, table) of that id, as canonical HTML."""
    return next((to_html([one]) for one in richtext.parse(html) if one.pid and one.pid == pid), None)


def with_words(html: str, pid: str, words: str) -> str:
    """The text with other words in the place of a paragraph, which keeps its id where anything is left of it."""
    blocks = []
    for one in richtext.parse(html):
        if one.pid != pid:
            blocks.append(one)
            continue
        first, *more = richtext.parse(words) or [None]
        if first is not None:
            blocks += [replace(first, pid=pid), *(replace(other, pid="") for other in more)]
    return to_html(blocks)


def is_same(one: str, other: str) -> bool:
    """Whether two paragraphs say the same: a live figure that moved is the same figure."""
    return _bare(one) == _bare(other)


def _bare(html: str) -> str:
    blocks = [replace(one, pid="") for one in richtext.parse(html)]
    return REFERENCE.sub(r"{\1}", to_html(blocks))


def version_of(paragraph: str) -> int:
    """A number that changes with the words of one paragraph, whatever else is changed in its text."""
    return crc32(_bare(paragraph).encode())


def columns(subject: Commentary | Paper, places: list[Place]) -> list[Column]:
    """Every text in order, each comment beside its paragraph; what has lost its text stands at the end."""
    said = subject.margin.select_related("by", "settled_by").prefetch_related("replies__by")
    by_place: dict[str, list[MarginComment]] = {}
    for one in said:
        by_place.setdefault(one.place, []).append(one)
    found = [_column(place, by_place.pop(place.name, [])) for place in places]
    for left in by_place.values():
        for one in left:
            _put(found[-1].lost, Thread(one, True))
    return found


def _column(place: Place, said: list[MarginComment]) -> Column:
    blocks = [Paragraph(one.pid, to_html([one])) for one in richtext.parse(place.html)]
    column = Column(place, blocks)
    held = {one.pid: one for one in blocks if one.pid}
    for one in said:
        where = column.rest if not one.pid else held.get(one.pid, column.lost)
        _put(where, Thread(one, bool(one.pid) and not is_same(where.html, one.words)))
    return column


def _put(where: Paragraph, thread: Thread) -> None:
    (where.open if thread.comment.is_open else where.settled).append(thread)
