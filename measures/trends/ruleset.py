"""Rulesets: how each symbol of the dashboard key is read, as data with a name and a version.

The printed key leaves questions open: is the latest month in its own baseline, which standard deviation, which test.
Each answer is a field here. A stored signal names the ruleset and version it was computed under, so an old report can
be reproduced after the office changes its mind. A published ruleset is never edited: a change is a new version.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CANNOT_SAY = -128  # flag: the months needed are not there, so neither "yes" nor "no" would be true
UP = 1
DOWN = -1
NOTHING = 0  # the rule was applied and found nothing out of the ordinary

Base = Literal["before", "to_latest", "before_run"]
RollingTest = Literal["literal", "contrast", "corrected"]

RULES = ("r1", "r2", "r3", "r4", "r5", "r5c", "r5c_ar")  # every rule the engine answers; a ruleset shows five of them
ROLLING = "rolling"  # the place of the rolling trend among the symbols, whichever rule of it is shown
ROLLING_RULES: dict[RollingTest, tuple[str, ...]] = {  # the first that can be said is shown
    "literal": ("r5",),
    "contrast": ("r5c",),
    "corrected": ("r5c_ar", "r5c"),
}
SEASONAL_CHECK = "r4s"  # r4 after taking out the season: never a symbol, a warning beside r4

ROLLING_MONTHS = 12  # a rolling total covers a year, so the season cancels
ROLLING_HISTORY = 23  # months behind twelve rolling totals
YEAR_ON_YEAR = ROLLING_MONTHS - 1  # differences between a month and the same of the year before, inside their slope


@dataclass(frozen=True)
class Chance:
    """How often a ruleset shows a symbol when nothing has changed, and how that was found.

    `any_symbol` is the probability that a measure shows at least one of the ruleset's symbols in one month; `symbols`
    is the mean number of symbols it shows. Both from `series` simulated stable series (independent, Normal) by
    `measures.trends.chance.simulate`, with random generator PCG64 seeded by `seed`. Peers are not part of it.
    """

    any_symbol: float
    symbols: float
    series: int
    seed: int


@dataclass(frozen=True)
class Ruleset:
    """One reading of the dashboard key. Month counts are whole months; `alpha` is two-sided.

    Bases: "before" is the baseline ending the month before the latest; "to_latest" ends at the latest month;
    "before_run" ends before the first month of the run being judged.
    """

    name: str
    version: int
    baseline_months: int = 24
    baseline_needs: int = 18  # months of the baseline that must be there
    spike_base: Base = "before"
    spike_sd: float = 2.0  # standard deviations
    run_base: Base = "to_latest"
    short_run: int = 3  # months
    short_run_sd: float = 1.0  # standard deviations
    long_run: int = 8  # months
    ddof: int = 1  # 1: sample standard deviation, as a spreadsheet's STDEV.S
    alpha: float = 0.05
    trend_months: int = 12
    trend_needs: int = 10  # months of the trend that must be there; the t test then has that many less two degrees
    rolling_test: RollingTest = "contrast"
    season_years: int = 2  # earlier years that say what is usual for the month, for the seasonal check
    past_differences: int = 48  # year-on-year differences before the tested ones that say how months vary, for r5c_ar
    past_needs: int = 36  # of those, how many must be there
    no_data_months: int = 12
    tolerance: float = 1e-9  # relative to the largest value of the window: absorbs the rounding of binary fractions
    chance: Chance | None = None

    def __post_init__(self) -> None:
        """Refuse settings under which a rule would mean nothing."""
        if not 2 < self.trend_needs <= self.trend_months:
            raise ValueError("A trend needs at least three of its months.")
        if not self.ddof < self.baseline_needs <= self.baseline_months:
            raise ValueError("A baseline needs more months than its ddof, and no more than it has.")
        if not 0 < self.alpha < 1:
            raise ValueError("The significance level lies between 0 and 1.")
        if min(self.short_run, self.long_run, self.no_data_months) < 1:
            raise ValueError("A run and a silence each last at least one month.")
        if self.season_years < 2:
            raise ValueError("A season is told from a drift by at least two earlier years.")
        if not 2 < self.past_needs <= self.past_differences:
            raise ValueError("How months follow one another is told by at least three differences of the past.")

    @property
    def rolling_rules(self) -> tuple[str, ...]:
        """The rules behind the rolling-trend symbol, best first: the first of them that can be said is shown."""
        return ROLLING_RULES[self.rolling_test]

    @property
    def shown(self) -> tuple[str, ...]:
        """The five symbols of this ruleset, headline first: rules, and ROLLING for the rolling trend."""
        return ("r1", "r2", "r3", ROLLING, "r4")

    def shown_for(self, answers: Mapping[str, int | None]) -> tuple[str, ...]:
        """The five rules shown of a series with these answers by rule (None: cannot be said), headline first."""
        rolling = self.rolling_rule_for(answers)
        return tuple(rolling if symbol == ROLLING else symbol for symbol in self.shown)

    def rolling_rule_for(self, answers: Mapping[str, int | None]) -> str:
        """The rule whose answer is shown as the rolling trend of a series with these answers."""
        said = (rule for rule in self.rolling_rules if answers[rule] is not None)
        return next(said, self.rolling_rules[-1])

    @property
    def identity(self) -> str:
        """What is printed under a scorecard and stored with a signal."""
        return f"{self.name} v{self.version}"

    def base_lags(self, rule: str) -> tuple[int, int]:
        """First lag (0 is the latest month) and number of months of the baseline of r1, r2 or r3."""
        base = self.spike_base if rule == "r1" else self.run_base
        run = {"r1": 1, "r2": self.short_run, "r3": self.long_run}[rule]
        first = {"before": 1, "to_latest": 0, "before_run": run}[base]
        return first, self.baseline_months

    @property
    def depth(self) -> int:
        """Months, counted back from the latest and including it, that any rule but r5c_ar can look at."""
        baselines = (sum(self.base_lags(rule)) for rule in ("r1", "r2", "r3"))
        return max(*baselines, self.season_months, ROLLING_HISTORY, self.no_data_months)

    @property
    def season_months(self) -> int:
        """Months the seasonal check looks at."""
        return self.trend_months + 12 * self.season_years

    @property
    def reach(self) -> int:
        """Months, counted back from the latest and including it, that any rule can look at."""
        return max(self.depth, YEAR_ON_YEAR + self.past_differences + 12)

    def parameters(self) -> dict[str, object]:
        """Every setting, as plain data that can be stored and read back with `from_parameters`."""
        return dataclasses.asdict(self)


def from_parameters(parameters: dict[str, object]) -> Ruleset:
    """The ruleset whose `parameters()` were stored. Unknown settings raise TypeError: a guess would alter history."""
    settings = dict(parameters)
    chance = settings.pop("chance", None)
    return Ruleset(**settings, chance=Chance(**chance) if chance else None)  # type: ignore[arg-type]


# As the key prints it, the rolling trend included, which is wrong about a stable series 59 times in 100.
KEY_2019 = Ruleset(
    name="key-2019",
    version=1,
    rolling_test="literal",
    chance=Chance(any_symbol=0.64473, symbols=0.71763, series=100_000, seed=20190930),
)
# The same rules, the rolling trend with a p-value that holds if months do not follow one another.
DEFAULT_1 = Ruleset(
    name="default",
    version=1,
    rolling_test="contrast",
    chance=Chance(any_symbol=0.15119, symbols=0.16684, series=100_000, seed=20190930),
)
# The rolling trend also allows for months that follow one another, where there is enough of a past to say how much.
DEFAULT = Ruleset(
    name="default",
    version=2,
    rolling_test="corrected",
    chance=Chance(any_symbol=0.13806, symbols=0.15079, series=100_000, seed=20190930),
)
RULESETS = {ruleset.name: ruleset for ruleset in (KEY_2019, DEFAULT)}  # in use
VERSIONS = (KEY_2019, DEFAULT_1, DEFAULT)  # every one ever published
