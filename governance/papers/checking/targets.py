"""Severity A: a result against the target, standard or average it is set beside."""

import re
from collections.abc import Iterator

from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Sort
from governance.papers.checking.pairing import window
from governance.papers.checking.reading import Reading, Sentence

_ABOVE = r"above|higher\s+than|greater\s+than|exceed(?:s|ed|ing)?|more\s+than|over|better\s+than"
_BELOW = r"below|lower\s+than|less\s+than|fewer\s+than|under"
_COMPARED = re.compile(
    rf"\b(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s+(?:the\s+|our\s+|its\s+|an?\s+)?(?P<of>[^.;,]{{0,70}}?)$",
    re.IGNORECASE,
)


def comparisons(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
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
