"""Most similar groups as their page shows them: who, since when, until when, and who came and went."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from measures.models import PeerGroup


@dataclass(frozen=True)
class GroupRow:
    """One group with its place in time; `joined` and `left` are against the group before it."""

    group: PeerGroup
    members: tuple[str, ...]
    until: dt.date | None
    state: str  # "in use", "to come", "before"
    joined: tuple[str, ...]
    left: tuple[str, ...]


def group_rows(groups: Sequence[PeerGroup], today: dt.date) -> list[GroupRow]:
    """Rows of groups given newest first, their members read."""
    made = []
    for place, group in enumerate(groups):
        members = _names(group)
        earlier = _names(groups[place + 1]) if place + 1 < len(groups) else members
        until = groups[place - 1].valid_from - dt.timedelta(days=1) if place else None
        state = "to come" if group.valid_from > today else "before" if until and until < today else "in use"
        joined = tuple(name for name in members if name not in earlier)
        left = tuple(name for name in earlier if name not in members)
        made.append(GroupRow(group, members, until, state, joined, left))
    return made


def _names(group: PeerGroup) -> tuple[str, ...]:
    return tuple(sorted(member.area.name for member in group.members.all()))
