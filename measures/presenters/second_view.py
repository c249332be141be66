"""The months by the NHS rules: an XmR chart, what is special about it in words, and how sure a target is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from measures.charts import control
from measures.charts.notes import NoteKind, suppressed_months
from measures.figures import MeasureFigures
from measures.models import DataNote, Measure, PhaseChange
from measures.models.period import month_index
from measures.presenters import certainty
from measures.presenters.charts import MONTHS_SHOWN, Drawing, chart_frame, drawing, month_notes
from measures.presenters.marks import BETTER, tone_of
from measures.presenters.values import monthly_values
from measures.trends import xmr
from measures.trends.periods import month_words
from measures.trends.xmr import OUTSIDE, SHIFT, TREND, TWO_OF_THREE, XmR

SPECIAL = {  # rule, direction: words of the chart and its table
    (OUTSIDE, 1): "Above the upper limit",
    (OUTSIDE, -1): "Below the lower limit",
    (TREND, 1): "Seven months or more, each above the one before",
    (TREND, -1): "Seven months or more, each below the one before",
    (TWO_OF_THREE, 1): "Two of three months close to the upper limit",
    (TWO_OF_THREE, -1): "Two of three months close to the lower limit",
    (SHIFT, 1): "Seven months or more in a row above the mean",
    (SHIFT, -1): "Seven months or more in a row below the mean",
}
ASSURED = {
    xmr.PASSES: "{target}: consistently passing. The limits lie wholly on the right side of it; as things are, every "
    "month will meet it.",
    xmr.FAILS: "{target}: consistently failing. The limits lie wholly on the wrong side of it; as things are, no month "
    "will meet it.",
    xmr.HIT_AND_MISS: "{target}: hit and miss. It lies within the limits; as things are, some months will meet it and "
    "some will not, without anything having changed.",
}


@dataclass(frozen=True)
class SecondView:
    """`said`: what the NHS rules say of the latest month. `assured`: of the target, empty where there is none."""

    drawing: Drawing
    said: str
    assured: str


def second_view(
    held: MeasureFigures, notes: Iterable[DataNote], phases: Sequence[PhaseChange], as_at: str
) -> SecondView | None:
    """The XmR chart of a monthly measure; None where there are no months or no two in a row."""
    if held.measure.kind == Measure.Kind.SURVEY or not held.data.numerator:
        return None
    series = monthly_values(held, MONTHS_SHOWN)
    shown = month_notes(held, notes)
    if suppressed_months(shown):  # limits would give the hidden numbers away
        return None
    left_out = {month for note in shown if note.kind is NoteKind.EXCLUDED for month in note.months}
    values = [np.nan if value is None else value for value in series.values]
    phase = [sum(month_index(one.month) <= month for one in phases) for month in series.months]
    kept = [month not in left_out for month in series.months]
    found = xmr.judge([[v if keep else np.nan for v, keep in zip(values, kept, strict=True)]], phase=phase)
    if np.isnan(found.limits.upper[0, -1]):
        return None
    said = _latest(held, found)
    chart = control.ControlChart(
        chart_frame(held, "xmr", f"{held.measure.short_name}: {said[0]}", "each month against NHS limits", as_at),
        series,
        _phases(series.months, phase, found, phases),
        _signals(held, series.months, found),
        shown,
    )
    sure = certainty.of_months(held.measure, held.data, series.months)
    made = drawing(control, chart, f"{held.measure.short_name} by the NHS rules", certainty=sure)
    return SecondView(made, said[1], _assured(held, found))


def _phases(
    months: Sequence[int], phase: Sequence[int], found: XmR, changes: Sequence[PhaseChange]
) -> tuple[control.Phase, ...]:
    """A stretch of the chart for each phase, with its own limits and the reason it begins."""
    reasons = {month_index(one.month): one.reason for one in changes}
    made = []
    for number in sorted(set(phase)):
        places = [place for place, one in enumerate(phase) if one == number]
        numbers = (found.limits.mean, found.limits.lower, found.limits.upper)
        mean, lower, upper = (None if np.isnan(one[0, places[0]]) else float(one[0, places[0]]) for one in numbers)
        first, last = months[places[0]], months[places[-1]]
        made.append(control.Phase(first, last, mean, lower, upper, reasons.get(first, "")))
    return tuple(made)


def _signals(held: MeasureFigures, months: Sequence[int], found: XmR) -> tuple[control.Signal, ...]:
    """The months of each kind of special cause."""
    kinds, sides = found.kind[0].tolist(), found.special[0].tolist()
    made = []
    for (kind, side), words in SPECIAL.items():
        marked = tuple(m for m, k, s in zip(months, kinds, sides, strict=True) if (k, s) == (kind, side))
        if marked:
            made.append(control.Signal(marked, tone_of(held.measure, side), words))
    return tuple(made)


def _latest(held: MeasureFigures, found: XmR) -> tuple[str, str]:
    """A few words for the title and a sentence, of the latest month."""
    month = month_words(held.as_of)
    kind, side = int(found.kind[0, -1]), int(found.special[0, -1])
    if np.isnan(found.judged[0, -1]):
        return (
            f"{month} cannot be judged",
            f"It cannot be said whether {month} is special cause by the NHS rules: its figure is missing or left out.",
        )
    short = " Fewer than 13 months set these limits: take them as a first guess." if found.limits.short[0, -1] else ""
    if (kind, side) not in SPECIAL:
        return "common cause variation", f"{month} is common cause by the NHS rules: nothing marks it out.{short}"
    words = SPECIAL[kind, side]
    words = words[0].lower() + words[1:]
    return f"{month} is special cause", f"{month} is special cause by the NHS rules: {words}.{short}"


def _assured(held: MeasureFigures, found: XmR) -> str:
    measure = held.measure
    better = BETTER[Measure.Polarity(measure.polarity)]
    if measure.target_value is None or not better:
        return ""
    lower, upper = float(found.limits.lower[0, -1]), float(found.limits.upper[0, -1])
    said = xmr.assurance(lower, upper, measure.target_value, up_is_good=better > 0)
    return ASSURED[said].format(target=measure.target_text or "Target") if said else ""
