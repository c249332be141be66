"""PURE: words as the index knows them, what somebody asks for, and where it stands in a text.

Both databases are given the same words, so that they find the same: lower case, without accents and apostrophes, cut
at everything that is neither letter nor digit. A reference such as 2.07 or BA/2019/14 is thereby a phrase.
"""

import re
import unicodedata
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
ASKED = re.compile(r'"([^"]*)"|(\S+)')
MOST_PHRASES = 12  # of one question
LONGEST_WORD = 60  # characters
AROUND = 90  # characters shown on each side of what was found

Text = tuple[str, bool]  # words, and whether they are among those looked for


@dataclass(frozen=True)
class Phrase:
    """Words that stand one after the other; the last may go on unless it is a number."""

    words: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return not self.words[-1].isdigit()


def plain(word: str) -> str:
    """One word as the index knows it: "Women’s" is "womens"."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", word.casefold()) if one.isalnum())
    return bare[:LONGEST_WORD]


def words_of(text: str) -> list[str]:
    """The words of a text in their order."""
    return [found for found in (plain(match.group()) for match in WORD.finditer(text)) if found]


def phrases_of(question: str) -> tuple[Phrase, ...]:
    """What is asked for: every phrase has to be there. Signs mean nothing but quotation marks that come in pairs."""
    found = [tuple(words_of(quoted or bare)) for quoted, bare in ASKED.findall(question)]
    return tuple(dict.fromkeys(Phrase(words) for words in found if words))[:MOST_PHRASES]


def marked(text: str, phrases: tuple[Phrase, ...]) -> tuple[Text, ...]:
    """The text in pieces, those that are words looked for told apart: ("Hate ", False), ("crime", True)."""
    pieces: list[Text] = []
    end = 0
    for match in _places(text, phrases):
        if match.start() > end:
            pieces.append((text[end : match.start()], False))
        pieces.append((match.group(), True))
        end = match.end()
    return (*pieces, (text[end:], False)) if end < len(text) else tuple(pieces)


def snippet(text: str, phrases: tuple[Phrase, ...]) -> tuple[Text, ...]:
    """The neighbourhood of the first word looked for, all of them marked; nothing where there is none."""
    flat = " ".join(text.split())
    places = _places(flat, phrases)
    if not places:
        return ()
    first = places[0]
    start, end = max(first.start() - AROUND, 0), min(first.end() + AROUND, len(flat))
    if start:
        start = flat.find(" ", start, first.start()) + 1 or start
    if end < len(flat):
        cut = flat.rfind(" ", first.end(), end)
        end = cut if cut > 0 else end
    before, after = "…" if start else "", "…" if end < len(flat) else ""
    return marked(f"{before}{flat[start:end]}{after}", phrases)


def _places(text: str, phrases: tuple[Phrase, ...]) -> list[re.Match[str]]:
    """Where the words of phrases stand, whole phrases only."""
    found = [match for match in WORD.finditer(text) if plain(match.group())]
    known = [plain(match.group()) for match in found]
    hit: set[int] = set()
    for phrase in phrases:
        length = len(phrase.words)
        for at in range(len(known) - length + 1):
            if _is_at(known[at : at + length], phrase):
                hit.update(range(at, at + length))
    return [found[at] for at in sorted(hit)]


def _is_at(words: list[str], phrase: Phrase) -> bool:
    *firsts, last = phrase.words
    ends = words[-1].startswith(last) if phrase.is_open else words[-1] == last
    return ends and words[:-1] == firsts
