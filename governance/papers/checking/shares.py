"""Severity A: a share against its part and its whole."""

import re
from collections.abc import Iterator

from governance.papers.checking.directions import is_change
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.pairing import figures, pairs
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.wording import count_text, like, percent_text

_CHANGES = re.compile(
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
        if is_change(sentence, share) or _CHANGES.search(
            re.sub(r"\b(?:take|took|taken|follow\w*|set|sign\w*|made)[\s-]up\b", "", _beside(sentence, share))
        ):
            continue
        held = list(_parts_of(sentence, share, counts)) or list(_two(reading, sentence, share))
        taken = list(_taken(sentence, share, counts))
        held = taken or held
        if not held or any(_is_share(share, part, whole) for part, whole in held):
            continue
        if not taken and any(_is_share(share, one.value, held[0][1]) for one in counts):
            continue  # of another part of the same whole
        part, whole = held[0]
        if not whole or part > whole:
            continue
        right = 100 * part / whole
        in_figures = share.said[:1].isdigit() and "in" not in share.said.split() and "of" not in share.said.split()
        yield Finding(
            "share-and-its-parts",
            "A",
            *sentence.place(share.start, share.end),
            share.said,
            f"{count_text(part)} of {count_text(whole)} is {percent_text(right, max(share.decimals, 0))}.",
            like(share, right) if in_figures else "",
        )


def _beside(sentence: Sentence, share: Number) -> str:
    return sentence.text[max(0, share.start - 25) : share.end + 22]


def _is_share(share: Number, part: float, whole: float) -> bool:
    return whole > 0 and share.fits(100 * part / whole)


# --- two counts and no more ---------------------------------------------------------------------------------------

_OF = re.compile(
    r"\b(?:of|among|amongst|from)\s+(?:(?:which|whom|these|them|those)\b|(?:all|the|a|an|some|our|its"
    r"|their|his|her|total)?\s*"
    r"(?:\w+\s+){0,2}?[\d]|(?:the|that)\s+(?:total|whole|number|lot|group))|\bout\s+of\b"
    r"",
    re.IGNORECASE,
)
_TIE_AFTER = re.compile(  # a count, then this, then its share
    r"^[^.;\d]{0,90}?(?:[(,–:-]\s*|\b(?:or|is|was|are|were|so|represent\w*|equat\w*|equals?|equivalent"
    r"|means?|amounts?|makes?|making|giving|"
    r"gives|rate|share|proportion|percentage|of|at)\s+(?:to\s+|that\s+|of\s+|about\s+)*)"
    r"(?:(?!and\b|but\b|while\b|with\b)\w+\s+){0,4}$",
    re.IGNORECASE,
)
_TIE_BEFORE = re.compile(  # a share, then this, then a count
    r"^[^.;\d]{0,70}?(?:\(\s*|\bof\s+(?:\w+\s+){0,3}|[,–:]\s*(?:or\s+|that\s+is,?\s+)?|\bor\s+)$",
    re.IGNORECASE,
)


def _two(reading: Reading, sentence: Sentence, share: Number) -> Iterator[tuple[float, float]]:
    """Two counts of which one is part of the other, and a share that stands beside one of them."""
    counts = figures(sentence, Sort.COUNT)
    text = sentence.text
    if (
        _OF_OTHERS.match(text, share.end)
        or len(counts) != 2
        or pairs(reading, sentence, Sort.COUNT)
        or not _OF.search(text)
    ):
        return
    low, high = sorted(one.value for one in counts)
    if low == high or low <= 0 or any(value != int(value) for value in (low, high)):
        return
    before = [one for one in counts if one.end <= share.start]
    after = [one for one in counts if one.start >= share.end]
    if after and after[0].value == high and _OF_WHOLE.fullmatch(text[share.end : after[0].start]):
        part = next(one for one in counts if one is not after[0])
        tied: object = _ASIDE.search(text[: part.start]) and part.start > share.end
    else:
        tied = (before and _TIE_AFTER.search(text[before[-1].end : share.start])) or (
            after and _TIE_BEFORE.search(text[share.end : after[0].start])
        )
    if tied:
        yield low, high


_OF_WHOLE = re.compile(r"\s+of\s+(?:(?:the|all|these|those|our|its)\s+)*(?:\w+\s+)?", re.IGNORECASE)
_ASIDE = re.compile(r"(?:\(|,\s*|\bor\s+|[–-]\s+|that\s+is,?\s+|namely,?\s+)$", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\s+of\s+(?!(?:(?:all|the|these|those|its|our|their)\s+)*(?:\w+\s+)?\d|(?:them|these|those|which|whom"
    r"|all|the)\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|n't|refus\w*|declin\w*|reject\w*|none|without|neither|left|remain\w*"
    r"|outstanding)\b",
    re.IGNORECASE,
)


def _taken(sentence: Sentence, share: Number, counts: list[Number]) -> Iterator[tuple[float, float]]:
    """ "Of 49, 14 took it up and 35 did not, so take-up was": the share is of those who did."""
    if len(counts) != 3 or counts[-1].end > share.start or counts[0].value != counts[1].value + counts[2].value:
        return
    first, second = sentence.text[counts[1].end : counts[2].start], sentence.text[counts[2].end : share.start]
    clause = re.split(r"[,;(–]", second)[0]
    rest = second[len(clause) :]
    if (
        _DENIED.search(clause)
        and not _DENIED.search(first)
        and not re.search(r"\b(?:not|un\w+|refus\w*|non-\w+)\b", rest)
    ):
        yield counts[1].value, counts[0].value


# --- a pattern between part and whole -----------------------------------------------------------------------------


def _parts_of(sentence: Sentence, share: Number, counts: list[Number]) -> Iterator[tuple[float, float]]:
    """Part and whole that the words tie to a percentage; the likeliest first."""
    text = sentence.text
    near = [number for number in counts if abs(number.start - share.end) < 140 or abs(share.start - number.end) < 140]
    for first, second in zip(near, near[1:], strict=False):
        between = text[first.end : second.start]
        of_whole = first.start >= share.end and _OF_WHOLE.fullmatch(text[share.end : first.start])
        if of_whole and not _ASIDE.search(text[: second.start]):
            continue
        if first.value <= second.value and re.fullmatch(
            r"\s+(?:\w+\s+){0,6}?(?:out\s+of|of|from)\s+(?:the\s+|all\s+|these\s+"
            r"|those\s+)?(?:total\s+of\s+)?",
            between,
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
