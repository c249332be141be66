"""One force and its peers under every way of judging: what each would say, and what would change its mind.

The verdict that the symbol shows is one reading of a key that does not define its bounds. Here the others stand beside
it: other widths of the band, the force left out of its own mean, an interval for a further force, and the two that ask
another question, whether sampling alone explains the gap. Settings as in `measures.trends.peers`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from measures.trends import intervals
from measures.trends.peers import DEFAULT_PEERS, GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS, PeerSettings, judge_level
from measures.trends.ruleset import CANNOT_SAY

FEWEST_EXPECTED = 10  # events below which normal limits of a funnel are too rough


@dataclass(frozen=True)
class Amount:
    """One force's figure of a period: value = per * numerator / denominator, or a value alone.

    `per` is 1,000 for a rate, 100 for a percentage; a denominator of people is their mean over the months.
    """

    value: float
    numerator: float | None = None
    denominator: float | None = None
    per: float = 1.0

    @property
    def is_share(self) -> bool:
        """A percentage of cases, each of which counts or does not: binomial. Otherwise events in a population."""
        return self.per == 100.0

    @property
    def has_parts(self) -> bool:
        return self.numerator is not None and bool(self.denominator)


@dataclass(frozen=True)
class Answer:
    """What one method says. Levels as in `measures.trends.peers`; numbers None where it cannot be said."""

    method: str
    level: int
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None


BANDS = {  # method: settings
    "spread1": DEFAULT_PEERS,
    "spread1_without": PeerSettings(include_self=False),
    "spread2": PeerSettings(k=2.0),
    "spread2_without": PeerSettings(k=2.0, include_self=False),
    "prediction": PeerSettings(bound="prediction", include_self=False),
}
SAMPLING = ("interval", "interval_without", "funnel95", "funnel998")
METHODS = (*BANDS, *SAMPLING)


def every_method(own: Amount, peers: Sequence[Amount]) -> list[Answer]:
    """The answer of each of METHODS, in their order."""
    made = [band(name, own, peers, settings) for name, settings in BANDS.items()]
    made += [interval("interval", own, peers, include_self=True), interval("interval_without", own, peers)]
    return [*made, funnel("funnel95", own, peers, 0.95), funnel("funnel998", own, peers, 0.998)]


def band(method: str, own: Amount, peers: Sequence[Amount], settings: PeerSettings) -> Answer:
    """Mean of the forces and a band of their spread."""
    found = judge_level([own.value], [[one.value for one in peers]], settings)
    level = int(found.level[0])
    if level == CANNOT_SAY:
        return Answer(method, level)
    return Answer(method, level, float(found.mean[0]), float(found.lower[0]), float(found.upper[0]))


def interval(method: str, own: Amount, peers: Sequence[Amount], *, include_self: bool = False) -> Answer:
    """Whether the mean of the forces lies outside the 95 per cent interval of the force's own figure.

    Lower and upper are the interval's: Wilson for a percentage, Byar for events.
    """
    held = [one.value for one in peers] + ([own.value] if include_self else [])
    if len(peers) < DEFAULT_PEERS.fewest_peers or not own.has_parts:
        return Answer(method, CANNOT_SAY)
    mean = math.fsum(held) / len(held)
    lower, upper = own_interval(own)
    if lower > mean:
        level = GREATER
    elif upper < mean:
        level = LESS
    else:
        level = IN_LINE_ABOVE if own.value >= mean else IN_LINE_BELOW
    return Answer(method, level, mean, lower, upper)


def own_interval(own: Amount) -> tuple[float, float]:
    """95 per cent interval of a figure with its parts, in its own unit: Wilson for a percentage, Byar for events."""
    if own.is_share:
        found = intervals.wilson(own.numerator or 0.0, own.denominator or 1.0)
        return own.per * float(found.lower), own.per * float(found.upper)
    found = intervals.rate(own.numerator or 0.0, own.denominator or 1.0, own.per)
    return float(found.lower), float(found.upper)


def likely(amount: Amount) -> tuple[float, float] | None:
    """The likely range of a share or of a rate per 1,000 with its parts; None of what has no such range."""
    above, below = amount.numerator, amount.denominator
    if amount.per not in (100.0, 1000.0) or above is None or not below:
        return None
    if above < 0 or (amount.is_share and above > below):
        return None
    return own_interval(amount)


def funnel(method: str, own: Amount, peers: Sequence[Amount], confidence: float) -> Answer:
    """Whether the force lies outside what sampling would do about its peers' figure taken together.

    The target is that of the peers as one (sum over sum); limits are those of a share, or of a Poisson count, at the
    force's own size. Source: Spiegelhalter, Funnel plots for comparing institutional performance, 2005.
    """
    parts = [one for one in peers if one.has_parts]
    if len(parts) < DEFAULT_PEERS.fewest_peers or not own.has_parts:
        return Answer(method, CANNOT_SAY)
    target = math.fsum(one.numerator or 0 for one in parts) / math.fsum(one.denominator or 0 for one in parts)
    size = own.denominator or 1.0
    if own.is_share and not 0 < target < 1 or target * size < FEWEST_EXPECTED:
        return Answer(method, CANNOT_SAY)
    lower, upper = (own.per * end for end in _limits(target, size, confidence, share=own.is_share))
    mean = own.per * target
    level = IN_LINE_ABOVE if own.value >= mean else IN_LINE_BELOW
    level = GREATER if own.value > upper else LESS if own.value < lower else level
    return Answer(method, level, mean, lower, upper)


def _limits(target: float, size: float, confidence: float, *, share: bool) -> tuple[float, float]:
    """Limits about a target, as a share or as events a head, at a size."""
    if share:
        found = intervals.funnel_proportion(target, size, confidence)
        return float(found.lower), float(found.upper)
    half = float(ndtri(0.5 + confidence / 2)) * math.sqrt(target / size)
    return max(0.0, target - half), target + half


def without_each(own: Amount, peers: Sequence[Amount], settings: PeerSettings = DEFAULT_PEERS) -> list[Answer]:
    """The answer with each peer in turn left out, in the peers' order."""
    return [band("", own, [*peers[:place], *peers[place + 1 :]], settings) for place in range(len(peers))]


