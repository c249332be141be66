"""What the checker says: one finding, and how findings that speak of the same words are made one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """`severity`: A wrong, B period or label, C claim against the data, D document, E style.

    `start` and `end` are character offsets in the source, end excluded; 0 and 0 for the document as a whole.
    `suggestion` is the text to put in place of source[start:end], or empty where there is no one right text.
    """

    rule: str
    severity: str
    start: int
    end: int
    said: str
    found: str
    suggestion: str = ""

    def as_json(self) -> dict[str, str | int]:
        return asdict(self)


def settled(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the text; where one finding lies within another of another rule, the graver one stays."""
    kept: list[Finding] = []
    for one in sorted(set(findings), key=lambda f: (f.severity, f.end - f.start, f.start, f.rule)):
        if one.end and one.severity != "E" and any(_covers(other, one) for other in kept):
            continue
        if one.end and any(
            other.rule == one.rule and (other.start, other.end) == (one.start, one.end) for other in kept
        ):
            continue
        kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end, f.severity, f.rule))


def _covers(graver: Finding, other: Finding) -> bool:
    return graver.end > 0 and graver.start < other.end and other.start < graver.end and graver.severity in "ABC"
