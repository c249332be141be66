"""Each signal in a plain sentence, for a councillor: what was seen, against what, and since when.

Pure: numbers come from `Evaluation.statistics` for one series, months are month indexes, and `say` prints a value of
the measure in house style. The sentences do not say good or bad: that is the measure's polarity, shown by colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from measures.trends.chance import expected_by_chance
from measures.trends.formatting import number_text, round_half_up
from measures.trends.key import in_words, sd_words
from measures.trends.peers import GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS
from measures.trends.periods import Span, month_words
from measures.trends.ruleset import CANNOT_SAY, NOTHING, ROLLING_HISTORY, UP, Ruleset

Say = Callable[[float], str]

# Of a monthly trend that is not there, or goes the other way, once the usual pattern of the year is taken out.
SEASON_DOUBT = "though that may be the time of year"


@dataclass(frozen=True)
class Seen:
    """One rule's answer for one series.

    rule       "r1" .. "r5c_ar";  flag  1, -1, 0 or CANNOT_SAY;  month  as-of month index
    numbers    the statistics of `evaluate_latest` for the series, by name
    since      month index from which the flag has been lit without a break, if the history is known
    season_doubt  r4 disagrees with r4 after taking out the season
    """

    rule: str
    flag: int
    month: int
    numbers: Mapping[str, float]
    since: int | None = None
    season_doubt: bool = False


def chance_of(p: float) -> str:
    """How often chance alone would do it: "about 12 times in 1,000"."""
    if p < 0.001:
        return "less than once in 1,000 times"
    in_thousand = int(round_half_up(p * 1000))
    if in_thousand >= 100:
        return f"about {in_words(int(round_half_up(p * 100)))} times in 100"
    return f"about {'once' if in_thousand == 1 else in_words(in_thousand) + ' times'} in 1,000"


def since_sentence(seen: Seen) -> str:
    """For how long the symbol has shown; empty where the history is not known or no symbol shows."""
    if seen.since is None or seen.flag not in (1, -1):
        return ""
    months = seen.month - seen.since + 1
    if months == 1:
        return "It is new this month."
    return f"It has shown for {in_words(months)} months in a row, since {month_words(seen.since)}."


def signal_sentence(seen: Seen, ruleset: Ruleset, say: Say) -> str:
    """What one rule found, in one to three sentences, whichever of the four answers it gave."""
    if seen.flag == CANNOT_SAY:
        return f"It cannot be said whether {_question(seen, ruleset)}: {_need(seen, ruleset)}."
    if seen.flag == NOTHING:
        return f"{_NOTHING_SEEN[seen.rule]}, over the period that ends with {month_words(seen.month)}."
    return " ".join(part for part in (_TOLD[seen.rule](seen, ruleset, say), since_sentence(seen)) if part)


_NOTHING_SEEN = {
    "r1": "The latest month is within its usual range",
    "r2": "The latest months are not all unusually high, nor all unusually low",
    "r3": "The latest months are not all on one side of their average",
    "r4": "The monthly figures show no steady rise or fall that chance would not explain",
    "r5": "The rolling twelve-month figure shows no steady rise or fall",
    "r5c": "The rolling twelve-month figure shows no rise or fall that chance would not explain",
    "r5c_ar": "The rolling twelve-month figure shows no rise or fall that chance would not explain",
}


def _question(seen: Seen, ruleset: Ruleset) -> str:
    return {
        "r1": "the latest month is unusual",
        "r2": f"the latest {in_words(ruleset.short_run)} months are unusual together",
        "r3": f"the latest {in_words(ruleset.long_run)} months are all on one side of their average",
        "r4": "the monthly figures are rising or falling",
        "r5": "the rolling twelve-month figure is rising or falling",
        "r5c": "the rolling twelve-month figure is rising or falling",
        "r5c_ar": "the rolling twelve-month figure is rising or falling",
    }[seen.rule]


def _need(seen: Seen, ruleset: Ruleset) -> str:
    base = f"{ruleset.baseline_needs} of the {ruleset.baseline_months} months they are compared with"
    return {
        "r1": f"that needs the latest month, and {base.replace('they are', 'it is')}",
        "r2": f"that needs all {in_words(ruleset.short_run)} of them, and {base}",
        "r3": f"that needs all {in_words(ruleset.long_run)} of them, and {base}",
        "r4": f"that needs {in_words(ruleset.trend_needs)} of the past {in_words(ruleset.trend_months)} months",
        "r5": f"that needs every one of the past {ROLLING_HISTORY} months",
        "r5c": f"that needs every one of the past {ROLLING_HISTORY} months",
        "r5c_ar": f"that needs every one of the past {ROLLING_HISTORY} months, and years before them that varied",
    }[seen.rule]


def _compared_with(rule: str, month: int, ruleset: Ruleset) -> str:
    first, months = ruleset.base_lags(rule)
    span = Span("months", month - first - months + 1, month - first)
    return f"the average of {span.words}"


def _spike(seen: Seen, ruleset: Ruleset, say: Say) -> str:
    up = seen.flag == UP
    value, mean = seen.numbers["value"], seen.numbers["r1_mean"]
    start = f"The figure for {month_words(seen.month)}, {say(value)}, is unusually {'high' if up else 'low'}"
    against = _compared_with("r1", seen.month, ruleset)
    if seen.numbers["r1_sd"] == 0:
        return f"{start}: every month of {against.removeprefix('the average of ')} was {say(mean)}, without variation."
    limit = seen.numbers["r1_upper" if up else "r1_lower"]
    beyond = f"{'just ' if say(limit) == say(value) else ''}{'above' if up else 'below'}"
    return (
        f"{start}: {beyond} {say(limit)}, which is {against} ({say(mean)}) "
        f"{'plus' if up else 'less'} {sd_words(ruleset.spike_sd)}."
    )


def _run(seen: Seen, ruleset: Ruleset, say: Say) -> str:
    up = seen.flag == UP
    length = ruleset.short_run if seen.rule == "r2" else ruleset.long_run
    run = Span("months", seen.month - length + 1, seen.month)
    start = f"Each of the {in_words(length)} months {run.words} is {'above' if up else 'below'}"
    against = _compared_with(seen.rule, seen.month, ruleset)
    if seen.rule == "r3":
        return f"{start} {say(seen.numbers['r3_mean'])}, {against}."
    limit = seen.numbers["r2_upper" if up else "r2_lower"]
    sign = "plus" if up else "less"
    return f"{start} {say(limit)}, which is {against} {sign} {sd_words(ruleset.short_run_sd)}."


def _trend(seen: Seen, ruleset: Ruleset, say: Say) -> str:
    up = seen.flag == UP
    months = in_words(ruleset.trend_months)
    text = (
        f"Over the {months} months to {month_words(seen.month)} the monthly figure has been "
        f"{'rising' if up else 'falling'} {_step(abs(seen.numbers['r4_slope']), ruleset, say)}. If nothing were "
        f"changing, a line this steep, up or down, would be seen {chance_of(seen.numbers['r4_p'])}."
    )
    if seen.season_doubt:
        text += " With the usual pattern of the year taken out the answer is different: it may be the time of year."
    return text


def _step(step: float, ruleset: Ruleset, say: Say) -> str:
    """How fast, at the precision the measure is printed to: a step that rounds to nothing is told over the period."""
    if say(step) != say(0.0):
        return f"by about {say(step)} a month"
    over_all = step * (ruleset.trend_months - 1)
    if say(over_all) != say(0.0):
        return f"slowly, by about {say(over_all)} from the first month to the last"
    return "by less than the measure is rounded to"


def _rolling(seen: Seen, ruleset: Ruleset, say: Say) -> str:
    up = seen.flag == UP
    first, last = seen.numbers["r5_first"], seen.numbers["r5_latest"]
    way = "rising" if up else "falling"
    ends = f"from {say(first)} to {say(last)}"
    if say(first) == say(last):
        ends = f"by less than the measure is rounded to: it began and ended at {say(last)}"
    elif (last > first) != up:
        ends = f"as the line through its twelve values goes, though it went {ends}"
    text = f"The rolling twelve-month figure has been {way} over the year to {month_words(seen.month)}, {ends}."
    if seen.rule == "r5":
        return (
            f"{text} This is the test as the key prints it, which sees a trend in about six of ten unchanging measures."
        )
    chance = chance_of(seen.numbers[f"{seen.rule}_p"])
    if seen.rule == "r5c_ar":
        return f"{text} In a measure that varies as this one did before, a slope this steep would be seen {chance}."
    return f"{text} If nothing were changing, a slope this steep would be seen {chance}."


_TOLD: dict[str, Callable[[Seen, Ruleset, Say], str]] = {
    "r1": _spike,
    "r2": _run,
    "r3": _run,
    "r4": _trend,
    **dict.fromkeys(("r5", "r5c", "r5c_ar"), _rolling),
}


def rolling_disagreement(literal: int, holds: int) -> str:
    """What to say where the rolling trend as printed and the test that holds differ; empty where they agree."""
    if literal == holds or CANNOT_SAY in (literal, holds):
        return ""
    as_printed = {1: "rising", -1: "falling", 0: "no trend"}[literal]
    that_holds = {1: "rising", -1: "falling", 0: "no trend"}[holds]
    return (
        f"The rolling trend as the key prints it says {as_printed}; the test that allows for the months the totals "
        f"share says {that_holds}."
    )


def no_data_sentence(ruleset: Ruleset, month: int) -> str:
    """For a measure that has fallen silent."""
    months = in_words(ruleset.no_data_months)
    return f"Nothing has been recorded in the {months} months to {month_words(month)}."


def not_enough_data_sentence(unsaid: int, ruleset: Ruleset) -> str:
    """For a measure of which some symbols, `unsaid` of the ruleset's five, cannot be worked out."""
    shown = in_words(len(ruleset.shown))
    return (
        f"Not enough months are held to work out {in_words(unsaid)} of the {shown} symbols. "
        "Their absence does not mean that nothing has changed."
    )


