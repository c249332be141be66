"""Severity A: totals against their parts, and means against their totals."""

import re
from collections.abc import Iterator

from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort, is_slip
from governance.papers.checking.pairing import figures, window
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import resolved
from governance.papers.checking.wording import count_text

_PARTS = re.compile(
    r"\bof\s+(?:which|these|whom|them)\b|\b(?:compris(?:e|es|ed|ing)|consist(?:s|ed|ing)?\s+of|made\s+up"
    r"|composed\s+of"
    r"|split|divided|broken\s+down|br(?:eaks?|oke)\s+down|being|namely|the\s+sum\s+of)\b|:\s|\s\(|\s[–-]\s",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:compris\w*|consist\w*|made\s+up|composed|split|divided|broken\s+down|br(?:eaks?|oke)\s+down"
    r"|the\s+sum\s+of|rest"
    r"|remain\w*|others?|elsewhere|balance)\b",
    re.IGNORECASE,
)
_WHOLE_AFTER = re.compile(
    r"\b(?:total\w*|in\s+all|all\s+told|making|makes?|altogether|giving|gives?|together|combined|sums?|adds?\s+up"
    r"|(?:that|which)\s+is|com(?:es?|ing)\s+to|amounts?\s+to|equals?)\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"\b(?:was|were|came|made|had|taken|\w+ed|in\s+(?:all|total))\b[^.;]*,\s*$", re.IGNORECASE)
_WHOLE_SAID = re.compile(r"\b(?:total|together|in\s+all|altogether|all\s+told|combined|sum)\b", re.IGNORECASE)
_NO_SUM = re.compile(
    r"\b(?:from\s+\d|compare[sd]?|against|than|averag\w*|mean|a\s+month|between\s+\d|up\s+on|down\s+on)\b",
    re.IGNORECASE,
)


def sums(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Parts that stand for all make the whole: "7,296, of which 5,611 were in court and 1,685 out of it"."""
    counts = figures(sentence, Sort.COUNT)
    text = sentence.text
    if len(counts) == 1 and len(near := window(sentence)) == 2 and _WHOLE_SAID.search(text):
        parts = figures(near[1], Sort.COUNT)
        if len(parts) > 1 and _listed(near[1].text, parts) and not _NO_SUM.search(near[1].text + text):
            yield from _whole_last(sentence, counts[0], parts)
        return
    if len(counts) < 3 or any(one.value != int(one.value) for one in counts):
        return
    whole, parts = counts[0], counts[1:]
    told = text[whole.end : parts[0].start]
    led = re.search(r"\bof\s+(?:the|these|all|those|our)?\s*$", text[: whole.start], re.IGNORECASE)
    if (_PARTS.search(told) or led or _IN_ALL.search(told)) and _listed(text, parts):
        yield from _whole_first(text, sentence, whole, parts, told)
        return
    whole, parts = counts[-1], counts[:-1]
    told = text[parts[-1].end : whole.start] + "|" + text[whole.end : whole.end + 14]
    if _WHOLE_AFTER.search(told) and _listed(text, parts) and not _NO_SUM.search(text[: whole.start]):
        yield from _whole_last(sentence, whole, parts)


def _whole_last(sentence: Sentence, whole: Number, parts: list[Number]) -> Iterator[Finding]:
    total = sum(one.value for one in parts)
    if total != whole.value and whole.value > 0.3 * total:
        yield _wrong_sum(sentence, whole, parts)


def _whole_first(text: str, sentence: Sentence, whole: Number, parts: list[Number], told: str) -> Iterator[Finding]:
    """A total and then its parts. Where nothing says that they are all, only a slip of the pen is taken for one."""
    total = sum(one.value for one in parts)
    between = text[whole.end : parts[-1].start]
    if total == whole.value or re.search(r"of\s+(?:these|which)", text[parts[0].end : parts[-1].start]):
        return
    if len(parts) > 2 and any(sum(one.value for one in parts[:n]) == whole.value for n in range(2, len(parts))):
        return
    if _NO_SUM.search(between):
        return
    exhaustive = _ALL.search(told + text[parts[0].end :])
    over = not _IN_ALL.search(told) and total > whole.value and all(one.value <= whole.value for one in parts)
    close = abs(total - whole.value) <= (0.06 if len(parts) == 2 else 0.15) * whole.value
    if exhaustive or over or close or is_slip(total, whole.value):
        yield _wrong_sum(sentence, whole, parts)


def _listed(text: str, parts: list[Number]) -> bool:
    """Whether figures are the items of one list, the last behind "and"."""
    gaps = [text[one.end : other.start] for one, other in zip(parts, parts[1:], strict=False)]
    return (
        bool(gaps)
        and re.search(r"\b(?:and|plus|with|added\s+to)\b|&|;", gaps[-1]) is not None
        and all("," in gap or " and " in gap or ";" in gap or " plus " in gap or " added " in gap for gap in gaps)
        and all(len(gap) < 90 and not re.search(r"\.\s", gap) for gap in gaps)
    )


def _wrong_sum(sentence: Sentence, whole: Number, parts: list[Number]) -> Finding:
    total = sum(one.value for one in parts)
    listed = ", ".join(count_text(one.value) for one in parts[:-1]) + f" and {count_text(parts[-1].value)}"
    return Finding(
        "sum-of-parts",
        "A",
        *sentence.place(whole.start, whole.end),
        whole.said,
        f"{listed} make {count_text(total)}.",
        count_text(total),
    )


# --- means --------------------------------------------------------------------------------------------------------


def _months_named(reading: Reading, sentences: list[Sentence]) -> int:
    """How many months the one period of a sentence has; 0 where it names none, or several of different length."""
    quarter = {"quarter only", "own quarter", "previous quarter"}
    lengths = set()
    for phrase in (phrase for one in sentences for phrase in one.periods):
        period = phrase.period or resolved(reading, phrase)
        if period or phrase.role in quarter or phrase.role == "now":
            lengths.add(period.months if period else 3 if phrase.role in quarter else 12)
    return lengths.pop() if len(lengths) == 1 else 0


_EACH = r"(?:a|per|each|every|in\s+(?:a|an\s+average|each))"
_MONTHLY_AFTER = re.compile(
    rf"\s+(?:[\w-]+\s+){{0,3}}?(?:{_EACH}\s+(?P<one>month|quarter)\b"
    rf"|(?P<two>monthly|quarterly)\b)",
    re.IGNORECASE,
)
_MONTHLY_BEFORE = re.compile(
    r"\b(?:(?P<one>monthly|quarterly)\s+(?:mean|average|rate|figure|number)|(?:mean|average)\s+(?:number\s+)?"
    r"(?:per|for\s+each|for\s+a|a|each)\s+(?P<two>month|quarter))\s+(?:\w+\s+){0,3}?(?:is|was|of|being|at"
    r"|to|stands?\s+at|stood\s+at)\s+$",
    re.IGNORECASE,
)
_IS_MEAN = re.compile(
    r"\b(?:averag\w*|mean|works?\s+out|worked\s+out|equat\w*|equival\w*|equals?|that\s+is|i\.e\.|or"
    r"|amounts?|gives?|giving|makes?"
    r"|making|comes\s+(?:out\s+)?(?:to|at))\b",
    re.IGNORECASE,
)


def means(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "On average 23 a month and 273 in total" over the twelve months named."""
    text = sentence.text
    counts = [one for one in sentence.numbers if one.sort is Sort.COUNT]
    monthly = [
        (one, found.group("one") or found.group("two"))
        for one in counts
        if (found := _MONTHLY_AFTER.match(text[one.end :]) or _MONTHLY_BEFORE.search(text[: one.start]))
    ]
    if len(monthly) != 1 or not _IS_MEAN.search(text):
        return
    said, unit = monthly[0]
    wholes = [one for one in counts if one is not said and not one.hedged]
    near = [sentence]
    if not wholes and len(near := window(sentence)) == 2:
        wholes = figures(near[1], Sort.COUNT)
    months = _months_named(reading, near)
    size = 3 if unit.lower().startswith("q") else 1
    if not months or len(wholes) != 1 or wholes[0].value <= said.value or months <= size:
        return
    right = wholes[0].value / (months / size)
    if abs(right - said.value) > 0.5 * 10.0**-said.decimals + 1e-9:
        yield Finding(
            "mean-per-month",
            "A",
            *sentence.place(said.start, said.end),
            said.said,
            f"{wholes[0].said} in {months} months is {right:.1f} a {'month' if size == 1 else 'quarter'}.",
            f"{right:.{said.decimals}f}",
        )