@dataclass(frozen=True)
class TurningPoints:
    """Values of the force at which its verdict changes, the peers being as they are.

    below   less than peers under it;  mean  in the upper half from it on;  above  greater than peers over it
    NaN bounds: with so few forces and so wide a band no value of the force's own could lie outside.
    """

    below: float
    mean: float
    above: float


def turning_points(peers: Sequence[Amount], settings: PeerSettings = DEFAULT_PEERS) -> TurningPoints:
    """Where the verdict would change. With the force in its own group a higher value also lifts mean and spread, so
    the point lies further out than the band drawn: solved exactly, not read off the band.

    n peers of mean m and sum of squares S about it, the force at m + d: it lies outside when
    (d n / (n + 1)) ** 2 > k ** 2 (S + d ** 2 n / (n + 1)) / (n + 1 - ddof).
    """
    values = np.array([one.value for one in peers])
    number = values.size
    if number < settings.fewest_peers:
        return TurningPoints(math.nan, math.nan, math.nan)
    mean, squares = float(values.mean()), float(((values - values.mean()) ** 2).sum())
    if not settings.include_self:
        found = judge_level([mean], [values], settings)
        return TurningPoints(float(found.lower[0]), mean, float(found.upper[0]))
    share = number / (number + 1)
    k2, free = settings.k**2, number + 1 - settings.ddof
    room = share**2 - k2 * share / free
    distance = math.sqrt(k2 * squares / free / room) if room > 0 else math.nan
    return TurningPoints(mean - distance, mean, mean + distance)


def next_points(own: Amount, points: TurningPoints) -> tuple[float | None, float | None]:
    """The turning point next below the force's value and the one next above it; None where there is none."""
    held = [point for point in (points.below, points.mean, points.above) if not math.isnan(point)]
    lower, higher = [one for one in held if one <= own.value], [one for one in held if one > own.value]
    return max(lower, default=None), min(higher, default=None)


def change_needed(own: Amount, point: float) -> float | None:
    """How many more (or, negative, fewer) of the numerator would bring the force to a value; None without parts."""
    if not own.has_parts:
        return None
    return (point - own.value) * (own.denominator or 0.0) / own.per


def with_value(own: Amount, value: float) -> Amount:
    """The same force at another value, its denominator as it is."""
    numerator = None if own.denominator is None else value * own.denominator / own.per
    return replace(own, value=value, numerator=numerator)
