"""What the rules say of a series; rebuilt by `recompute` only."""

from django.db import models

from core.audit import derived, frozen
from measures.models.observation import Series
from measures.models.period import month_end
from measures.trends.ruleset import RULES


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
    statistics = models.JSONField(default=dict)
    input_hash = models.CharField(max_length=64)

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
