"""One quarter's scorecard, read once: the page and its files are made from this."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max
from django.http import HttpRequest

from desk.measure_page.page import quarter_asked
from desk.scorecard_page.narrowing import ScorecardFilter
from governance.papers.models import Commentary
from measures import reading, release
from measures.figures import MeasureFigures, quarter_figures
from measures.models import CurrentValue, DataNote, Plan, PlanMeasure
from measures.models.period import month_end
from measures.presenters import marks, scorecard
from measures.presenters.ordering import in_order
from measures.trends.disclosure import RESTRICTED_WORDS
from measures.trends.ruleset import Ruleset


@dataclass(frozen=True)
class Scorecard:
    """A plan's measures at a quarter. `figures` are by measure; `form` says how it is narrowed and ordered."""

    quarters: list[reading.QuarterChoice]
    quarter: reading.QuarterChoice | None
    ruleset: Ruleset
    plan: Plan | None
    places: list[PlanMeasure]
    figures: Mapping[int, MeasureFigures]
    form: ScorecardFilter

    @cached_property
    def commentary(self) -> dict[int, str]:
        """How far the commentary of each measure is, by measure; empty before the quarter is opened."""
        period = self.quarter.period
        written = Commentary.objects.filter(quarter__period__start=period.start, quarter__period__end=period.end)
        return dict(written.values_list("measure_id", "state"))

    @cached_property
    def rows(self) -> dict[int, scorecard.Row]:
        """Every measure's row, whatever is asked for."""
        return {
            pk: scorecard.row_of(held, self.ruleset, self.quarter.end, self.commentary.get(pk, ""))
            for pk, held in self.figures.items()
        }

    @cached_property
    def shown(self) -> list[PlanMeasure]:
        """What is asked for, in the order it is asked in."""
        let = [one for one in self.places if self.form.lets(one, self.rows[one.measure_id])]
        column, falling = self.form.order
        if not column:
            return let
        place_of = {one.measure_id: one for one in let}
        ordered = in_order([self.rows[one.measure_id] for one in let], column, falling=falling)
        return [place_of[row.measure.pk] for row in ordered]

    @property
    def restricted(self) -> str:
        """The marking that what is shown needs; empty where anybody may see it."""
        return RESTRICTED_WORDS if any(one.is_restricted for one in self.figures.values()) else ""

    @property
    def groups(self) -> list[scorecard.Group]:
        """Under their priorities, or as one list where another order is asked for."""
        rows = {one.measure_id: self.rows[one.measure_id] for one in self.shown}
        if not rows or not self.form.order[0]:
            return scorecard.grouped(self.shown, rows)
        return [scorecard.Group(None, list(rows.values()))]

    def as_at(self) -> dict[int, object]:
        """The day of the newest figure of each measure. One query."""
        series = {held.series.pk: pk for pk, held in self.figures.items() if held.series}
        held = CurrentValue.objects.filter(series_id__in=series, period__end__lte=month_end(self.quarter.end))
        under = [one.batch_id for one in release.held_back() if one.batch_id]
        if under:
            held = held.exclude(observation__batch_id__in=under)
        days = held.values_list("series_id").annotate(day=Max("observation__batch__as_at"))
        return {series[pk]: day for pk, day in days}

    def notes(self) -> list[DataNote]:
        """Every data note of the measures shown that begins by the quarter's end. Two queries."""
        shown = [one.measure_id for one in self.shown]
        notes = DataNote.objects.filter(measures__in=shown, starts__lte=month_end(self.quarter.end)).distinct()
        return list(notes.prefetch_related("measures"))


def read_scorecard(request: HttpRequest, *, exact: bool) -> Scorecard:
    """What the address asks for. `exact`: small numbers too, for a reader who may see them."""
    quarters, quarter = quarter_asked(request)
    ruleset = marks.ruleset_named(request.GET.get("rules", ""))
    if quarter is None:
        return Scorecard([], None, ruleset, None, [], {}, ScorecardFilter(request.GET, places=[]))
    plans = Plan.objects.filter(starts__lte=month_end(quarter.end)).order_by("-starts")
    places = PlanMeasure.objects.filter(priority__plan=plans.values("pk")[:1], measure__retired_on__isnull=True)
    held = list(places.select_related("priority__plan", "measure").order_by("priority__number", "position"))
    plan = held[0].priority.plan if held else plans.current()
    figures = quarter_figures([one.measure for one in held], quarter.end, exact=exact)
    return Scorecard(quarters, quarter, ruleset, plan, held, figures, ScorecardFilter(request.GET, places=held))
