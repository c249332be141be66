"""Abbreviations and terms of a paper: which it uses, which nobody explains, and each written out where it first stands.

Pure. A term is found as a whole word, an abbreviation also in its plural. What is written out stands in brackets behind
the abbreviation ("CPS (Crown Prosecution Service)"), so that the article before it need not change. The author's own
way, "Crown Prosecution Service (CPS)", is left as it is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape, unescape

from governance.papers.content.shapes import Block, Term

# What every reader knows, and words in capitals that the software itself prints.
KNOWN = frozenset({"UK", "EU", "US", "USA", "BBC", "NHS", "TV", "MP", "MPS", "PDF", "URL", "HTML", "VAT", "AM", "PM"})
KNOWN |= {"OFFICIAL", "SENSITIVE", "SYNTHETIC", "DRAFT"}
LONGEST = 7  # letters; longer words in capitals are words
WRITTEN_OUT_IN = {"paragraph", "bullets", "numbers"}  # not in headings and tables, nor in what others are quoted with
ABBREVIATION = re.compile(r"(?<![\w&/@.])[A-Z][A-Za-z]*[A-Z&][A-Za-z0-9&]*(?!\w)")
ROMAN = re.compile(r"[IVX]+")
TAGS = re.compile(r"<[^>]*>")
LEFT_ALONE = r"(?P<skip><mark>.*?</mark>|<data\b[^>]*>.*?</data>|<[^>]*>)"


def plain(html: str) -> str:
    """The words of canonical inline HTML."""
    return unescape(TAGS.sub(" ", html))


def used(texts: Iterable[str], terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms that stand in any of some plain texts, by the alphabet."""
    whole = "\n".join(texts)
    found = [one for one in terms if re.search(_pattern(one.term, one), whole)]
    return tuple(sorted(found, key=lambda one: (one.term.casefold(), one.term)))


def unexplained(texts: Sequence[tuple[str, str]], terms: Iterable[Term]) -> list[tuple[str, str]]:
    """(abbreviation, place) of each that is neither a term nor explained by the author. `texts`: place, plain text."""
    listed = {one.term for one in terms}
    first: dict[str, str] = {}
    told: set[str] = set()
    for place, text in texts:
        for match in ABBREVIATION.finditer(text):
            word = _singular(match[0])
            if word in listed or match[0] in listed or not _is_abbreviation(word):
                continue
            first.setdefault(word, place)
            if _explains(text[: match.start()], text[match.end() :], word):
                told.add(word)
    return [(word, place) for word, place in first.items() if word not in told]


def writer(terms: Iterable[Term]) -> Callable[[Block], Block]:
    """What writes terms out where they first stand; it is given the blocks of a paper in the order they are read."""
    waiting = {one.term: one for one in terms if one.expansion}

    def write(block: Block) -> Block:
        if block.kind not in WRITTEN_OUT_IN or not waiting:
            return block
        return replace(block, html=_written(block.html, waiting))

    return write


def _written(html: str, waiting: dict[str, Term]) -> str:
    """The text with each waiting term written out once; what has been met waits no longer."""
    names = sorted(waiting, key=len, reverse=True)
    pattern = re.compile(f"{LEFT_ALONE}|{'|'.join(_pattern(escape(one, quote=False), waiting[one]) for one in names)}")

    def put(found: re.Match[str]) -> str:
        said = found[0]
        name = "" if found["skip"] else unescape(said)
        one = waiting.get(name) or waiting.get(_singular(name))
        if one is None or html[found.end() :].startswith("-"):
            return said
        del waiting[one.term]
        before, after = plain(html[: found.start()]), plain(html[found.end() :])
        if _explains(before, after, one.term, one.expansion):
            return said
        many = "s" if name != one.term and not one.expansion.endswith("s") else ""
        opens, closes = "[]" if before.count("(") > before.count(")") else "()"
        return f"{said} {opens}{escape(one.expansion, quote=False)}{many}{closes}"

    return pattern.sub(put, html)


def _pattern(name: str, term: Term) -> str:
    """A whole word: an abbreviation as it is written, singular or plural; another term with or without its capital."""
    if term.expansion:
        return rf"(?<![\w&-]){re.escape(name)}s?(?!\w)"
    return rf"(?<![\w-])(?i:{re.escape(name)})(?!\w)"


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:-1].isupper() else word


def _is_abbreviation(word: str) -> bool:
    """Two capitals or more, and more of them than of other letters: not McDonald, nor a number in Roman figures."""
    capitals = sum(one.isupper() for one in word)
    if word in KNOWN or len(word) > LONGEST or ROMAN.fullmatch(word):
        return False
    return capitals >= 2 and capitals > sum(one.islower() for one in word)


def _explains(before: str, after: str, word: str, expansion: str = "") -> bool:
    """Whether the author writes it out: its words before it in brackets, or in brackets behind it."""
    before, after = " ".join(before.split()), after.strip()
    if before.endswith(("(", "[")):
        led = before[:-1].strip()
        said = led.casefold().removesuffix("s")
        if expansion and said.endswith(expansion.casefold().removesuffix("s")):
            return True
        return _fits(word, " ".join(led.split()[-2 * len(word) :]))
    if behind := re.match(r"[(\[]([^)\]]*)[)\]]", after):
        return (bool(expansion) and expansion.casefold() in behind[1].casefold()) or _fits(word, behind[1])
    return False


def _fits(word: str, words: str) -> bool:
    """Whether the letters of an abbreviation stand in some words in their order, its first at the head of one.

    From the earliest head on, each letter at its first place: what no other head could find is not there.
    """
    first, *rest = (one for one in word.casefold() if one.isalnum())
    words = words.casefold()
    head = re.search(rf"\b{re.escape(first)}", words)
    if head is None or " " not in words.strip():
        return False
    at = head.end()
    for letter in rest:
        at = words.find(letter, at) + 1
        if not at:
            return False
    return True
