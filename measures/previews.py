"""What a check found, as plain data that is kept beside the import and shown on its page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from measures import populations
from measures.importing import Part, Prepared
from measures.models import Area, Measure, Observation
from measures.parsing.months import month_name
from measures.parsing.report import Report
from measures.trends.formatting import number_text
from measures.validation import Change, Figure, SeriesKey
from measures.validation.comparison import CHANGED, NEW

SHOWN = 1_000  # changed and new figures kept for the page; all are counted
PER_CENT = (Measure.Kind.RATIO, Measure.Kind.AUDIT_SAMPLE)
LONGEST_NUMBER = 10  # significant digits


def problems_of(report: Report) -> tuple[list[list[Any]], dict[str, Any]]:
    """The problems held, as [row, column, code, sentence, severity], and the counts of all."""
    held = [[one.row, one.column, one.code, one.message, one.severity] for one in report.held]
    codes = [[entry.code, entry.severity, entry.count, entry.example.message] for entry in report.summary]
    return held, {"errors": report.errors, "warnings": report.warnings, "codes": codes}


def preview_of(found: Prepared) -> dict[str, Any]:
    """Counts, names to place, and the first SHOWN changed and new figures with old and new side by side."""
    names, areas = _names()
    measures = Measure.objects.in_bulk(field_name="slug") if found.parts else {}
    shown = {"changes": CHANGED, "additions": NEW}
    rows = {
        name: [
            _row(change, part, measures, areas)
            for part in found.parts
            for change in part.comparison.changes(which, 0, SHOWN)
        ][:SHOWN]
        for name, which in shown.items()
    }
    comparisons = [part.comparison for part in found.parts]
    months = [int(month) for part in found.parts if len(part.values) for month in _ends(part)]
    return {
        **found.counts,
        **rows,
        "recognised": found.recognised,
        "new": sum(len(one.new) for one in comparisons),
        "changed": sum(len(one.changed) for one in comparisons),
        "unchanged": sum(len(one.unchanged) for one in comparisons),
        "absent": sum(one.absent for one in comparisons),
        "first": month_name(min(months)) if months else "",
        "last": month_name(max(months)) if months else "",
        "unknown_measures": [[one.text, one.rows, one.first_row] for one in found.unknown_measures],
        "unknown_areas": [[one.text, one.rows, one.first_row] for one in found.unknown_areas],
        "new_series": [[*key, _named(key, names, areas)] for key in found.new_series],
        "fingerprint": found.fingerprint(),
        **(_people(found.people, areas) if found.people else {}),
    }


def _people(found: populations.Comparison, areas: dict[str, str]) -> dict[str, Any]:
    """The same of a table of populations."""
    names = {pk: areas[slug] for slug, pk in Area.objects.values_list("slug", "pk")}
    years = [one.year for one in found.given]
    rows = {"changes": found.changed, "additions": found.new}
    return {
        **{kind: [_person(one, names) for one in some[:SHOWN]] for kind, some in rows.items()},
        "new": len(found.new),
        "changed": len(found.changed),
        "unchanged": found.unchanged,
        "first": f"mid-{min(years)}" if years else "",
        "last": f"mid-{max(years)}" if years else "",
    }


def _person(one: populations.Given, names: dict[int, str]) -> dict[str, Any]:
    return {
        "row": one.row,
        "series": f"People, {names[one.area]}",
        "period": f"mid-{one.year}",
        "old": number(one.old) if one.old is not None else "",
        "new": number(one.value),
        "confirmed": False,
    }


def _ends(part: Part) -> tuple[int, int]:
    return int(part.values.months.min()), int(part.values.months.max())


def _names() -> tuple[dict[str, str], dict[str, str]]:
    measures = dict(Measure.objects.values_list("slug", "name"))
    return measures, dict(Area.objects.values_list("slug", "name"))


def _named(key: SeriesKey, measures: dict[str, str], areas: dict[str, str]) -> str:
    parts = (measures.get(key.slug, key.slug), areas.get(key.area, key.area), key.breakdown)
    return ", ".join(filter(None, parts))


def _row(change: Change, part: Part, measures: dict[str, Measure], areas: dict[str, str]) -> dict[str, Any]:
    measure = measures[change.series.slug]
    names = {measure.slug: measure.name}
    last = month_name(change.month)
    return {
        "row": change.row,
        "series": _named(change.series, names, areas),
        "period": last if part.span.kind == "month" else f"{_kind_words(part)} to {last}",
        "old": figure_words(change.old, measure) if change.old else "",
        "new": figure_words(change.new, measure),
        "confirmed": bool(change.old and change.old[:-1] == change.new[:-1]),
    }


def _kind_words(part: Part) -> str:
    return {"quarter": "quarter", "year-to": f"{part.span.months} months"}.get(part.span.kind, "sample")


def figure_words(figure: Figure, measure: Measure) -> str:
    """ "1,234", "77 of 78 (98.7%)", "1,200 over 400 (3)", "76.9% ±2.9 (832 answers)"; "provisional" is said."""
    words = number(figure.value)
    if figure.denominator:
        quotient = figure.value / figure.denominator
        if measure.kind in PER_CENT:
            words += f" of {number(figure.denominator)} ({number_text(100 * quotient, 1)}%)"
        elif measure.kind == Measure.Kind.RATE:
            words += f" over {number(figure.denominator)} ({number_text(1000 * quotient, 2)} per 1,000)"
        else:
            words += f" over {number(figure.denominator)} ({number_text(quotient, max(1, measure.precision))})"
    elif measure.kind == Measure.Kind.SURVEY:
        words += "%"
    if figure.margin is not None:
        words += f" ±{number(figure.margin)}"
    if figure.sample_size:
        words += f" ({number(figure.sample_size)} answers)"
    return f"{words}, provisional" if figure.provisional else words


def number(value: float) -> str:
    return f"{value:,.{LONGEST_NUMBER}g}" if abs(value) < 10**LONGEST_NUMBER else f"{value:,.0f}"


def figure_of(observation: Observation) -> Figure:
    parts = (observation.value, observation.denominator, observation.margin, observation.sample_size)
    return Figure(*parts, observation.provisional)


def observations_of(pks: Iterable[int]) -> QuerySet[Observation]:
    """These observations, the latest period first, with where each came from."""
    found = Observation.objects.filter(pk__in=pks).select_related("period", "batch__accepted_by", "batch__file")
    return found.order_by("-period__end")
