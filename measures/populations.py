"""Populations: what an import would change of them, storing it, and taking it out again.

Every number that was ever given is an estimate of its own and is never changed; `Population` is the one that counts.
The caller holds a transaction where something is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Q

from measures.models import Area, ImportBatch, Population, PopulationEstimate
from measures.parsing.official.found import People
from measures.validation import Unplaced
from measures.validation.definitions import plain_name

SOURCE_LENGTH = 200  # characters

Place = tuple[int, int]  # primary key of an area, and a year


class Given(NamedTuple):
    """One number of a file beside the one that is held; `old` is None where there is none."""

    area: int
    year: int
    value: int
    old: int | None
    row: int


@dataclass(frozen=True)
class Comparison:
    """`unknown` are names of areas that stand for nothing in the record; their rows are in none of the lists.

    `twice`: areas and years that the file gives two different numbers for.
    """

    given: tuple[Given, ...]
    unknown: tuple[Unplaced, ...]
    left_out: int
    twice: tuple[Given, ...]

    @property
    def new(self) -> list[Given]:
        return [one for one in self.given if one.old is None]

    @property
    def changed(self) -> list[Given]:
        return [one for one in self.given if one.old not in (None, one.value)]

    @property
    def unchanged(self) -> int:
        return sum(one.old == one.value for one in self.given)


def compare(people: Iterable[People], areas: dict[str, str], left_out: set[str]) -> Comparison:
    """`areas`: every way an area is written -> its slug; `left_out`: names a person has chosen to leave out."""
    slugs = {plain_name(name): slug for name, slug in areas.items()}
    pks = dict(Area.objects.values_list("slug", "pk"))
    held = {(one.area_id, one.year): one.value for one in Population.objects.all()}
    unknown: dict[str, Unplaced] = {}
    found: dict[Place, Given] = {}
    out, twice = 0, []
    for one in people:
        slug = slugs.get(plain_name(one.area))
        if one.area in left_out:
            out += 1
        elif slug is None:
            before = unknown.get(one.area, Unplaced(one.area, 0, one.row))
            unknown[one.area] = replace(before, rows=before.rows + 1)
        else:
            place = (pks[slug], one.year)
            given = Given(*place, one.value, held.get(place), one.row)
            if place in found and found[place].value != one.value:
                twice.append(given)
            found.setdefault(place, given)
    return Comparison(tuple(found.values()), tuple(unknown.values()), out, tuple(twice))


def store(batch: ImportBatch, given: Sequence[Given], source: str) -> int:
    """Add what is new or changed; how many that was. A number set before there were estimates is kept as one first."""
    wanted = [one for one in given if one.old != one.value]
    _keep_those_without_estimate({(one.area, one.year) for one in wanted})
    PopulationEstimate.objects.bulk_create(
        PopulationEstimate(area_id=one.area, year=one.year, value=one.value, source=source[:SOURCE_LENGTH], batch=batch)
        for one in wanted
    )
    batch.rows_count = len(wanted)
    batch.save(update_fields=["rows_count"])
    _make_current({(one.area, one.year) for one in wanted})
    return len(wanted)


def set_by_hand(area: Area, year: int, value: int, source: str) -> Population:
    held = Population.objects.filter(area=area, year=year).first()
    if held is None or (held.value, held.source) != (value, source):
        _keep_those_without_estimate({(area.pk, year)})
        PopulationEstimate.objects.create(area=area, year=year, value=value, source=source)
        _make_current({(area.pk, year)})
    return Population.objects.get(area=area, year=year)


def withdraw(batch: ImportBatch) -> None:
    """Make current again what the batch replaced. Its state must have been saved as withdrawn."""
    _make_current(set(batch.population_estimates.values_list("area_id", "year")))


def _keep_those_without_estimate(places: set[Place]) -> None:
    known = _estimates(places)
    held = [one for one in _held(places) if (one.area_id, one.year) not in known]
    PopulationEstimate.objects.bulk_create(
        PopulationEstimate(area_id=one.area_id, year=one.year, value=one.value, source=one.source) for one in held
    )


def _make_current(places: set[Place]) -> None:
    """The last estimate that has not been withdrawn is the population; where none is left, there is none."""
    current, held = _estimates(places), {(one.area_id, one.year): one for one in _held(places)}
    for place in sorted(places):
        estimate, population = current.get(place), held.get(place)
        if estimate is None:
            Population.objects.filter(area_id=place[0], year=place[1]).delete()
        elif population is None or (population.value, population.source) != (estimate.value, estimate.source):
            facts = {"value": estimate.value, "source": estimate.source}
            Population.objects.update_or_create(area_id=place[0], year=place[1], defaults=facts)


def _estimates(places: set[Place]) -> dict[Place, PopulationEstimate]:
    """The last standing estimate of each place."""
    standing = Q(batch__isnull=True) | Q(batch__state=ImportBatch.State.ACCEPTED)
    years, areas = {year for _, year in places}, {area for area, _ in places}
    found = PopulationEstimate.objects.filter(standing, area__in=areas, year__in=years).order_by("pk")
    return {(one.area_id, one.year): one for one in found}


def _held(places: set[Place]) -> list[Population]:
    found = Population.objects.filter(area__in={area for area, _ in places}, year__in={year for _, year in places})
    return [one for one in found if (one.area_id, one.year) in places]
