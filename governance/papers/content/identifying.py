"""Words in a quotation that may tell who said it: names, telephone numbers, addresses, days of birth. Pure.

It warns and decides nothing: a person who did not enter the quotation reads it and says that it names nobody. It looks
for what British survey answers hold, and would sooner warn of a street that is none than miss one. It cannot see who
somebody is by what happened to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CAPITAL = r"[A-Z][\w’'-]+"
STREETS = (
    r"(?:Road|Rd|Street|Avenue|Ave|Lane|Close|Drive|Crescent|Way|Court|Place|Gardens|Terrace|Grove|Walk|Hill|Square|Mews"
    r"|Row|Parade|Green|House|Farm|Cottage)"
)
MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec)"
)
TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lady|Rev|Reverend|Cllr|Councillor|PC|PCSO|DC|DS|DI|Sgt|Sergeant|Insp|Inspector"
    r"|Constable|Detective|Officer|Superintendent)"
)
LOOKED_FOR: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")),
    ("web address", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("name in a network", re.compile(r"(?<!\w)@\w{2,}")),
    ("telephone number", re.compile(r"(?<![\w+])(?:\+44|0044|0)(?:[\s().-]{0,2}\d){9,10}(?!\d)")),
    ("postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)),
    ("national insurance number", re.compile(r"\b[A-Z]{2}\s?(?:\d{2}\s?){3}[A-D]\b", re.IGNORECASE)),
    ("vehicle registration", re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b", re.IGNORECASE)),
    ("day that may be a day of birth", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b")),
    (
        "day that may be a day of birth",
        re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTHS},?\s+(?:19|20)\d{{2}}\b", re.IGNORECASE),
    ),
    ("day of birth", re.compile(r"\b(?:born (?:on|in)|date of birth|d\.?o\.?b\.?)(?!\w)[^.;!?]{0,30}", re.IGNORECASE)),
    ("age", re.compile(r"\b(?:I(?:’|')?m|I am|aged)\s+\d{1,3}\b(?! (?:per|times|minutes|hours|days))", re.IGNORECASE)),
    ("address", re.compile(rf"\b(?:flat\s+)?\d{{1,4}}[a-z]?,?\s+(?:{CAPITAL}\s+){{1,3}}{STREETS}\b")),
    ("address", re.compile(r"\b(?:flat|house|room) (?:number )?\d{1,4}[a-z]?\b", re.IGNORECASE)),
    ("street", re.compile(rf"\b(?:{CAPITAL}\s+){{1,3}}{STREETS}\b")),
    ("street", re.compile(r"\b[a-z]+ (?:road|street|avenue|crescent)\b(?<!the road)(?<!the street)")),
    ("name", re.compile(rf"\b(?i:{TITLES})\.?\s+{CAPITAL}(?:\s+{CAPITAL})?")),
    ("name", re.compile(rf"\b(?i:my name is|(?:I am|I’m|I'm) called|named)\s+\w+(?:\s+{CAPITAL})?")),
    ("number that may be a reference", re.compile(r"\b(?=[\w/-]*\d{5})[\w/-]{7,}\b")),
)
FIRST_NAMES = re.compile(
    r"\b(?:aaron|abdul|adam|ahmed|aisha|alan|alex|alice|alison|amanda|amy|andrea|andrew|andy|angela|ann|anna|anne|anthony|"
    r"ashley|barbara|becky|ben|benjamin|beth|brian|carol|caroline|catherine|charlie|charlotte|chloe|chris|christine|"
    r"claire|colin|craig|dan|daniel|danielle|darren|dave|david|dawn|deborah|debbie|diane|donna|dorothy|edward|elizabeth|"
    r"emily|emma|fatima|fiona|frank|gareth|gary|gemma|geoff|george|georgia|gillian|graham|hannah|harry|heather|helen|"
    r"ian|isabelle|jacqueline|jake|james|jamie|jane|janet|jason|jean|jenny|jennifer|jessica|joan|joanne|joe|john|jonathan|"
    r"joseph|josh|joshua|joyce|julia|julie|karen|kate|katie|keith|kelly|kevin|kim|laura|lauren|lee|leah|lesley|liam|"
    r"linda|lisa|louise|lucy|luke|margaret|maria|marie|martin|mary|matthew|megan|michael|michelle|mohammed|muhammad|"
    r"natalie|natasha|neil|nicholas|nicola|nigel|olivia|omar|oliver|pamela|patricia|paul|paula|peter|phil|philip|rachel|"
    r"rebecca|richard|robert|roger|ronald|rosie|ruth|ryan|sally|sam|samantha|sandra|sarah|scott|sean|sharon|sheila|"
    r"shirley|simon|sophie|stacey|stephanie|stephen|steve|steven|stuart|susan|terry|thomas|tina|tom|tony|tracey|tracy|"
    r"valerie|vicky|victoria|wendy|yvonne|zoe)\b",
    re.IGNORECASE,
)
WITHIN = re.compile(rf"(?<=[\w,;:’'”)] )(?<![.!?…] )(?:{CAPITAL})(?:\s+{CAPITAL})*")
NO_NAME = re.compile(
    rf"(?:I|I[’'](?:m|d|ve|ll)|{MONTHS}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Christmas|Easter|Boxing|New|Year|English|"
    r"British|Police|Victim|Support|Crime|Commissioner|Chief|Force|Council|Hospital|God|Covid|Internet|TV|CCTV|"
    r"[A-Z]{2,}s?)"
)


@dataclass(frozen=True)
class Hint:
    """Words that may tell who somebody is: what they look like, and where they stand."""

    kind: str
    words: str
    start: int
    end: int


def hints(text: str) -> list[Hint]:
    """Everything that may tell who somebody is, in the order of the text; where two overlap, the one that says more."""
    found: list[Hint] = []
    for one in _every(text):
        if all(one.end <= held.start or held.end <= one.start for held in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def pieces(text: str) -> list[tuple[str, str]]:
    """The text in pieces: (words, what they look like), the second empty for words that nothing was seen in."""
    made, at = [], 0
    for one in hints(text):
        made += [(text[at : one.start], ""), (one.words, one.kind)]
        at = one.end
    return [(words, kind) for words, kind in [*made, (text[at:], "")] if words]


def _every(text: str) -> Iterator[Hint]:
    for kind, pattern in LOOKED_FOR:
        for one in pattern.finditer(text):
            yield Hint(kind, one[0], one.start(), one.end())
    for one in WITHIN.finditer(text):
        if not all(NO_NAME.fullmatch(word) for word in one[0].split()):
            yield Hint("name or place", one[0], one.start(), one.end())
    for one in FIRST_NAMES.finditer(text):
        yield Hint("name", one[0], one.start(), one.end())
