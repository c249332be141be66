"""Defining what is counted: measures, their series and the plan they stand in. The caller has checked permission."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from core.accounts.models import User
from core.audit import action
from core.documents.versions import save_if_unchanged
from measures import definition_sheet
from measures.models import Area, Measure, Plan, PlanMeasure, Priority, Series


@action
def create_measure(*, by: User | None, **fields: Any) -> Measure:
    """Define a measure. Raises ValidationError where a field is missing or not one of its choices."""
    made = Measure(**fields)
    made.full_clean()
    made.save()
    return made


@action
def load_measures(*, data: bytes, by: User | None) -> list[Measure]:
    """Define every measure of a sheet, or redefine those whose slug is known. Raises SheetProblems; then none is."""
    made = []
    for fields in definition_sheet.read(data):
        measure = Measure.objects.filter(slug=fields["slug"]).first() or Measure(slug=fields["slug"])
        for name, value in fields.items():
            setattr(measure, name, value)
        measure.version += measure.pk is not None
        measure.save()
        made.append(measure)
    return made


@action
def set_small_number_policy(
    *,
    measure: Measure,
    version: int,
    suppress_small: bool,
    zeros_shown: bool,
    fewest_answers: int,
    reason: str,
    by: User,
) -> Measure:
    """Say which small numbers of a measure are hidden, and why. Raises Stale when the measure was saved since."""
    return save_if_unchanged(
        Measure,
        measure.pk,
        version,
        suppress_small=suppress_small,
        zeros_shown=zeros_shown,
        fewest_answers=fewest_answers,
        small_numbers_reason=reason,
    )


@action
def create_series(*, measure: Measure, area: Area, breakdown: str = "", by: User | None) -> Series:
    """Begin to keep a measure for an area; the one already kept where there is one."""
    found = Series.objects.filter(measure=measure, area=area, breakdown=breakdown).first()
    if found:
        return found
    made = Series(measure=measure, area=area, breakdown=breakdown)
    made.full_clean()  # SQLite itself does not keep to the length of a breakdown
    made.save()
    return made


@action
def create_many_series(*, keys: Sequence[Sequence[str]], by: User | None) -> list[Series]:
    """Begin to keep series named by (measure, area, breakdown), slugs and text; those that are kept already stay.

    The names come from a check that has found every one of them fit to be kept.
    """
    measures, areas = Measure.objects.in_bulk(field_name="slug"), Area.objects.in_bulk(field_name="slug")
    held = set(Series.objects.values_list("measure__slug", "area__slug", "breakdown"))
    wanted = [key for key in dict.fromkeys(map(tuple, keys)) if key not in held]
    made = [Series(measure=measures[slug], area=areas[area], breakdown=cut) for slug, area, cut in wanted]
    return Series.objects.bulk_create(made)


@action
def set_plan(
    *,
    title: str,
    slug: str,
    starts: dt.date,
    ends: dt.date,
    priorities: Sequence[Mapping[str, Any]],
    by: User | None,
) -> Plan:
    """Write down a plan as a whole, or again: `priorities` are {"number", "title", "measures": [slug, ...]} in order.

    Raises LookupError naming the measures that are not defined.
    """
    plan, _ = Plan.objects.update_or_create(slug=slug, defaults={"title": title, "starts": starts, "ends": ends})
    measures = {measure.slug: measure for measure in Measure.objects.all()}
    unknown = [slug for one in priorities for slug in one["measures"] if slug not in measures]
    if unknown:
        raise LookupError(f"The plan names measures that are not defined: {', '.join(unknown)}.")
    for one in priorities:
        kept, _ = Priority.objects.update_or_create(plan=plan, number=one["number"], defaults={"title": one["title"]})
        _place(kept, [measures[slug] for slug in one["measures"]])
    return plan


def _place(priority: Priority, measures: Sequence[Measure]) -> None:
    """The measures of a priority in this order; nothing is written where they stand so already."""
    held = list(priority.plan_measures.order_by("position").values_list("measure_id", flat=True))
    if held != [measure.pk for measure in measures]:
        priority.plan_measures.all().delete()
        for position, measure in enumerate(measures, 1):
            PlanMeasure.objects.create(priority=priority, measure=measure, position=position)
