"""What a measure's page says first: a sentence or two that a councillor understands without the key."""

import math

from measures.figures import MeasureFigures
from measures.models import Measure
from measures.presenters import certainty
from measures.presenters.values import PERCENTAGES
from measures.trends.figures import Figure
from measures.trends.formatting import number_text, value_text
from measures.trends.periods import Span, month_words
from measures.trends.ruleset import Ruleset
from measures.trends.words import SEASON_DOUBT

SAME = "the same as"
HIDDEN_WORDS = "figures below five, and those that would give one away, are not shown."
NOUNS = (Measure.Kind.COUNT, Measure.Kind.HOURS)
WAYS = dict.fromkeys(NOUNS, ("more", "fewer")) | {Measure.Kind.DURATION: ("longer", "shorter")}


def lead(held: MeasureFigures, ruleset: Ruleset) -> str:
    """One sentence or two that a councillor understands without the key."""
    measure = held.measure
    if measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return _lead_of_sample(held)
    if measure.kind == Measure.Kind.SURVEY:
        return _lead_of_survey(held)
    quarter = held.figure("quarter")
    if quarter.value is None:
        latest = held.last_month
        if latest is None:
            return "No figures have been recorded yet."
        if quarter.withheld:
            return f"The figure for {months_words(quarter)} is {quarter.withheld}: {HIDDEN_WORDS}"
        return f"The figure for {months_words(quarter)} cannot be worked out: {quarter.why_not}"
    amount = f"{capitalised(said(held, quarter))}{_out_of(held, quarter)} in {months_words(quarter)}"
    few = certainty.is_of_few(held, quarter)
    change = "" if few else change_words(held, "quarter", "quarter_year_ago")
    since = "a year before" if change == SAME else "the same quarter a year before"
    compared = f", {change} {since}" if change else ""
    late = f" Its figures come late: they reach {month_words(held.as_of)}." if measure.lag_months else ""
    return f"{amount}{compared}. {state_words(held, ruleset)}{late}"


def _out_of(held: MeasureFigures, figure: Figure) -> str:
    """ " (43 of 255)": of how many a percentage is; a time is an average of as many."""
    if held.measure.kind != Measure.Kind.RATIO or not figure.parts:
        return ""
    return f" ({number_text(figure.parts[0])} of {number_text(figure.parts[1])})"


def _lead_of_survey(held: MeasureFigures) -> str:
    read = held.reading
    if read is None:
        return "No survey has been recorded yet."
    now = held.figure("rolling12")
    margin = f" (give or take {number_text(read.margin, held.measure.precision)})" if read.margin else ""
    change = change_words(held, "rolling12", "rolling12_year_ago")
    compared = f", {change} a year before" if change else ""
    return f"{held.say(now, 'prose')}{margin} in {now.period}{compared}.{_beyond_chance(held)}"


def _beyond_chance(held: MeasureFigures) -> str:
    """Whether a year's change of a survey is more than the margins of its two readings together explain."""
    change = held.figure("rolling12_on_year_change")
    margins = {one.last_month: one.margin for one in held.readings}
    now, before = margins.get(held.as_of), margins.get(held.as_of - 12)
    if change.value is None or not now or not before:
        return ""
    both = math.hypot(now, before)
    if abs(change.value) > both:
        return " That is more than chance in who was asked would explain."
    return " That is no more than chance in who was asked could explain."


def _lead_of_sample(held: MeasureFigures) -> str:
    now = held.figure("sample")
    if now.value is None:
        return "No sample has been recorded yet."
    met, examined = now.parts
    change = held.figure("sample_change")
    compared = "" if change.value is None else f", {_points(held, change)} the sample before"
    share = f"{number_text(met)} of {number_text(examined)}"
    return f"{held.say(now, 'prose')} ({share}) met the standard in the {now.period}{compared}."


def capitalised(text: str) -> str:
    """The text with a capital at its start and the rest as it was."""
    return text[:1].upper() + text[1:]


def months_words(figure: Figure) -> str:
    """A figure's period by its months: "July to September 2019"."""
    return Span("months", figure.months[0], figure.months[-1]).words


