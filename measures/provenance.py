"""Where each figure of a measure came from: its import, and what it was before it was revised."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from measures import release
from measures.models import CurrentValue, ImportBatch, Observation, Series


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
    sources: dict[str, list[str]] = {}
    for source, words in standing.order_by("source").values_list("source", "attribution").distinct():
        sources.setdefault(words, []).append(source)
    return [f"{', '.join(names)}. {words}" for words, names in sorted(sources.items())]


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
