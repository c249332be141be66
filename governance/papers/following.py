"""From a printed figure to what it was worked out from: the links, and what stands behind each figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import ClassVar

from django.conf import settings
from django.urls import reverse

from governance.papers.content import tokens
from governance.papers.content.shapes import BoundFigure, Paper
from governance.papers.revised import Moved
from measures import disclosure, release
from measures.models import CurrentValue, Observation
from measures.models.period import month_index
from measures.presenters.sources import value_of
from measures.trends.disclosure import NOTHING_HIDDEN, Cover
from measures.trends.periods import Span


@dataclass(frozen=True)
class Follow:
    """Makes a link of a live figure: on the page with its source in the title and what it is now, on paper bare."""

    do_not_call_in_templates: ClassVar[bool] = True  # a template asks for `every`, and would call it to get there

    code: str
    number: int
    site: str = ""
    build: str = "public"
    titles: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def on_paper(cls, code: str, number: int) -> Follow:
        return cls(code, number, settings.SITE_URL)

    @classmethod
    def on_page(cls, code: str, number: int, build: str, content: Paper, moved: Iterable[Moved]) -> Follow:
        titles = {one.reference: f"{one.period}: {one.formula}" for one in content.figures}
        now = {(one.figure.reference, one.figure.text): one.now for one in moved}
        return cls(code, number, build=build, titles=titles, moved=now)

    @property
    def every(self) -> str:
        return f"{self.site}{reverse('paper-figures', args=[self.code])}{self._asked}"

    @property
    def _asked(self) -> str:
        return f"?version={self.number}" + ("" if self.build == "public" else f"&build={self.build}")

    def address(self, reference: str) -> str:
        return f"{self.site}{reverse('paper-figure', args=[self.code, reference])}{self._asked}"

    def __call__(self, reference: str, words: str) -> str:
        token = tokens.parse(reference)
        if token is None or token.form in tokens.WORDS_ONLY:
            return words
        title = self.titles.get(reference, "")
        said = f' title="{escape(title)}"' if title else ""
        now = self.moved.get((reference, words), "")
        since = f' <span class="revised">(revised since: {escape(now)})</span>' if now else ""
        return f'<a class="live-figure" href="{escape(self.address(reference))}"{said}>{words}</a>{since}'


@dataclass(frozen=True)
class Behind:
    """One observation that a figure was worked out from: as it was, and what stands in its place now."""

    period: str
    observation: Observation
    value: str
    now: str
    later: Observation | None

    @property
    def is_revised(self) -> bool:
        return bool(self.now)


def behind(figure: BoundFigure) -> list[Behind]:
    """The observations of a figure, latest first, as anybody may see them. Six queries at most."""
    found = Observation.objects.filter(pk__in=figure.observations).select_related(
        "period", "series__measure", "series__area", "batch__accepted_by", "batch__file"
    )
    rows = sorted(found, key=lambda one: (one.period.end, one.pk), reverse=True)
    series = {one.series_id: one.series for one in rows}
    covers = disclosure.covers(series.values())
    held = CurrentValue.objects.filter(series__in=series, period__in=[one.period_id for one in rows])
    wanted = held.select_related("observation__batch__accepted_by", "period")
    now = {(one.series_id, one.period_id): one for one in release.seen(wanted)}
    return [
        _behind(one, now.get((one.series_id, one.period_id)), covers.get(one.series_id, NOTHING_HIDDEN)) for one in rows
    ]


def _behind(one: Observation, current: CurrentValue | None, cover: Cover) -> Behind:
    measure, last = one.series.measure, month_index(one.period.end)
    first = month_index(one.period.start)
    months = (last,) if measure.kind == "survey" else Span("months", first, last).months
    words = cover.words(months)
    later = current.observation if current else None
    if later is not None and later.pk == one.pk:
        return Behind(str(one.period), one, words or value_of(measure, one), "", None)
    now = words or (value_of(measure, later) if later else "no longer held")
    return Behind(str(one.period), one, words or value_of(measure, one), now, later)
