"""One function a kind of chart: the measure's instructions and the book in, the chart's data out."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from governance.papers.book import Book, Kept, Unavailable
from governance.papers.content.shapes import Chart
from governance.papers.drawing import ranks, series, titles
from governance.papers.drawing.series import Spec
from measures import release
from measures.charts import compare, level, projection, survey_trend, volume, zscore
from measures.charts import monthly as monthly_chart
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries, month_name
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.units import Kind, Unit
from measures.models import Area, DataNote, Measure, Projection
from measures.presenters.certainty import Certainty, of_months, ranges
from measures.presenters.drawings import Drawing, drawing
from measures.trends import periods
from measures.trends.projection import LONGEST, project_rolling

INDEX = Unit(Kind.NUMBER, 0)


@dataclass(frozen=True)
class Context:
    """What every kind of chart is drawn from."""

    book: Book
    spec: Spec
    uid: str
    notes: Mapping[int, Sequence[DataNote]]  # by the measure they affect

    @property
    def kept(self) -> Kept:
        return self.book.series(self.spec.series[0], breakdown=self.spec.breakdown)

    @property
    def last(self) -> int:
        return series.last_month(self.book, self.spec, self.kept)

    def frame(self, title: str, subtitle: str, unit: Unit | None = None) -> Frame:
        measure = self.kept.measure
        shown = unit or series.unit_of(measure)
        return Frame(
            self.uid, title, subtitle, shown, measure.source_system, self.book.as_at(measure), interactive=True
        )

    def month_notes(self, shown: MonthSeries) -> tuple[MonthNote, ...]:
        return series.month_notes(self.kept, shown, self.notes.get(self.kept.measure.pk, ()))

    def left_out(self, shown: MonthSeries) -> tuple[MonthNote, ...]:
        """Months to shade behind a line of twelve-month figures."""
        months = tuple(range(shown.months[0], shown.months[-1] + 1)) if shown.months else ()
        every = MonthSeries(shown.name, months, (None,) * len(months))
        return tuple(note for note in self.month_notes(every) if note.kind is NoteKind.EXCLUDED)

    def certainty(self, line: MonthSeries) -> dict[str, Certainty]:
        """How sure each value of a line of proportions or rates is, for the chart and the table beside it."""
        if self.kept.is_rolling:
            return {}
        span = periods.rolling_span if self.spec.drawn == "rolling12" else periods.month_span
        return of_months(self.kept.measure, self.kept.data, line.months, span)


def drawings_of(
    book: Book, measure: Measure, notes: Mapping[int, Sequence[DataNote]]
) -> tuple[list[Drawing], list[str]]:
    """The charts kept with a measure, and a sentence for each that could not be drawn.

    A chart may draw another measure, as the calls behind an answering time: it carries the notes of what it draws, so
    that no month is said to be left out that its title and its lines count.
    """
    drawn: list[Drawing] = []
    problems: list[str] = []
    for place, stored in enumerate(measure.charts, start=1):
        spec = Spec.of(stored)
        context = Context(book, spec, f"{measure.slug}-{place}", notes)
        try:
            drawn.append(_drawing(context))
        except Unavailable as problem:
            problems.append(f"Chart {place} of “{measure.short_name}” cannot be drawn. {problem}")
    return drawn, problems


def _drawing(context: Context) -> Drawing:
    module, data, last = KINDS[context.spec.kind](context)
    force = context.book.own.name if context.book.own else ""
    caption = context.spec.caption.replace("{period}", month_name(last)).replace("{force}", force)
    sure = context.certainty(data.series) if module is level else {}
    made = drawing(module, data, caption, context.spec.marking, sure)
    slugs = dict.fromkeys(context.spec.series)
    credits = [words for slug in slugs for words in context.book.credits(context.book.series(slug).measure)]
    made = replace(made.credited(dict.fromkeys(credits)), series=tuple(slugs))
    if not any(cell is not None for row in made.table.values for cell in row[1:] if not isinstance(cell, str)):
        raise Unavailable(f"No figures are held of “{context.spec.series[0]}” for its period.")
    return made


Draw = Callable[[Book, Measure, Mapping[int, Sequence[DataNote]]], tuple[list[Chart], list[str]]]


def draw_charts(book: Book, measure: Measure, notes: Mapping[int, Sequence[DataNote]]) -> tuple[list[Chart], list[str]]:
    """The same as the frozen shapes of a paper."""
    drawn, problems = drawings_of(book, measure, notes)
    return [_chart(one) for one in drawn], problems


def _chart(one: Drawing) -> Chart:
    table = one.table
    alt, source = one.kind.alt(one.data), one.frame.source
    return Chart("", one.caption, one.svg, alt, table.header, table.rows, one.marking, source=source, series=one.series)


Drawn = tuple[ModuleType, Any, int]


def _latest(shown: MonthSeries, otherwise: int) -> int:
    latest = shown.latest()
    return latest[0] if latest else otherwise


def _words(measure: Measure, shown: MonthSeries, what: str) -> str:
    first = f"{month_name(shown.months[0])} to {month_name(shown.months[-1])}" if shown.months else ""
    return f"{measure.name}, {what}, {first}" if first else f"{measure.name}, {what}"


def _monthly(context: Context) -> Drawn:
    book, kept, count = context.book, context.kept, context.spec.months
    bars = series.monthly(book, kept, context.last, count, "Each month")
    line = series.rolling(book, kept, context.last, count, "Rolling 12 months")
    frame = context.frame(titles.of_months(book, kept.measure), _words(kept.measure, bars, kept.measure.unit))
    data = monthly_chart.MonthlyChart(frame, bars, line, context.month_notes(bars))
    return monthly_chart, data, _latest(bars, context.last)


def _volume(context: Context) -> Drawn:
    book, kept, count = context.book, context.kept, context.spec.months
    bars = series.monthly(book, kept, context.last, count, kept.measure.short_name)
    mean = series.mean_of_twelve(book, kept, context.last, count)
    frame = context.frame(titles.of_months(book, kept.measure), _words(kept.measure, bars, kept.measure.unit))
    return volume, volume.VolumeChart(frame, bars, mean, context.month_notes(bars)), _latest(bars, context.last)


def _level(context: Context) -> Drawn:
    book, kept, spec = context.book, context.kept, context.spec
    if len(spec.series) > 1:
        return _levels(context)
    get, what = (series.rolling, "rolling 12 months") if spec.drawn == "rolling12" else (series.monthly, "each month")
    line = get(book, kept, context.last, spec.months, kept.measure.short_name)
    target = None
    if kept.measure.target_value is not None:
        target = level.Target(kept.measure.target_value, kept.measure.target_text.split(",")[0] or "Standard")
    held = [value for _, value in line.points()]
    mean = math.fsum(held) / len(held) if held else None
    frame = context.frame(titles.of_months(book, kept.measure), _words(kept.measure, line, what))
    notes = context.month_notes(line) if spec.drawn == "months" else ()
    sure = ranges(context.certainty(line), line.months)
    data = level.LevelChart(frame, line, target, mean, "Mean shown", notes, sure)
    return level, data, _latest(line, context.last)


def _levels(context: Context) -> Drawn:
    """Two or more averages on one scale."""
    book, spec = context.book, context.spec
    get = series.rolling if spec.drawn == "rolling12" else series.monthly
    lines = []
    for slug in spec.series:
        one = book.series(slug)
        lines.append(get(book, one, context.last, spec.months, one.measure.short_name))
    frame = context.frame(
        titles.of_months(book, context.kept.measure), _words(context.kept.measure, lines[0], "each month")
    )
    data = compare.CompareChart(frame, lines[0], tuple(lines[1:]), context.month_notes(lines[0]))
    return compare, data, _latest(lines[0], context.last)


def _compare(context: Context) -> Drawn:
    """The force beside nation and region, first point as 100."""
    book, kept, spec = context.book, context.kept, context.spec
    own = compare.indexed(series.rolling(book, kept, context.last, spec.months, kept.area.name))
    kinds = (Area.Kind.NATION, Area.Kind.REGION)
    others = [one for one in book.areas_of(kept.measure.slug) if one.area.kind in kinds]
    if not others:
        raise Unavailable("No figures of the nation or the region are held.")
    others.sort(key=lambda one: kinds.index(Area.Kind(one.area.kind)))
    lines = tuple(
        compare.indexed(series.rolling(book, one, context.last, spec.months, one.area.name)) for one in others
    )
    words = _words(kept.measure, own, f"rolling 12 months, {month_name(own.months[0])} = 100")
    title = f"{kept.measure.short_name} beside the national line"
    return compare, compare.CompareChart(context.frame(title, words, INDEX), own, lines), _latest(own, context.last)


def _zscore(context: Context) -> Drawn:
    book, spec = context.book, context.spec
    both = [book.series(slug) for slug in spec.series[:2]]
    lines = [_scores(series.rolling(book, one, context.last, spec.months, one.measure.short_name)) for one in both]
    title = f"{both[0].measure.short_name} and {both[1].measure.short_name.lower()}, on one scale"
    frame = context.frame(title, _words(both[0].measure, lines[0], "rolling 12 months"))
    return zscore, zscore.ZScoreChart(frame, *lines), _latest(lines[0], context.last)


def _scores(line: MonthSeries) -> MonthSeries:
    """Each value in standard deviations from the series' own mean."""
    held = [value for _, value in line.points()]
    if len(held) < 2:
        return MonthSeries(line.name, line.months, (None,) * len(line.months))
    mean = math.fsum(held) / len(held)
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in held) / (len(held) - 1))
    scores = tuple(None if value is None or not sd else (value - mean) / sd for value in line.values)
    return MonthSeries(line.name, line.months, scores)


