"""The charts of a measure's page, each drawn with its table."""

from collections.abc import Iterable, Mapping

from measures.charts import control, level, monthly, peers, survey_trend
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries
from measures.charts.notes import MonthNote, NoteKind, hidden_notes
from measures.charts.ranking import Bar
from measures.figures import MeasureFigures
from measures.models import DataNote, Measure
from measures.models.period import month_index
from measures.presenters import certainty
from measures.presenters.drawings import Drawing, drawing
from measures.presenters.lead import chart_title
from measures.presenters.marks import signal_marks
from measures.presenters.measure import peers_said
from measures.presenters.values import chart_unit, monthly_values, rolling_values, survey_values
from measures.trends.periods import month_words
from measures.trends.ruleset import Ruleset

MONTHS_SHOWN = 48
BARS = (Measure.Kind.COUNT, Measure.Kind.HOURS)
SIGNAL_MONTHS = {"r1": 1, "r2": 3, "r3": 8}  # months that make the signal; trends are of twelve and mark none


def drawings(held: MeasureFigures, notes: Iterable[DataNote], ruleset: Ruleset, as_at: str) -> list[Drawing]:
    """Every chart there are figures for, the plain run of months first."""
    made = []
    if held.measure.kind == Measure.Kind.SURVEY:
        made += [_survey(held, month_notes(held, notes), as_at)] if held.readings else []
    elif held.data.numerator:
        shown = month_notes(held, notes)
        made.append(_months(held, shown, as_at))
        made.append(_control(held, shown, ruleset, as_at))
    if held.peer is not None and held.peer.state:
        made.append(_peers(held, as_at))
    return made


def month_notes(held: MeasureFigures, notes: Iterable[DataNote]) -> tuple[MonthNote, ...]:
    """Months that are left out of baselines or provisional, as the charts mark them."""
    first = held.as_of - MONTHS_SHOWN + 1
    found = []
    for note in notes:
        if note.exclude:
            begin = max(first, month_index(note.starts))
            end = held.as_of if note.ends is None else min(held.as_of, month_index(note.ends))
            if begin <= end:
                found.append(MonthNote(tuple(range(begin, end + 1)), NoteKind.EXCLUDED, note.title))
    cover = held.data.cover
    found += hidden_notes(cover, range(first, held.as_of + 1))
    provisional = tuple(sorted(month for month in held.provisional if month >= first and month not in cover.hidden))
    return (*found, MonthNote(provisional, NoteKind.PROVISIONAL)) if provisional else tuple(found)


def chart_frame(held: MeasureFigures, uid: str, title: str, what: str, as_at: str) -> Frame:
    measure = held.measure
    return Frame(
        uid=uid,
        title=title,
        subtitle=f"{measure.short_name}, {what}, to {month_words(held.as_of)}",
        unit=chart_unit(measure),
        source=measure.source_system,
        as_at=as_at,
        interactive=True,
    )


def _months(held: MeasureFigures, notes: tuple[MonthNote, ...], as_at: str) -> Drawing:
    name = held.measure.short_name
    if held.measure.kind in BARS:
        frame = chart_frame(held, "months", f"{name}: each month and twelve months", "bars and line", as_at)
        data = monthly.MonthlyChart(
            frame, monthly_values(held, MONTHS_SHOWN), rolling_values(held, MONTHS_SHOWN), notes
        )
        return drawing(monthly, data, f"{name}, month by month")
    target = held.measure.target_value
    series = monthly_values(held, MONTHS_SHOWN)
    sure = _certainty(held, series)
    chart = level.LevelChart(
        chart_frame(held, "months", f"{name}, month by month", "each month", as_at),
        series,
        None if target is None else level.Target(target, held.measure.target_text or "Target"),
        notes=notes,
        ranges=certainty.ranges(sure, series.months),
    )
    return drawing(level, chart, f"{name}, month by month", certainty=sure)


def _control(held: MeasureFigures, notes: tuple[MonthNote, ...], ruleset: Ruleset, as_at: str) -> Drawing:
    """The months against the average and limits that the latest month is judged by."""
    signal = held.signals.get(ruleset.name)
    numbers: Mapping[str, float] = signal.statistics if signal else {}
    first = held.as_of - ruleset.base_lags("r1")[1]
    phase = control.Phase(first, held.as_of, numbers.get("r1_mean"), numbers.get("r1_lower"), numbers.get("r1_upper"))
    lit = tuple(
        control.Signal(tuple(range(held.as_of - SIGNAL_MONTHS[one.rule] + 1, held.as_of + 1)), one.tone, one.words)
        for one in signal_marks(held, ruleset)
        if one.rule in SIGNAL_MONTHS
    )
    title = chart_title(held, ruleset)
    data = control.ControlChart(
        chart_frame(held, "control", title, "each month against the average and limits of the 24 months before", as_at),
        monthly_values(held, MONTHS_SHOWN),
        (phase,) if signal and "r1_mean" in numbers else (),
        lit,
        notes,
    )
    caption = f"{held.measure.short_name} against its usual range"
    return drawing(control, data, caption, certainty=_certainty(held, data.series))


def _certainty(held: MeasureFigures, shown: MonthSeries) -> dict[str, certainty.Certainty]:
    return certainty.of_months(held.measure, held.data, shown.months)


def left_out(notes: Iterable[MonthNote]) -> tuple[MonthNote, ...]:
    """Those that a chart of twelve-month figures shades: the months left out."""
    return tuple(note for note in notes if note.kind is NoteKind.EXCLUDED)


def _survey(held: MeasureFigures, notes: tuple[MonthNote, ...], as_at: str) -> Drawing:
    name = held.measure.short_name
    series = survey_values(held, MONTHS_SHOWN)
    margins = {one.last_month: one.margin for one in held.readings}
    data = survey_trend.SurveyTrend(
        chart_frame(held, "survey", f"{name} with its margin of error", "twelve months", as_at),
        (survey_trend.SurveyLine(series, tuple(margins[month] for month in series.months)),),
        left_out(notes),
    )
    return drawing(survey_trend, data, f"{name}, twelve months to each month")


def _peers(held: MeasureFigures, as_at: str) -> Drawing:
    numbers, measure = held.peer.statistics, held.peer_measure
    own = held.series.area.name if held.series else ""
    likely = numbers.get("ranges", {})
    bars = tuple(
        Bar(name, value, name == own, *likely.get(name, (None, None))) for name, value in numbers["values"].items()
    )
    title = peers_said(held)[0].mark.words.split(",")[0]
    frame = Frame(
        uid="peers",
        title=f"{title}: {own} and its most similar forces",
        subtitle=f"{measure.short_name}, twelve months to {month_words(numbers.get('month', held.peer.as_of))}",
        unit=chart_unit(measure),
        source=measure.source_system,
        as_at=as_at,
        interactive=True,
    )
    data = peers.PeersChart(frame, bars, numbers["mean"], numbers["lower"], numbers["upper"])
    return drawing(peers, data, f"{measure.short_name} of similar forces")
