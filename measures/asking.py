"""The rules asked on the spot, of a few series, without storing what they say.

For who may not see all of the record, and to show what a note, a phase or a withdrawal would change before it is done.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from measures import judging, reading, release
from measures.models import Measure, PeerVerdict, Ruleset, Series, TrendSignal
from measures.trends import rules, ruleset
from measures.trends.ruleset import CANNOT_SAY, RULES


def answers(table: reading.Table, as_of: Mapping[int, int], one: ruleset.Ruleset) -> dict[int, TrendSignal]:
    """What a ruleset says of the monthly series of a table, by primary key; `as_of` is the month index asked of each.

    The signals have no row in the database.
    """
    row_set = Ruleset(name=one.name, version=one.version, parameters=one.parameters())
    quotient = np.array([series.measure.kind not in reading.ADDITIVE for series in table.series], dtype=bool)
    made: dict[int, TrendSignal] = {}
    for rows in (np.flatnonzero(quotient), np.flatnonzero(~quotient)):
        if not rows.size:
            continue
        data = table.monthly_series(rows, quotient=bool(quotient[rows[0]]))
        months = [as_of[table.series[row].pk] for row in rows]
        found = rules.evaluate_latest(data, one, np.array([table.column(month) for month in months]))
        for place, (row, month) in enumerate(zip(rows, months, strict=True)):
            made[table.series[row].pk] = _signal(table, int(row), month, found, place, row_set)
    return made


def _signal(
    table: reading.Table, row: int, month: int, found: rules.Evaluation, place: int, row_set: Ruleset
) -> TrendSignal:
    flags = {rule: int(found.flags[rule][place]) for rule in RULES}
    said = {rule: None if flag == CANNOT_SAY else flag for rule, flag in flags.items()}
    stop = table.column(month) + 1
    start = max(0, stop - found.ruleset.no_data_months)
    silent = bool(np.isnan(table.values[row, start:stop]).all())
    shown = found.ruleset.shown_for(said)
    return TrendSignal(
        series=table.series[row],
        ruleset=row_set,
        as_of=month,
        no_data=silent,
        not_enough=not silent and any(said[rule] is None for rule in shown),
        numbers=judging.packed(found, len(found.season_doubt))[place].tobytes(),
        **said,
    )


def signals_seen(series: Iterable[Series], end: int, hidden: release.Withheld) -> dict[int, dict[str, TrendSignal]]:
    """The signals at a quarter's end of the series of which something is kept back, from what may be seen of them."""
    wanted = [
        one
        for one in series
        if one.measure.frequency == Measure.Frequency.MONTHLY and hidden.touches(one.pk, end - one.measure.lag_months)
    ]
    if not wanted:
        return {}
    table = reading.load(wanted, until=end)
    as_of = {one.pk: end - one.measure.lag_months for one in wanted}
    made: dict[int, dict[str, TrendSignal]] = {pk: {} for pk in as_of}
    for one in ruleset.RULESETS.values():
        for pk, signal in answers(table, as_of, one).items():
            made[pk][one.name] = signal
    return made


def verdicts_seen(
    verdicts: Mapping[int, PeerVerdict], compared: Mapping[int, Measure], end: int
) -> dict[int, PeerVerdict]:
    """The verdicts without those that figures kept back, of the own force or of another, have a part in."""
    measures = {compared[pk].pk for pk in verdicts}
    every = dict(Series.objects.filter(measure__in=measures).values_list("pk", "measure_id"))
    hidden = release.withheld(every)
    told = {every[pk] for pk, first in hidden.first.items() if first <= end}
    return {pk: one for pk, one in verdicts.items() if compared[pk].pk not in told}
