"""Two readings of the key side by side: what each says of a measure, why they differ, and what each is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from measures.figures import MeasureFigures
from measures.models import Measure
from measures.presenters.marks import Mark, signal_marks
from measures.presenters.measure import disagreement, why_no_symbol
from measures.trends.formatting import number_text
from measures.trends.key import base_words, in_words, sd_words
from measures.trends.ruleset import DEFAULT, KEY_2019, VERSIONS, Ruleset

TESTS = {
    "literal": "a straight line through the twelve totals, as the printed key implies",
    "contrast": "the same slope, tested on how each month differs from that month a year before",
    "corrected": "the same slope, tested on how each month differs from that month a year before, allowing for months "
    "that follow one another where the past is long enough to tell",
}
SETTINGS: dict[str, tuple[str, Callable[[Ruleset], str]]] = {
    "spike_base": ("One month is compared with", lambda one: base_words(one.spike_base, one.baseline_months, 1)),
    "spike_sd": ("It is unusual beyond", lambda one: sd_words(one.spike_sd)),
    "run_base": ("Runs are compared with", lambda one: base_words(one.run_base, one.baseline_months, 2)),
    "baseline_needs": ("Months such an average needs", lambda one: str(one.baseline_needs)),
    "short_run": (
        "A short run",
        lambda one: f"{in_words(one.short_run)} months, each beyond {sd_words(one.short_run_sd)}",
    ),
    "long_run": ("A long run", lambda one: f"{in_words(one.long_run)} months on one side of the average"),
    "ddof": ("Standard deviation", lambda one: "of a sample (n − 1)" if one.ddof else "of a population (n)"),
    "trend_months": (
        "A trend is of",
        lambda one: f"{in_words(one.trend_months)} months, of which {in_words(one.trend_needs)} must be there",
    ),
    "alpha": ("Level of significance", lambda one: f"{number_text(100 * one.alpha, 0)} per cent, up and down together"),
    "rolling_test": ("The rolling trend is tested by", lambda one: TESTS[one.rolling_test]),
    "no_data_months": ("No data means nothing for", lambda one: f"{in_words(one.no_data_months)} months"),
}


@dataclass(frozen=True)
class Compared:
    """One measure under both rulesets. `why` is empty where they say the same."""

    measure: Measure
    literal: list[Mark]
    safe: list[Mark]
    why: str
    unjudged: str = ""

    @property
    def differs(self) -> bool:
        return [one.slug for one in self.literal] != [one.slug for one in self.safe]


def compared(held: MeasureFigures) -> Compared:
    literal, safe = signal_marks(held, KEY_2019), signal_marks(held, DEFAULT)
    one = Compared(held.measure, literal, safe, "")
    unjudged = "" if DEFAULT.name in held.signals else why_no_symbol(held, DEFAULT)
    why = (disagreement(held)[0] or _other_difference(literal, safe)) if one.differs else ""
    return Compared(held.measure, literal, safe, why, unjudged)


def _other_difference(literal: list[Mark], safe: list[Mark]) -> str:
    """For rulesets that differ in more than the rolling trend, or where only one of them can be worked out."""
    only_literal = {one.words for one in literal} - {one.words for one in safe}
    only_safe = {one.words for one in safe} - {one.words for one in literal}
    parts = [f"Only the key as printed shows: {', '.join(sorted(only_literal))}."] if only_literal else []
    parts += [f"Only the office’s rules show: {', '.join(sorted(only_safe))}."] if only_safe else []
    return " ".join(parts)


def answer(rows: Iterable[Compared]) -> str:
    """What the page leads with."""
    judged = [one for one in rows if not one.unjudged]
    different = sum(one.differs for one in judged)
    if not judged:
        return "No measure can be judged for this quarter yet."
    verb = "differ" if different != 1 else "differs"
    measures = f"{different} of {len(judged)} measures" if different else f"None of {len(judged)} measures"
    return f"{measures} {verb} between the key as printed and the office’s rules."


def chance_words(ruleset: Ruleset) -> str:
    """How often it shows a symbol when nothing has changed."""
    if ruleset.chance is None:
        return "Not known: it has not been simulated."
    share = number_text(100 * ruleset.chance.any_symbol, 1)
    return (
        f"{share} of 100 measures that do not change at all show at least one symbol in a month; found by simulating "
        f"{ruleset.chance.series:,} of them."
    )


def settings() -> list[tuple[str, str, str, bool]]:
    """Each setting in words under the key as printed and under the office's rules, and whether they differ."""
    rows = []
    for label, words in SETTINGS.values():
        literal, safe = words(KEY_2019), words(DEFAULT)
        rows.append((label, literal, safe, literal != safe))
    return rows


def history() -> list[tuple[str, str, str, bool]]:
    """Every version ever published, newest last: identity, what it changed, its chance, whether it is in use."""
    made, before = [], {}
    for one in VERSIONS:
        earlier = before.get(one.name)
        made.append((one.identity, _changes(earlier, one), chance_words(one), one in (KEY_2019, DEFAULT)))
        before[one.name] = one
    return made


def _changes(earlier: Ruleset | None, later: Ruleset) -> str:
    if earlier is None:
        return "The first version."
    changed = [
        f"{label}: {words(later)}; before, {words(earlier)}"
        for label, words in SETTINGS.values()
        if words(later) != words(earlier)
    ]
    return ". ".join(changed) + "." if changed else "Nothing that shows in words."
