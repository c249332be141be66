"""What is measured, where, and the figures as they arrived: up to June 2019 in July, the rest in October."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from core.accounts.models import User
from desk.demo.charts import charts_of
from desk.demo.definitions import DataNote, DemoObservation, Measure
from desk.demo.headers import header_of
from desk.demo.months import observations
from desk.demo.nation import ALL_AREAS, REGION_FORCES, nation_observations
from desk.demo.notes import NOTES
from desk.demo.peers import SYNTHETIC, peer_observations, populations
from desk.demo.plan import MEASURES, PLAN, REGION, measures_under
from measures import models
from measures.actions import (
    add_data_note,
    create_area,
    create_many_series,
    create_measure,
    create_peer_group,
    load_observations,
    set_plan,
    set_population,
    set_region,
)

FORCE_SOURCE = "Force monthly return"
OTHERS_SOURCE = f"Comparison with other forces ({SYNTHETIC})"


def define(by: User) -> models.Plan:
    """Areas, measures and the plan they stand in."""
    areas = {one.name: create_area(name=one.name, kind=one.kind, is_own=one.is_own, by=by) for one in ALL_AREAS}
    own = next(areas[one.name] for one in ALL_AREAS if one.is_own)
    peers = [areas[one.name] for one in ALL_AREAS if one.in_peer_group]
    create_peer_group(area=own, members=peers, valid_from=dt.date(2013, 4, 1), source=SYNTHETIC, by=by)
    set_region(region=areas[REGION], forces=[own, *(areas[name] for name in REGION_FORCES)], by=by)
    for one in populations():
        set_population(area=areas[one.area], year=one.year, value=one.value, source=one.source, by=by)
    for measure in MEASURES:
        create_measure(**_fields(measure), by=by)
    priorities = [
        {"number": one.number, "title": one.title, "measures": [held.slug for held in measures_under(one.number)]}
        for one in PLAN.priorities
    ]
    plan = set_plan(
        title=PLAN.title,
        slug="police-and-crime-plan-2017-21",
        starts=PLAN.starts_on,
        ends=PLAN.ends_on,
        priorities=priorities,
        by=by,
    )
    _keep_series(by)
    return plan


def _fields(measure: Measure) -> dict[str, object]:
    shared = (
        *("slug", "name", "short_name", "definition", "kind", "unit", "precision", "polarity", "polarity_reason"),
        *("frequency", "lag_months", "source_system", "owner_role", "scrutinised_by", "target_text", "target_value"),
        *("proxy_for", "stock_denominator", "suppress_small", "small_numbers_reason", "headline"),
    )
    fields: dict[str, object] = {name: getattr(measure, name) for name in shared}
    if measure.headline:
        fields |= {"header": header_of(measure.slug), "charts": charts_of(measure.slug)}
    return fields


@cache
def figures() -> tuple[tuple[DemoObservation, ...], tuple[DemoObservation, ...]]:
    """Everything of the force, and everything of the others."""
    return tuple(observations()), (*peer_observations(), *nation_observations())


def _keep_series(by: User) -> None:
    slugs = dict(models.Area.objects.values_list("name", "slug"))
    wanted = dict.fromkeys((one.series_slug, slugs[one.area], one.breakdown) for part in figures() for one in part)
    create_many_series(keys=list(wanted), by=by)


def load(first: dt.date, last: dt.date, as_at: dt.date, by: User) -> None:
    """The figures of periods that ended between two days, as two batches: the force's, and the others'."""
    for source, rows in zip((FORCE_SOURCE, OTHERS_SOURCE), figures(), strict=True):
        held = [one for one in rows if first <= one.end <= last]
        load_observations(rows=held, source=source, as_at=as_at, reason="Quarterly return", by=by)


def add_notes(notes: Iterable[DataNote], by: User) -> None:
    measures = {measure.slug: measure for measure in models.Measure.objects.all()}
    for note in notes:
        add_data_note(
            title=note.title,
            text=note.text,
            starts=note.starts,
            ends=note.ends,
            exclude=note.exclude,
            measures=[measures[slug] for slug in note.measures],
            by=by,
        )


def notes_known_on(day: dt.date) -> tuple[DataNote, ...]:
    """The notes about months up to this day."""
    return tuple(note for note in NOTES if note.starts <= day)
