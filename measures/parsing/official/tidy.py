"""Official tables that somebody has put into rows: one row an area, date and kind of figure.

What a year means is not always said: "2019" may end with December or with March. Where the file does not say, the
person is asked, and the guess is never taken for an answer.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from measures.parsing.months import month_name
from measures.parsing.official import grid, periods
from measures.parsing.official.areas import InOrder, named, written
from measures.parsing.official.found import MONTH, SAMPLE, YEAR_TO, Found, Line, Question, View
from measures.parsing.official.home_office import FULL_TIME
from measures.parsing.official.ons_pfa import ALL_CRIME, BEHAVIOUR, ONE_NAME, RECORDED
from measures.parsing.official.population import is_wide
from measures.parsing.official.totals import Cells, check_totals

FORMAT = "Official figures as a list"
OFFENCES_HEADS = ["year_ending", "area_code", "area_name", "area_level", "offence_group", "count", "published_marker"]
BEHAVIOUR_HEADS = ["year_ending", "area_code", "area_name", "measure", "published_value"]
REPORTING_HEADS = ["category", "year_ending", "proportion"]
PERCEIVED_HEADS = ["type", "year", "percentage"]
SENTENCE_HEADS = ["sentence", "offence", "month", "count"]
WORKFORCE_HEADS = ["police force", "fte count", "year"]
COUNTRY = "England and Wales"
REPORTED = "Crimes that the police came to know of (Crime Survey)"
PERCEIVED = "Anti-social behaviour seen as a problem (Crime Survey)"
WORKFORCE = "Police workforce (full-time equivalents)"
NO_BODY = ("central service secondments",)
WHAT_YEAR = Question(
    "year_end",
    "Which month does a year in this file end with?",
    "month_name",
    "The file gives years alone. March for years from April to March; December for calendar years.",
)


class Kept(NamedTuple):
    """Lines of a list and the rows set aside, by reason."""

    lines: list[Line]
    aside: Counter[str]


def _body(view: View, width: int, aside: Counter[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headings that have all their cells."""
    for number, row in zip(view.numbers[1:], view.rows[1:], strict=True):
        if len(row) < width:
            aside["Rows that are cut short"] += 1
        else:
            yield number, [cell.strip() for cell in row]


def recognises(view: View) -> bool:
    return tuple(view.heads()) in _READERS or is_wide(view)


def read(view: View) -> Found:
    reader = _READERS.get(tuple(view.heads()))
    return reader(view) if reader else _wide(view)


def _found(
    view: View,
    kept: Kept,
    title: str,
    measures: Mapping[str, tuple[str, str]],
    *,
    cells: Cells | None = None,
    **more: object,
) -> Found:
    said = {"notes": ("Kept: every figure as the file has it.",)} | more
    return Found(
        format=FORMAT,
        title=title,
        lines=kept.lines,
        read=len(kept.lines) + sum(kept.aside.values()),
        kept=len(kept.lines),
        aside=kept.aside,
        checks=tuple(check_totals(cells or {})),
        measures=measures,
        **said,  # type: ignore[arg-type]
    )


def _offences(view: View) -> Found:
    kept, cells = Kept([], Counter()), dict[str, dict[str, float | None]]()
    for number, row in _body(view, len(OFFENCES_HEADS), kept.aside):
        last = periods.month_of(row[0])
        if last is None:
            kept.aside["Rows whose date cannot be read"] += 1
            continue
        area = written(row[2], row[1], region=row[3] == "region")
        offence = ONE_NAME.get(grid.label_text(row[4]), grid.label_text(row[4]))
        cut = "" if offence in (ALL_CRIME, "Total recorded crime") else offence
        kept.lines.append(Line(number, RECORDED, area, cut, *periods.year_to(last), YEAR_TO, row[5] or row[6]))
        if known := named(area):
            cells.setdefault(known.code, {})[f"{offence}, {month_name(last)}"] = grid.number(row[5])
    title = "Police recorded crime of twelve months, by area and offence"
    return _found(view, kept, title, {RECORDED: ("count", "offences")}, cells=cells)


def _behaviour(view: View) -> Found:
    kept, cells = Kept([], Counter()), dict[str, dict[str, float | None]]()
    places = _places(view, name=2, when=(0, 3))
    for number, row in _body(view, len(BEHAVIOUR_HEADS), kept.aside):
        found = places[row[0], row[3]].named(row[2].partition("(inc")[0], row[1])
        last = periods.month_of(row[0])
        if row[3] != "incidents" or last is None:
            kept.aside["Rates, which are worked out from the numbers"] += 1
            continue
        if "exc" in row[2].casefold() and named(row[2].partition("(")[0]) == named(COUNTRY):
            kept.aside["A second total of England and Wales, without British Transport Police"] += 1
            continue
        area = found.name if found else row[2]
        kept.lines.append(Line(number, BEHAVIOUR, area, "", *periods.year_to(last), YEAR_TO, row[4]))
        if known := named(area):
            cells.setdefault(known.code, {})[month_name(last)] = grid.number(row[4])
    title = "Anti-social behaviour incidents of twelve months, by area"
    return _found(view, kept, title, {BEHAVIOUR: ("count", "incidents")}, cells=cells)


