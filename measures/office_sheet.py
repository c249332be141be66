"""A table that an office prepares on a spreadsheet: one row a thing, one column a property, the first row naming them.

What is wrong with the columns is told at once; nothing is guessed. What the cells hold is for whoever reads the rows.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from measures.definition_sheet import SheetProblems
from measures.parsing import formats
from measures.parsing.mapping import headings
from measures.parsing.problems import quote

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
MONTHS = ("%B %Y", "%b %Y", "%m/%Y", "%Y-%m")


def rows_of(
    data: bytes, *, columns: Mapping[str, str], needed: Sequence[str], noun: str
) -> list[tuple[int, dict[str, str]]]:
    """(row number, words by property) of each row below the headings, blanks made single. Raises SheetProblems.

    `columns` are the headings with the property each means, `noun` is what the sheet holds ("a delivery plan").
    """
    reading = formats.read(data, by_hand=True)
    if reading.table is None or not reading.report.is_clean:
        raise SheetProblems([problem.message for problem in reading.report.held])
    names = [name.casefold().replace("’", "'") for name in headings(reading.table, 0)]
    wrong = [f"The sheet has no column {quote(name)}." for name in needed if name not in names]
    wrong += [f"{quote(name)} is not a column of {noun}; remove it." for name in names if name not in columns]
    wrong += [f"The column {quote(name)} stands twice." for name in columns if names.count(name) > 1]
    if wrong:
        raise SheetProblems(wrong)
    found = []
    for position in range(1, len(reading.table)):
        given = dict(zip((columns[name] for name in names), reading.table.cells(position), strict=True))
        words = {name: " ".join(text.split()) for name, text in given.items()}
        found.append((int(reading.table.row_numbers[position]), words))
    return found


def day_of(text: str, forms: Sequence[str] = DAYS) -> dt.date | None:
    """The day some words mean, the first of a month where they name only the month; None where they are no day."""
    for form in forms:
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None