def said(held: MeasureFigures, figure: Figure) -> str:
    """A figure with its noun: "11,856 crimes", "16.9 per cent", "12 minutes and 47 seconds"."""
    text = held.say(figure, "prose")
    kind = held.measure.kind
    if figure.unit in ("count", "hours") and kind in NOUNS:
        return f"{text} {held.measure.unit}"
    if kind == Measure.Kind.DAYS_PER_PERSON:
        return f"{text} days a person"
    return f"{text} per 1,000 people" if kind == Measure.Kind.RATE else text


def change_words(held: MeasureFigures, later: str, earlier: str) -> str:
    """How the later compares: "7.4 per cent more than", "2.1 percentage points lower than", "the same as"."""
    now, before = held.figure(later), held.figure(earlier)
    if now.value is None or before.value is None:
        return ""
    if held.measure.kind in PERCENTAGES:
        return _points(held, held.figure(f"{later}_on_year_change"))
    if now.value == before.value or held.say(now) == held.say(before):
        return SAME
    if before.value == 0:
        return "up from none in"
    share = abs(100 * (now.value - before.value) / before.value)
    way = WAYS.get(Measure.Kind(held.measure.kind), ("higher", "lower"))
    return f"{number_text(share, 1)} per cent {way[now.value < before.value]} than"


def _points(held: MeasureFigures, change: Figure) -> str:
    places = held.measure.precision
    if change.value is None:
        return ""
    text = value_text(abs(change.value), "percentage_points", "prose", places)
    if text.startswith(number_text(0, places)):
        return SAME
    return f"{text} {'higher' if change.value > 0 else 'lower'} than"


def state_words(held: MeasureFigures, ruleset: Ruleset) -> str:
    """What the symbols come to, in a short sentence; the headline symbol first."""
    signal = held.signals.get(ruleset.name)
    if signal is None:
        return "Whether that is unusual is not shown: small numbers are among the months." if held.hides_signals else ""
    if signal.no_data:
        return "Nothing has been recorded in the last year."
    told = {
        ("r1", 1): "the latest month is unusually high",
        ("r1", -1): "the latest month is unusually low",
        ("r2", 1): "the last three months are all unusually high",
        ("r2", -1): "the last three months are all unusually low",
        ("r3", 1): "the last eight months are all above average",
        ("r3", -1): "the last eight months are all below average",
        ("r4", 1): "month by month it has been rising",
        ("r4", -1): "month by month it has been falling",
        ("r5", 1): "over twelve months it is rising",
        ("r5", -1): "over twelve months it is falling",
    }
    told |= {(rule, flag): told["r5", flag] for rule in ("r5c", "r5c_ar") for flag in (1, -1)}
    if signal.statistics.get("season_doubt"):
        told |= {("r4", flag): f"{told['r4', flag]}, {SEASON_DOUBT}" for flag in (1, -1)}
    rules = ruleset.shown_for(signal.answers)
    lit = [(flag, told[rule, flag]) for rule in rules if (flag := getattr(signal, rule)) in (1, -1)]
    if lit:
        headline = [words for flag, words in lit if flag == lit[0][0]]
        others = [words for flag, words in lit if flag != lit[0][0]]
        against = f", though {_in_a_row(others)}" if others else ""
        return f"{capitalised(_in_a_row(headline))}{against}."
    if signal.not_enough:
        return "It cannot be said whether that is unusual: months it needs are missing, left out or too few."
    return "That is within its usual range."


def _in_a_row(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def chart_title(held: MeasureFigures, ruleset: Ruleset) -> str:
    """What the months against their limits show, as a heading."""
    signal = held.signals.get(ruleset.name)
    name = held.measure.short_name
    if signal is None or signal.no_data:
        return f"{name} against its own past"
    if any(getattr(signal, rule) in (1, -1) for rule in ruleset.shown_for(signal.answers)):
        return f"{name}: {state_words(held, ruleset).rstrip('.').lower()}"
    return f"{name} {'cannot be judged fully' if signal.not_enough else 'is within its usual range'}"