def _places(view: View, *, name: int, when: tuple[int, ...]) -> dict[tuple[str, ...], InOrder]:
    """What names stand for, for each date (the cells `when`), in the order of the file."""
    texts: dict[tuple[str, ...], list[str]] = {}
    for row in view.rows[1:]:
        if len(row) > max(name, *when):
            texts.setdefault(tuple(row[at].strip() for at in when), []).append(row[name])
    return {key: InOrder(names) for key, names in texts.items()}


def _reporting(view: View) -> Found:
    """Some categories ("attempts", "with loss") stand several times in a year, once for each kind of theft, and the
    file does not say which is which."""
    kept = Kept([], Counter())
    rows = list(_body(view, len(REPORTING_HEADS), kept.aside))
    often = Counter((row[0], row[1]) for _, row in rows)
    for number, row in rows:
        last, value = periods.month_of(row[1]), grid.number(row[2])
        if often[row[0], row[1]] > 1:
            kept.aside["A category that stands more than once in a year: the file does not say what of"] += 1
        elif last is None or value is None:
            kept.aside["Rows without a date or a figure"] += 1
        else:
            figure = format(100 * value, ".12g")
            kept.lines.append(Line(number, REPORTED, COUNTRY, row[0], *periods.year_to(last), SAMPLE, figure))
    notes = ("Kept: each proportion as a percentage of a survey. The file gives neither margins nor numbers asked.",)
    return _found(view, kept, REPORTED, {REPORTED: ("survey", "per cent")}, notes=notes)


def _perceived(view: View) -> Found:
    kept, ends = Kept([], Counter()), _month_number(view)
    for number, row in _body(view, len(PERCEIVED_HEADS), kept.aside):
        value = grid.number(row[2])
        if value is None or not row[1].isdigit():
            kept.aside["Rows without a year or a figure"] += 1
        else:
            span = periods.year_to(12 * int(row[1]) + ends - 1)
            kept.lines.append(Line(number, PERCEIVED, COUNTRY, row[0], *span, SAMPLE, format(100 * value, ".12g")))
    notes = ("Kept: each figure as a percentage of a survey. The column is called percentage and holds proportions.",)
    asked = () if ends else (WHAT_YEAR,)
    return _found(view, kept, PERCEIVED, {PERCEIVED: ("survey", "per cent")}, notes=notes, questions=asked)


def _month_number(view: View) -> int:
    """The month a year ends with, as answered; 0 while nobody has said."""
    answered = view.answers.get("year_end", "")
    return int(answered) if answered.isdigit() and 1 <= int(answered) <= 12 else 0


def _sentences(view: View) -> Found:
    kept = Kept([], Counter())
    for number, row in _body(view, len(SENTENCE_HEADS), kept.aside):
        month = periods.month_of(row[2])
        if "average" in row[0].casefold():
            kept.aside["Averages that do not say over how many"] += 1
        elif month is None:
            kept.aside["Rows whose month cannot be read"] += 1
        else:
            kept.lines.append(Line(number, row[1], COUNTRY, row[0], month, month, MONTH, row[3]))
    measures = {line.measure: ("count", "defendants") for line in kept.lines}
    return _found(view, kept, "Assaults on constables: defendants by month, offence and result", measures)


def _workforce(view: View) -> Found:
    kept, ends = Kept([], Counter()), _month_number(view)
    places = _places(view, name=0, when=(2,))
    for number, row in _body(view, len(WORKFORCE_HEADS), kept.aside):
        found = places[(row[2],)].named(row[0])
        if row[0].casefold() in NO_BODY:
            kept.aside["Secondments to central services, which are no area"] += 1
        elif not row[2].isdigit():
            kept.aside["Rows without a year"] += 1
        else:
            at = 12 * int(row[2]) + ends - 1
            kept.lines.append(Line(number, WORKFORCE, found.name if found else row[0], "", at, at, SAMPLE, row[1]))
    question = WHAT_YEAR._replace(
        label="Which month are these numbers as at?",
        help="The file gives years alone. The Home Office counts the workforce at the end of March and of September.",
    )
    notes = ("Kept: the number at that date, as a sample of its month; it is not a figure of the whole month.",)
    return _found(view, kept, WORKFORCE, {WORKFORCE: FULL_TIME}, notes=notes, questions=() if ends else (question,))


def _wide(view: View) -> Found:
    """A row a year and a column a force, of something that the file does not name."""
    kept, ends, name = Kept([], Counter()), _month_number(view), view.answers.get("measure", "").strip()
    for number, row in _body(view, 2, kept.aside):
        for heading, cell in zip(view.rows[0][1:], row[1:], strict=False):
            if not row[0].isdigit() or not cell:
                kept.aside["Cells without a year or a figure"] += 1
            else:
                span = periods.year_to(12 * int(row[0]) + ends - 1)
                kept.lines.append(Line(number, name, written(heading), "", *span, YEAR_TO, cell))
    asked = [Question("measure", "What do these figures count?", "text", "Such as Knife crime.")] if not name else []
    asked += [] if ends else [WHAT_YEAR]
    title = "Counts of a year, a column for each force"
    return _found(view, kept, title, {name: ("count", "offences")}, unit="cells", questions=tuple(asked), licence="")


_READERS = {
    tuple(OFFENCES_HEADS): _offences,
    tuple(BEHAVIOUR_HEADS): _behaviour,
    tuple(REPORTING_HEADS): _reporting,
    tuple(PERCEIVED_HEADS): _perceived,
    tuple(SENTENCE_HEADS): _sentences,
    tuple(WORKFORCE_HEADS): _workforce,
}
