"""Standing text goes into every paper: a quarter that it names by number is another one before long."""

import re
from collections.abc import Iterator

from governance.papers.checking import periods
from governance.papers.checking.findings import Finding
from governance.papers.checking.periods import Period, Span

# "Quarter one is April to June": what a quarter is stays so in every paper.
_SAYS_WHAT_IT_IS = re.compile(
    r",?\s+(?:\(|is\b|are\b|means\b|runs\b|covers\b)[^.]*\b(?:January|April|July|October)\b(?!\s+20\d\d)"
)


def stale_quarters(text: str, start: int, own: Period) -> Iterator[Finding]:
    """Each quarter named in a standing text that begins at `start` of the source and is not the paper's own."""
    for phrase in periods.phrases(text):
        if phrase.period:
            is_other = phrase.period.span is Span.QUARTER and phrase.period != own
        else:
            is_other = phrase.quarter is not None and phrase.quarter != periods.quarter_of(own.last)
        if is_other and not _SAYS_WHAT_IT_IS.match(text[phrase.end :]):
            said = text[phrase.start : phrase.end]
            found = f"The paper is about {own}."
            yield Finding("another-quarter", "B", start + phrase.start, start + phrase.end, said, found, "{quarter}")
