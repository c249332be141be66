"""Quotations on a spreadsheet: one row a quotation, as a survey's answers come out of it.

The first row names the columns after COLUMNS below; those in NEEDED must be there. Every problem is found at once, each
with its row, and nothing is guessed.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from core.accounts.clock import today
from governance.papers.models import Quotation
from measures.definition_sheet import NO, YES, SheetProblems
from measures.models import Measure
from measures.office_sheet import DAYS, MONTHS, day_of, rows_of
from measures.parsing.problems import quote

COLUMNS = {
    "measure": "measure",
    "theme": "theme",
    "words": "words",
    "who it speaks for": "speaker",
    "survey or consultation": "source",
    "kind": "kind",
    "when": "dated",
    "public": "may_be_public",
}
NEEDED = ("measure", "theme", "words", "who it speaks for", "survey or consultation", "when")
LONGEST = {"theme": 80, "words": 1_500, "speaker": 120, "source": 160}
MOST_ROWS = 500


@dataclass(frozen=True)
class SheetRow:
    """One quotation as the sheet gives it; the day as 2019-09-01."""

    row: int
    measure: str
    theme: str
    words: str
    speaker: str
    source: str
    dated: str
    kind: str = Quotation.Kind.SURVEY
    may_be_public: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Matched:
    """The rows beside what is on record: what `actions.import_quotations` takes, and what is wrong."""

    quotations: list[dict[str, Any]]
    problems: list[str]


def read(data: bytes) -> list[SheetRow]:
    """The rows of a CSV file or a workbook. Raises SheetProblems."""
    rows, sentences = [], []
    given = rows_of(data, columns=COLUMNS, needed=NEEDED, noun="a sheet of quotations")
    if len(given) > MOST_ROWS:
        raise SheetProblems([f"The sheet has {len(given):,} rows; {MOST_ROWS} go in at a time, for each must be read."])
    for number, words in given:
        made, problems = _row(number, words)
        rows += [made] if made else []
        sentences += [f"Row {number:,}: {problem}" for problem in problems]
    if not rows and not sentences:
        sentences = ["The sheet has no quotations: nothing stands below its headings."]
    if sentences:
        raise SheetProblems(sentences)
    return rows


def from_dicts(rows: Iterable[dict[str, Any]]) -> list[SheetRow]:
    """The rows again, as a page has kept them between looking and taking them over."""
    return [SheetRow(**row) for row in rows]


def _row(number: int, given: dict[str, str]) -> tuple[SheetRow | None, list[str]]:
    names = {property_: name for name, property_ in COLUMNS.items()}
    problems = [f"“{name}” is empty." for name in NEEDED if not given.get(COLUMNS[name])]
    problems += [
        f"“{names[name]}” is longer than {most:,} characters."
        for name, most in LONGEST.items()
        if len(given.get(name, "")) > most
    ]
    day = day_of(given.get("dated", ""), (*DAYS, *MONTHS))
    if given.get("dated") and day is None:
        problems.append(f"{quote(given['dated'])} cannot be a month or a day: write September 2019 or 30/09/2019.")
    if day and day > today():
        problems.append(f"{quote(given['dated'])} is a day to come.")
    kind = given.get("kind", "").casefold() or Quotation.Kind.SURVEY
    if kind not in Quotation.Kind.values:
        problems.append(f"{quote(given['kind'])} is neither survey nor consultation.")
    public = given.get("may_be_public", "").casefold() or "no"
    if public not in YES + NO:
        problems.append(f"{quote(given['may_be_public'])} does not say whether it may be printed in public: yes or no.")
    if problems or day is None:
        return None, problems
    said = {name: given[name] for name in ("measure", "theme", "speaker", "source")}
    words = given["words"].strip("“”\"' ")
    if not words:
        return None, ["“words” is empty."]
    made = SheetRow(number, words=words, dated=day.isoformat(), kind=kind, may_be_public=public in YES, **said)
    return made, []


def matched(rows: list[SheetRow]) -> Matched:
    """The rows with the measures they name; an unknown measure and what is on record already are problems."""
    every = list(Measure.objects.only("slug", "name", "short_name"))
    named = {words.casefold(): one for one in every for words in (one.name, one.short_name, one.slug)}
    wanted = {one.pk for row in rows if (one := named.get(row.measure.casefold()))}
    held = Quotation.objects.filter(measure__in=wanted).values_list("measure_id", "theme", "words")
    seen = {(measure, theme.casefold(), words.casefold()): 0 for measure, theme, words in held}
    found = Matched([], [])
    for one in rows:
        measure = named.get(one.measure.casefold())
        if measure is None:
            found.problems.append(f"Row {one.row:,}: there is no measure {quote(one.measure)}.")
            continue
        key = (measure.pk, one.theme.casefold(), one.words.casefold())
        if key in seen:
            where = f"in row {seen[key]:,}" if seen[key] else "on record"
            found.problems.append(f"Row {one.row:,}: these words stand under this theme {where} already.")
        seen.setdefault(key, one.row)
        facts = {"theme": one.theme, "words": one.words, "speaker": one.speaker, "source": one.source}
        facts |= {"kind": one.kind, "may_be_public": one.may_be_public, "dated": dt.date.fromisoformat(one.dated)}
        found.quotations.append({"measure": measure, **facts})
    return found
