"""How a value is written on a chart and which steps its axis may take.

Values come as floats: counts as they are, percentages in per cent (91.3 is 91.3%), durations in seconds. Rounding is
half up at the measure's precision, as in a reader's spreadsheet.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import floor, isfinite, log10
from typing import TypeGuard

LARGEST = 1e300  # beyond this the arithmetic of an axis would overflow
PLAIN_BELOW = 1e12  # larger values are written in powers of ten
SECOND_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600)  # seconds
HOUR = 3600  # seconds
MINUS = "\u2212"


class Kind(StrEnum):
    """What sort of number it is."""

    COUNT = "count"
    NUMBER = "number"  # a rate, days, hours, an index, a z-score
    PERCENT = "percent"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Unit:
    """The kind of a value, the decimals it is printed with, and the words after it ("days per person")."""

    kind: Kind = Kind.NUMBER
    decimals: int = 0
    words: str = ""

    def format(self, value: float | None) -> str:
        """The value as tables print it: 10,952; 91.3%; 12:47; "no data" for None."""
        if not is_known(value):
            return "no data"
        if self.kind is Kind.DURATION and abs(value) < PLAIN_BELOW:
            return _clock(value)
        return _digits(value, self.decimals) + ("%" if self.kind is Kind.PERCENT else "")

    def say(self, value: float | None) -> str:
        """The value with its words, for a sentence or a label: "14.8 days per person"."""
        written = self.format(value)
        return f"{written} {self.words}" if self.words and is_known(value) else written

    def tick(self, value: float, step: float) -> str:
        """The value on an axis whose steps are `step`: no more decimals than tell the ticks apart."""
        if self.kind is Kind.DURATION and abs(value) < PLAIN_BELOW:
            return _clock(value)
        places = max(0, -floor(log10(step) + 1e-9)) if step < 1 else 0
        if step * 10**places % 1 > 1e-6:
            places += 1
        return _digits(value, places) + ("%" if self.kind is Kind.PERCENT else "")

    def step(self, rough: float, *, fine: bool = False) -> float:
        """The smallest round step not below `rough`. `fine` allows more of them, for two axes that share a grid."""
        if self.kind is Kind.DURATION:
            for seconds in SECOND_STEPS:
                if seconds >= rough:
                    return float(seconds)
            return HOUR * _round_up(rough / HOUR, fine)
        if self.kind is Kind.COUNT and rough <= 1:
            return 1.0
        step = _round_up(rough, fine)
        return step if self.kind is not Kind.COUNT or step % 1 == 0 or step > 10 else float(floor(step) + 1)


COUNT = Unit(Kind.COUNT)


def is_known(value: float | None) -> TypeGuard[float]:
    """Whether there is a value: None and not-a-number are gaps, and never drawn as nought."""
    return value is not None and isfinite(value)


def drawable(value: float) -> float:
    """A known value, within what an axis can hold."""
    return max(-LARGEST, min(LARGEST, float(value)))


def known(value: float | None) -> float | None:
    """The value within what an axis can hold, or None for a gap."""
    return drawable(value) if is_known(value) else None


def _digits(value: float, decimals: int) -> str:
    if abs(value) >= PLAIN_BELOW:
        return f"{value:.3g}".replace("-", MINUS, 1) if value < 0 else f"{value:.3g}"
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{abs(rounded):,f}" if rounded >= 0 else f"{MINUS}{abs(rounded):,f}"


def _clock(seconds: float) -> str:
    whole = int(Decimal(repr(abs(float(seconds)))).quantize(Decimal(1), ROUND_HALF_UP))
    sign = MINUS if seconds < 0 and whole else ""
    if whole >= HOUR:
        return f"{sign}{whole // HOUR:,}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{sign}{whole // 60}:{whole % 60:02}"


def _round_up(rough: float, fine: bool) -> float:
    if rough <= 0:
        return 1.0
    power = floor(log10(rough))
    unit = 10.0**power
    for multiple in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if fine else (1, 2, 5, 10):
        if multiple * unit >= rough * (1 - 1e-9):
            # written through its digits, so that 3 x 0.1 is 0.3
            return float(f"{multiple * unit:.6g}")
    return 10.0 * unit
