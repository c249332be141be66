"""The shapes the demo's words come in, and the shorthand they are written with. Pure.

Texts are HTML of the office's dialect (`core.documents.dialect`) with two shorthands: `{crime-volume.quarter|11,856}`
is a live figure with the words it had when it was written, `{note|Home Office, ...}` a footnote where its mark stands.
"""

import datetime as dt
import re
from dataclasses import dataclass

FIGURE = re.compile(r"\{([a-z0-9-]+\.[a-z0-9_]+)\|([^{}]*)\}")
NOTE = re.compile(r"\{note\|([^{}]*)\}")


def written(text: str) -> str:
    """The text as HTML of the dialect: shorthands written out, lines joined."""
    live = FIGURE.sub(r'<data data-figure="\1">\2</data>', " ".join(text.split()))
    return NOTE.sub(r'<span class="footnote">\1</span>', live)


@dataclass(frozen=True)
class Commentary:
    """What is said of a measure in a quarter, and what the commissioner did; shorthand HTML."""

    text: str
    did: str


@dataclass(frozen=True)
class Topic:
    """A significant topic of the introduction with the criteria it meets, letters of "abcd"."""

    title: str
    criteria: str
    text: str
    measure: str = ""


@dataclass(frozen=True)
class Update:
    """What was said of a delivery action in one quarter. Status and rating are the record's own words."""

    text: str
    status: str
    rag: str
    rag_reason: str = ""


@dataclass(frozen=True)
class DeliveryAction:
    """A numbered promise of the delivery plan; people are named by role and must be in `people.PEOPLE`."""

    ref: str
    objective: int
    statement: str
    owner: str = ""
    leads: str = ""
    partners: str = ""
    start: dt.date | None = None
    due: dt.date | None = None
    measures: tuple[str, ...] = ()
    milestones: tuple[tuple[str, dt.date], ...] = ()
    redated: tuple[tuple[dt.date, dt.date, str], ...] = ()  # when it was decided, the new date, why


@dataclass(frozen=True)
class Board:
    """A board, group or forum; `chair` and `members` are roles of `people.PEOPLE`."""

    name: str
    relation: str
    chair: str = ""
    frequency: str = ""
    parent: str = ""
    terms: str = ""
    aliases: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()  # role, capacity


@dataclass(frozen=True)
class Arising:
    """An action arising from an item; `closed` is the day it was done and `progress` what its owner last said."""

    text: str
    owner: str
    due: dt.date
    progress: str = ""
    closed: dt.date | None = None


@dataclass(frozen=True)
class Item:
    """One item of an agenda with what came of it; an exempt one names its paragraph, "1" to "7", of Schedule 12A."""

    title: str
    presenter: str = ""
    minute: str = ""
    decisions: tuple[tuple[str, str], ...] = ()  # text, decided by
    actions: tuple[Arising, ...] = ()
    exemption: str = ""
    declared: tuple[tuple[str, str], ...] = ()  # who declared an interest and left the room, and in what


@dataclass(frozen=True)
class Meeting:
    """One meeting of a board; `circulated` is the day its minutes went round, `agreed` that of the meeting that agreed
    them; None before. What was amended later names an item, its new minute, why, and the day of the meeting."""

    board: str
    date: dt.date
    items: tuple[Item, ...]
    place: str = ""
    starts_at: dt.time | None = None
    is_public: bool = False
    present: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    substitutes: tuple[tuple[str, str], ...] = ()  # who came, in whose place
    circulated: dt.date | None = None
    agreed: dt.date | None = None
    comments: tuple[tuple[str, str, str, str], ...] = ()  # who, on which item, what, what was done about it
    amended: tuple[tuple[str, str, str, dt.date], ...] = ()
    published: dt.date | None = None
