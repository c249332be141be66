"""A paper as the checker reads it: sentences with their numbers and periods, under the measure they stand with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from governance.papers.checking import periods, prose, sentences
from governance.papers.checking.numbers import Number, Sort, numbers
from governance.papers.checking.periods import MONTH, Period, Phrase, Span
from governance.papers.checking.prose import Block, Kind


@dataclass(frozen=True)
class Fact:
    """One figure that is known: of which measure, which statistic, for which period. `change` is said in per cent."""

    measure: str
    statistic: str
    period: Period | None
    value: float
    place: tuple[int, int] | None = None  # in the source, where the paper itself says it
    number: Number | None = None


@dataclass
class Measure:
    """A part of the paper about one measure, and what its header row says."""

    name: str
    start: int
    facts: list[Fact] = field(default_factory=list)

    @property
    def words(self) -> set[str]:
        return stems(self.name)


@dataclass
class Sentence:
    """A sentence, or one period's part of a header row. Offsets of numbers and periods count from `text`."""

    block: Block
    start: int
    text: str
    numbers: list[Number]
    periods: list[Phrase]
    measure: Measure | None = None
    before: "Sentence | None" = None
    is_header: bool = False
    changes: dict[Number, bool] = field(default_factory=dict, compare=False, repr=False)  # `is_change`, once asked

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source of `text[start:end]`."""
        return self.block.span(self.start + start, self.start + end)

    @property
    def whole(self) -> tuple[int, int]:
        return self.place(0, len(self.text))


@dataclass
class Reading:
    source: str
    blocks: list[Block]
    sentences: list[Sentence]
    measures: list[Measure]
    quarter: Period | None  # the paper's own
    meeting: tuple[int, int, int] | None  # year, month, day


_DULL = {
    "volume",
    "rate",
    "number",
    "percentage",
    "average",
    "time",
    "total",
    "quality",
    "overall",
    "with",
    "from",
    "this",
    "that",
    "flagged",
    "word",
    "area",
    "police",
    "ratio",
    "count",
    "year",
    "month",
    "within",
    "defined",
    "actual",
    "reasons",
    "due",
    "the",
    "and",
    "for",
    "per",
    "all",
    "key",
    "our",
    "was",
    "were",
    "lost",
}
_STEM = re.compile(r"(?:ations?|ings?|ed|ies|y|es|s|ions?|e)$")


def stems(text: str) -> set[str]:
    """The telling words of a name, without their endings: "kept informed" and "keeping informed" share "inform"."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\banti[- ]social", "antisocial", text.lower()))
    return {_STEM.sub("", word) if len(word) > 3 else word for word in words if len(word) > 2 and word not in _DULL}


_NO_NUMBER = re.compile(
    rf"(?P<a>\b(?:section|(?<!')s|priority|objective|appendix|schedule|paragraph|paragraphs|figure|table"
    rf"|chart|page|item|phase|year|part|"
    rf"annex|version|level|tier|band|grade|action|reference|op|form)\s+$)"
    rf"|(?P<b>\bper\s+$)|(?P<c>\b(?:{MONTH})\s+$)|(?P<d>[A-Za-z]$)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*(?:st|nd|rd|th)?\s*(?:of\s+)?(?:{MONTH})\b|\s*[–-]\s*\d{{1,2}}(?:st|nd|rd|th)?"
    rf"\s+(?:{MONTH})\b|(?:st|nd|rd|th)\b"
    r"|-(?:month|week|day|hour|year|quarter|point|strong|bed|page)s?\b|\s+standard\s+(?:deviations?|errors?)\b"
    r"|\s+(?:population|residents|inhabitants|people|head)\b|/7\b|\s*hours?\s+a\s+day|\s+(?:and"
    r"|to)\s+\d{1,2}(?:st|nd|rd|th)\b"
    r"|\s+calls?\b.*$|\s+demand\b|\s+service\b",
    re.IGNORECASE,
)


