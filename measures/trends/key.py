"""The key of the dashboard: what each of the sixteen symbols means, and the one the printed key lacks.

The texts are the office's own and are made from the ruleset, so the key under a scorecard always says what was done.
"""

from __future__ import annotations

from dataclasses import dataclass

from measures.trends.peers import (
    DEFAULT_PEERS,
    GREATER,
    IN_LINE_ABOVE,
    IN_LINE_BELOW,
    LESS,
    PeerSettings,
)
from measures.trends.ruleset import Base, Ruleset

SMALL_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip

PEER_SYMBOLS = {
    GREATER: "peers-greater",
    IN_LINE_ABOVE: "peers-in-line-above",
    IN_LINE_BELOW: "peers-in-line-below",
    LESS: "peers-less",
}
RULE_SYMBOLS = {
    "r1": "spike",
    "r2": "short-run",
    "r3": "long-run",
    "r4": "trend",
    **dict.fromkeys(("r5", "r5c", "r5c_ar"), "rolling"),
}
APART = "peers-apart"
NO_DATA = "no-data"
NOT_ENOUGH_DATA = "not-enough-data"


@dataclass(frozen=True)
class KeyEntry:
    """One line of the key: the symbol's name, a few words for a heading, and what it means."""

    symbol: str
    title: str
    meaning: str


def in_words(number: int) -> str:
    """A small whole number in words, a larger one in figures."""
    return SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else str(number)


def symbol_of(rule: str, flag: int) -> str | None:
    """The symbol a rule's flag shows, "spike-up" or "trend-down"; None where it shows none."""
    if flag not in (1, -1):
        return None
    return f"{RULE_SYMBOLS[rule]}-{'up' if flag == 1 else 'down'}"


def peer_symbol(level: int) -> str | None:
    """The symbol of a standing among peers; None where it cannot be said."""
    return PEER_SYMBOLS.get(level)


def sd_words(number: float) -> str:
    """ "two standard deviations"."""
    text = in_words(int(number)) if number == int(number) else f"{number:g}"
    return f"{text} standard deviation{'' if number == 1 else 's'}"


def base_words(base: Base, months: int, run: int) -> str:
    """Which months an average is of."""
    before = "it" if run == 1 else "them"
    return {
        "before": "the {} months before the latest",
        "to_latest": "the {} months up to and including the latest",
        "before_run": f"the {{}} months before {before}",
    }[base].format(months)


def _directed(ruleset: Ruleset, up: bool) -> list[KeyEntry]:
    beyond, sign, way = ("above", "plus", "up") if up else ("below", "less", "down")
    rising = "rising" if up else "falling"
    spike = base_words(ruleset.spike_base, ruleset.baseline_months, 1)
    short = base_words(ruleset.run_base, ruleset.baseline_months, ruleset.short_run)
    long = base_words(ruleset.run_base, ruleset.baseline_months, ruleset.long_run)
    level = f"{ruleset.alpha:.0%}".replace("%", " per cent")
    tests = {
        "literal": "a straight line fitted to the totals, as the printed key implies; this test often sees a trend "
        "where there is none",
        "contrast": "the same slope, tested on how each month differs from that month a year before",
        "corrected": "the same slope, tested on how each month differs from that month a year before, against how much "
        "those differences varied, and followed one another, in the years before; where those years are too few, "
        "against the year's own differences alone",
    }
    return [
        KeyEntry(
            f"spike-{way}",
            f"Unusually {'high' if up else 'low'} latest month",
            f"The latest month is {beyond} the average of {spike} {sign} {sd_words(ruleset.spike_sd)}.",
        ),
        KeyEntry(
            f"short-run-{way}",
            f"{in_words(ruleset.short_run).capitalize()} {'high' if up else 'low'} months together",
            f"Each of the latest {in_words(ruleset.short_run)} months is {beyond} the average of {short} {sign} "
            f"{sd_words(ruleset.short_run_sd)}.",
        ),
        KeyEntry(
            f"long-run-{way}",
            f"{in_words(ruleset.long_run).capitalize()} months {beyond} average",
            f"Each of the latest {in_words(ruleset.long_run)} months is {beyond} the average of {long}. "
            "A month equal to the average breaks the run.",
        ),
        KeyEntry(
            f"trend-{way}",
            f"Monthly figures {rising}",
            f"The monthly figures of the past {in_words(ruleset.trend_months)} months are {rising} along a straight "
            f"line, more steadily than chance would explain at the {level} level.",
        ),
        KeyEntry(
            f"rolling-{way}",
            f"Rolling twelve-month figure {rising}",
            f"The twelve-month figure, taken afresh each month, has been {rising} over the past year. "
            f"Tested by {tests[ruleset.rolling_test]}.",
        ),
    ]


def _levels(settings: PeerSettings) -> list[KeyEntry]:
    if settings.bound == "sd":
        band = f"{sd_words(settings.k)} between forces"
    else:
        band = "the margin within which one more such force would be expected"
    whose = "this force and its most similar forces" if settings.include_self else "the most similar forces"
    average = f"the average of {whose}"
    return [
        KeyEntry("peers-greater", "Higher than peers", f"Higher than {average} by more than {band}."),
        KeyEntry("peers-in-line-above", "In line, upper half", f"At or over {average}, by no more than {band}."),
        KeyEntry("peers-in-line-below", "In line, lower half", f"Under {average}, by no more than {band}."),
        KeyEntry("peers-less", "Lower than peers", f"Lower than {average} by more than {band}."),
    ]


def key(ruleset: Ruleset, peers: PeerSettings = DEFAULT_PEERS) -> list[KeyEntry]:
    """The whole key, in the order of the printed one, with "not enough data" at the end: seventeen entries."""
    silence = ruleset.no_data_months
    return [
        *_levels(peers),
        *_directed(ruleset, up=True),
        *_directed(ruleset, up=False),
        KeyEntry(
            APART,
            "Moves apart from peers",
            "The gap between this force and its most similar forces is widening or closing more than chance would "
            "explain. The printed key does not define this symbol; the definition is the office's.",
        ),
        KeyEntry(
            NO_DATA,
            "No data",
            f"Nothing has been recorded for this measure in the past {in_words(silence)} months. "
            "A recorded zero is data.",
        ),
        KeyEntry(
            NOT_ENOUGH_DATA,
            "Not enough data",
            "At least one of the symbols cannot be worked out, because months it needs are missing or the measure is "
            "too young. No symbol then does not mean no change.",
        ),
    ]
