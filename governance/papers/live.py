"""Live figures in the office's texts: what the book says today stands where the reference is, whatever was typed."""

import re
from dataclasses import dataclass, replace
from html import escape, unescape

from governance.papers.book import Book, Unavailable, figure_of
from governance.papers.content import computed, tokens
from governance.papers.content.shapes import BoundFigure
from governance.papers.content.tokens import Token
from governance.papers.header import bound
from governance.papers.waiting import is_provisional
from measures.figures import MeasureFigures
from measures.models import Measure
from measures.presenters.lead import SAME, WAYS
from measures.quarter_codes import last_month_of, quarter_words
from measures.trends import formatting
from measures.trends.figures import Figure
from measures.trends.periods import month_words

PROVISIONAL = "provisional"
REFERENCE = re.compile(r'<data data-figure="([^"]*)">(.*?)</data>', re.DOTALL)
CODES = re.compile(
    rf"<data\b[^>]*>.*?</data>|<[^>]*>|{tokens.CODE.pattern}", re.DOTALL
)  # a tag and a figure stay as they are


@dataclass(frozen=True)
class Spoken:
    """A token in words, with the figure behind them and the measure as it was read."""

    token: Token
    text: str
    figure: Figure
    held: MeasureFigures

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing to print: no value, and no words that stand for one that may not be shown."""
        if self.token.form in tokens.WORDS_ONLY:
            return not self.figure.months
        return not self.text or (
            self.figure.value is None and (not self.figure.withheld or self.token.form == "compared")
        )


def spoken(book: Book, token: Token) -> Spoken:
    """What a token says today. Raises Unavailable for a measure, statistic or quarter that is not there."""
    held = book.of(token.measure)
    if token.quarter:
        last = last_month_of(token.quarter)
        if last is None or last > book.month:
            raise Unavailable(f"{quarter_words(token.quarter).capitalize()} is not over by the end of this paper's.")
        held = held.at(last - held.measure.lag_months)
    figure = figure_of(held, token.statistic)
    return Spoken(token, _text(held, figure, token), figure, held)


def _text(held: MeasureFigures, figure: Figure, token: Token) -> str:
    if token.form in tokens.WORDS_ONLY:
        last = max(figure.months, default=held.as_of)
        return month_words(last) if token.form == "month" else figure.period
    if figure.value is None:
        return held.say(figure, "prose")
    if token.part:
        return _part(held, figure, token.part)
    if token.form == "compared":
        return compared(held, figure)
    if token.form == "size":
        return held.say(_size(figure), "prose")
    return held.say(figure, "table" if token.form == "table" else "prose")


def _part(held: MeasureFigures, figure: Figure, part: str) -> str:
    """A figure's numerator or denominator, or the margin of a survey's reading; empty where it has none."""
    if part == "margin":
        margin = next((one.margin for one in held.readings if one.last_month in figure.months), None)
        places = held.measure.precision
        return formatting.value_text(margin, "per_cent", "prose", places) if margin else ""
    number = figure.parts[part == "denominator"] if figure.parts else None
    return "" if number is None else formatting.number_text(number)


def _size(figure: Figure) -> Figure:
    return replace(figure, value=None if figure.value is None else abs(figure.value))


def compared(held: MeasureFigures, figure: Figure) -> str:
    """A change in words: "2.9 per cent more than", "0.4 percentage points lower than", "the same as"."""
    size = held.say(_size(figure), "prose")
    if figure.value is None or not re.search(r"[1-9]", size):
        return SAME
    more, fewer = WAYS.get(Measure.Kind(held.measure.kind), ("higher", "lower"))
    return f"{size} {more if figure.value > 0 else fewer} than"


def resolve(html: str, book: Book, place: str, figures: list[BoundFigure], problems: list[str]) -> str:
    """The text with each reference replaced by its figure; one that cannot be found keeps its words.

    Behind the first figure of a measure that is provisional, or ends before the quarter does in a text that does not
    name its month, the text says so. Where it cannot be said behind the figure and the text does not say it, that is a
    problem: nothing provisional is printed as if it were final.
    """
    html = _written_out(html, book, place, problems)
    found: dict[str, Spoken] = {}
    for reference in dict.fromkeys(one[1] for one in REFERENCE.finditer(html) if not computed.is_computed(one[1])):
        try:
            one = spoken(book, token_of(reference))
        except Unavailable as problem:
            problems.append(f"A live figure in {place} cannot be found. {problem}")
            continue
        if one.is_missing:
            problems.append(f"A live figure in {place} has no value. {one.figure.why_not}".strip())
            continue
        found[reference] = one
    told = {one.text for one in found.values() if one.token.form in tokens.WORDS_ONLY}
    around = " ".join([html, *told])
    said: set[tuple[str, str]] = set()
    unsaid: dict[str, Spoken] = {}

    def put(match: re.Match[str]) -> str:
        one = found.get(match[1])
        if one is None:
            return match[0]
        slug, behind = one.token.measure, ""
        if one.token.form not in tokens.WORDS_ONLY:
            figures.append(bound(book, slug, one.figure, one.text, place, reference=match[1]))
        if one.token.form in ("prose", "table"):
            words = [each for each in _caveats(book, one, around) if (slug, each) not in said]
            said.update((slug, each) for each in words)
            behind = f" ({', '.join(words)})" if words else ""
        elif one.token.form not in tokens.WORDS_ONLY and PROVISIONAL in _caveats(book, one, around):
            unsaid.setdefault(slug, one)
        return f'<data data-figure="{match[1]}">{escape(one.text, quote=False)}</data>{behind}'

    made = REFERENCE.sub(put, html)
    problems += [
        f"“{one.text}” in {place} is of a provisional figure of “{one.held.measure.short_name}”, and the text does not "
        "say so. Write “provisional” beside it."
        for slug, one in unsaid.items()
        if (slug, PROVISIONAL) not in said
    ]
    not_worked_out: list[str] = []
    made = computed.worked_out(made, not_worked_out, keep=False)
    problems += [f"In a table of {place}: {one}" for one in dict.fromkeys(not_worked_out)]
    return made


def token_of(reference: str) -> Token:
    token = tokens.parse(reference)
    if token is None:
        raise Unavailable(f"“{reference}” is no reference to a figure.")
    return token


def _written_out(html: str, book: Book, place: str, problems: list[str]) -> str:
    """With short codes as references; one that names nothing stays as it was typed, and is told."""
    if "{" not in html:
        return html
    wrong: list[str] = []
    made = expanded(html, book.names(), wrong)
    problems += [f"A live figure in {place} cannot be found. {one}" for one in wrong]
    return made


def expanded(html: str, names: tokens.Names, wrong: list[str]) -> str:
    """HTML in which each short code ({crime:rolling_12}) has become a reference; `wrong` gets a sentence for others."""

    html = computed.coded(html)

    def put(match: re.Match[str]) -> str:
        inner = match["inner"]
        if inner is None or not names.is_code(unescape(inner)):
            return match[0]
        try:
            token = names.token(unescape(inner))
        except tokens.UnknownCode as problem:
            wrong.append(str(problem))
            return match[0]
        return f'<data data-figure="{token.reference}">{match[0]}</data>'

    return CODES.sub(put, html)


def _caveats(book: Book, one: Spoken, around: str) -> list[str]:
    """ "to June 2019" and "provisional", where a reader would not know it otherwise."""
    held, figure = one.held, one.figure
    words = []
    late = figure.months and figure.months[-1] == held.as_of < book.month and not one.token.quarter
    if late and month_words(held.as_of) not in around:
        words.append(f"to {month_words(held.as_of)}")
    if is_provisional(held, figure) and PROVISIONAL not in around:
        words.append(PROVISIONAL)
    return words
