"""Header rows, symbols and scorecard rows, from the book and the layout kept with each measure. No figure is typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from governance.papers.book import RULESET, Book, Unavailable
from governance.papers.content.shapes import BoundFigure, Cell, HeaderRow, KeyLine, Line, Mark, Score
from governance.papers.waiting import is_provisional
from measures.charts.palette import Tone
from measures.charts.symbols import SYMBOLS
from measures.models import Measure, PeerVerdict
from measures.trends import formatting, key, words
from measures.trends.disclosure import NOT_SHOWN
from measures.trends.figures import Figure
from measures.trends.periods import month_words, quarter_span

RULES = {"spike": "r1", "three": "r2", "run": "r3", "discrete": "r4"}
PEER_MARKS = {
    PeerVerdict.State.ABOVE: ("peers-greater", 1),
    PeerVerdict.State.UPPER: ("peers-in-line-above", 0),
    PeerVerdict.State.LOWER: ("peers-in-line-below", 0),
    PeerVerdict.State.BELOW: ("peers-less", -1),
}
EVERYTHING = ("peers", "apart", *RULES, "rolling", "no_data")
QUARTERS = {"quarter", "previous_quarter"}
NOT_MONTHLY = "Not monthly, so no symbol"
NONE_SEEN = "No symbol"
HIDDEN = "Symbols not shown: small numbers"
NO_FIGURE = "not available"
PROVISIONAL_MARK = "p"
PROVISIONAL_NOTE = "p marks a provisional figure: its source may still change it."


@dataclass
class Found:
    """Figures bound so far and sentences about what could not be found."""

    figures: list[BoundFigure] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)  # problems with which no paper may be submitted
    provisional: bool = False  # whether a figure of a header row or the scorecard is marked as provisional


def key_lines() -> tuple[KeyLine, ...]:
    """The whole key, seventeen lines, from the ruleset in use."""
    return tuple(KeyLine(one.symbol, one.title, one.meaning) for one in key.key(RULESET))


def key_note(measures: int, *, provisional: bool = False) -> str:
    said = words.chance_sentence(RULESET, measures)
    return f"{said} {PROVISIONAL_NOTE}" if provisional else said


def tone_of(measure: Measure, direction: int) -> Tone:
    """Whether a movement that way is a concern, an improvement or neither."""
    if measure.polarity == Measure.Polarity.NEUTRAL or direction == 0:
        return Tone.NEUTRAL
    better = (direction > 0) == (measure.polarity == Measure.Polarity.UP)
    return Tone.IMPROVEMENT if better else Tone.CONCERN


def mark(slug: str, tone: Tone) -> Mark:
    said = SYMBOLS[slug].label
    return Mark(slug, str(tone), said if tone is Tone.NEUTRAL else f"{said}: {tone}")


def marks_of(book: Book, slug: str, families: Iterable[str]) -> tuple[Mark, ...]:
    """The symbols a series shows, of these families of rules."""
    measure, signal, verdict = book.of(slug).measure, book.signal(slug), book.verdict(slug)
    if signal and signal.no_data:
        return (mark(key.NO_DATA, Tone.NEUTRAL),) if "no_data" in families else ()
    answers = signal.answers if signal else {}
    rules = RULES | {"rolling": RULESET.rolling_rule_for(answers)} if signal else {}
    found: list[Mark] = []
    for family in families:
        rule = rules.get(family, "")
        flag = answers.get(rule)
        if flag:
            one = mark(str(key.symbol_of(rule, flag)), tone_of(measure, flag))
            doubtful = rule == "r4" and signal is not None and signal.statistics.get("season_doubt")
            found.append(replace(one, words=f"{one.words}, {words.SEASON_DOUBT}") if doubtful else one)
        elif family == "peers" and verdict and verdict.state:
            symbol, side = PEER_MARKS[PeerVerdict.State(verdict.state)]
            found.append(mark(symbol, tone_of(measure, side)))
        elif family == "apart" and verdict and verdict.apart:
            found.append(mark(key.APART, Tone.NEUTRAL))
    if "no_data" in families and signal and signal.not_enough:
        found.append(mark(key.NOT_ENOUGH_DATA, Tone.NEUTRAL))
    return tuple(found)


def header_row(book: Book, measure: Measure, measures: dict[str, Measure], found: Found) -> HeaderRow:
    """The row of a measure, or of the two that share it."""
    stored = measure.header
    slugs = tuple(stored.get("measures", [measure.slug]))
    name = measure.name.split(":")[0] if len(slugs) > 1 else measure.name
    lines = tuple(_line(book, line, measure, found) for line in stored.get("lines", []))
    cells = [_cell(book, one, slugs, measures) for one in stored.get("symbols", [])]
    if stored.get("words"):
        cells.append(Cell(words=stored["words"]))
    shown = tuple(one for one in cells if one.marks or one.words)
    nothing = Cell(words=_why_none(book, [slug for slug in slugs if slug in measures]))
    held = [measures[slug] for slug in slugs if slug in measures]
    standards = tuple(
        Line(one.short_name if len(slugs) > 1 else "", one.target_text) for one in held if one.target_text
    )
    return HeaderRow(name, str(stored.get("layout", "")), lines, shown or (nothing,), standards)


def _why_none(book: Book, slugs: list[str]) -> str:
    """What stands where no symbol does."""
    if any(book.of(slug).hides_signals for slug in slugs):
        return HIDDEN
    return NONE_SEEN if any(book.signal(slug) for slug in slugs) else NOT_MONTHLY


def _cell(book: Book, stored: dict[str, Any], slugs: tuple[str, ...], measures: dict[str, Measure]) -> Cell:
    label = ""
    if len(slugs) > 1 and stored["series"] in measures:
        label = measures[stored["series"]].short_name
    marks = marks_of(book, stored["series"], stored["families"])
    compared = book.of(stored["series"]).as_of if marks and stored["series"] not in slugs else book.month
    if compared != book.month:
        label = f"To {month_words(compared)}"  # what stands for the measure among its peers comes later than it
    return Cell(marks, NONE_SEEN if label and not marks else "", label)


def _line(book: Book, stored: dict[str, Any], measure: Measure, found: Found) -> Line:
    """One line; where its label names a quarter, a figure of another quarter is not put beside it."""
    label, span = str(stored["label"]), quarter_span(book.month)
    number = book.period.quarter_number
    said = label.replace("{quarter}", str(number)).replace("{previous_quarter}", str((number + 2) % 4 + 1))
    quarter = span.words if "{quarter}" in label else span.moved(-3).words if "{previous_quarter}" in label else ""
    valued = {ref["series"] for ref in stored["figures"] if ref.get("part", "value") == "value"}
    texts = [
        _part(book, ref, f"{measure.name}, {said}", quarter, found, bare=ref["series"] not in valued)
        for ref in stored["figures"]
    ]
    hidden = [text for text in texts if text.removesuffix(f" {PROVISIONAL_MARK}") == NOT_SHOWN]
    text = NO_FIGURE if NO_FIGURE in texts else NOT_SHOWN if texts == hidden else _filled(stored["template"], texts)
    return Line(said, text)


def _filled(template: str, texts: list[str]) -> str:
    """The template with `{0}`, `{1}` replaced; other braces stay as they are."""
    for place, text in enumerate(texts):
        template = template.replace(f"{{{place}}}", text)
    return template


def _part(book: Book, ref: dict[str, str], place: str, quarter: str, found: Found, *, bare: bool) -> str:
    """One figure of a line, marked where it is provisional: its value or, in a `bare` line without one, each part."""
    try:
        figure = book.figure(ref["series"], ref["statistic"])
    except Unavailable as problem:
        found.problems.append(f"The header of “{place}” has a figure that cannot be found. {problem}")
        return NO_FIGURE
    if quarter and ref["statistic"] in QUARTERS and figure.period != quarter:
        found.problems.append(f"The header of “{place}” has no figure: what is held is of {figure.period}.")
        return NO_FIGURE
    if figure.value is None and not figure.withheld:
        found.problems.append(f"The header of “{place}” has no figure. {figure.why_not}".strip())
        return NO_FIGURE
    part = ref.get("part", "value")
    text = _said(book, ref["series"], figure, part)
    if part != "period":
        found.figures.append(bound(book, ref["series"], figure, text, place, part))
    if (part == "value" or (bare and part != "period")) and is_provisional(book.of(ref["series"]), figure):
        found.provisional = True
        return f"{text} {PROVISIONAL_MARK}"
    return text


def _said(book: Book, slug: str, figure: Figure, part: str) -> str:
    match part:
        case "period":
            return figure.period.removeprefix("the twelve months to ")
        case _ if figure.withheld:
            return figure.withheld
        case "margin":
            margin, places = book.margin(slug), book.of(slug).measure.precision
            return NO_FIGURE if margin is None else formatting.value_text(margin, "per_cent", "prose", places)
        case "numerator" | "denominator":
            number = figure.parts[part == "denominator"] if figure.parts else None
            return NO_FIGURE if number is None else formatting.number_text(number)
    return book.text(slug, figure)


def bound(
    book: Book, slug: str, figure: Figure, text: str, place: str, part: str = "value", *, reference: str = ""
) -> BoundFigure:
    """A figure as it stands now, down to its observations."""
    reference = reference or f"{slug}.{figure.name}" + ("" if part == "value" else f".{part}")
    value = "" if figure.value is None else str(figure.value)
    observations = book.observations(slug, figure)
    return BoundFigure(place, reference, text, value, figure.unit, figure.period, figure.formula, observations)


def score(book: Book, measure: Measure, found: Found) -> Score:
    """A row of the scorecard; a dash where a statistic makes no sense of the measure."""
    names = {
        "quarter": ("sample",) if measure.kind == Measure.Kind.AUDIT_SAMPLE else ("quarter",),
        "on_year": ("quarter_on_year_percentage", "quarter_on_year_change"),
        "rolling": ("rolling12",),
        "rolling_on_year": ("rolling12_on_year_percentage", "rolling12_on_year_change"),
    }
    cells = {name: _first(book, measure, statistics, found) for name, statistics in names.items()}
    marks = marks_of(book, measure.slug, EVERYTHING)
    held = book.of(measure.slug)
    monthly = measure.frequency == Measure.Frequency.MONTHLY
    name = (
        f"{measure.short_name}, to {month_words(held.as_of)}"
        if monthly and held.as_of != book.month
        else measure.short_name
    )
    return Score(name, marks=marks, words="" if marks else _why_none(book, [measure.slug]), **cells)


def _first(book: Book, measure: Measure, statistics: tuple[str, ...], found: Found) -> str:
    """The first of these statistics that makes sense of the measure, as a table prints it."""
    for name in statistics:
        try:
            figure = book.figure(measure.slug, name)
        except Unavailable:
            continue
        if figure.value is not None or figure.withheld:
            text = book.text(measure.slug, figure, "table")
            found.figures.append(bound(book, measure.slug, figure, text, f"Scorecard, {measure.short_name}"))
            if is_provisional(book.of(measure.slug), figure):
                found.provisional = True
                return f"{text} {PROVISIONAL_MARK}"
            return text
    return formatting.CANNOT_SAY_TEXT["table"]
