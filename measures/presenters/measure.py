"""The page of one measure: its figures, and each signal in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from measures.charts.palette import Tone
from measures.figures import MeasureFigures
from measures.models import Measure, PeerVerdict
from measures.presenters import certainty
from measures.presenters.lead import NOUNS, capitalised
from measures.presenters.marks import LEVELS, Mark, mark, peer_marks, signal_marks, tone_of
from measures.presenters.values import PERCENTAGES
from measures.trends import words
from measures.trends.figures import UNITS
from measures.trends.formatting import number_text, value_text
from measures.trends.key import APART, NO_DATA, NOT_ENOUGH_DATA, PEER_SYMBOLS, symbol_of
from measures.trends.periods import month_words
from measures.trends.ruleset import CANNOT_SAY, DEFAULT, KEY_2019, Ruleset


@dataclass(frozen=True)
class Stat:
    """One figure of the header, for the component of that name."""

    label: str
    value: str
    change: str = ""
    note: str = ""
    tone: str = ""
    name: str = ""  # of the statistic
    interval: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Said:
    """A symbol with what it says of this measure."""

    mark: Mark
    sentence: str


def why_no_symbol(held: MeasureFigures, ruleset: Ruleset) -> str:
    """For a measure without a symbol: that nothing was found, or why nothing can be looked for."""
    measure = held.measure
    if measure.kind == Measure.Kind.SURVEY:
        return (
            "Cannot say. The rules judge single months; this survey's figures each cover twelve, which overlap, so "
            "they would see trends that are not there. Compare figures a year apart, and mind the margins."
        )
    if measure.kind == Measure.Kind.AUDIT_SAMPLE:
        return "Cannot say. The rules judge single months; these are samples, taken now and then."
    if measure.frequency != Measure.Frequency.MONTHLY:
        return "Cannot say. The rules judge single months, and this measure does not come monthly."
    if held.hides_signals:
        return "Not shown. Some of the months that the rules judge are of so few that their figures are not shown."
    if ruleset.name not in held.signals:
        return "Signals are kept for the latest two years only, or have not been worked out yet."
    return "No symbol shows. Nothing that the rules look for was found."


def stats(held: MeasureFigures) -> list[Stat]:
    """The header's figures. Missing ones say why."""
    kind = held.measure.kind
    if kind == Measure.Kind.AUDIT_SAMPLE:
        return [
            _stat(held, "Latest sample", "sample", "sample_change"),
            _stat(held, "Sample before", "previous_sample"),
        ]
    rolling = _stat(held, "Twelve months", "rolling12", _year_change(held, "rolling12"))
    if kind == Measure.Kind.SURVEY:
        return [rolling, _stat(held, "A year before", "rolling12_year_ago")]
    return [
        _stat(held, "Quarter", "quarter", _year_change(held, "quarter")),
        rolling,
        _stat(held, "Latest month", "month", _year_change(held, "month")),
        _stat(held, "Financial year to date", "year_to_date", _year_change(held, "year_to_date")),
    ]


def _year_change(held: MeasureFigures, level: str) -> str:
    relative = f"{level}_on_year_percentage"
    return relative if relative in held.names else f"{level}_on_year_change"


def _stat(held: MeasureFigures, label: str, name: str, change: str = "") -> Stat:
    figure = held.figure(name)
    if figure.value is None:
        return Stat(label, held.say(figure), note=figure.why_not, name=name)
    note = capitalised(figure.period)
    read = held.reading
    value = held.say(figure)
    if held.measure.kind == Measure.Kind.SURVEY and name == "rolling12" and read and read.margin:
        value += f" ±{number_text(read.margin, held.measure.precision)}"
        note += f"; {read.sample_size:,} answers" if read.sample_size else ""
    elif figure.unit == "per_cent" and figure.parts:
        note += f"; {number_text(figure.parts[0])} of {number_text(figure.parts[1])}"
    few, interval = certainty.is_of_few(held, figure), certainty.interval_words(held, figure)
    one = Stat(label, value, note=note, name=name, interval=interval, badge=certainty.SMALL if few else "")
    moved = held.figure(change) if change and not few else None
    if moved is None or moved.value is None:
        return one
    since = "on the sample before" if change == "sample_change" else "on a year before"
    tone = tone_of(held.measure, (moved.value > 0) - (moved.value < 0))
    said = f"{held.say(moved, signed=True)} {since}"
    return replace(one, change=said, tone="" if tone is Tone.NEUTRAL else tone)