def peer_sentence(level: int, own: float, mean: float, peers: int, say: Say) -> str:
    """Where the force stands among its most similar forces, of which `peers` others had a figure."""
    if level == CANNOT_SAY:
        return "It cannot be said how the force stands among its peers: too few of them have a figure for the period."
    place = {
        GREATER: "is higher than most of its peers: outside their usual range",
        IN_LINE_ABOVE: "is in line with its peers, in the upper half of their range",
        IN_LINE_BELOW: "is in line with its peers, in the lower half of their range",
        LESS: "is lower than most of its peers: outside their usual range",
    }[level]
    return (
        f"At {say(own)} the force {place}. The average of the group is {say(mean)}; {in_words(peers)} others are in it."
    )


def peer_trend_sentence(flag: int) -> str:
    """Whether the force moves apart from its most similar forces."""
    return {
        1: "Over the past year the force has risen against its peers by more than chance would explain.",
        -1: "Over the past year the force has fallen against its peers by more than chance would explain.",
        0: "Over the past year the force has moved with its peers, as far as chance allows to see.",
        CANNOT_SAY: "It cannot be said whether the force moves with its peers: months that this needs are missing.",
    }[flag]


def chance_sentence(ruleset: Ruleset, measures: int) -> str:
    """What is printed under a scorecard: how many measures would show a symbol if nothing had changed at all."""
    expected = expected_by_chance(ruleset, measures)
    return (
        f"Symbols are worked out under the ruleset {ruleset.identity}. If nothing at all had changed, about "
        f"{number_text(expected)} of {measures} measures would still show at least one of them by chance, "
        "not counting peers."
    )
