"""The checker while somebody types: the text as it stands in the editor, saved or not, against the quarter's facts.

A place is told as the words said and which time they occur in the field's own text, spaces made one: that holds in the
page whatever markup stands between.
"""

import re
from dataclasses import asdict, dataclass, field

from core.documents import richtext
from governance.papers import checked
from governance.papers.against import is_sure, plain
from governance.papers.checking.check import check
from governance.papers.checking.findings import Finding
from governance.papers.checking.periods import parse_quarter
from governance.papers.checking.reading import figures_of
from governance.papers.content import shapes
from governance.papers.content.numbering import blocks_of
from governance.papers.known import Known
from governance.papers.live import REFERENCE
from governance.papers.shelf import Shown

SHOWN = "ABCE"  # D is of the whole document, which is put together elsewhere
SAYS = "text"  # the field that says what the measure did
MOST = 40
NOTE = re.compile(r'<span class="footnote">.*?</span>|<span data-note="\d+"></span>', re.DOTALL)
KINDS = {"A": "Cannot be right", "B": "Period or label", "C": "Claim", "E": "House style"}


@dataclass(frozen=True)
class Noted:
    """One thing about the text. `nth` counts the same words before it in the field, from 0."""

    field: str
    severity: str
    kind: str
    said: str
    nth: int
    found: str
    suggestion: str = ""


@dataclass(frozen=True)
class Offer:
    """A typed number that a figure of the record equals: it may be bound, so that it follows the record."""

    field: str
    said: str
    nth: int
    reference: str
    text: str
    title: str


@dataclass
class Answer:
    """What is said of all fields. `bound` counts the figures that follow the record, `loose` those tied to nothing."""

    findings: list[Noted] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    bound: int = 0
    loose: int = 0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Subject:
    """Whose text it is: measure, quarter and meeting in words."""

    slug: str
    title: str
    period: str
    meeting: tuple[int, int, int]


def checked_text(texts: dict[str, str], subject: Subject, known: Known, shelf: list[Shown]) -> Answer:
    """Findings in the order of the fields, the gravest kind of each place only; then offers."""
    answer = Answer()
    source = checked.Source()
    source.add(f"# {subject.title}, {subject.period}")
    name = known.names.get(subject.slug, subject.title)
    if header := known.headers.get(subject.slug):
        checked.add_header(source, header, subject.slug)
    else:
        source.add(f"### {name}")
    begun = len(source.text)
    for name, html in texts.items():
        blocks = _blocks(html)
        for block in blocks:
            if block.kind != "table":
                source.add(checked.words_of(block), subject.slug, name, block.pid)
        _offer(answer, name, blocks, shelf)
    for one in _findings(source.text, subject, known):
        if one.severity not in SHOWN or one.start < begun or len(answer.findings) >= MOST:
            continue
        told = _noted(source, one, begun)
        own = name if told.field == SAYS else ""  # elsewhere the measure is meant only where it is named
        if is_sure(one, source.text, own, known):
            answer.findings.append(told)
    return answer


def _findings(text: str, subject: Subject, known: Known) -> list[Finding]:
    return check(text, known.facts, quarter=parse_quarter(subject.period), meeting=subject.meeting)


def _blocks(html: str) -> tuple[shapes.Block, ...]:
    return tuple(
        shapes.Block(one.kind, one.pid, NOTE.sub("", one.html), one.number)
        for one in blocks_of(richtext.clean(html), numbered=False)
    )


def _noted(source: checked.Source, one: Finding, begun: int) -> Noted:
    _, name, _ = source.part_at(one.start)
    said = " ".join(plain(one.said).split())
    first = next(
        (at for at, (_, place, _) in zip(source.starts, source.parts, strict=True) if at >= begun and place == name),
        begun,
    )
    nth = plain(source.text[first : one.start]).count(said)
    return Noted(name, one.severity, KINDS[one.severity], said, nth, one.found, one.suggestion)


def _offer(answer: Answer, name: str, blocks: tuple[shapes.Block, ...], shelf: list[Shown]) -> None:
    """Numbers typed where the record has the very figure, each with the first figure that prints so."""
    prints: dict[str, Shown] = {}
    for one in shelf:
        if _is_telling(one.text):
            prints.setdefault(one.text, one)
    before = ""
    for block in blocks:
        answer.bound += len(REFERENCE.findall(block.html))
        open_words = plain(REFERENCE.sub("\ue000", block.html))
        every = plain(block.html)
        if block.kind not in ("quote", "table"):
            for number in figures_of(open_words)[0]:
                said = number.said.strip()
                found = prints.get(said)
                if found is None:
                    answer.loose += 1
                elif len(answer.offers) < MOST:
                    nth = before.count(said) + _before(block.html, said, open_words[: number.start])
                    answer.offers.append(Offer(name, said, nth, found.reference, found.text, found.sentence))
        before += every + " "


def _before(html: str, said: str, led: str) -> int:
    """How often words stand before a typed number in its block, those inside live figures included."""
    figures = iter(re.findall(r"<data[^>]*>(.*?)</data>", html, re.DOTALL))
    whole = re.sub("\ue000", lambda _: plain(next(figures, "")), led)
    return whole.count(said)


def _is_telling(text: str) -> bool:
    """Whether a figure is told by how it is printed: not "12", which anything may be."""
    return len(re.sub(r"\D", "", text)) >= 3 or bool(re.search(r"\d\.\d|per cent|percentage|minute", text))