_TELEPHONED = re.compile(
    r"\b(?:dial|call|ring|phone)\w*\s+(?:to\s+)?$|\b(?:via|through|using|on)\s+$|\b(?:999|101"
    r"|111)\s+(?:and|or)\s+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?:of\b|[a-z-]+(?:s|ies|men|women|people)\b|\()|\s*[,;]?\s*\(")


def _is_figure(text: str, number: Number) -> bool:
    """Whether a number counts something. Years, section numbers, days of a month and telephone numbers do not."""
    if number.sort is not Sort.COUNT:
        return True
    said, before = number.said.strip(), text[: number.start]
    if re.fullmatch(r"(?:19|20)\d\d", said) and not re.match(r"\s+[a-z]+", text[number.end :]):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", said) and re.search(
        r"\b(?:in|since|by|of|until|from|during|and|to|for|year|over|throughout|before|after)\s+$",
        before,
        re.IGNORECASE,
    ):
        return False
    if said in ("999", "101", "111", "112") and _TELEPHONED.search(before) and not _COUNTED.match(text[number.end :]):
        return False
    led = _NO_NUMBER.search(before)
    if led and (
        led.group("a") or led.group("c") or led.group("d") or (led.group("b") and number.value in (1000, 10000, 100000))
    ):
        return False
    if after := _AFTER.match(text, number.end):
        words = after.group().strip().lower()
        if words.startswith(("call", "demand", "service")):
            return said not in ("999", "101", "111")
        if words.startswith(("population", "residents", "inhabitants", "people", "head")):
            return not before.rstrip().endswith("per")
        return False
    return not re.fullmatch(r"\d\.\d\d", said) or not re.search(
        r"\b(?:action|actions|reference|and|to)\s+$|^\W*$", before
    )


_LEAD = re.compile(r"\s*(?:[-*+•]\s+)?(?:\d{1,3}\.\s+|\(?[a-z]\)\s+|[ivx]+\.\s+)?")


def figures_of(text: str) -> tuple[list[Number], list[Phrase]]:
    """The numbers that count something, and the periods."""
    found, said = _figures_of(text)
    return list(found), list(said)


@lru_cache(maxsize=4096)  # while somebody types, one sentence changes and the others are read again
def _figures_of(text: str) -> tuple[tuple[Number, ...], tuple[Phrase, ...]]:
    lead = len(_LEAD.match(text)[0])  # type: ignore[index]  # it matches nothing at least
    said = periods.phrases(text)
    found = [
        number
        for number in numbers(text)
        if number.start >= lead
        and not any(number.start < phrase.end and number.end > phrase.start for phrase in said)
        and _is_figure(text, number)
    ]
    return tuple(found), tuple(said)


_LABEL = re.compile(r"\bQ([1-4])\s*:\s*", re.IGNORECASE)


def read(source: str, *, quarter: Period | None = None, meeting: tuple[int, int, int] | None = None) -> Reading:
    """Read a paper. `quarter` and `meeting` are found on its first page where they are not given."""
    blocks = prose.blocks_of(source)
    reading = Reading(source, blocks, [], [], quarter or _own_quarter(blocks), meeting or _own_meeting(blocks))
    measure: Measure | None = None
    before: Sentence | None = None
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING and block.level <= 3:
            measure = before = None
        if name := _header_name(blocks, index):
            measure = Measure(name, block.start)
            reading.measures.append(measure)
            before = None
            for sentence in _header_parts(block, measure):
                reading.sentences.append(sentence)
                measure.facts += _facts_said(sentence, measure, reading.quarter)
            continue
        if block.kind in (Kind.ROW, Kind.CONTENTS):
            continue
        for sentence in _sentences_of(block, measure):
            sentence.before = before if block.kind not in (Kind.HEADING, Kind.CAPTION) else None
            reading.sentences.append(sentence)
            if block.kind is Kind.PARAGRAPH or block.kind is Kind.QUOTE:
                before = sentence
    return reading


