"""Severity E: house style. Each is a matter of words; none says that a figure is wrong."""

import re
from collections.abc import Iterator

from governance.papers.checking.findings import Finding
from governance.papers.checking.prose import Kind
from governance.papers.checking.reading import Reading

RETIRED = {
    r"Independent Police Complaints Commission": "Independent Office for Police Conduct",
    r"IPCC": "IOPC",
    r"Association of Chief Police Officers": "National Police Chiefs' Council",
}
_RULES: list[tuple[str, re.Pattern[str], str, str]] = [
    ("per-cent-sign", re.compile(r"(?<=\d)\s?%"), "In prose the house writes per cent.", " per cent"),
    ("percent", re.compile(r"\bpercent\b", re.IGNORECASE), "The house writes per cent.", "per cent"),
    ("points", re.compile(r"(?<=\d)\s?(?:pp|PP)\b"), "The house writes percentage points.", " percentage points"),
    ("a-or-an", re.compile(r"\ban(?= (?!8|11|18)\d[\d.,]* )"), "Before this figure it is a.", "a"),
    ("a-or-an", re.compile(r"\ba(?= (?:8|11|18)\d?(?:[.,]\d+)? per)"), "Before this figure it is an.", "an"),
    ("affect-effect", re.compile(r"\baffect on\b"), "An effect on something.", "effect on"),
    ("assistant", re.compile(r"\bAssistance(?= Chief Constable)"), "This rank is Assistant.", "Assistant"),
    ("two-stops", re.compile(r"(?<!\.)\.\.(?!\.)"), "Two full stops.", "."),
]  # fmt: skip


def check(reading: Reading) -> Iterator[Finding]:
    for block in reading.blocks:
        if block.kind in (Kind.ROW, Kind.CONTENTS, Kind.NOTE):
            continue
        for rule, pattern, found, better in _RULES:
            for match in pattern.finditer(block.text):
                yield Finding(rule, "E", *block.span(*match.span()), match.group(), found, better)
        for name, better in RETIRED.items():
            for match in re.finditer(rf"\b{name}\b", block.text):
                yield Finding(
                    "retired-name",
                    "E",
                    *block.span(*match.span()),
                    match.group(),
                    "This body has another name now.",
                    better,
                )
