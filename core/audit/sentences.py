"""The log in plain words: many row changes told as one sentence. Pure.

A person pressed one button, and that is one thing that happened: the changes of one action in one request (or, outside
requests, one transaction) become one sentence. Apps give each of their actions a phrase; an action without one, and a
change outside every action, is told by what became of which rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

PARTS = 3  # kinds of change named in one sentence before "and 4 other changes"
VERBS = {"I": "added", "U": "changed", "D": "removed", "B": "added"}
NOBODY = "Nobody on record"

_phrases: dict[str, str] = {}


def register_phrase(action: str, phrase: str) -> None:
    """`register_phrase("papers.approve_commentary", "approved commentary on {object}")`.

    The phrase follows the person's name and has no full stop. `{object}` is the first thing the action changed,
    `{noun}` what kind of thing that is, `{count}` how many of that kind. ValueError for any other word in braces.
    """
    try:
        phrase.format(object="", noun="", count="")
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(f"{phrase!r} may hold {{object}}, {{noun}} and {{count}} and no other braces.") from error
    _phrases[action] = phrase


def phrase_of(action: str) -> str:
    """Empty for an action without one."""
    return _phrases.get(action, "")


@dataclass(frozen=True)
class Happening:
    """One change of one row, or one batch of `count` rows, with the words for it."""

    op: str  # I, U, D or B
    at: datetime
    group: str  # the request, or outside of requests the transaction
    actor: str
    action: str
    reason: str
    noun: str  # "delivery action"
    nouns: str  # "delivery actions"
    label: str  # "2.01 Recruit more officers"; empty when the noun has to do
    on_behalf_of: str = ""
    count: int = 1
    is_link: bool = False  # a row that only ties two things together
    id: int = 0


@dataclass(frozen=True)
class Sentence:
    text: str
    at: datetime  # of the last of its changes
    happenings: tuple[Happening, ...]


def tell(happenings: Iterable[Happening]) -> list[Sentence]:
    """A sentence for each thing somebody did, in the order in which the first change of each is met."""
    groups: dict[tuple[str, str, str, str], list[Happening]] = {}
    for one in happenings:
        groups.setdefault((one.group, one.action, one.actor, one.reason), []).append(one)
    return [Sentence(sentence(group), max(one.at for one in group), tuple(group)) for group in groups.values()]


def sentence(group: Sequence[Happening]) -> str:
    """ "Asha Patel, for the commissioner, approved commentary on Hate crime: ‘figures agreed with the force’" """
    first = group[0]
    who = first.actor or NOBODY
    if first.on_behalf_of:
        who += f", on behalf of {first.on_behalf_of},"
    why = f": ‘{first.reason}’" if first.reason else ""
    return f"{who} {_what(group)}{why}"


def _what(group: Sequence[Happening]) -> str:
    # Pages show the newest first; the first thing an action touched is the one it is about.
    in_order = sorted(group, key=lambda one: one.id)
    main = next((one for one in in_order if not one.is_link), in_order[0])
    phrase = phrase_of(main.action)
    if not phrase:
        return _listed(in_order)
    count = sum(one.count for one in group if one.noun == main.noun)
    return phrase.format(object=main.label or f"a {main.noun}", noun=main.noun, count=f"{count:,}")


def _listed(group: Sequence[Happening]) -> str:
    """ "changed delivery action 2.01 and added 3 milestones" """
    kinds: dict[tuple[str, str], list[Happening]] = {}
    for one in [one for one in group if not one.is_link] or group:
        kinds.setdefault((VERBS[one.op], one.noun), []).append(one)
    parts = [_part(verb, same) for (verb, _), same in kinds.items()]
    if len(parts) > PARTS:
        rest = len(parts) - PARTS + 1
        parts = [*parts[: PARTS - 1], f"made {rest} other kinds of change"]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _part(verb: str, same: Sequence[Happening]) -> str:
    rows = {(one.label, one.id if one.op != "U" else 0) for one in same}
    count = sum(one.count for one in same) if same[0].op != "U" else len(rows)
    if count == 1:
        return f"{verb} {same[0].noun} {same[0].label}".rstrip()
    return f"{verb} {count:,} {same[0].nouns}"