def _projection(context: Context) -> Drawn:
    book, kept, spec = context.book, context.kept, context.spec
    line = series.rolling(book, kept, context.last, spec.months, "Rolling 12 months")
    title = f"{kept.measure.short_name}: where it would go if nothing changed"
    frame = context.frame(title, _words(kept.measure, line, "rolling 12 months"))
    data = projection.ProjectionChart(frame, line, _fan(context), notes=context.left_out(line))
    return projection, data, _latest(line, context.last)


def _fan(context: Context) -> projection.Fan:
    """The projection kept from that month, so that paper and page say the same; worked out where none was kept."""
    last = context.last
    if context.kept.cover.touches(last - LONGEST + 1, last):
        return projection.Fan()
    kept = Projection.objects.filter(series_id=context.kept.pk, as_of=last).order_by("-version")
    made = release.released_signals(kept).first()
    if made:
        lines = {name: made.fan[name] for name in projection.FAN_NAMES}
    else:
        known = series.monthly(context.book, context.kept, last, LONGEST, "")
        ahead = project_rolling([math.nan if value is None else value for value in known.values])
        if ahead is None:
            return projection.Fan()
        lines = {name: getattr(ahead, name) for name in projection.FAN_NAMES}
    return projection.Fan(
        tuple(range(last + 1, last + 13)), **{name: tuple(map(float, line)) for name, line in lines.items()}
    )


