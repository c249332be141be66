"""One figure typed by a person, put through the very checks a file goes through."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.accounts.clock import today
from measures import known, storing
from measures.models import Measure, Observation, Period, Series
from measures.models.period import month_end, month_index, month_start
from measures.parsing import layout
from measures.parsing.coding import ColumnBuilder
from measures.parsing.mapping import LONG, MEASURE, MONTH, VERSION
from measures.parsing.problems import WARNING
from measures.parsing.report import merge
from measures.parsing.spans import Span
from measures.parsing.table import Table
from measures.validation import Figure, validate

SPANS = {
    Measure.Frequency.MONTHLY: Span("month", 1),
    Measure.Frequency.QUARTERLY: Span("quarter", 3),
    Measure.Frequency.ROLLING: Span("year-to", 12),
    Measure.Frequency.SAMPLE: Span("sample", 1),
}


@dataclass(frozen=True)
class Typed:
    """What was typed, checked. `problems` are sentences by role; with any of them `figure` is None."""

    span: Span
    month: int | None
    figure: Figure | None
    problems: Mapping[str, list[str]]
    warnings: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, object, object]:
        """The period by what is unique of it: kind, first day, last day."""
        return self.span.kind, month_start(self.month - self.span.months + 1), month_end(self.month)


@dataclass(frozen=True)
class HeldNow:
    """What the record has for a period: the end of its chain (0: none), and the current observation, if any."""

    head: int
    observation: Observation | None


def check(series: Series, texts: Mapping[str, str], *, provisional: bool) -> Typed:
    """Check one row. `texts` are by role: month, and the figures as they were typed."""
    measure = series.measure
    span = SPANS[Measure.Frequency(measure.frequency)]
    names = [MEASURE, *texts]
    builder = ColumnBuilder()
    builder.add([names, [measure.slug, *texts.values()]])
    columns = {name: name for name in names}
    how = {"version": VERSION, "layout": LONG, "heading_row": 1, "columns": columns}
    applied = layout.apply(Table.built("", builder), how)
    if applied.rows is None:
        return Typed(span, None, None, {MONTH: [one.message for one in applied.report.held]})
    history = known.standing_of(series, span)
    found = validate(
        applied.rows,
        [known.definition_of(measure)],
        as_of=month_index(today()),
        current=history,
        provisional=provisional,
    )
    problems: dict[str, list[str]] = {}
    warnings = []
    for one in merge([applied.report, found.report]).held:
        if one.severity == WARNING:
            warnings.append(one.message)
        else:
            problems.setdefault(one.column or MONTH, []).append(one.message)
    if not problems and not len(found.values):
        problems[names[2]] = ["Enter the figure."]
    if problems:
        return Typed(span, None, None, problems)
    return Typed(span, int(found.values.months[0]), found.values.figures()[0], {}, tuple(warnings))


def held_now(series: Series, typed: Typed) -> HeldNow:
    kind, start, end = typed.key
    period = Period.objects.filter(kind=kind, start=start, end=end).first()
    if period is None:
        return HeldNow(0, None)
    cell = (series.pk, period.pk)
    held = storing.read_held([cell]).get(cell)
    if held is None:
        return HeldNow(0, None)
    current = series.current_values.filter(period=period).select_related("observation__batch__accepted_by").get()
    return HeldNow(held.head, current.observation)
