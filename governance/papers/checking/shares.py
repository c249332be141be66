"""Severity A: a share against its part and its whole."""

import re
from collections.abc import Iterator

from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.wording import count_text, like, percent_text

_SHARE = re.compile(
    r"\b(?:increase|decrease|reduction|rise|fall|more|fewer|less|higher|lower|drop|growth|rose|fell"
    r"|up|down|change)\b",
    re.IGNORECASE,
)


def shares(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """A percentage and its two counts: "33 per cent (6 completed, 3 upheld)", "6 of the 26", "of which 89 per cent"."""
    counts = [number for number in sentence.numbers if number.sort is Sort.COUNT and not number.hedged]
    for share in sentence.numbers:
        if share.sort is not Sort.PERCENT or share.percent_sign and share.said.startswith(("+", "-")):
            continue
        if _SHARE.search(sentence.text, max(0, share.start - 25), min(len(sentence.text), share.end + 22)):
            continue
        pairs = list(_parts_of(sentence, share, counts))
        if not pairs or any(_is_share(share, part, whole) for part, whole in pairs):
            continue
        part, whole = pairs[0]
        if not whole or part > whole:
            continue
        right = 100 * part / whole
        yield Finding(
            "share-and-its-parts",
            "A",
            *sentence.place(share.start, share.end),
            share.said,
            f"{count_text(part)} of {count_text(whole)} is {percent_text(right, max(share.decimals, 0))}.",
            like(share, right),
        )


def _is_share(share: Number, part: float, whole: float) -> bool:
    return whole > 0 and share.fits(100 * part / whole)


def _parts_of(sentence: Sentence, share: Number, counts: list[Number]) -> Iterator[tuple[float, float]]:
    """Part and whole that the words tie to a percentage; the likeliest first."""
    text = sentence.text
    near = [number for number in counts if abs(number.start - share.end) < 140 or abs(share.start - number.end) < 140]
    for first, second in zip(near, near[1:], strict=False):
        between = text[first.end : second.start]
        if re.fullmatch(
            r"\s+(?:\w+\s+){0,6}?(?:out\s+of|of|from)\s+(?:the\s+|all\s+|these\s+|those\s+)?(?:total\s+of\s+)?", between
        ):
            yield first.value, second.value
        elif re.fullmatch(
            r"[\w\s,'()-]*?[\s,(](?:of\s+(?:which|whom|these|them|those))[\w\s,'-]{0,60}?(?:\(|,|\s)", between + " "
        ) or (
            re.search(r"\bof\s+(?:the|a\s+total\s+of|all)?\s*$", text[: first.start], re.IGNORECASE)
            and len(between) < 110
        ):
            yield second.value, first.value
    inside = _bracketed(text, share.end)
    if inside:
        held = [number for number in counts if inside[0] <= number.start < inside[1]]
        if len(held) == 2 and " to " not in text[inside[0] : inside[1]]:
            yield min(one.value for one in held), max(one.value for one in held)
        elif len(held) == 1:
            before = [number for number in counts if number.end < share.start]
            if before and re.search(
                r"\bof\s+(?:which|whom|these|them)\b|\bof\s+(?:the\s+)?[\d,]+", text[: share.start]
            ):
                yield held[0].value, before[0].value


def _bracketed(text: str, after: int) -> tuple[int, int] | None:
    found = re.compile(r"[^.()]{0,40}\(([^()]*)\)").match(text, after)
    return found.span(1) if found else None
