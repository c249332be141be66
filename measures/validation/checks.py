"""Rows of a file against the definitions: every problem at once.

Every check runs over all rows, whatever an earlier one found, so one upload shows everything there is to put right. A
row with an error is not among the values; a figure that is missing is counted and is neither an error nor a zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from measures.parsing.layout import Rows
from measures.parsing.mapping import AREA, MARGIN, MEASURE, SAMPLE_SIZE
from measures.parsing.report import Collector, Report
from measures.validation.checked import Checked
from measures.validation.comparison import Current
from measures.validation.definitions import Definition, plain_name
from measures.validation.figure_checks import Combined, check_figures, check_months
from measures.validation.matching import Matches, Unplaced, match, measure_names, report_unknown
from measures.validation.series_checks import SeriesRows, check_breakdowns, check_duplicates, check_history, series_of
from measures.validation.values import Values, read_column

NOTHING: Current = {}


@dataclass(frozen=True)
class Validation:
    """`values` are the rows without an error. `rows` counts all, `missing` those that hold no figure. The names that
    stand for
    nothing in the record are problems of the report too; here they are as data, to be matched."""

    report: Report
    values: Values
    rows: int
    missing: int
    unknown_measures: tuple[Unplaced, ...]
    unknown_areas: tuple[Unplaced, ...]


def validate(
    rows: Rows,
    definitions: Sequence[Definition],
    *,
    as_of: int,
    measures: Mapping[str, str | None] | None = None,
    areas: Mapping[str, str] | None = None,
    current: Current = NOTHING,
    provisional: bool = False,
    provisional_from: int = 0,
    corrections: bool = False,
    lone_averages: bool = False,
) -> Validation:
    """Check n rows. Never raises at the file.

    as_of: the month it is now, 12 * year + month - 1; later months are refused. measures: what a person decided about
    names in the file, text -> slug (the mapping's "measures"). areas: name -> the key an area goes by, where the file
    has an area column; without it the texts themselves are the keys. current: the record as it stands, to tell what
    is far outside its history. provisional: whether the source says that these figures may still change,
    those of months from `provisional_from` on.
    corrections: figures below zero are the source's own corrections, to be looked at and kept. lone_averages: an
    average may come without the number it is over, as in periods that nobody adds up.
    """
    collector = Collector()
    placed = _place_measures(rows, definitions, measures or {}, collector)
    area_keys, area_codes, unknown_areas = _place_areas(rows, areas, collector)
    columns = {role: read_column(role, column, placed.codes, definitions) for role, column in rows.figures.items()}
    sound = (placed.codes >= 0) & (area_codes >= 0)
    checked = Checked(rows, definitions, placed.codes, columns, sound, collector, corrections, lone_averages)
    combined = check_figures(checked)
    check_months(checked, as_of)
    series = series_of(checked, area_codes, area_keys)
    check_breakdowns(checked, series)
    check_duplicates(checked, series, combined)
    checked.sound &= ~combined.missing
    check_history(checked, series, combined, current)
    values = replace(_values(checked, series, combined), provisional=provisional, provisional_from=provisional_from)
    missing = int((combined.missing & (placed.codes >= 0)).sum())
    return Validation(collector.report(), values, len(rows), missing, placed.unknown, unknown_areas)


def _place_measures(
    rows: Rows, definitions: Sequence[Definition], decided: Mapping[str, str | None], collector: Collector
) -> Matches:
    by_slug = {definition.slug: code for code, definition in enumerate(definitions)}
    chosen = {text: by_slug[slug] for text, slug in decided.items() if slug in by_slug}
    placed = match(rows.measures, rows.row_numbers, measure_names(definitions), chosen)
    report_unknown("a measure", "measure_unknown", placed.unknown, rows.headings.get(MEASURE), collector)
    return placed


def _place_areas(
    rows: Rows, areas: Mapping[str, str] | None, collector: Collector
) -> tuple[Sequence[str], np.ndarray, tuple[Unplaced, ...]]:
    """The keys of areas, which of them each row has (int32[n], below 0 for none), and the names that are not known."""
    if rows.areas is None:
        return [""], np.zeros(len(rows), dtype=np.int32), ()
    if areas is None:
        areas = {text: " ".join(text.split()) for text in rows.areas.texts}
    keys = sorted(set(areas.values()))
    codes = {key: code for code, key in enumerate(keys)}
    placed = match(rows.areas, rows.row_numbers, {plain_name(name): codes[key] for name, key in areas.items()}, {})
    report_unknown("an area", "area_unknown", placed.unknown, rows.headings.get(AREA), collector)
    return keys, placed.codes, placed.unknown


def _values(checked: Checked, series: SeriesRows, combined: Combined) -> Values:
    at = np.flatnonzero(checked.sound & ~np.isnan(combined.value))
    used, codes = np.unique(series.codes[at], return_inverse=True)
    return Values(
        tuple(series.keys[code] for code in used.tolist()),
        codes.astype(np.int32),
        checked.rows.months[at],
        checked.rows.row_numbers[at],
        combined.value[at],
        combined.denominator[at],
        checked.floats(MARGIN)[at],
        checked.floats(SAMPLE_SIZE)[at],
    )