def _sentences_of(block: Block, measure: Measure | None) -> Iterator[Sentence]:
    for start, end in sentences.sentences(block.text):
        text = block.text[start:end]
        yield Sentence(block, start, text, *figures_of(text), measure)


def _own_quarter(blocks: list[Block]) -> Period | None:
    for block in blocks[:40]:
        for phrase in periods.phrases(block.text):
            if phrase.period and phrase.period.span is Span.QUARTER:
                return phrase.period
    return None


_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH})\s+(20\d\d)\b")


def _own_meeting(blocks: list[Block]) -> tuple[int, int, int] | None:
    for block in blocks[:40]:
        if "meeting" in block.text.lower() and (found := _DAY.search(block.text)):
            return int(found.group(3)), periods.month_number(found.group(2)) + 1, int(found.group(1))
    return None


def _header_name(blocks: list[Block], index: int) -> str:
    """The measure's name where a block is the header row of its part; else nothing."""
    block = blocks[index]
    if block.kind not in (Kind.ROW, Kind.PARAGRAPH) or len(block.text) > 400:
        return ""
    cells = [cell for _, cell in block.cells()]
    if block.kind is Kind.ROW:
        rest = " ".join(cells[1:])
        found, said = figures_of(rest)
        if not cells[0].strip() or len(cells[0]) > 120 or len(cells) > 5 or not found:
            return ""
        return cells[0].strip() if _LABEL.search(rest) or (said and any(one.period for one in said)) else ""
    if _LABEL.match(block.text) and index:
        name = next((one.text for one in reversed(blocks[max(0, index - 3) : index]) if one.kind is not Kind.NOTE), "")
        return name.strip() if 0 < len(name) <= 120 else ""
    if index and re.fullmatch(r"[^.]{3,120}", block.text) and not _LEAD.fullmatch(block.text[:4]):
        found, said = figures_of(block.text)
        name = blocks[index - 1].text
        is_alone = found and said and said[-1].period and found[0].start == 0 and len(block.text) < 80
        return name.strip() if is_alone and len(name) <= 120 and not name.endswith(".") else ""
    return ""


def _header_parts(block: Block, measure: Measure) -> Iterator[Sentence]:
    """The parts of a header row that speak of one period each."""
    for begun, cell in block.cells():
        labels = [found.start() for found in _LABEL.finditer(cell)]
        if not labels and cell.strip() == measure.name:
            continue
        edges = [0, *labels] if not labels or labels[0] else labels
        for start, end in zip(edges, [*edges[1:], len(cell)], strict=True):
            text = cell[start:end]
            if text.strip():
                yield Sentence(block, begun + start, text, *figures_of(text), measure, is_header=True)


def _facts_said(part: Sentence, measure: Measure, own: Period | None) -> Iterator[Fact]:
    """What a part of a header row says: the quarter's figure, the rolling year's, or the year's to a named month."""
    label = _LABEL.match(part.text)
    quarter = None
    if label and own:
        quarter = periods.quarter(int(label.group(1)), own.first // 12 if own.first % 12 >= 3 else own.first // 12 - 1)
    named = next((phrase.period for phrase in part.periods if phrase.period), None)
    for index, number in enumerate(part.numbers):
        if number.sort is Sort.MARGIN or _in_brackets(part.text, number.start):
            continue
        following = part.numbers[index + 1].start if index + 1 < len(part.numbers) else len(part.text)
        rolling = any(phrase.role == "now" and number.end <= phrase.start < following for phrase in part.periods)
        period = periods.year_to(quarter.last) if rolling and quarter else quarter or named
        statistic = "rolling12" if rolling or (period and period.span is Span.YEAR) else "quarter"
        yield Fact(measure.name, statistic, period, number.value, part.place(number.start, number.end), number)


def _in_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)
