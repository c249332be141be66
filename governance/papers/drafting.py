"""A first draft of what may be said of a measure: plain sentences from the registry, every figure a live one.

What is said is what the record bears: a change is compared with the same time a year before, and where it is no more
than chance the sentence says so. A sentence whose figure is missing, hidden or of too few to compare is left out.
Words that name a direction ("more than") are part of the live figure, so that they turn with it in a later quarter.
"""

from collections.abc import Callable, Iterator
from html import escape

from governance.papers.book import RULESET, Book
from governance.papers.checking.certainty import CHANCE, deviations
from governance.papers.content.tokens import Token
from governance.papers.live import spoken
from measures.figures import MeasureFigures
from measures.models import Measure
from measures.presenters import certainty
from measures.presenters.lead import NOUNS, capitalised, state_words

BY_CHANCE = "That difference is within the range expected by chance."
USUAL = "Taken month by month, the figures are within the range expected by chance."
IN_A_YEAR = "in the twelve months before"


class _Missing(Exception):
    """A figure that a sentence needs has nothing to print."""


class _Teller:
    """Live figures of one measure as they stand in a sentence."""

    def __init__(self, book: Book, slug: str) -> None:
        self.book, self.slug = book, slug

    def __call__(self, statistic: str, form: str = "prose", part: str = "") -> str:
        held = self.book.of(self.slug)
        if statistic not in held.names:
            raise _Missing
        token = Token(self.slug, statistic, form=form, part=part)
        one = spoken(self.book, token)
        if one.is_missing or one.figure.withheld or not one.text:
            raise _Missing
        return f'<data data-figure="{token.reference}">{escape(one.text, quote=False)}</data>'


Sentence = Callable[[_Teller], str]


def drafted(book: Book, slug: str, accepted: Callable[[str], bool]) -> str:
    """The draft as HTML of the dialect, two paragraphs at most; empty where the record bears no sentence.

    `accepted` says whether a sentence stands the checker beside those before it; the first wording that does is taken.
    """
    held, tell = book.of(slug), _Teller(book, slug)
    paragraphs = []
    for group in (_levels(held), _signals(held)):
        said: list[str] = []
        for wordings in group:
            told = _first(wordings, tell, [*paragraphs, *said], accepted)
            if told:
                said.append(told)
        if not said:
            break  # what the rules see says nothing without the figures
        paragraphs.append(" ".join(said))
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def _first(wordings: list[Sentence], tell: _Teller, before: list[str], accepted: Callable[[str], bool]) -> str:
    for wording in wordings:
        try:
            told = wording(tell)
        except _Missing:
            continue
        if told and accepted("".join(f"<p>{one}</p>" for one in [*before, told])):
            return told
    return ""


def _levels(held: MeasureFigures) -> Iterator[list[Sentence]]:
    """How much there was, with how it compares."""
    kind, name = held.measure.kind, escape(capitalised(held.measure.short_name), quote=False)
    if kind == Measure.Kind.SURVEY:
        yield _of_survey(name)
        yield from _by_chance(held, "rolling12")
    elif kind == Measure.Kind.AUDIT_SAMPLE:
        yield _of_sample(name)
    else:
        yield _of_year(held, name)
        yield from _by_chance(held, "rolling12")
        if not certainty.is_of_few(held, held.figure("quarter")):
            yield _of_quarter(held)
            yield from _by_chance(held, "quarter")


def _of_year(held: MeasureFigures, name: str) -> list[Sentence]:
    """ "There were 11,856 crimes in quarter two and 44,340 in the twelve months to ..., 2.9 per cent more than ..."."""
    unit = escape(held.measure.unit, quote=False)
    change = _change(held, "rolling12")

    def opening(tell: _Teller, *, named: bool) -> str:
        quarter, year = tell("quarter"), tell("rolling12")
        when, whole = tell("quarter", "period"), tell("rolling12", "period")
        if held.measure.kind in NOUNS and not named and held.figure("quarter").value != 1:
            return f"There were {quarter} {unit} in {when} and {year} in {whole}"
        return f"{name} stood at {quarter}{_noun(held)} in {when} and {year}{_noun(held)} in {whole}"

    def with_parts(tell: _Teller) -> str:
        """ "... 43 of 255" in a sentence of its own: the parts of one figure beside another would be read as its."""
        of = f"{tell('quarter', part='numerator')} of {tell('quarter', part='denominator')}"
        first = f"{name} stood at {tell('quarter')} ({of}) in {tell('quarter', 'period')}."
        year = f"Over {tell('rolling12', 'period')} it was {tell('rolling12')}"
        return f"{first} {year}, {tell(change, 'compared')} {IN_A_YEAR}."

    def compared(tell: _Teller, *, named: bool) -> str:
        return f"{opening(tell, named=named)}, {tell(change, 'compared')} {IN_A_YEAR}."

    def alone(tell: _Teller, *, named: bool) -> str:
        return f"{opening(tell, named=named)}."

    def quarter_only(tell: _Teller) -> str:
        return f"{name} stood at {tell('quarter')}{_noun(held)} in {tell('quarter', 'period')}."

    few = certainty.is_of_few(held, held.figure("rolling12"))
    both = [lambda tell, named=named: alone(tell, named=named) for named in (False, True)]
    if not few:
        both = [lambda tell, named=named: compared(tell, named=named) for named in (False, True)] + both
    if held.measure.kind == Measure.Kind.RATIO and not few:
        return [with_parts, *both, quarter_only]
    return [*both, quarter_only]


