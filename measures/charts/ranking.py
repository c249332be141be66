"""Areas in order of a value, for the charts of peers, of the nation and of a survey."""

from dataclasses import dataclass

from measures.charts.frame import Frame, Key
from measures.charts.palette import INK
from measures.charts.tables import Table
from measures.charts.units import drawable, is_known, known

WHISKER_WORDS = "Thin lines: likely range, where chance alone would put each figure 95 times in 100"


@dataclass(frozen=True, slots=True)
class Bar:
    """One area's value under the name to print ("Peer A"), with its likely range where it has one."""

    name: str
    value: float | None
    own: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def amount(self) -> float:
        """The value of a bar that has one; nought, which no chart draws, for one that has none."""
        return drawable(self.value) if is_known(self.value) else 0.0

    @property
    def interval(self) -> tuple[float, float] | None:
        """The likely range, where both its ends are known."""
        if is_known(self.low) and is_known(self.high):
            return drawable(self.low), drawable(self.high)
        return None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Areas with the mean of the group and the bounds of "in line with peers", each the caller's."""

    frame: Frame
    bars: tuple[Bar, ...]
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    mean_words: str = "Mean"
    bounds_words: str = "In line with the mean"
    value_words: str = "Value"


def ranked(bars: tuple[Bar, ...]) -> list[Bar]:
    """Highest first, equals by name; those without a value last."""
    return sorted(bars, key=lambda bar: (not is_known(bar.value), -bar.amount, bar.name))


def known_bars(data: Ranking) -> list[Bar]:
    """The areas that have a value, highest first."""
    return [bar for bar in ranked(data.bars) if is_known(bar.value)]


def whisker_key(data: Ranking) -> list[Key]:
    """What the thin lines of a chart are, where it has any."""
    return [Key(WHISKER_WORDS, "whisker", INK)] if any(bar.interval for bar in known_bars(data)) else []


def bar_words(data: Ranking, bar: Bar) -> str:
    """What a bar says when it is pointed at: "Peer A: 61.2 per 1,000, likely 60.1 to 62.3"."""
    unit, ends = data.frame.unit, bar.interval
    return f"{bar.name}: {unit.say(bar.value)}" + (
        f", likely {unit.format(ends[0])} to {unit.format(ends[1])}" if ends else ""
    )


def extent(data: Ranking) -> list[float]:
    """Every value the scale must reach."""
    given = [data.mean, data.lower, data.upper]
    for bar in data.bars:
        given += [bar.value, bar.low, bar.high] if bar.interval else [bar.value]
    return [drawable(value) for value in given if is_known(value)]


def place_words(data: Ranking) -> str:
    """ "3rd highest of 8", "lowest of 8", from the nearer end; empty without an own area or its value.

    Equal values share a place.
    """
    held = known_bars(data)
    own = next((bar for bar in held if bar.own), None)
    if own is None:
        return ""
    above = sum(bar.amount > own.amount for bar in held)
    below = sum(bar.amount < own.amount for bar in held)
    place, end = (above + 1, "highest") if above <= below else (below + 1, "lowest")
    return f"{ordinal(place)} {end} of {len(held)}" if place > 1 else f"{end} of {len(held)}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def ranking_table(data: Ranking) -> Table:
    """Place, area, value; the interval where any has one; then the mean and the bounds."""
    unit, whiskers = data.frame.unit, any(bar.interval for bar in data.bars)
    header = ("Place", "Area", data.value_words, *(("Likely from", "to") if whiskers else ()))
    rows, values = [], []
    held = known_bars(data)
    for bar in ranked(data.bars):
        place = 1 + sum(other.amount > bar.amount for other in held) if is_known(bar.value) else None
        ends = (bar.interval or (None, None)) if whiskers else ()
        name = f"{bar.name} (own force)" if bar.own else bar.name
        rows.append((str(place or ""), name, unit.format(bar.value), *(unit.format(end) for end in ends)))
        values.append((place, name, known(bar.value), *ends))
    for words, value in ((data.mean_words, data.mean), ("Lower bound", data.lower), ("Upper bound", data.upper)):
        if is_known(value):
            blank = ("", "") if whiskers else ()
            rows.append(("", words, unit.format(value), *blank))
            values.append((None, words, drawable(value), *(None for _ in blank)))
    return Table(header, tuple(rows), tuple(values))


def ranking_alt(data: Ranking, kind: str) -> str:
    """The own area's value, its place, and the mean and bounds."""
    held, unit = known_bars(data), data.frame.unit
    if not held:
        return f"{data.value_words}: no data."
    own = next((bar for bar in held if bar.own), None)
    words = f"{kind} of {len(held)} areas, highest first."
    if own:
        margin = f" (likely {unit.format(own.interval[0])} to {unit.format(own.interval[1])})" if own.interval else ""
        words += f" {own.name}: {unit.say(own.value)}{margin}, {place_words(data)}."
    words += f" Highest: {held[0].name}, {unit.format(held[0].value)}."
    words += f" Lowest: {held[-1].name}, {unit.format(held[-1].value)}."
    if is_known(data.mean):
        words += f" {data.mean_words}: {unit.format(data.mean)}."
    if is_known(data.lower) and is_known(data.upper):
        words += f" {data.bounds_words}: {unit.format(data.lower)} to {unit.format(data.upper)}."
    missing = len(data.bars) - len(held)
    return words + (f" No data: {missing}." if missing else "")
