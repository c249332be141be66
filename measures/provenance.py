"""Where each figure of a measure came from: its import, and what it was before it was revised."""

from dataclasses import dataclass, field

from measures.models import CurrentValue, Observation, Series


@dataclass(frozen=True)
class Source:
    """One period's figure with the import it came from; `earlier` are the figures it replaced, latest first."""

    period: str
    observation: Observation
    earlier: list[Observation] = field(default_factory=list)


def provenance(series: Series, last_month: int, most: int) -> list[Source]:
    """The latest periods up to a month, newest first, in two queries."""
    held = CurrentValue.objects.filter(series=series, observation__isnull=False).select_related("period")
    latest = [one for one in held.order_by("-period__end", "period__start") if one.period.last_month <= last_month]
    shown = latest[:most]
    given = Observation.objects.filter(series=series, period__in=[one.period_id for one in shown])
    by_period: dict[int, list[Observation]] = {}
    for one in given.select_related("batch__accepted_by").order_by("-pk"):
        by_period.setdefault(one.period_id, []).append(one)
    made = []
    for value in shown:
        every = by_period[value.period_id]
        current = next(one for one in every if one.pk == value.observation_id)
        made.append(Source(str(value.period), current, [one for one in every if one.pk != current.pk]))
    return made
