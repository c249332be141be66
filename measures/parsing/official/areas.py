"""The police force areas, regions and nations of England and Wales, and the ways in which publishers write them.

Codes are those of the Office for National Statistics (police force areas E23 and W15, regions E12, nations E92, W92 and
K04). A name never ends in a digit: digits at its end are marks of footnotes ("Lancashire8", "Greater Manchester7,8").
A region that has the name of a force is told apart by "(region)".
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

FORCE, REGION, NATION = "force", "region", "nation"


class OfficialArea(NamedTuple):
    code: str
    kind: str
    name: str
    within: str  # the code of the region or nation whose figures this area's are part of; "" for the whole
    others: tuple[str, ...] = ()


WHOLE, ENGLAND, WALES = "K04000001", "E92000001", "W92000004"
_FORCES = {
    "E12000001": {"E23000013": "Cleveland", "E23000008": "Durham", "E23000007": "Northumbria"},
    "E12000002": {
        "E23000006": "Cheshire",
        "E23000002": "Cumbria",
        "E23000005": "Greater Manchester",
        "E23000003": "Lancashire",
        "E23000004": "Merseyside",
    },
    "E12000003": {
        "E23000012": "Humberside",
        "E23000009": "North Yorkshire",
        "E23000011": "South Yorkshire",
        "E23000010": "West Yorkshire",
    },
    "E12000004": {
        "E23000018": "Derbyshire",
        "E23000021": "Leicestershire",
        "E23000020": "Lincolnshire",
        "E23000022": "Northamptonshire",
        "E23000019": "Nottinghamshire",
    },
    "E12000005": {
        "E23000015": "Staffordshire",
        "E23000017": "Warwickshire",
        "E23000016": "West Mercia",
        "E23000014": "West Midlands",
    },
    "E12000006": {
        "E23000026": "Bedfordshire",
        "E23000023": "Cambridgeshire",
        "E23000028": "Essex",
        "E23000027": "Hertfordshire",
        "E23000024": "Norfolk",
        "E23000025": "Suffolk",
    },
    "E12000007": {"E23000034": "City of London", "E23000001": "Metropolitan Police"},
    "E12000008": {
        "E23000030": "Hampshire",
        "E23000032": "Kent",
        "E23000031": "Surrey",
        "E23000033": "Sussex",
        "E23000029": "Thames Valley",
    },
    "E12000009": {
        "E23000036": "Avon and Somerset",
        "E23000035": "Devon and Cornwall",
        "E23000039": "Dorset",
        "E23000037": "Gloucestershire",
        "E23000038": "Wiltshire",
    },
    WALES: {
        "W15000004": "Dyfed-Powys",
        "W15000002": "Gwent",
        "W15000001": "North Wales",
        "W15000003": "South Wales",
    },
}
_REGIONS = {
    "E12000001": ("North East",),
    "E12000002": ("North West",),
    "E12000003": ("Yorkshire and The Humber",),
    "E12000004": ("East Midlands",),
    "E12000005": ("West Midlands (region)",),
    "E12000006": ("East of England", "East", "Eastern"),
    "E12000007": ("London",),
    "E12000008": ("South East",),
    "E12000009": ("South West",),
}
_OTHER_NAMES = {
    "E23000034": ("London, City of",),
    "E23000001": ("Metropolitan", "Metropolitan Police Service"),
}
_TITLES = ("Police", "Constabulary", "Police Service")  # what stands after a force's name
TRANSPORT = OfficialArea("BTP", FORCE, "British Transport Police", WHOLE)
FRAUD_BODIES = (
    "action fraud",
    "cifas",
    "uk finance",
    "financial fraud action uk",
    "national fraud intelligence bureau",
)

OFFICIAL: tuple[OfficialArea, ...] = (
    OfficialArea(WHOLE, NATION, "England and Wales", ""),
    OfficialArea(ENGLAND, NATION, "England", WHOLE),
    OfficialArea(WALES, NATION, "Wales", WHOLE),
    *(OfficialArea(code, REGION, names[0], ENGLAND, names[1:]) for code, names in _REGIONS.items()),
    *(
        OfficialArea(code, FORCE, name, within, _OTHER_NAMES.get(code, ()))
        for within, forces in _FORCES.items()
        for code, name in forces.items()
    ),
    TRANSPORT,
)
BY_CODE: Mapping[str, OfficialArea] = {area.code: area for area in OFFICIAL}

_MARKS = re.compile(r"(?<=[A-Za-z)])\s*\d{1,2}(?:\s*,\s*\d{1,2})*\s*$")
_DASHES = re.compile(r"[‐-―−_-]+")


def ways(area: OfficialArea) -> tuple[str, ...]:
    """Every way in which publishers write an area, its code among them."""
    titled = [f"{area.name} {title}" for title in _TITLES] if area.kind == FORCE else [f"Total {area.name}"]
    bare = [area.name.removesuffix(" (region)")] if area.kind == REGION and area.code != "E12000005" else []
    return (area.name, area.code, *area.others, *titled, *bare)


def plain(text: str) -> str:
    """A name as names are compared: no matter the case, the blanks, the dash, or & for and."""
    return " ".join(_DASHES.sub(" ", text.replace("&", " and ")).casefold().split())


_BY_NAME: Mapping[str, OfficialArea] = {plain(way): area for area in reversed(OFFICIAL) for way in ways(area)}


def without_marks(name: str) -> str:
    """A name without the footnote digits glued to its end, its blanks made single."""
    return " ".join(_MARKS.sub("", name).split())


def named(text: str, code: str = "", *, region: bool = False) -> OfficialArea | None:
    """The area a publisher means by a name and, where there is one, a code; None for one that is not official.

    `region`: the text stands where regions stand, so that "West Midlands" is the region and not the force.
    """
    if code.strip() in BY_CODE:
        return BY_CODE[code.strip()]
    bare = plain(without_marks(text))
    return (_BY_NAME.get(f"{bare.removeprefix('total ')} (region)") if region else None) or _BY_NAME.get(bare)


class InOrder:
    """Names without codes, of one date and in the order of the file. Where a name that a region and a force share
    stands twice, the first is the region: its forces follow it. Where it stands once it is the force."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.often = Counter(plain(without_marks(text)) for text in texts)
        self.met: set[str] = set()

    def named(self, text: str, code: str = "") -> OfficialArea | None:
        bare = plain(without_marks(text))
        total = bare.startswith("total ")
        first = self.often[bare] > 1 and bare not in self.met
        self.met.add(bare)
        return named(text, code, region=total or first)


def written(text: str, code: str = "", *, region: bool = False) -> str:
    """The official name where there is one, else the name without its footnote digits."""
    found = named(text, code, region=region)
    return found.name if found else without_marks(text)


def extended(known: Mapping[str, str]) -> dict[str, str]:
    """Names of the record -> slug, with every other way of writing the official areas among them.

    A name that the record has itself is never overruled.
    """
    held = {plain(name): slug for name, slug in known.items()}
    more: dict[str, str] = {}
    for area in OFFICIAL:
        slug = next((held[plain(way)] for way in ways(area) if plain(way) in held), None)
        if slug:
            more |= {way: slug for way in ways(area) if plain(way) not in held}
    return more | dict(known)
