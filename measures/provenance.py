"""Where each figure of a measure came from: its import, and what it was before it was revised."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from measures import release
from measures.models import CurrentValue, ImportBatch, Measure, Observation, Series


@dataclass(frozen=True)
class Source:
    """One period's figure with the import it came from; `earlier` are the figures it replaced, latest first."""

    period: str
    observation: Observation
    earlier: list[Observation] = field(default_factory=list)


def attributions(series: Iterable[int]) -> list[str]:
    """What the publishers of the figures of these series (primary keys) ask to be said beside them: a sentence for each
    licence, with the sources it is of. Imports that were withdrawn count no more. One query."""
    standing = ImportBatch.objects.standing().exclude(attribution="").filter(observations__series__in=list(series))
    return _said(standing.order_by("source").values_list("source", "attribution").distinct())


def attributions_of_measures(measures: Iterable[Measure]) -> list[str]:
    """The same of every area's figures of these measures, for a chart of forces. One query."""
    return attributions(Series.objects.filter(measure__in=list(measures)).values_list("pk", flat=True))


def attributions_by_measure(series: Iterable[int]) -> dict[int, list[str]]:
    """The same for each measure (primary key) that these series are of. One query."""
    standing = ImportBatch.objects.standing().exclude(attribution="").filter(observations__series__in=list(series))
    found: dict[int, list[tuple[str, str]]] = {}
    names = ("observations__series__measure", "source", "attribution")
    for measure, source, words in standing.order_by("source").values_list(*names).distinct():
        found.setdefault(measure, []).append((source, words))
    return {measure: _said(pairs) for measure, pairs in found.items()}


def credits_of(sources: Iterable[Source]) -> list[str]:
    """The same of figures that are read already."""
    batches = {one.observation.batch for one in sources}
    return _said(sorted({(batch.source, batch.attribution) for batch in batches if batch.attribution}))


def _said(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each licence, with the sources it is of."""
    sources: dict[str, list[str]] = {}
    for source, words in pairs:
        sources.setdefault(words, []).append(source)
    return [f"{', '.join(names)}. {words}" for words, names in sorted(sources.items())]


@dataclass(frozen=True)
class Licence:
    """What one publisher asks to be said, the file or address it is of, its newest day, and the measures it feeds."""

    words: str
    source: str
    as_at: dt.date
    measures: list[Measure]


def licences() -> list[Licence]:
    """Every licence whose figures are held, by source. Three queries at most."""
    standing = list(ImportBatch.objects.standing().exclude(attribution="").order_by("source", "-as_at"))
    fed: dict[int, set[int]] = {}
    pairs = Observation.objects.filter(batch__in=standing).values_list("batch_id", "series__measure_id").distinct()
    for batch, measure in pairs.order_by():
        fed.setdefault(batch, set()).add(measure)
    known = Measure.objects.in_bulk({pk for held in fed.values() for pk in held})
    found: dict[tuple[str, str], Licence] = {}
    for batch in standing:
        new = Licence(batch.attribution, batch.source, batch.as_at, [])
        one = found.setdefault((batch.source, batch.attribution), new)
        mine = (known[pk] for pk in fed.get(batch.pk, ()))
        one.measures.extend(sorted((each for each in mine if each not in one.measures), key=str))
    return list(found.values())


def provenance(series: Series, last_month: int, most: int) -> list[Source]:
    """The latest periods up to a month, newest first, in two queries."""
    held = CurrentValue.objects.filter(series=series, observation__isnull=False).select_related("period")
    seen = release.seen(held.order_by("-period__end", "period__start"))
    latest = [one for one in seen if one.period.last_month <= last_month]
    shown = latest[:most]
    given = Observation.objects.filter(series=series, period__in=[one.period_id for one in shown])
    hidden = release.withheld([series.pk]).cells
    by_period: dict[int, list[Observation]] = {}
    for one in given.select_related("batch__accepted_by", "period").order_by("-pk"):
        by_period.setdefault(one.period_id, []).append(one)
    made = []
    for value in shown:
        every = by_period[value.period_id]
        current = next(one for one in every if one.pk == value.observation_id)
        others = [one for one in every if one.pk != current.pk]
        if (series.pk, value.period_id) in hidden:
            others = [one for one in others if one.pk < current.pk]
        made.append(Source(str(value.period), current, others))
    return made
