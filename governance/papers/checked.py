"""What the checker says of a paper that is put together: each finding with its paragraph. Only `shown` queries."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from governance.papers.checking.check import check
from governance.papers.checking.findings import Finding
from governance.papers.checking.periods import parse_quarter
from governance.papers.content import shapes
from governance.papers.models import Paper

REMEMBERED = 24 * 3600  # seconds
GRAVE = (
    "ABC"  # severities of the text; captions, notes and contents (D) are made by the software, style (E) is shown later
)
WRONG = "A"
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


class _Source:
    """The paper as one text for the checker, and which part of it each character belongs to."""

    def __init__(self) -> None:
        self.text = ""
        self.starts: list[int] = []
        self.parts: list[tuple[str, str, str]] = []  # measure, place in words, paragraph id

    def add(self, words: str, slug: str = "", place: str = "", pid: str = "") -> None:
        self.starts.append(len(self.text))
        self.parts.append((slug, place, pid))
        self.text += words.strip() + "\n\n"

    def part_at(self, offset: int) -> tuple[str, str, str]:
        return self.parts[bisect_right(self.starts, offset) - 1]


def findings_of(paper: shapes.Paper) -> list[Checked]:
    """Contradictions in the texts of a paper, in its order, with its own header rows as the record.

    Remembered by the words that were checked, since a page shows them far oftener than they change.
    """
    source = _source_of(paper)
    key = f"papers.findings:{sha256(source.text.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = [one for one in check(source.text, quarter=parse_quarter(paper.cover.period)) if one.severity in GRAVE]
        cache.set(key, found, REMEMBERED)
    return [_checked(source, one) for one in found]


def shown(paper: Paper, content: shapes.Paper | None) -> dict[str, object]:
    """For a page: what is open, what cannot be right first; and what somebody let stand, with who and why."""
    found = findings_of(content) if content else []
    held = {one.key: one for one in paper.dismissed_findings.select_related("by")}
    waiting = [one for one in found if one.key not in held]
    return {
        "findings": sorted(waiting, key=lambda one: not one.is_wrong),
        "dismissed": [held[one.key] for one in found if one.key in held],
    }


def _source_of(paper: shapes.Paper) -> _Source:
    source = _Source()
    cover = paper.cover
    source.add(f"# {cover.title}, {cover.period}")
    source.add(f"For the meeting of {cover.meeting_date}")
    for block in (*paper.introduction.text, *(one for topic in paper.introduction.topics for one in topic.text)):
        source.add(_words(block), "", "Introduction", block.pid)
    for priority in paper.priorities:
        source.add(f"## {priority.number}. {priority.title}")
        for section in priority.sections:
            _add_section(source, section)
    return source


def _add_section(source: _Source, section: shapes.Section) -> None:
    source.add(f"### {section.header.name}")
    said = " ".join(f"{line.label}: {line.text}" if line.label else line.text for line in section.header.lines)
    source.add(
        f"{section.header.name}\t{said}", section.measures[0].slug if section.measures else "", section.header.name
    )
    for measure in section.measures:
        for part in (*measure.text, *measure.did):
            if isinstance(part, shapes.Block) and part.kind != "table":
                place = f"Paragraph {part.number}" if part.number else section.header.name
                source.add(_words(part), measure.slug, place, part.pid)


def _words(block: shapes.Block) -> str:
    words = _BLOCK_TAGS.sub(" ", _NOTE.sub("", block.html))
    return f"> {words}" if block.kind == "quote" else words


def _checked(source: _Source, one: Finding) -> Checked:
    slug, place, pid = source.part_at(one.start)
    return Checked(one, slug, place, pid)
