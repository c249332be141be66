"""What the record knows that a file is checked against: definitions, names, series, and the figures it holds.

One query each, whatever the size of the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from measures import storing
from measures.models import Area, AreaAlias, CurrentValue, ImportBatch, Measure, Series, SourceMapping
from measures.models.period import month_index
from measures.parsing.layout import Rows
from measures.parsing.official.areas import extended
from measures.parsing.spans import MONTHLY, Span
from measures.parsing.table import TextColumn
from measures.validation import Definition, Figure, SeriesKey
from measures.validation.definitions import plain_name
from measures.validation.matching import measure_names

WITHOUT_DENOMINATOR = (Measure.Kind.COUNT, Measure.Kind.HOURS, Measure.Kind.SURVEY)


@dataclass(frozen=True)
class Known:
    """`areas`: every way an area is written -> its slug. `own`: the slug of the office's force, "" before it has one.
    `series`: the primary key of each series that is kept, under its full name."""

    definitions: tuple[Definition, ...]
    areas: Mapping[str, str]
    own: str
    series: Mapping[SeriesKey, int]

    def full(self, key: SeriesKey) -> SeriesKey:
        """A file without an area column is about the office's own force."""
        return key if key.area else key._replace(area=self.own)


@dataclass(frozen=True)
class Standing:
    """Figures held, for the checks (by the keys of the file) and for storing (heads by series and last month)."""

    figures: dict[SeriesKey, dict[int, Figure]]
    heads: dict[tuple[int, int], int]


def load() -> Known:
    areas = list(Area.objects.all())
    names = {area.slug: area.slug for area in areas} | dict(AreaAlias.objects.values_list("name", "area__slug"))
    names = extended(names | {area.name: area.slug for area in areas})
    kept = Series.objects.values_list("measure__slug", "area__slug", "breakdown", "pk")
    return Known(
        tuple(definition_of(measure) for measure in Measure.objects.all()),
        names,
        next((area.slug for area in areas if area.is_own), ""),
        {SeriesKey(*key): pk for *key, pk in kept.iterator()},
    )


def definition_of(measure: Measure) -> Definition:
    return Definition(
        slug=measure.slug,
        names=(measure.name, measure.short_name),
        kind=measure.kind,
        unit=measure.unit,
        precision=measure.precision,
        needs_denominator=measure.kind not in WITHOUT_DENOMINATOR,
    )


def names_of_source(source: str) -> dict[str, str]:
    """What names in earlier files of a source were said to stand for: text -> slug."""
    said: dict[str, str] = {}
    for mapping in SourceMapping.objects.filter(source=source).order_by("pk").values_list("mapping", flat=True):
        said |= {text: slug for text, slug in mapping.get("measures", {}).items() if slug}
    return said


def standing(known: Known, rows: Rows, mapping: Mapping[str, Any], span: Span) -> Standing:
    """The figures held of every series that these rows may be about."""
    by_key = _candidates(known, rows, mapping)
    wanted = {pk: key for key, pk in by_key.items()}
    parts = ("value", "denominator", "observation__margin", "observation__sample_size", "provisional")
    found = CurrentValue.objects.filter(period__kind=span.kind)
    if span == MONTHLY:
        columns = ("series_id", "head_id", "month", *parts)
    else:
        columns = ("series_id", "head_id", "period__start", "period__end", *parts)
    result = Standing({}, {})
    for some in storing.in_batches(sorted(wanted)):
        for one, head, *rest in found.filter(series_id__in=some).values_list(*columns):
            month = rest[0] if span == MONTHLY else _last_month(rest.pop(0), rest[0], span)
            if month is not None:
                result.heads[one, month] = head
                if rest[1] is not None:
                    result.figures.setdefault(wanted[one], {})[month] = Figure(*rest[1:])
    return result


def standing_of(series: Series, span: Span) -> dict[SeriesKey, dict[int, Figure]]:
    """The figures held of one series, as `validate` takes them for a file that names the measure alone."""
    parts = ("value", "denominator", "observation__margin", "observation__sample_size", "provisional")
    found = series.current_values.filter(period__kind=span.kind, value__isnull=False)
    rows = found.values_list("period__start", "period__end", *parts)
    months = {_last_month(start, end, span): Figure(*figure) for start, end, *figure in rows}
    return {SeriesKey(series.measure.slug): {month: one for month, one in months.items() if month is not None}}


def _last_month(start: Any, end: Any, span: Span) -> int | None:
    last = month_index(end)
    return last if last - month_index(start) + 1 == span.months else None


def _candidates(known: Known, rows: Rows, mapping: Mapping[str, Any]) -> dict[SeriesKey, int]:
    """The series kept whose measure, area and breakdown all stand in the file, under the file's own keys."""
    names = measure_names(known.definitions)
    slugs = {known.definitions[names[plain]].slug for plain in _plain(rows.measures) if plain in names}
    slugs |= {slug for slug in mapping.get("measures", {}).values() if slug}
    areas = {plain_name(name): slug for name, slug in known.areas.items()}
    said = {slug for slug in mapping.get("areas", {}).values() if slug}
    places = {areas[plain] for plain in _plain(rows.areas) if plain in areas} | said if rows.areas else {known.own}
    cuts = {" ".join(text.split()) for text in rows.breakdowns.texts} if rows.breakdowns else {""}
    return {
        key if rows.areas else key._replace(area=""): pk
        for key, pk in known.series.items()
        if key.slug in slugs and key.area in places and key.breakdown in cuts
    }


def _plain(column: TextColumn | None) -> set[str]:
    return {plain_name(text) for text in column.texts} if column else set()


def accepted_before(batch: ImportBatch) -> ImportBatch | None:
    """The latest other import that stored this very file, withdrawn since or not."""
    stored = ImportBatch.objects.filter(file_id=batch.file_id, accepted_at__isnull=False).exclude(pk=batch.pk)
    return stored.select_related("accepted_by").order_by("-accepted_at").first()


def sources() -> Iterable[str]:
    """Names of sources used before, to be offered again."""
    return ImportBatch.objects.filter(file__isnull=False).order_by("source").values_list("source", flat=True).distinct()
