"""What a note, a phase or a withdrawal changes: symbols and figures before and after, without storing anything."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from measures import asking, reading
from measures.charts.symbols import SYMBOLS
from measures.models import CurrentValue, DataNote, ImportBatch, Measure, Observation, PhaseChange, Series, TrendSignal
from measures.models.period import month_index
from measures.trends import ruleset
from measures.trends.key import symbol_of

FULL, PROVISIONAL, TOTALS = 24, 12, 23  # months of a phase: judged in full, at all, by its rolling totals


@dataclass(frozen=True)
class Effect:
    """The symbols of one measure at the latest quarter, before and after."""

    measure: Measure
    before: str
    after: str

    @property
    def changes(self) -> bool:
        return self.before != self.after


def symbols_said(signal: TrendSignal | None) -> str:
    """The symbols a signal shows, in words."""
    if signal is None:
        return "not judged"
    if signal.no_data:
        return "no data"
    shown = ruleset.DEFAULT.shown_for(signal.answers)
    flags = [(rule, getattr(signal, rule)) for rule in shown]
    words = [SYMBOLS[slug].label for rule, flag in flags if flag and (slug := symbol_of(rule, flag))]
    if signal.not_enough:
        words.append("too few months for some rules")
    return "; ".join(words) or "no symbol"


def of_notes(notes: Iterable[DataNote]) -> dict[int, list[Effect]]:
    """By note, the measures whose symbols would be others if its months were counted (where it leaves them out), or
    left out (where it does not). `before` is as things are. The measures of the notes are read once for all."""
    held = list(notes)
    series = _own({measure.pk for note in held for measure in note.measures.all()})
    end = reading.frontier()
    if not series or end is None:
        return {note.pk: [] for note in held}
    near = DataNote.objects.filter(exclude=True, measures__in=[one.measure_id for one in series]).distinct()
    others = list(near.prefetch_related("measures"))
    measures_of = {note.pk: {one.pk for one in note.measures.all()} for note in [*held, *others]}
    table, made = reading.load(series, until=end), {}
    for note in held:
        mine = _part(table, measures_of[note.pk])

        def turned(table: reading.Table, note: DataNote = note) -> None:
            mark_note(table, note, left_out=not note.exclude)
            for other in others:
                if other.pk != note.pk:
                    mark_note(table, other, left_out=True, among=measures_of[other.pk])

        made[note.pk] = [one for one in _before_and_after(mine, end, turned) if one.changes]
    return made


def of_phase(change: PhaseChange) -> list[Effect]:
    """The symbols of the measure with and without a new phase that has not been approved yet."""
    end = reading.frontier()
    series = _own({change.measure_id})

    def begun(table: reading.Table) -> None:
        table.phases[:, max(0, month_index(change.month) - table.first) :] += 1

    return _before_and_after(reading.load(series, until=end), end, begun) if series and end is not None else []


@dataclass(frozen=True)
class PhaseEffect:
    """What a phase that does not count yet would do, and a mark by which the page that showed it is known again."""

    change: PhaseChange
    symbols: list[Effect]
    words: str

    @property
    def digest(self) -> str:
        told = [(one.measure.pk, one.before, one.after) for one in self.symbols]
        said = repr([self.change.measure_id, month_index(self.change.month), told, self.words])
        return hashlib.sha256(said.encode()).hexdigest()


def phase_effect(change: PhaseChange) -> PhaseEffect:
    """What somebody must have seen before they propose or approve a phase."""
    end = reading.frontier()
    last = None if end is None else end - change.measure.lag_months
    return PhaseEffect(change, of_phase(change), phase_words(change, last))


def phase_words(change: PhaseChange, last: int | None) -> str:
    """How far a phase has come at a month: recalibrating, provisional, or judged in full."""
    months = 0 if last is None else max(0, last - month_index(change.month) + 1)
    said = f"{months} month{'' if months == 1 else 's'} of this phase are recorded"
    if months < PROVISIONAL:
        return f"{said}: recalibrating, so no symbol is shown until there are {PROVISIONAL}."
    if months < TOTALS:
        return f"{said}: provisional; the rolling trend is judged from {TOTALS} months on."
    if months < FULL:
        return f"{said}: provisional until there are {FULL}."
    return f"{said}: judged in full."


def mark_note(table: reading.Table, note: DataNote, *, left_out: bool, among: set[int] | None = None) -> None:
    rows = [row for row, one in enumerate(table.series) if among is None or one.measure_id in among]
    begin = max(0, month_index(note.starts) - table.first)
    end = table.months if note.ends is None else max(0, month_index(note.ends) - table.first + 1)
    for row in rows:
        table.left_out[row, begin:end] = left_out


def _own(measures: set[int]) -> list[Series]:
    monthly = Series.objects.own_force().filter(measure__in=measures, measure__frequency=Measure.Frequency.MONTHLY)
    return list(monthly.select_related("measure", "area").order_by("measure__name"))


def _part(table: reading.Table, measures: set[int]) -> reading.Table:
    """The rows of some measures, as a table of their own."""
    rows = [row for row, one in enumerate(table.series) if one.measure_id in measures]
    series = [table.series[row] for row in rows]
    parts = (table.values, table.denominators, table.left_out, table.phases)
    return reading.Table(series, table.first, *(one[rows] for one in parts))


def _before_and_after(table: reading.Table, end: int, change: Callable[[reading.Table], None]) -> list[Effect]:
    if not table.series:
        return []
    as_of = {one.pk: end - one.measure.lag_months for one in table.series}
    before = asking.answers(table, as_of, ruleset.DEFAULT)
    change(table)
    after = asking.answers(table, as_of, ruleset.DEFAULT)
    return [Effect(one.measure, symbols_said(before[one.pk]), symbols_said(after[one.pk])) for one in table.series]


@dataclass(frozen=True)
class Returned:
    """What withdrawing an import does to one measure."""

    measure: str
    restored: int  # figures that go back to what was held before
    gone: int  # figures of which nothing would be held


def of_withdrawal(batch: ImportBatch) -> list[Returned]:
    """By measure, the figures of an import that are current and what becomes of them. One query."""
    earlier = Observation.objects.filter(
        series=OuterRef("series"), period=OuterRef("period"), batch__state=ImportBatch.State.ACCEPTED
    ).exclude(batch=batch)
    current = CurrentValue.objects.filter(observation__batch=batch).annotate(kept=Exists(earlier))
    rows = current.values("series__measure__name").annotate(
        restored=Count("pk", filter=Q(kept=True)), gone=Count("pk", filter=Q(kept=False))
    )
    return [
        Returned(one["series__measure__name"], one["restored"], one["gone"])
        for one in rows.order_by("series__measure__name")
    ]
