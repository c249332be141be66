"""One chart as a page offers it: drawn wide and for a phone, the same values as a table, and as files to take away."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import StringIO
from types import ModuleType
from typing import Any

from django.conf import settings

from measures.charts.frame import Frame
from measures.charts.raster import Faces, png
from measures.charts.tables import Table
from measures.presenters.certainty import RANGE_HEADER, Certainty
from measures.presenters.table import safe

NARROW = 320.0  # user units: a phone's width, at which its words are as large as the page's
FACE = settings.BASE_DIR / "static" / "vendor" / "atkinson-hyperlegible"
FACES = Faces(
    FACE / "atkinson-hyperlegible-latin-400-normal.woff2", FACE / "atkinson-hyperlegible-latin-700-normal.woff2"
)
WORDED = ("Note", RANGE_HEADER[-1])  # columns of words
CSV_MARK = "\ufeff"  # by which Excel knows UTF-8


@dataclass(frozen=True)
class Drawing:
    """A chart: `kind` is its module in measures.charts, `data` what that draws, `name` its place in addresses."""

    kind: ModuleType
    data: Any
    caption: str
    marking: str = ""
    certainty: Mapping[str, Certainty] = field(default_factory=dict)  # by the first cell of a row
    series: tuple[str, ...] = ()  # the measures it draws, by their slugs, where somebody has to know later

    @property
    def frame(self) -> Frame:
        return self.data.frame

    @property
    def name(self) -> str:
        return self.frame.uid

    @cached_property
    def svg(self) -> str:
        return self.kind.draw(self.data)

    @cached_property
    def narrow(self) -> str:
        slim = replace(self.frame, uid=f"{self.frame.uid}-narrow", width=NARROW)
        return self.kind.draw(replace(self.data, frame=slim))

    @cached_property
    def table(self) -> Table:
        held = self.kind.table(self.data)
        return with_certainty(held, self.certainty) if self.certainty else held

    @property
    def columns(self) -> list[dict[str, object]]:
        header = self.table.header
        return [{"text": words, "numeric": place > 0 and words not in WORDED} for place, words in enumerate(header)]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return list(self.table.rows)

    @cached_property
    def still(self) -> str:
        """The same picture for a file: without the points that a keyboard reaches on a page."""
        return self.kind.draw(replace(self.data, frame=replace(self.frame, interactive=False)))

    def credited(self, words: Iterable[str]) -> "Drawing":
        """The same chart with what the publishers of its figures ask to be said, behind its source."""
        said = ". ".join(one.rstrip(".") for one in (self.frame.source, *words) if one)
        return replace(self, data=replace(self.data, frame=replace(self.frame, source=said)))

    def as_png(self) -> bytes:
        return png(self.still, FACES)

    def as_csv(self) -> str:
        """The table's exact values; title, source and day stand in columns of their own, so every row carries them."""
        held = StringIO()
        writer = csv.writer(held)
        writer.writerow([*self.table.header, "Chart", "Source", "As at"])
        words = (self.frame.title, self.frame.source, self.frame.as_at)
        for row in self.table.values:
            writer.writerow([safe(cell) for cell in (*row, *words)])
        return CSV_MARK + held.getvalue()


def drawing(
    kind: ModuleType, data: Any, caption: str, marking: str = "", certainty: Mapping[str, Certainty] | None = None
) -> Drawing:
    return Drawing(kind, data, caption, marking, certainty or {})


def with_certainty(held: Table, certainty: Mapping[str, Certainty]) -> Table:
    """The table with the range of each row's figure right behind it, the badge only where any row has one."""
    badged = any(one.texts[-1] for one in certainty.values())
    count, empty = len(RANGE_HEADER) if badged else len(RANGE_HEADER) - 1, Certainty(("", "", ""), (None, None, ""))
    rows, values = [], []
    for text, value in zip(held.rows, held.values, strict=True):
        one = certainty.get(text[0], empty)
        rows.append((*text[:2], *one.texts[:count], *text[2:]))
        values.append((*value[:2], *one.values[:count], *value[2:]))
    return Table((*held.header[:2], *RANGE_HEADER[:count], *held.header[2:]), tuple(rows), tuple(values))
