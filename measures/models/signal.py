"""What the rules say of a series; rebuilt by `recompute` only."""

import numpy as np
from django.db import models

from core.audit import derived, frozen
from measures.models.observation import Series
from measures.models.period import month_end
from measures.trends.ruleset import RULES

SEASON_DOUBT = "season_doubt"  # whether the trend may only be the time of year; the one statistic that is yes or no
# What explains an answer, in the order it is kept in: added to at its end, never put in another order.
STATISTICS = (
    "value",
    *(f"{rule}_{part}" for rule in ("r1", "r2", "r3") for part in ("mean", "sd", "months", "upper", "lower")),
    "r5_first",
    "r5_latest",
    *(f"{rule}_{part}" for rule in ("r4", "r4s", "r5", "r5c") for part in ("slope", "t", "p")),
    "r4_months",
    SEASON_DOUBT,
    *(f"r5c_ar_{part}" for part in ("slope", "t", "p", "correlation")),
)


@frozen(log_rows=True)
class Ruleset(models.Model):
    """The settings of the rules, with a version: a stored signal names the ruleset that made it."""

    name = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    parameters = models.JSONField()
    chance = models.FloatField("chance that a stable series shows a symbol")

    class Meta:
        verbose_name = "ruleset"
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="a_ruleset_version_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


@derived
class TrendSignal(models.Model):
    """Every rule's answer for one series at one month: -1, 0 or 1; null when the rule cannot say."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="trend_signals", db_index=False)
    as_of = models.PositiveIntegerField("12 * year + month - 1")
    ruleset = models.ForeignKey(Ruleset, on_delete=models.PROTECT, related_name="+", db_index=False)
    r1 = models.SmallIntegerField("spike", null=True)
    r2 = models.SmallIntegerField("three in a row", null=True)
    r3 = models.SmallIntegerField("run of eight", null=True)
    r4 = models.SmallIntegerField("discrete trend", null=True)
    r5 = models.SmallIntegerField("rolling trend as printed", null=True)
    r5c = models.SmallIntegerField("rolling trend", null=True)
    r5c_ar = models.SmallIntegerField("rolling trend, months that follow one another allowed for", null=True)
    no_data = models.BooleanField(default=False)
    not_enough = models.BooleanField(default=False)
    numbers = models.BinaryField("statistics, eight bytes each", default=b"")
    input_hash = models.BigIntegerField("hash of what the answer depends on", default=0)

    class Meta:
        verbose_name = "trend signal"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "ruleset", "as_of"], name="one_signal_of_a_series_at_a_month_under_a_ruleset"
            )
        ]

    @property
    def as_of_date(self):
        return month_end(self.as_of)

    @property
    def statistics(self) -> dict[str, float | bool]:
        """The numbers behind the answers by name; those that cannot be said are not there."""
        held = np.frombuffer(self.numbers, dtype="<f8").tolist()
        said: dict[str, float | bool] = {
            name: number for name, number in zip(STATISTICS, held, strict=False) if number == number
        }
        if SEASON_DOUBT in said:
            said[SEASON_DOUBT] = bool(said[SEASON_DOUBT])
        return said

    @property
    def answers(self) -> dict[str, int | None]:
        """Every rule's answer, by rule; None where it cannot say."""
        return {rule: getattr(self, rule) for rule in RULES}


@derived
class PeerVerdict(models.Model):
    """Where the own force stands among its most similar forces."""

    class State(models.TextChoices):
        ABOVE = "above", "greater than peers"
        UPPER = "upper", "in line with peers, above their average"
        LOWER = "lower", "in line with peers, below their average"
        BELOW = "below", "less than peers"

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="peer_verdicts", db_index=False)
    as_of = models.PositiveIntegerField("12 * year + month - 1")
    ruleset = models.ForeignKey(Ruleset, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=5, choices=State.choices, null=True)
    apart = models.SmallIntegerField("does not trend with peers", null=True)
    statistics = models.JSONField(default=dict)

    class Meta:
        verbose_name = "peer verdict"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "ruleset", "as_of"], name="one_peer_verdict_of_a_series_at_a_month_under_a_ruleset"
            )
        ]

    @property
    def as_of_date(self):
        return month_end(self.as_of)
