"""Every figure of a quarter, for any number of measures, in eight queries at most.

    held = quarter_figures(measures, period)        # {measure pk: MeasureFigures}
    one = held[measure.pk]
    one.figure("quarter"), one.figure("rolling12_on_year_percentage")   # a Figure of the registry: exact, or why not
    one.text("quarter")                             # the same in house style at the measure's precision
    one.signals["default"], one.peer, one.readings  # TrendSignal, PeerVerdict, survey or sample observations

`period` is a quarter (or a month index). Each measure is read at its own last month, `as_of`: the end of the quarter
less its lag, and no later month is ever used. Names of statistics are those of `measures.trends.statistics`, and for
audit samples `sample`, `previous_sample` and `sample_change`. `observations` names the observation behind each month,
for citations. What may not be shown to everybody is hidden (`measures.trends.disclosure`): such a figure has no value
and says in `withheld` what stands in its place, and signals made from it are left out. `exact=True` gives the true
values, for somebody who `may_see_exact`; then `is_restricted` says whether the page must be marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from measures import asking, disclosure, reading, release
from measures.models import Measure, PeerVerdict, Period, Series, TrendSignal
from measures.quarter_reading import Months, Reading, months_of, readings_of, signals_of, verdicts_of, with_people
from measures.trends.disclosure import NOTHING_HIDDEN, PEERS_LOOK_BACK, Cover
from measures.trends.figures import ADDITIVE, Figure, MonthlyData, change, hidden, monthly_data
from measures.trends.figures import exact as exactly
from measures.trends.formatting import Context, figure_text
from measures.trends.periods import month_words
from measures.trends.rules import evaluate_history
from measures.trends.rules import lit_since as rules_lit_since
from measures.trends.ruleset import RULES, Ruleset
from measures.trends.statistics import available, compute

SAMPLE_NAMES = ("sample", "previous_sample", "sample_change")
SAMPLE_FORMULA = "those that met the standard divided by those examined, times 100"
NO_SERIES = 0  # the key of no row


@dataclass(frozen=True)
class MeasureFigures:
    """One measure of the own force at one quarter. `series` is None for a measure that nothing was ever given of.

    as_of         the month index the figures are read at; for a survey the last month of its latest reading
    data          months up to `as_of`, exact
    observations  pk of the observation behind each month
    provisional   months whose figure is provisional
    readings      survey or sample figures up to the quarter, oldest first; empty for monthly measures
    signals       by ruleset name, at `as_of`; peer, with the measure it was made from (a rate may stand for a count)
    cover         what is hidden of the series; with `exact` nothing has been
    """

    measure: Measure
    as_of: int
    series: Series | None
    data: MonthlyData
    observations: Mapping[int, int] = field(default_factory=dict)
    provisional: frozenset[int] = frozenset()
    readings: tuple[Reading, ...] = ()
    signals: Mapping[str, TrendSignal] = field(default_factory=dict)
    peer: PeerVerdict | None = None
    peer_measure: Measure | None = None
    cover: Cover = NOTHING_HIDDEN
    exact: bool = False
    _worked_out: dict[str, Figure] = field(default_factory=dict, repr=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The statistics that make sense for the measure."""
        return SAMPLE_NAMES if self.measure.kind == Measure.Kind.AUDIT_SAMPLE else available(self.data.kind)

    def figure(self, name: str) -> Figure:
        """One statistic, worked out when first asked for. ValueError: makes no sense of such a measure."""
        if name not in self._worked_out:
            of_sample = self.measure.kind == Measure.Kind.AUDIT_SAMPLE
            self._worked_out[name] = self._sample(name) if of_sample else compute(name, self.data, self.as_of)
        return self._worked_out[name]

    def text(self, name: str, context: Context = "table", *, signed: bool | None = None) -> str:
        """A statistic in house style: at the measure's precision, percentage changes at one place."""
        return self.say(self.figure(name), context, signed=signed)

    def say(self, figure: Figure, context: Context = "table", *, signed: bool | None = None) -> str:
        """Any figure of the measure in house style. The measure's precision is that of its own unit alone."""
        other_unit = (
            figure.unit == "per_cent_change"
            or (figure.unit == "per_1000" and self.data.kind != "rate")
            or (figure.unit == "count" and self.data.kind not in ADDITIVE)  # the 43 and the 255 behind a percentage
        )
        return figure_text(figure, context, None if other_unit else self.measure.precision, signed=signed)

    def at(self, month: int) -> "MeasureFigures":
        """The measure as it is read at an earlier month, from the months held: its figures, without signals.

        A rate per 1,000 people is not given: whose number was known then is not read here.
        """
        readings = tuple(one for one in self.readings if one.last_month <= month)
        if self.measure.kind == Measure.Kind.SURVEY and readings and month - readings[-1].last_month < 12:
            month = readings[-1].last_month
        data = replace(self.data, population=None)
        return replace(self, as_of=month, data=data, readings=readings, signals={}, peer=None, _worked_out={})

    @property
    def is_restricted(self) -> bool:
        """Whether true values are here that not everybody may see."""
        return self.exact and bool(self.cover)

    @property
    def hides_signals(self) -> bool:
        """Whether symbols are left out because months they are worked out from are hidden."""
        return not self.exact and not self.cover.shows_signals(self.as_of)

    @property
    def reading(self) -> Reading | None:
        """The latest survey or sample."""
        return self.readings[-1] if self.readings else None

    @property
    def first_month(self) -> int | None:
        return min(self.data.numerator, default=None)

    @property
    def last_month(self) -> int | None:
        """The latest month with a figure, at or before `as_of`."""
        return max(self.data.numerator, default=None)

    def _sample(self, name: str) -> Figure:
        if name not in SAMPLE_NAMES:
            raise ValueError(f"An audit sample has no {name.replace('_', ' ')}.")
        if name == "sample_change":
            return change(self._sample("sample"), self._sample("previous_sample"), name)
        back = 1 if name == "sample" else 2
        title = "latest sample" if name == "sample" else "sample before it"
        if len(self.readings) < back:
            why_not = f"No sample is held up to {month_words(self.as_of)}."
            return Figure(name, title, "per_cent", None, "", SAMPLE_FORMULA, (), why_not=why_not)
        one = self.readings[-back]
        met, examined = exactly(one.value) or Fraction(0), exactly(one.denominator) or Fraction(100)
        months = tuple(one.months)
        words = "" if self.exact else self.cover.words(months)
        if words:
            return hidden(Figure(name, title, "per_cent", None, one.period, SAMPLE_FORMULA, months), words)
        value = 100 * met / examined
        return Figure(name, title, "per_cent", value, one.period, SAMPLE_FORMULA, months, (met, examined))