def signals_said(held: MeasureFigures, ruleset: Ruleset, since: Mapping[str, int]) -> list[Said]:
    """Each symbol that shows, in a sentence with its numbers and since when."""
    signal = held.signals.get(ruleset.name)
    if signal is None:
        return []
    found = []
    for one in signal_marks(held, ruleset):
        if one.slug == NO_DATA:
            sentence = words.no_data_sentence(ruleset, held.as_of)
        elif one.slug == NOT_ENOUGH_DATA:
            unsaid = sum(getattr(signal, rule) is None for rule in ruleset.shown_for(signal.answers))
            sentence = words.not_enough_data_sentence(unsaid, ruleset)
        else:
            sentence = _sentence(held, one.rule, ruleset, since)
        found.append(Said(one, sentence))
    return found


def unlit_said(held: MeasureFigures, ruleset: Ruleset) -> list[str]:
    """What was looked for and not found, or could not be looked for."""
    signal = held.signals.get(ruleset.name)
    if signal is None or signal.no_data:
        return []
    unlit = [rule for rule in ruleset.shown_for(signal.answers) if getattr(signal, rule) not in (1, -1)]
    return [_sentence(held, rule, ruleset, {}) for rule in unlit]


def _sentence(held: MeasureFigures, rule: str, ruleset: Ruleset, since: Mapping[str, int]) -> str:
    signal = held.signals[ruleset.name]
    flag = getattr(signal, rule)
    seen = words.Seen(
        rule=rule,
        flag=CANNOT_SAY if flag is None else flag,
        month=held.as_of,
        numbers=signal.statistics,
        since=since.get(rule),
        season_doubt=bool(signal.statistics.get("season_doubt")),
    )
    return words.signal_sentence(seen, ruleset, lambda value: _say(held, value))


def _say(held: MeasureFigures, value: float) -> str:
    """A number about the measure's months in house style; an average of counts keeps one decimal place."""
    places = held.measure.precision
    if held.measure.kind in NOUNS and value != int(value):
        places = max(1, places)
    return value_text(value, UNITS[held.data.kind], "prose", places)


@dataclass(frozen=True)
class Reading:
    """The rolling trend by one test: whose, its symbol (None where none shows) and what it says."""

    by: str
    mark: Mark | None
    sentence: str


def disagreement(held: MeasureFigures) -> tuple[str, list[Reading]]:
    """Where the rolling trend as printed and the test that holds differ: that they do, and both side by side."""
    signal = held.signals.get(DEFAULT.name)
    answers = signal.answers if signal else {"r5": None, "r5c": None, "r5c_ar": None}
    rule = DEFAULT.rolling_rule_for(answers)
    literal, holds = answers["r5"], answers[rule]
    if literal is None or holds is None or literal == holds:
        return "", []
    sides = (
        (f"As the key prints it ({KEY_2019.identity})", "r5"),
        (f"By the test that holds ({DEFAULT.identity})", rule),
    )
    made = []
    for by, one in sides:
        slug = symbol_of(one, answers[one] or 0)
        shown = mark(slug, tone_of(held.measure, answers[one] or 0), one) if slug else None
        made.append(Reading(by, shown, _sentence(held, one, DEFAULT, {})))
    return words.rolling_disagreement(literal, holds), made


def peers_said(held: MeasureFigures) -> list[Said]:
    """Standing among peers in words."""
    verdict, measure = held.peer, held.peer_measure
    if verdict is None or measure is None:
        return []
    found = {one.slug: one for one in peer_marks(held)}
    made = []
    if verdict.state:
        level = LEVELS[PeerVerdict.State(verdict.state)]
        numbers = verdict.statistics
        month = numbers.get("month", verdict.as_of)
        sentence = words.peer_sentence(
            level, numbers["own"], numbers["mean"], numbers["peers"], lambda value: peer_text(measure, value)
        )
        of = "" if measure.pk == held.measure.pk else f" This compares {measure.short_name.lower()}."
        sentence += f" Figures are of the twelve months to {month_words(month)}.{of}"
        made.append(Said(found[PEER_SYMBOLS[level]], sentence))
    if verdict.apart:
        made.append(Said(found[APART], words.peer_trend_sentence(verdict.apart)))
    if not made:
        made.append(Said(mark(NOT_ENOUGH_DATA), words.peer_sentence(CANNOT_SAY, 0, 0, 0, str)))
    return made


def peer_text(measure: Measure, value: float) -> str:
    """A compared value with its unit."""
    kind = "ratio" if measure.kind in PERCENTAGES else measure.kind
    text = value_text(value, UNITS[kind], "prose", measure.precision)
    return f"{text} per 1,000 people" if measure.kind == Measure.Kind.RATE else text
