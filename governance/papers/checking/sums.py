"""Severity A: totals against their parts, and means against their totals."""

import re
from collections.abc import Iterator

from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Sort
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.wording import count_text

_PARTS = re.compile(
    r"\bof\s+(?:which|these|whom|them)\b|\b(?:comprising|consisting\s+of|made\s+up\s+of|split\s+between|being)\b|:\s",
    re.IGNORECASE,
)
_WHOLE_AFTER = re.compile(r"\b(?:a\s+total\s+of|in\s+total|in\s+all|making|altogether|giving)\b", re.IGNORECASE)


def sums(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Two parts that stand for all make the whole: "7,296, of which 5,611 were in court and 1,685 out of it"."""
    counts = [one for one in sentence.numbers if one.sort is Sort.COUNT and not one.hedged]
    for whole, first, second in zip(counts, counts[1:], counts[2:], strict=False):
        told = sentence.text[whole.end : first.start]
        joined = sentence.text[first.end : second.start]
        if not _PARTS.search(told) or not re.search(r"\band\b", joined) or re.search(r"of\s+(?:these|which)", joined):
            continue
        total, third = first.value + second.value, [one for one in counts if one.start > second.end]
        exhaustive = re.search(r"comprising|consisting|made\s+up|split", told, re.IGNORECASE)
        close = abs(total - whole.value) <= 0.06 * whole.value or total > whole.value
        if third and total + third[0].value == whole.value:
            continue
        if total != whole.value and min(first.value, second.value) > 0 and (exhaustive or close) and not third:
            yield Finding(
                "sum-of-parts",
                "A",
                *sentence.place(whole.start, whole.end),
                whole.said,
                f"{count_text(first.value)} and {count_text(second.value)} make {count_text(total)}.",
                count_text(total),
            )
    for first, second, whole in zip(counts, counts[1:], counts[2:], strict=False):
        told = sentence.text[second.end : whole.start] + sentence.text[whole.end : whole.end + 14]
        if re.search(r"\band\b", sentence.text[first.end : second.start]) and _WHOLE_AFTER.search(told):
            total = first.value + second.value
            if total != whole.value and len(counts) == 3 and whole.value > max(first.value, second.value):
                yield Finding(
                    "sum-of-parts",
                    "A",
                    *sentence.place(whole.start, whole.end),
                    whole.said,
                    f"{count_text(first.value)} and {count_text(second.value)} make {count_text(total)}.",
                    count_text(total),
                )


def _months_named(sentence: Sentence) -> int:
    """How many months the one period of a sentence has; 0 where it names none, or several of different length."""
    quarter = {"quarter only", "own quarter"}
    lengths = {
        phrase.period.months if phrase.period else 3 if phrase.role in quarter else 12 if phrase.role == "now" else 0
        for phrase in sentence.periods
    }
    return lengths.pop() if len(lengths) == 1 else 0


def means(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "on average 23 a month and 273 in total" over the twelve months named."""
    months = _months_named(sentence)
    if not months:
        return
    counts = [one for one in sentence.numbers if one.sort is Sort.COUNT]
    monthly = [
        one
        for one in counts
        if re.match(r"\s+(?:\w+\s+){0,3}?(?:a|per|each|every)\s+month\b", sentence.text[one.end :])
    ]
    if len(monthly) != 1 or not re.search(r"\baverage|\bmean\b", sentence.text):
        return
    wholes = [one for one in counts if one is not monthly[0] and one.value > monthly[0].value]
    said = monthly[0]
    right = wholes[0].value / months if len(wholes) == 1 else said.value
    if abs(right - said.value) > 0.5 * 10.0**-said.decimals + 1e-9:
        yield Finding(
            "mean-per-month",
            "A",
            *sentence.place(said.start, said.end),
            said.said,
            f"{wholes[0].said} in {months} months is {right:.1f} a month.",
            f"{right:.{said.decimals}f}",
        )