def quarter_figures(
    measures: Iterable[Measure], period: Period | int, *, exact: bool = False, peers: bool = True
) -> dict[int, MeasureFigures]:
    """Figures, signals and standing among peers of these measures at a quarter, by primary key of the measure.

    `exact`: small numbers too, as they are; only for a reader who `may_see_exact`. Without `peers` nobody looks how
    the measures stand among them.
    """
    wanted = list(measures)
    held = _read(wanted, period if isinstance(period, int) else period.last_month, peers=peers)
    return {one.pk: held.exact_figures(one) if exact else held.figures(one) for one in wanted}


def _read(wanted: list[Measure], end: int, *, peers: bool) -> "_Held":
    """Everything that is held of these measures, whatever their number in eight queries at most."""
    comparable = compared_measures(wanted) if peers else {}
    everything = {one.pk: one for one in [*wanted, *comparable.values()]}
    own = Series.objects.own_force().filter(measure_id__in=everything).select_related("area", "measure")
    found = with_people(own, end)
    series_of = {one.measure_id: one for one in found}
    shown = {series_of[one.pk].pk: one for one in wanted if one.pk in series_of}
    hidden = release.withheld(one.pk for one in found)
    months = months_of(shown, end, hidden)
    readings = readings_of({pk: one for pk, one in shown.items() if not _is_monthly(one)}, end)
    signals = signals_of(shown, end)
    compared = {series_of[pk].pk: one for pk, one in everything.items() if pk in series_of}
    verdicts = verdicts_of(compared, end) if peers else {}
    if release.held_back():
        signals |= asking.signals_seen([series_of[one.pk] for one in shown.values()], end, hidden)
        verdicts = asking.verdicts_seen(verdicts, compared, end)
    return _Held(end, comparable, series_of, months, readings, signals, verdicts, disclosure.covers(found))


