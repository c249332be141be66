"""Severity A: shares, sums, differences and means that contradict the figures they stand beside.

A rule speaks only where the words say how the figures belong together ("6 completed and 3 upheld", "of which"), and
keeps silent where any reading of the figures near by makes the claim true.
"""

import re
from collections.abc import Iterator

from governance.papers.checking import changes
from governance.papers.checking.changes import direction, header_values, pairs_said, window
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.wording import count_text, like, percent_text

# --- a share and its parts ----------------------------------------------------------------------------------------

_SHARE = re.compile(
    r"\b(?:increase|decrease|reduction|rise|fall|more|fewer|less|higher|lower|drop|growth|rose|fell"
    r"|up|down|change)\b",
    re.IGNORECASE,
)


def shares(sentence: Sentence) -> Iterator[Finding]:
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


# --- differences, sums and means ----------------------------------------------------------------------------------

_MORE = re.compile(r"^\s*(?:\w+\s+){0,3}?(?:more|fewer|less|higher|lower)\s+(?:\w+\s+){0,3}?than\b", re.IGNORECASE)


def differences(sentence: Sentence) -> Iterator[Finding]:
    """ "146 crimes, five fewer than the 151": the difference must be one of its figures."""
    for now, before in pairs_said(window(sentence), Sort.COUNT):
        for number in sentence.numbers:
            if number.sort is not Sort.COUNT or number.hedged or number in (now.number, before.number):
                continue
            way = direction(sentence.text, number.start, number.end)
            follows = re.match(
                r"\s*(?:\w+\s+){0,2}?(?:more|fewer|less|additional)\b", sentence.text[number.end :], re.IGNORECASE
            )
            led = re.search(
                r"\b(?:increase|decrease|reduction|rise|fall|drop|difference)\s+of\s+$",
                sentence.text[: number.start],
                re.IGNORECASE,
            )
            gap = now.value - before.value
            if (
                way
                and (follows or led)
                and abs(gap) != number.value
                and before.value
                and number.value not in header_values(sentence)
            ):
                yield Finding(
                    "difference-of-two",
                    "A",
                    *sentence.place(number.start, number.end),
                    number.said,
                    f"{count_text(now.value)} less {count_text(before.value)} is {count_text(gap)}.",
                    count_text(abs(gap)),
                )
    yield from _more_than(sentence)


def _more_than(sentence: Sentence) -> Iterator[Finding]:
    counts = [one for one in sentence.numbers if one.sort is Sort.COUNT and not one.hedged]
    for now, gap, before in zip(counts, counts[1:], counts[2:], strict=False):
        than = _MORE.match(sentence.text[gap.end : before.start])
        if not than or len(sentence.text[now.end : gap.start]) > 80:
            continue
        way = -1 if re.search(r"fewer|less|lower", than.group(), re.IGNORECASE) else 1
        right = (now.value - before.value) * way
        if right != gap.value and right > 0:
            yield Finding(
                "difference-of-two",
                "A",
                *sentence.place(gap.start, gap.end),
                gap.said,
                f"{count_text(now.value)} and {count_text(before.value)} differ by {count_text(right)}.",
                count_text(right),
            )


_PARTS = re.compile(
    r"\bof\s+(?:which|these|whom|them)\b|\b(?:comprising|consisting\s+of|made\s+up\s+of|split\s+between|being)\b|:\s",
    re.IGNORECASE,
)
_WHOLE_AFTER = re.compile(r"\b(?:a\s+total\s+of|in\s+total|in\s+all|making|altogether|giving)\b", re.IGNORECASE)


def sums(sentence: Sentence) -> Iterator[Finding]:
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


def means(sentence: Sentence) -> Iterator[Finding]:
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


def points(sentence: Sentence) -> Iterator[Finding]:
    """From one percentage to another: the difference is in percentage points, and is that of the two."""
    for now, before in pairs_said(window(sentence), Sort.PERCENT):
        gap = now.value - before.value
        decimals = max(now.number.decimals, before.number.decimals)
        for claim in sentence.numbers:
            if claim in (now.number, before.number) or claim.hedged:
                continue
            way = direction(sentence.text, claim.start, claim.end)
            if claim.sort is Sort.POINTS and way and (round(abs(gap), decimals) != abs(claim.value) or gap * way < 0):
                right = f"{abs(gap):.{decimals}f} percentage points"
                yield Finding(
                    "points-between-percentages",
                    "A",
                    *sentence.place(claim.start, claim.end),
                    claim.said,
                    f"From {before.number.said} to {now.number.said} is a {'rise' if gap > 0 else 'fall'} of {right}.",
                    right,
                )
            elif claim.sort is Sort.PERCENT and way and before.value:
                relative = abs(100 * gap / before.value)
                if not claim.fits(relative) and claim.value != relative:
                    right = f"{abs(gap):.{decimals}f} percentage points"
                    yield Finding(
                        "points-between-percentages",
                        "A",
                        *sentence.place(claim.start, claim.end),
                        claim.said,
                        f"From {before.number.said} to {now.number.said} is {right}.",
                        right,
                    )


_ABOVE = r"above|higher\s+than|greater\s+than|exceed(?:s|ed|ing)?|more\s+than|over|better\s+than"
_BELOW = r"below|lower\s+than|less\s+than|fewer\s+than|under"
_COMPARED = re.compile(
    rf"\b(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s+(?:the\s+|our\s+|its\s+|an?\s+)?(?P<of>[^.;,]{{0,70}}?)$",
    re.IGNORECASE,
)


def comparisons(sentence: Sentence) -> Iterator[Finding]:
    """ "16.5 per cent ... is above the most similar group average of 14.4 per cent": more is above and less below."""
    near = window(sentence)
    for index, other in enumerate(sentence.numbers):
        if other.sort not in (Sort.PERCENT, Sort.DURATION, Sort.COUNT) or other.hedged:
            continue
        found = _COMPARED.search(sentence.text[: other.start])
        if not found or not re.search(
            r"\b(?:average|target|standard|mean|group|peers?|national|regional|threshold|limit)\b",
            found.group("of") or "",
            re.IGNORECASE,
        ):
            continue
        own = [one for one in sentence.numbers[:index] if one.sort is other.sort and one.end <= found.start()]
        if not own and len(near) == 2:
            own = [one for one in near[1].numbers if one.sort is other.sort]
        if not own or re.search(
            r"\bnot\b|\bnor\b|\bno\s+longer\b",
            sentence.text[own[-1].end if own[-1] in sentence.numbers else 0 : found.start()],
        ):
            continue
        is_above = own[-1].value > other.value
        if (
            bool(found.group("above")) != is_above
            and own[-1].value != other.value
            and not re.search("better", found.group(), re.IGNORECASE)
        ):
            start = found.start("above") if found.group("above") else found.start("below")
            end = found.end("above") if found.group("above") else found.end("below")
            yield Finding(
                "above-or-below",
                "A",
                *sentence.place(start, end),
                sentence.text[start:end],
                f"{own[-1].said} is {'above' if is_above else 'below'} {other.said}.",
                "above" if is_above else "below",
            )


RULES = (shares, changes.changes, changes.from_to, differences, sums, means, points, comparisons)


def check(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences:
        if len(sentence.numbers) or sentence.before:
            for rule in RULES:
                yield from rule(sentence)
