"""What apps above this one have counted from the day of a meeting, and what becomes of it when the meeting is moved."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from core.accounts.models import User
from governance.boards.models import Meeting


@dataclass(frozen=True)
class DayMoved:
    """One day that goes with a meeting, in the words of a page."""

    what: str
    was: dt.date
    now: dt.date

    @property
    def has_moved(self) -> bool:
        return self.was != self.now


@dataclass(frozen=True)
class Follower:
    """`foretell` says which days would move and writes nothing; `follow` moves them once the meeting has moved."""

    foretell: Callable[[Meeting, dt.date], list[DayMoved]]
    follow: Callable[[Meeting, dt.date, str, User], None]


_followers: list[Follower] = []


def register_follower(follower: Follower) -> Follower:
    """Ask this one too; registering the same one twice changes nothing."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def foretold(meeting: Meeting, date: dt.date) -> list[DayMoved]:
    """The days counted from this meeting, as they are and as they would be if it were held on `date`."""
    return [one for follower in _followers for one in follower.foretell(meeting, date)]


def follow(meeting: Meeting, was: dt.date, *, why: str, by: User) -> None:
    """Move what was counted from the day the meeting had before."""
    for follower in _followers:
        follower.follow(meeting, was, why, by)
