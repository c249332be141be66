"""Every version of a series' figures: what is held now, what was held on a day, and why it moved."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from measures import reading, release
from measures.models import ImportBatch, Observation, Series
from measures.models.period import month_index
from measures.trends.revisions import Version

KEPT = (ImportBatch.State.ACCEPTED, ImportBatch.State.WITHDRAWN)


@dataclass(frozen=True)
class Vintages:
    """The versions of one series in the order they were given, with the observation behind each."""

    series: Series
    versions: tuple[Version, ...]
    observations: Mapping[int, Observation]  # by primary key, which is a version's `order`

    def of(self, version: Version) -> Observation:
        return self.observations[version.order]


def vintages(series: Iterable[Series]) -> dict[int, Vintages]:
    """Every version of these series (measures selected with them), by primary key, as who is reading may see them.

    One query however many figures; what an embargo keeps back, from a revision on, is left out.
    """
    held = {one.pk: one for one in series}
    given = Observation.objects.filter(series_id__in=held, batch__state__in=KEPT)
    rows = given.select_related("batch__accepted_by", "batch__revision_note__written_by", "period").order_by("pk")
    hidden = release.withheld(held).cells
    made: dict[int, list[Observation]] = {pk: [] for pk in held}
    for one in rows:
        cell = (one.series_id, one.period_id)
        shown = hidden.get(cell)
        if cell not in hidden or (shown is not None and one.pk <= shown.pk):
            made[one.series_id].append(one)
    return {pk: _vintages(held[pk], found) for pk, found in made.items()}


def _vintages(series: Series, observations: list[Observation]) -> Vintages:
    versions = tuple(_version(series, one) for one in observations)
    return Vintages(series, versions, {one.pk: one for one in observations})


def _version(series: Series, one: Observation) -> Version:
    batch = one.batch
    return Version(
        period=month_index(one.period.end),
        value=value_of(series, one),
        given=_day(batch.accepted_at),
        order=one.pk,
        ended=_day(batch.withdrawn_at) if batch.withdrawn_at else None,
        provisional=one.provisional,
    )


def value_of(series: Series, one: Observation) -> float:
    """The figure as its measure counts it: a quotient at its scale where it has a denominator."""
    if not one.denominator:
        return one.value
    scale = 100.0 if series.measure.kind == "audit_sample" else reading.PER.get(series.measure.kind, 1.0)
    return scale * one.value / one.denominator


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()
