"""Months that are not like the others: left out, provisional, or too small to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from measures.charts.months import span_words
from measures.trends.disclosure import Cover


class NoteKind(StrEnum):
    """Why a month is drawn hollow, or not at all."""

    EXCLUDED = "left out"
    PROVISIONAL = "provisional"
    SUPPRESSED = "not shown"


@dataclass(frozen=True, slots=True)
class MonthNote:
    """Months drawn hollow (left out of the limits, provisional) or not shown (small numbers), and why."""

    months: tuple[int, ...]
    kind: NoteKind
    words: str = ""

    def say(self) -> str:
        """ "Sep 2019 left out: control room system outage"."""
        return f"{span_words(self.months)} {self.kind}" + (f": {self.words}" if self.words else "")


def hollow_months(notes: Sequence[MonthNote]) -> set[int]:
    """The months that have a note and are drawn all the same."""
    return {month for note in notes if note.kind is not NoteKind.SUPPRESSED for month in note.months}


def suppressed_months(notes: Sequence[MonthNote]) -> set[int]:
    """The months whose small numbers are not shown."""
    return {month for note in notes if note.kind is NoteKind.SUPPRESSED for month in note.months}


def hidden_notes(cover: Cover, months: Sequence[int]) -> tuple[MonthNote, ...]:
    """The months a cover hides, those of one kind of words together."""
    by_words: dict[str, list[int]] = {}
    for month in months:
        if month in cover.hidden:
            by_words.setdefault(cover.hidden[month], []).append(month)
    return tuple(
        MonthNote(tuple(hidden), NoteKind.SUPPRESSED, "" if words == NoteKind.SUPPRESSED else words)
        for words, hidden in sorted(by_words.items())
    )


def hidden_words(notes: Sequence[MonthNote]) -> dict[int, str]:
    """What stands in place of each hidden month's value: "<5", "not shown"."""
    hidden = [note for note in notes if note.kind is NoteKind.SUPPRESSED]
    return {month: note.words or str(note.kind) for note in hidden for month in note.months}


def words_of(notes: Sequence[MonthNote]) -> dict[int, str]:
    """Each noted month's words, for its label and its row."""
    said: dict[int, str] = {}
    for note in notes:
        words = note.kind.capitalize() + (f": {note.words}" if note.words else "")
        for month in note.months:
            said[month] = f"{said[month]}; {words}" if month in said else words
    return said