@dataclass(frozen=True)
class _Held:
    """What was read of some measures at the end of a quarter: by measure its series, and by series the rest.

    Of a measure that nothing was ever given of there is no series, and nothing is held under NO_SERIES.
    """

    end: int
    comparable: Mapping[int, Measure]
    series: Mapping[int, Series]
    months: Mapping[int, Months]
    readings: Mapping[int, Iterable[Reading]]
    signals: Mapping[int, Mapping[str, TrendSignal]]
    verdicts: Mapping[int, PeerVerdict]
    covers: Mapping[int, Cover]

    def exact_figures(self, measure: Measure) -> MeasureFigures:
        """With small numbers as they are."""
        series = self.series.get(measure.pk)
        key = series.pk if series else NO_SERIES
        held, read = self.months.get(key, Months()), tuple(self.readings.get(key, ()))
        beside = self._beside(measure)
        return MeasureFigures(
            measure=measure,
            as_of=_as_of(measure, read, self.end),
            series=series,
            data=_data(measure, held, read, series.people if series else None),
            observations=held.observation,
            provisional=frozenset(held.provisional),
            readings=read,
            signals=self.signals.get(key, {}),
            peer=self.verdicts.get(beside.pk if beside else NO_SERIES),
            peer_measure=self.comparable.get(measure.pk, measure) if beside else None,
            cover=self.covers.get(key, NOTHING_HIDDEN),
            exact=True,
        )

    def figures(self, measure: Measure) -> MeasureFigures:
        """Without what may not be shown to everybody, nor what would give it away."""
        whole, beside = self.exact_figures(measure), self._beside(measure)
        shown = {name: disclosure.shown_signal(one, whole.cover) for name, one in whole.signals.items()}
        tells = beside and self.covers.get(beside.pk, NOTHING_HIDDEN).touches(self.end - PEERS_LOOK_BACK, self.end)
        return replace(
            whole,
            data=replace(whole.data, cover=whole.cover),
            signals={name: one for name, one in shown.items() if one},
            peer=None if tells else whole.peer,
            exact=False,
        )

    def _beside(self, measure: Measure) -> Series | None:
        """The series that is compared with those of peers: that of the measure, or of the rate that stands for it."""
        return self.series.get(self.comparable.get(measure.pk, measure).pk)


def lit_since(held: MeasureFigures, ruleset: Ruleset) -> dict[str, int]:
    """Since which month each symbol that shows has shown without a break, by rule. Three queries."""
    if held.series is None or ruleset.name not in held.signals or (held.cover and not held.exact):
        return {}
    table = reading.load([held.series], until=held.as_of)
    data = table.monthly_series(np.array([0]), quotient=held.measure.kind not in reading.ADDITIVE)
    shown = evaluate_history(data, ruleset, only=RULES).shown
    column = np.array([table.column(held.as_of)])
    rules = ruleset.shown_for(held.signals[ruleset.name].answers)
    first = {rule: int(rules_lit_since(flags, column)[0]) for rule, flags in zip(rules, shown.values(), strict=True)}
    return {rule: table.first + place for rule, place in first.items() if place >= 0}


def compared_slug(measure: Measure) -> str:
    """The measure whose standing among peers is shown for this one: a count is compared by its rate."""
    for cell in (measure.header or {}).get("symbols", []):
        if "peers" in cell.get("families", ()):
            return cell.get("series", measure.slug)
    return measure.slug


def compared_measures(measures: list[Measure]) -> dict[int, Measure]:
    """By measure, the other measure that stands for it among peers."""
    slugs = {one.pk: compared_slug(one) for one in measures}
    others = {slug for one in measures if (slug := slugs[one.pk]) != one.slug}
    held = {one.slug: one for one in Measure.objects.filter(slug__in=others)} if others else {}
    return {one.pk: held[slugs[one.pk]] for one in measures if slugs[one.pk] != one.slug and slugs[one.pk] in held}


def _is_monthly(measure: Measure) -> bool:
    return measure.frequency == Measure.Frequency.MONTHLY


def _as_of(measure: Measure, readings: tuple[Reading, ...], end: int) -> int:
    """The month figures are read at. A survey is renewed when it is renewed: its latest within a year counts."""
    month = end - measure.lag_months
    if measure.kind == Measure.Kind.SURVEY and readings and month - readings[-1].last_month < 12:
        return readings[-1].last_month
    return month


def _data(measure: Measure, held: Months, readings: tuple[Reading, ...], people: int | None) -> MonthlyData:
    if measure.kind == Measure.Kind.SURVEY:
        return monthly_data("survey", [one.last_month for one in readings], [one.value for one in readings])
    if measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return monthly_data("count", (), ())
    months = sorted(held.value)
    return monthly_data(
        measure.kind,
        months,
        [held.value[month] for month in months],
        None if measure.kind in reading.ADDITIVE else [held.denominator[month] for month in months],
        population=float(people) if people is not None and measure.kind == Measure.Kind.COUNT else None,
        stock=measure.stock_denominator or None,
    )
