"""The whole check: prose in, findings out."""

from collections.abc import Callable, Iterator

from governance.papers.checking import arithmetic, claims, dating, document, reading, style
from governance.papers.checking.facts import Facts
from governance.papers.checking.findings import Finding, settled
from governance.papers.checking.periods import Period


def check(
    source: str,
    facts: Facts | None = None,
    *,
    quarter: Period | None = None,
    meeting: tuple[int, int, int] | None = None,
) -> list[Finding]:
    """Everything that cannot be, in the order of the text.

    `source` is Markdown or HTML; `quarter` the paper's own and `meeting` its day as (year, month, day), found on the
    first page where they are not given.
    """
    paper = reading.read(source, quarter=quarter, meeting=meeting)
    return settled(_found(paper, facts or Facts()))


def check_beside(
    source: str, facts: Facts, is_sure: Callable[[Finding], bool], *, quarter: Period | None = None
) -> list[Finding]:
    """What a paper says against itself, and what facts say against it besides where `is_sure` says so.

    The facts never take the place of what its own header rows show to be wrong.
    """
    paper = reading.read(source, quarter=quarter)
    return settled([*_found(paper, Facts()), *filter(is_sure, claims.against(paper, facts))])


def _found(paper: reading.Reading, facts: Facts) -> Iterator[Finding]:
    yield from arithmetic.check(paper)
    yield from claims.check(paper, facts)
    yield from dating.check(paper)
    yield from document.check(paper)
    yield from style.check(paper)
