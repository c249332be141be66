"""Where the sentences of a text begin and end."""

import re

from governance.papers.checking.prose import ITEM

_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|no|Supt|Det|Op|Dr|Mr|Mrs|Ms|St|cf|approx|pp?|Sgt|Insp|Jan|Feb|Sept?)\.$"
)
_STOP = re.compile(r"[.!?]+[\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9£])|[.!?]+[\"')\]]*\s*$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text begins and ends. A paragraph's number ("33. ") belongs to its first sentence."""
    found, begun = [], 0
    lead = ITEM.match(text)
    for stop in _STOP.finditer(text, lead.end() if lead else 0):
        if _ABBREVIATED.search(text, begun, stop.start() + 1):
            continue
        found.append((begun, stop.end()))
        begun = stop.end() + len(text[stop.end() :]) - len(text[stop.end() :].lstrip())
    if text[begun:].strip():
        found.append((begun, len(text)))
    return found