def _survey_trend(context: Context) -> Drawn:
    book, spec = context.book, context.spec
    lines = []
    for slug in spec.series:
        one = book.series(slug, breakdown=spec.breakdown)
        shown = series.rolling(book, one, context.last, spec.months, one.measure.short_name)
        lines.append(survey_trend.SurveyLine(shown, tuple(one.margin(month) for month in shown.months)))
    kept, first = context.kept, lines[0].series
    frame = context.frame(f"{kept.measure.short_name} over time", _words(kept.measure, first, "rolling 12 months"))
    data = survey_trend.SurveyTrend(frame, tuple(lines), context.left_out(first))
    return survey_trend, data, _latest(first, context.last)


def _among(module: ModuleType) -> Callable[[Context], Drawn]:
    def make(context: Context) -> Drawn:
        book, kept = context.book, context.kept
        month = ranks.common_month(book, context.spec, context.last)
        title = (
            titles.among_peers(book, kept.measure)
            if module is not ranks.national
            else f"{kept.measure.short_name}: every force"
        )
        frame = context.frame(title, f"{kept.measure.name}, 12 months to {month_name(month)}")
        return module, ranks.ranking(module, frame, book, context.spec, month), month

    return make


KINDS: dict[str, Callable[[Context], Drawn]] = {
    "peers": _among(ranks.peers),
    "national": _among(ranks.national),
    "survey": _among(ranks.survey),
    "projection": _projection,
    "monthly": _monthly,
    "compare": _compare,
    "level": _level,
    "volume": _volume,
    "zscore": _zscore,
    "survey_trend": _survey_trend,
}