def _change(held: MeasureFigures, level: str) -> str:
    """The change on a year before: in hundredths, or in percentage points for what is in hundredths already."""
    relative = f"{level}_on_year_percentage"
    return relative if relative in held.names else f"{level}_on_year_change"


def _noun(held: MeasureFigures) -> str:
    if held.measure.kind == Measure.Kind.RATE:
        return " per 1,000 people"
    if held.measure.kind == Measure.Kind.DAYS_PER_PERSON:
        return " days a person"
    return f" {escape(held.measure.unit, quote=False)}" if held.measure.kind in NOUNS else ""


def _of_quarter(held: MeasureFigures) -> list[Sentence]:
    """How the quarter compares with the same quarter of the year before."""
    change = _change(held, "quarter")
    return [
        lambda tell: (
            f"The quarter's figure is {tell(change, 'compared')} in the same quarter of the year before, "
            f"when it was {tell('quarter_year_ago')}{_noun(held)}."
        ),
        lambda tell: f"The quarter's figure is {tell(change, 'compared')} in the same quarter of the year before.",
    ]


def _of_survey(name: str) -> list[Sentence]:
    def opening(tell: _Teller) -> str:
        return f"{name} stood at {tell('rolling12')}"

    def give_or_take(tell: _Teller) -> str:
        return f" (give or take {tell('rolling12', part='margin')})"

    when = "in {}"
    return [
        lambda tell: (
            f"{opening(tell)}{give_or_take(tell)} {when.format(tell('rolling12', 'period'))}, "
            f"{tell('rolling12_on_year_change', 'compared')} {IN_A_YEAR}."
        ),
        lambda tell: (
            f"{opening(tell)} {when.format(tell('rolling12', 'period'))}, "
            f"{tell('rolling12_on_year_change', 'compared')} {IN_A_YEAR}."
        ),
        lambda tell: f"{opening(tell)} {when.format(tell('rolling12', 'period'))}.",
    ]


def _of_sample(name: str) -> list[Sentence]:
    def opening(tell: _Teller) -> str:
        of = f"{tell('sample', part='numerator')} of {tell('sample', part='denominator')}"
        return f"{name} stood at {tell('sample')} ({of}) in the {tell('sample', 'period')}"

    return [
        lambda tell: f"{opening(tell)}, {tell('sample_change', 'compared')} in the sample before.",
        lambda tell: f"{opening(tell)}.",
    ]


def _by_chance(held: MeasureFigures, level: str) -> Iterator[list[Sentence]]:
    """Behind a comparison, that it may be chance."""
    if differs_by_chance(held, level):
        yield [lambda tell: BY_CHANCE]


def _signals(held: MeasureFigures) -> Iterator[list[Sentence]]:
    """What the rules see; nothing where that cannot be said."""
    signal = held.signals.get(RULESET.name)
    words = state_words(held, RULESET) if signal else ""
    if words == "That is within its usual range.":
        words = USUAL
    if words:
        yield [lambda tell: escape(words, quote=False)]


def differs_by_chance(held: MeasureFigures, level: str) -> bool:
    """Whether a change on the year before may be chance: counts judged as if Poisson, a survey by its margins."""
    now, before = held.figure(level), held.figure(f"{level}_year_ago")
    if now.value is None or before.value is None or now.value == before.value:
        return False
    if held.measure.kind == Measure.Kind.COUNT:
        return deviations(float(now.value), float(before.value)) < CHANCE
    if held.measure.kind == Measure.Kind.SURVEY:
        margins = {one.last_month: one.margin for one in held.readings}
        mine, theirs = margins.get(held.as_of), margins.get(held.as_of - 12)
        return bool(mine and theirs) and (now.value - before.value) ** 2 <= mine**2 + theirs**2
    return False
