"""A measure's figures as they were printed, as they were held on a day, and as they are now."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from governance.papers.printed import Printed, published_papers
from measures.models import Measure, Observation
from measures.presenters.sources import value_of
from measures.presenters.values import PERCENTAGES
from measures.trends import revisions
from measures.vintages import Vintages

COLUMNS = 6  # vintages shown


@dataclass(frozen=True)
class Cell:
    text: str
    changed: bool = False  # from the vintage before
    provisional: bool = False


@dataclass(frozen=True)
class Row:
    period: str
    cells: list[Cell]


@dataclass(frozen=True)
class Moved:
    """One figure printed, or held on a day, that is another now."""

    sentence: str
    why: str = ""  # the revision note
    writer: str = ""
    paper: str = ""  # the code of the paper that printed it


@dataclass(frozen=True)
class Revisions:
    """What the page shows. `texts` says each version as its reader may see it."""

    measure: Measure
    held: Vintages
    today: dt.date
    text: Callable[[Observation], str]
    days: list[dt.date] = field(default_factory=list)

    @property
    def now(self) -> dict[int, revisions.Version]:
        return revisions.held_on(self.held.versions, dt.date.max - dt.timedelta(days=1))

    def table(self, count: int) -> list[Row]:
        """The latest periods, newest first, against the latest days on which the record changed."""
        periods = sorted({one.period for one in self.held.versions}, reverse=True)[:count]
        days = self.vintages(count)
        rows = []
        for period, versions in zip(periods, revisions.triangle(self.held.versions, periods, days), strict=True):
            named = next(one for one in self.held.versions if one.period == period)
            rows.append(Row(str(self.held.of(named).period), self._cells(versions)))
        return rows

    def vintages(self, count: int) -> list[dt.date]:
        periods = set(sorted({one.period for one in self.held.versions}, reverse=True)[:count])
        return revisions.vintage_days([one for one in self.held.versions if one.period in periods], COLUMNS)

    def _cells(self, versions: list[revisions.Version | None]) -> list[Cell]:
        cells, before = [], None
        for one in versions:
            if one is None:
                cells.append(Cell("–"))
            else:
                changed = before is not None and before.value != one.value
                cells.append(Cell(self.text(self.held.of(one)), changed, one.provisional))
            before = one
        return cells

    def usual(self) -> str:
        return revisions.usual_words(revisions.usual_revisions(self.held.versions, self.today))

    def since(self, day: dt.date) -> list[Moved]:
        """What was held at the end of a day and is another now."""
        then, now = revisions.held_on(self.held.versions, day), self.now
        words = f"on {day.day} {day:%B %Y}"
        return [self._moved(then[one], now[one], words) for one in revisions.changed_periods(then, now)]

    def since_printed(self, papers: list[Printed]) -> list[Moved]:
        """What published papers printed and is another now: of each period, the latest paper that cites it."""
        by_key, now, told, found = {one.order: one for one in self.held.versions}, self.now, set(), []
        for paper in papers:
            for key in sorted(paper.cited.get(self.measure.slug, ()), reverse=True):
                version = by_key.get(key)
                if version is None or version.period in told:
                    continue
                told.add(version.period)
                latest = now.get(version.period)
                if latest is None or latest.value != version.value:
                    found.append(self._moved(version, latest, f"in {paper.name}", paper.code))
        return found

    def _moved(self, before: revisions.Version, after: revisions.Version | None, when: str, paper: str = "") -> Moved:
        was = self.held.of(before)
        named = f"{self.measure.short_name} for {was.period}"
        said = f"{named} was {self.text(was)} {when}" if self._is_shown(was) else f"{named} stood otherwise {when}"
        if after is None:
            return Moved(f"{said}; it is no longer held.", paper=paper)
        now = self.held.of(after)
        unit = "points" if self.measure.kind in PERCENTAGES else ""
        exact = self._is_shown(was) and self._is_shown(now)
        moved = f", {revisions.moved_words(before.value, after.value, unit)}" if exact else ""
        source = now.batch.file_name or "a value entered by hand"
        by = f"revised by {source} on {after.given.day} {after.given:%B %Y}"
        note = getattr(now.batch, "revision_note", None)
        return Moved(
            f"{said}; it is {self.text(now)} now{moved}: {by}.",
            note.text if note else "",
            f"{note.written_by}, {note.written_at:%-d %B %Y}" if note else "",
            paper,
        )

    def _is_shown(self, one: Observation) -> bool:
        """Whether the reader sees the figure; the words in its place are of what is held now, not of each version."""
        return self.text(one) == value_of(self.measure, one)


def printed_of(measure: Measure) -> list[Printed]:
    return [one for one in published_papers() if measure.slug in one.cited]
