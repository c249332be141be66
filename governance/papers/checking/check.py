"""The whole check: prose in, findings out."""

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
    return settled(
        [
            *arithmetic.check(paper),
            *claims.check(paper, facts or Facts()),
            *dating.check(paper),
            *document.check(paper),
            *style.check(paper),
        ]
    )
