"""What changed between two texts, word by word. Pure.

`diff` compares sequences of words and the gaps between them with Myers' algorithm after the common start and end are
cut off and the rest is split at words that occur exactly once on both sides (patience diff). The work is bounded: past
`MAX_EDITS` changes within one stretch, or once `BUDGET` is spent, a stretch is given as removed and added whole.
"""

import re
from html import escape
from itertools import groupby
from math import isqrt
from typing import Literal, NamedTuple

from core.documents.richtext import plain_text

Change = Literal["same", "removed", "added"]
MAX_EDITS = 200  # words changed within one stretch that holds no landmark
BUDGET = 300_000  # steps of Myers' inner loop for one pair of texts, about 0.1 s
TOKEN = re.compile(r"\n|[^\S\n]+|[^\W_]+(?:['’.,:/-][^\W_]+)*|.", re.DOTALL)


class Piece(NamedTuple):
    """A run of text and what became of it."""

    change: Change
    text: str


def diff(old: str, new: str) -> list[Piece]:
    """Runs of plain text, in reading order: joining "same" and "removed" gives `old`, "same" and "added" `new`."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    steps = _stretch(before, after)
    return _runs(steps)


def diff_html(old: str, new: str) -> list[Piece]:
    """`diff` of the words of two rich texts. A change of emphasis alone is not a change of words."""
    return diff(plain_text(old), plain_text(new))


def as_html(pieces: list[Piece]) -> str:
    """Pieces as paragraphs of escaped HTML with `<ins>` and `<del>`, each saying aloud what it is."""
    names = {"removed": ("del", "removed"), "added": ("ins", "added")}
    lines: list[list[str]] = [[]]
    for change, text in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if not part:
                continue
            if change == "same":
                lines[-1].append(escape(part, quote=False))
            else:
                tag, word = names[change]
                said = f'<span class="govuk-visually-hidden">[{word}: </span>'
                end = '<span class="govuk-visually-hidden">]</span>'
                lines[-1].append(f"<{tag}>{said}{escape(part, quote=False)}{end}</{tag}>")
    return "".join(f"<p>{''.join(line)}</p>" for line in lines if line)


def _runs(steps: list[tuple[Change, str]]) -> list[Piece]:
    """Join neighbours, removals before additions within one changed place; a lone space inside a change joins it."""
    places: list[Piece] = []
    for is_same, group in groupby(_spaces_joined(steps), key=lambda step: step[0] == "same"):
        held = list(group)
        if is_same:
            places.append(Piece("same", "".join(text for _, text in held)))
            continue
        for kind in ("removed", "added"):
            if text := "".join(text for change, text in held if change == kind):
                places.append(Piece(kind, text))
    return places


def _spaces_joined(steps: list[tuple[Change, str]]) -> list[tuple[Change, str]]:
    joined: list[tuple[Change, str]] = []
    for place, (change, text) in enumerate(steps):
        inside = 0 < place < len(steps) - 1 and steps[place - 1][0] != "same" and steps[place + 1][0] != "same"
        if change == "same" and text.isspace() and text != "\n" and inside:
            joined += [("removed", text), ("added", text)]
        else:
            joined.append((change, text))
    return joined


def _stretch(old: list[str], new: list[str]) -> list[tuple[Change, str]]:
    """Steps for one stretch, divided at landmarks with an explicit stack: no recursion on long texts."""
    steps: list[tuple[Change, str]] = []
    waiting = [(0, len(old), 0, len(new), True)]
    budget = BUDGET
    while waiting:
        low, high, left, right, divide = waiting.pop()
        start = low
        while low < high and left < right and old[low] == new[left]:
            low, left = low + 1, left + 1
        steps += [("same", word) for word in old[start:low]]
        end = high
        while low < high and left < right and old[high - 1] == new[right - 1]:
            high, right = high - 1, right - 1
        if end > high:
            waiting.append((high, end, right, right + end - high, False))
        marks = _landmarks(old, low, high, new, left, right) if divide and low < high and left < right else []
        if marks:
            edges = [*marks, (high, right)]
            parts = [(a, b, c, d, True) for (a, c), (b, d) in zip([(low, left), *marks], edges, strict=True)]
            waiting += reversed(parts)
        else:
            found, spent = _myers(old[low:high], new[left:right], min(MAX_EDITS, isqrt(budget)))
            budget -= spent
            steps += found
    return steps


def _landmarks(old: list[str], low: int, high: int, new: list[str], left: int, right: int) -> list[tuple[int, int]]:
    """Places of the words that stand exactly once in each stretch, the longest run of them in the same order."""
    once_old = _once(old, low, high)
    once_new = _once(new, left, right)
    pairs = [(place, once_new[word]) for word, place in once_old.items() if word in once_new]
    return _rising(sorted(pairs))


def _once(words: list[str], start: int, end: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for place in range(start, end):
        found[words[place]] = -1 if words[place] in found else place
    return {word: place for word, place in found.items() if place >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members rise."""
    piles: list[int] = []  # index of the pair on top of each pile
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        low, high = 0, len(piles)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if pairs[piles[middle]][1] < value else (low, middle)
        before.append(piles[low - 1] if low else -1)
        piles[low : low + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = piles[-1] if piles else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _myers(old: list[str], new: list[str], limit: int) -> tuple[list[tuple[Change, str]], int]:
    """The shortest edit between two stretches and its cost; the whole of both where it takes more than `limit`."""
    whole: list[tuple[Change, str]] = [("removed", word) for word in old] + [("added", word) for word in new]
    if not old or not new:
        return whole, 0
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(len(whole), limit) + 1):
        trail.append(furthest.copy())
        for line in range(-edits, edits + 1, 2):
            down = line == -edits or (line != edits and furthest[line - 1] < furthest[line + 1])
            x = furthest[line + 1] if down else furthest[line - 1] + 1
            while x < len(old) and x - line < len(new) and old[x] == new[x - line]:
                x += 1
            furthest[line] = x
            if x >= len(old) and x - line >= len(new):
                return _walk_back(old, new, trail), edits**2
    return whole, limit**2


def _walk_back(old: list[str], new: list[str], trail: list[dict[int, int]]) -> list[tuple[Change, str]]:
    steps: list[tuple[Change, str]] = []
    x, y = len(old), len(new)
    for edits in range(len(trail) - 1, -1, -1):
        furthest, line = trail[edits], x - y
        down = line == -edits or (line != edits and furthest[line - 1] < furthest[line + 1])
        from_line = line + 1 if down else line - 1
        from_x = furthest[from_line]
        from_y = from_x - from_line
        while x > max(from_x, 0) and y > max(from_y, 0):
            x, y = x - 1, y - 1
            steps.append(("same", old[x]))
        if edits:
            steps.append(("added", new[from_y]) if down else ("removed", old[from_x]))
        x, y = from_x, from_y
    return steps[::-1]
