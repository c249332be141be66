"""House style: how the office prints a number, in prose and in tables.

Rounding is half-up (away from zero), as a spreadsheet shows it, once, at the precision of the measure, from the exact
value. A minus sign is a minus sign (U+2212), thousands have a comma, prose says "per cent" and tables "%".
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from measures.trends.figures import Figure, Number, Unit, exact

Context = Literal["prose", "table"]

MINUS = "\N{MINUS SIGN}"
CANNOT_SAY_TEXT: dict[Context, str] = {"prose": "cannot be said", "table": "\N{EN DASH}"}
DEFAULT_PLACES: dict[Unit, int] = {
    "count": 0,
    "hours": 0,
    "per_cent": 1,
    "per_cent_change": 1,
    "percentage_points": 1,
    "per_1000": 1,
    "days": 1,
    "seconds": 0,
}


def round_half_up(number: Number, places: int = 0) -> Decimal:
    """The number at so many decimal places, halves away from zero; a float is read by its shortest decimal."""
    value = exact(number)
    if value is None:
        raise ValueError("A missing number cannot be rounded.")
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    rounded = Decimal(whole).scaleb(-places)
    return -rounded if value < 0 and whole else rounded


def is_exact_half(number: Fraction, places: int = 0) -> bool:
    """Whether a number lies exactly between two printed neighbours, so that either is a fair rounding."""
    return (abs(number) * 10**places) % 1 == Fraction(1, 2)


def number_text(number: Number, places: int = 0, *, signed: bool = False) -> str:
    """ "12,345", "−39", "2.9"; with `signed` also "+39"."""
    rounded = round_half_up(number, places)
    sign = MINUS if rounded < 0 else ("+" if signed and rounded > 0 else "")
    return f"{sign}{abs(rounded):,.{places}f}"


def per_cent_text(number: Number, places: int = 1, context: Context = "prose", *, signed: bool = False) -> str:
    """ "2.9 per cent" in prose, "2.9%" in tables."""
    return number_text(number, places, signed=signed) + (" per cent" if context == "prose" else "%")


def points_text(number: Number, places: int = 1, context: Context = "prose", *, signed: bool = False) -> str:
    """ "5.8 percentage points" in prose, "5.8pp" in tables."""
    text = number_text(number, places, signed=signed)
    if context == "table":
        return f"{text}pp"
    return f"{text} percentage {_plural('point', round_half_up(number, places))}"


def duration_text(seconds: Number, context: Context = "prose", *, signed: bool = False) -> str:
    """ "12 minutes and 47 seconds" in prose, "12:47" in tables, "1:02:03" from an hour up. Whole seconds."""
    rounded = int(round_half_up(seconds))
    sign = MINUS if rounded < 0 else ("+" if signed and rounded > 0 else "")
    minutes, left = divmod(abs(rounded), 60)
    hours, minutes = divmod(minutes, 60)
    if context == "table":
        return f"{sign}{hours}:{minutes:02d}:{left:02d}" if hours else f"{sign}{minutes}:{left:02d}"
    parts = [(hours, "hour"), (minutes, "minute"), (left, "second")]
    said = [f"{count} {_plural(noun, count)}" for count, noun in parts if count]
    if not said:
        return "0 seconds"
    return sign + (said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}")


def figure_text(
    figure: Figure, context: Context = "prose", places: int | None = None, *, signed: bool | None = None
) -> str:
    """A figure in house style. Changes carry their sign in tables; `places` defaults to the unit's own precision."""
    if figure.value is None:
        return figure.withheld or CANNOT_SAY_TEXT[context]
    if signed is None:
        signed = context == "table" and figure.unit in ("percentage_points", "per_cent_change")
    return value_text(figure.value, figure.unit, context, places, signed=signed)


def value_text(
    value: Number, unit: Unit, context: Context = "prose", places: int | None = None, *, signed: bool = False
) -> str:
    """A value in house style; counts, hours, days and rates as a bare number, for the sentence to give its noun."""
    precision = DEFAULT_PLACES[unit] if places is None else places
    if unit == "seconds":
        return duration_text(value, context, signed=signed)
    if unit in ("per_cent", "per_cent_change"):
        return per_cent_text(value, precision, context, signed=signed)
    if unit == "percentage_points":
        return points_text(value, precision, context, signed=signed)
    return number_text(value, precision, signed=signed)


def _plural(noun: str, count: int | Decimal) -> str:
    return noun if abs(count) == 1 else f"{noun}s"
