"""Severity A: shares, sums, differences, changes and means that contradict the figures they stand beside.

A rule speaks only where the words say how the figures belong together ("6 completed and 3 upheld", "of which"), and
keeps silent where any reading of the figures near by makes the claim true.
"""

from collections.abc import Iterator

from governance.papers.checking import changes
from governance.papers.checking.findings import Finding
from governance.papers.checking.reading import Reading
from governance.papers.checking.shares import shares
from governance.papers.checking.sums import means, sums
from governance.papers.checking.targets import comparisons

RULES = (shares, *changes.RULES, sums, means, comparisons)


def check(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences:
        if sentence.numbers or sentence.before:
            for rule in RULES:
                yield from rule(reading, sentence)
