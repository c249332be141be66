"""Severity D: the document itself: captions, footnotes, contents, appendices and markings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from governance.papers.checking.findings import Finding
from governance.papers.checking.prose import Block, Kind, Mark
from governance.papers.checking.reading import Reading


def check(reading: Reading) -> Iterator[Finding]:
    yield from footnotes(reading)
    yield from captions(reading)
    yield from contents(reading)
    yield from appendices(reading)
    yield from markings(reading)
    yield from paragraph_numbers(reading)


def footnotes(reading: Reading) -> Iterator[Finding]:
    """Each mark has a text and each number one text. A text belongs to the last mark of its number before it."""
    notes: dict[str, list[Mark]] = defaultdict(list)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for block in reading.blocks:
        for index, mark in enumerate(block.marks):
            is_text = block.kind is Kind.NOTE and index == 0 and mark.end <= block.start
            (notes if is_text else marks)[mark.number].append(mark)
    for number, texts in notes.items():
        for again in texts[1:]:
            yield _at(again, "footnote-number-twice", f"More than one note has the number {number}.")
        if number not in marks:
            yield _at(texts[0], "footnote-without-mark", f"Nothing in the text refers to note {number}.")
    for number, calls in marks.items():
        answered = set()
        for text in notes.get(number, []):
            near = [mark for mark in calls if mark.start < text.start and mark not in answered]
            if near:
                answered.add(near[-1])
            elif after := [mark for mark in calls if mark not in answered]:
                answered.add(after[0])
        for mark in calls:
            if mark not in answered and (len(calls) > len(notes.get(number, [])) or not notes.get(number)):
                yield _at(mark, "mark-without-footnote", f"There is no text for this note {number}.")


def _at(mark: Mark, rule: str, found: str) -> Finding:
    return Finding(rule, "D", mark.start, mark.end, mark.number, found)


def captions(reading: Reading) -> Iterator[Finding]:
    """Two charts do not bear one caption."""
    seen: dict[str, Block] = {}
    for block in reading.blocks:
        if block.kind is not Kind.CAPTION or len(block.text) < 8:
            continue
        words = re.sub(r"\W+", " ", block.text.lower()).strip()
        words = re.sub(r"^(?:figure|chart|table) \d+ ", "", words)
        if words in seen:
            yield Finding(
                "caption-twice", "D", block.start, block.end, block.text, "Another figure has the same caption."
            )
        else:
            seen[words] = block


_APPENDIX = re.compile(r"\b(Appendix|Annex)\s+([A-Z]|\d{1,2})\b")


def contents(reading: Reading) -> Iterator[Finding]:
    """A section that the table of contents does not list, where there is one."""
    listed = [_plain(block.text) for block in reading.blocks if block.kind is Kind.CONTENTS]
    if len(listed) < 3:
        return
    headings = [block for block in reading.blocks if block.kind is Kind.HEADING and block.level <= 2]
    after = max(block.end for block in reading.blocks if block.kind is Kind.CONTENTS)
    for block in headings:
        name = _plain(block.text)
        if block.start > after and _is_section(block, headings) and not any(_alike(name, one) for one in listed):
            yield Finding(
                "not-in-contents", "D", block.start, block.end, block.text, "The table of contents does not list this."
            )


def _is_section(block: Block, headings: list[Block]) -> bool:
    """The parts of a paper and no more: sub-headings with a number (2.01) and objectives are not listed."""
    return not re.match(r"\d+\.\d|Objective|Service Delivery|Quarter", block.text) and block.text[-1:] not in ".:;"


def _plain(text: str) -> str:
    return re.sub(r"[\W\d_]+", " ", text.lower()).strip()


def _alike(one: str, other: str) -> bool:
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine) and len(mine & theirs) >= 0.6 * min(len(mine), len(theirs)) and len(mine & theirs) >= 1


def appendices(reading: Reading) -> Iterator[Finding]:
    """An appendix that is spoken of and is not there."""
    headed = {
        f"{found.group(1)} {found.group(2)}".lower()
        for block in reading.blocks
        if block.kind in (Kind.HEADING, Kind.CAPTION)
        for found in _APPENDIX.finditer(block.text)
    }
    told: set[str] = set()
    for block in reading.blocks:
        if block.kind in (Kind.HEADING, Kind.CONTENTS):
            continue
        for found in _APPENDIX.finditer(block.text):
            name = found.group().lower()
            if name not in headed and name not in told:
                told.add(name)
                yield Finding(
                    "appendix-missing",
                    "D",
                    *block.span(*found.span()),
                    found.group(),
                    f"{found.group()} is not part of this paper.",
                )


_MARKING = re.compile(r"\bOFFICIAL[\s-]+SENSITIVE\b|\bRESTRICTED\b|\bCONFIDENTIAL\b(?=\s*[-–:]|\s*$)")


def markings(reading: Reading) -> Iterator[Finding]:
    """A part marked above the paper: a paper for the panel is public unless its first page says otherwise."""
    first = " ".join(block.text for block in reading.blocks[:12])
    if _MARKING.search(first):
        return
    for block in reading.blocks:
        if found := _MARKING.search(block.text):
            yield Finding(
                "marking-above-paper",
                "D",
                *block.span(*found.span()),
                found.group(),
                "This part is marked above the paper it stands in.",
            )


_NUMBERED = re.compile(r"\s*(?:[-*]\s+)?(\d{1,3})\.\s+\S")


def paragraph_numbers(reading: Reading) -> Iterator[Finding]:
    """Numbered paragraphs run 1 to N: one that is missing is said, once it is clear that they do run."""
    found = [
        (int(match.group(1)), block)
        for block in reading.blocks
        if block.kind in (Kind.PARAGRAPH, Kind.QUOTE, Kind.HEADING) and (match := _NUMBERED.match(block.text))
    ]
    if len(found) < 10:
        return
    counted = Counter(number for number, _ in found)
    expected = 1
    for number, block in found:
        if block.kind is Kind.HEADING and number != expected:
            continue  # the number of a part, not of a paragraph
        if number == expected:
            expected += 1
        elif number == expected + 1 and counted[expected] == 0:
            yield Finding(
                "paragraph-number",
                "D",
                block.start,
                block.start + len(str(number)),
                str(number),
                f"Paragraph {expected} is missing.",
            )
            expected = number + 1
