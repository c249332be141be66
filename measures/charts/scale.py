"""From values to places: linear scales and the round numbers an axis is marked with."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from measures.charts.units import Kind, Unit

ROUGH_TICKS = 5
WHOLE = 100.0  # per cent: an axis of shares goes no further unless a value does
FLAT = 1e-6  # a range smaller than this share of its values is drawn as no range at all
TINIEST = 1e-9  # and so is a range smaller than this
BREAK_SHARE = 0.5  # where the lowest value is above half the highest, a line's axis may leave nought out


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps low..high to start..end, straight, never beyond either end. Ticks are (value, words)."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...] = ()

    def at(self, value: float) -> float:
        """The place of a value in user units."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)

    @property
    def from_zero(self) -> bool:
        """Whether nought is on the axis."""
        return self.low <= 0 <= self.high


def zero_scale(values: Iterable[float], unit: Unit, start: float, end: float, *, ticks: int = ROUGH_TICKS) -> Scale:
    """A scale that has nought on it, as bars need."""
    held = list(values)
    return _round_scale(min([0.0, *held]), max([0.0, *held]), unit, start, end, ticks)


def line_scale(values: Iterable[float], unit: Unit, start: float, end: float, *, ticks: int = ROUGH_TICKS) -> Scale:
    """A scale for a line: from nought unless the values lie close together far above it."""
    held = list(values)
    if not held or min(held) < 0 or min(held) <= BREAK_SHARE * max(held):
        return zero_scale(held, unit, start, end, ticks=ticks)
    low, high = min(held), max(held)
    return _round_scale(low, high, unit, start, end, ticks)


def shared_grid(values: Iterable[float], unit: Unit, start: float, end: float, *, steps: int, fill: float) -> Scale:
    """A scale from nought with exactly `steps` steps, the highest value reaching about `fill` of it."""
    top = max([0.0, *values])
    step = unit.step(top / fill / steps, fine=True) if top > TINIEST else unit.step(1 / steps, fine=True)
    marks = [step * number for number in range(steps + 1)]
    return Scale(0.0, marks[-1], start, end, tuple((mark, unit.tick(mark, step)) for mark in marks))


def _round_scale(low: float, high: float, unit: Unit, start: float, end: float, ticks: int) -> Scale:
    share = unit.kind is Kind.PERCENT and high <= WHOLE
    if high - low <= max(TINIEST, FLAT * max(abs(high), abs(low))):
        room = max(max(abs(high), abs(low)) * 0.1, unit.step(0))
        low, high = (max(0.0, low - room) if low >= 0 else low - room), high + room
    step = unit.step((high - low) / ticks)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    marks = [step * number for number in range(first, last + 1)]
    if share and marks[-1] > WHOLE:
        marks = [mark for mark in marks if mark < WHOLE] + [WHOLE]
    return Scale(marks[0], marks[-1], start, end, tuple((mark, unit.tick(mark, step)) for mark in marks))
