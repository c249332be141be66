"""The table that says what a chart says, and the words about its gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from measures.charts.frame import Key
from measures.charts.months import MonthSeries, all_months, month_name, span_words
from measures.charts.notes import MonthNote, NoteKind, hidden_words, suppressed_months, words_of
from measures.charts.palette import GAP
from measures.charts.units import Unit

MOST_GAPS = 4  # spans named beneath a chart


@dataclass(frozen=True, slots=True)
class Table:
    """A chart's values in rows: `rows` as people read them, `values` as a spreadsheet wants them (None for none)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    values: tuple[tuple[str | float | None, ...], ...]


def month_table(
    months: Sequence[int],
    columns: Sequence[tuple[MonthSeries, Unit]],
    notes: Sequence[MonthNote] = (),
    extra: Mapping[int, str] | None = None,
) -> Table:
    """One row a month; a last column of notes where any month has one."""
    said, hidden = words_of(notes), hidden_words(notes)
    for month, words in (extra or {}).items():
        said[month] = f"{words}; {said[month]}" if month in said else words
    header = ("Month", *(series.name for series, _ in columns), *(("Note",) if said else ()))
    held = [(series.by_month(), unit) for series, unit in columns]
    rows, values = [], []
    for month in months:
        note = (said.get(month, ""),) if said else ()
        written = (
            _hidden(hidden[month], place)
            if month in hidden and month not in by_month
            else unit.format(by_month.get(month))
            for place, (by_month, unit) in enumerate(held)
        )
        rows.append((month_name(month), *written, *note))
        values.append((month_name(month), *(by_month.get(month) for by_month, _ in held), *note))
    return Table(header, tuple(rows), tuple(values))


def _hidden(words: str, place: int) -> str:
    """What hides a month says of the first column alone how small it is; a total beside it is only not shown."""
    return words if place == 0 else str(NoteKind.SUPPRESSED)


def gap_key(series: MonthSeries, notes: Sequence[MonthNote] = (), mark: str = "") -> list[Key]:
    """The line beneath a chart that names its gaps, those already noted left out."""
    noted = {month for note in notes for month in note.months}
    held = series.by_month()
    spans: list[list[int]] = []
    for month in all_months(series):
        if month in held or month in noted:
            continue
        if spans and month - spans[-1][-1] <= series.every:
            spans[-1].append(month)
        else:
            spans.append([month])
    if not spans:
        return []
    named = ", ".join(span_words(span) for span in spans[-MOST_GAPS:])
    earlier = f" and {len(spans) - MOST_GAPS} earlier" if len(spans) > MOST_GAPS else ""
    return [Key(f"No data: {named}{earlier}", mark, GAP)]


def gap_words(months: Sequence[int], series: MonthSeries, notes: Sequence[MonthNote] = ()) -> str:
    """ " 2 months have no data." """
    held = series.by_month()
    missing = sum(month not in held for month in months)
    hidden = sum(month not in held for month in suppressed_months(notes) & set(months))
    parts = ""
    if missing - hidden:
        parts += f" {missing - hidden} month{'s have' if missing - hidden > 1 else ' has'} no data."
    if hidden:
        parts += f" {hidden} month{'s are' if hidden > 1 else ' is'} not shown."
    return parts
