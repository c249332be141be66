"""What the checker says of a paper that is put together: each finding with its paragraph. Only `shown` queries."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from governance.papers.against import AGAINST_RECORD, is_sure
from governance.papers.checking.check import check_beside
from governance.papers.checking.findings import Finding, settled
from governance.papers.checking.periods import Period, parse_quarter
from governance.papers.checking.standing import stale_quarters
from governance.papers.content import shapes
from governance.papers.known import Known, known_of
from governance.papers.models import Paper

REMEMBERED = 24 * 3600  # seconds
GRAVE = (
    "ABC"  # severities of the text; captions, notes and contents (D) are made by the software, style (E) is shown later
)
WRONG = "A"
STANDING = "Standing text"  # how the place of what goes into every paper begins
_BLOCK_TAGS = re.compile(r"</?(?:p|li|ul|ol|tr|td|th|table|thead|tbody|blockquote|cite)\b[^>]*>")
_NOTE = re.compile(r'<span data-note="\d+"></span>')


@dataclass(frozen=True)
class Checked:
    """One finding: in words, and the paragraph (its stable id and its number, if it has one) of which measure."""

    finding: Finding
    slug: str
    place: str
    pid: str

    @property
    def key(self) -> str:
        """The same for the same words in the same paragraph, held against the same."""
        one = self.finding
        said = " ".join(one.said.split())
        return sha256("\n".join((self.slug, self.pid, one.rule, said, one.found)).encode()).hexdigest()

    @property
    def is_wrong(self) -> bool:
        """Whether it stands in the way of the paper until it is corrected or dismissed."""
        return self.finding.severity == WRONG

    @property
    def sentence(self) -> str:
        better = f" Better: {self.finding.suggestion}." if self.finding.suggestion else ""
        return f"{self.place}: “{' '.join(self.finding.said.split())}”. {self.finding.found}{better}"


class Source:
    """The paper as one text for the checker, and which part of it each character belongs to."""

    def __init__(self) -> None:
        self.text = ""
        self.starts: list[int] = []
        self.parts: list[tuple[str, str, str]] = []  # measure, place in words, paragraph id
        self.owned: set[tuple[str, str, str]] = set()  # parts that speak of their measure where they name none

    def add(self, words: str, slug: str = "", place: str = "", pid: str = "", *, owned: bool = False) -> None:
        self.starts.append(len(self.text))
        self.parts.append((slug, place, pid))
        if owned:
            self.owned.add(self.parts[-1])
        self.text += words.strip() + "\n\n"

    def part_at(self, offset: int) -> tuple[str, str, str]:
        return self.parts[bisect_right(self.starts, offset) - 1]


def findings_of(paper: shapes.Paper, known: Known) -> list[Checked]:
    """Contradictions in the texts of a paper, in its order: with themselves, its header rows, and what is known.

    Remembered by the words that were checked and what they were held against, since a page shows them far oftener than
    either changes.
    """
    source = _source_of(paper)
    key = f"papers.findings:{sha256(f'{source.text} {known.facts!r}'.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = [one for one in _found(source, paper, known) if one.severity in GRAVE]
        cache.set(key, found, REMEMBERED)
    return [_checked(source, one) for one in found]


def _found(source: Source, paper: shapes.Paper, known: Known) -> list[Finding]:
    def is_of_the_record(one: Finding) -> bool:
        part = source.part_at(one.start)
        own = known.names.get(part[0], "") if part in source.owned else ""
        return one.rule in AGAINST_RECORD and is_sure(one, source.text, own, known)

    quarter = parse_quarter(paper.cover.period)
    found = check_beside(source.text, known.facts, is_of_the_record, quarter=quarter)
    told = {(one.start, one.end) for one in found}
    more = [one for one in _stale(source, quarter) if (one.start, one.end) not in told] if quarter else []
    return settled([*found, *more]) if more else found


def _stale(source: Source, quarter: Period) -> Iterator[Finding]:
    """Quarters that standing text names, one beside the paper's own too."""
    ends = [*source.starts[1:], len(source.text)]
    for (_, place, _), start, end in zip(source.parts, source.starts, ends, strict=True):
        if place.startswith(STANDING):
            yield from stale_quarters(source.text[start:end], start, quarter)


def shown(paper: Paper, content: shapes.Paper | None) -> dict[str, object]:
    """For a page: what is open, what cannot be right first; and what somebody let stand, with who and why."""
    found = findings_of(content, known_of(paper.quarter.period)) if content else []
    held = {one.key: one for one in paper.dismissed_findings.select_related("by")}
    waiting = [one for one in found if one.key not in held]
    return {
        "findings": sorted(waiting, key=lambda one: not one.is_wrong),
        "dismissed": [held[one.key] for one in found if one.key in held],
    }


def _source_of(paper: shapes.Paper) -> Source:
    source = Source()
    cover = paper.cover
    source.add(f"# {cover.title}, {cover.period}")
    source.add(f"For the meeting of {cover.meeting_date}")
    for block in paper.sheet.text if paper.sheet else ():
        source.add(words_of(block), "", f"{STANDING} of the cover sheet", block.pid)
    for part in paper.parts:
        for block in part.text:
            source.add(words_of(block), "", f"{STANDING} of “{part.title or part.kind}”", block.pid)
    for block in (*paper.introduction.text, *(one for topic in paper.introduction.topics for one in topic.text)):
        source.add(words_of(block), "", "Introduction", block.pid)
    for priority in paper.priorities:
        source.add(f"## {priority.number}. {priority.title}")
        for section in priority.sections:
            _add_section(source, section)
    return source


def add_header(source: Source, header: shapes.HeaderRow, slug: str) -> None:
    """A measure's header row, whose figures the text under it is held against."""
    source.add(f"### {header.name}")
    said = " ".join(f"{line.label}: {line.text}" if line.label else line.text for line in header.lines)
    source.add(f"{header.name}\t{said}", slug, header.name)


def _add_section(source: Source, section: shapes.Section) -> None:
    add_header(source, section.header, section.measures[0].slug if section.measures else "")
    for measure in section.measures:
        for part in (*measure.text, *measure.did):
            if isinstance(part, shapes.Block) and part.kind != "table":
                place = f"Paragraph {part.number}" if part.number else section.header.name
                source.add(words_of(part), measure.slug, place, part.pid, owned=part in measure.text)


def words_of(block: shapes.Block) -> str:
    """A block as the checker reads it: inline marks left in, so that every place can be found again."""
    words = _BLOCK_TAGS.sub(" ", _NOTE.sub("", block.html))
    return f"> {words}" if block.kind == "quote" else words


def _checked(source: Source, one: Finding) -> Checked:
    slug, place, pid = source.part_at(one.start)
    return Checked(one, slug, place, pid)
