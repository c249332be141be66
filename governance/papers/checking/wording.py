"""Figures in the house style of prose, for what the checker proposes."""

from decimal import ROUND_HALF_UP, Decimal

from governance.papers.checking.numbers import Number, Sort


def rounded(value: float, decimals: int) -> str:
    """Rounded half up, as a councillor's spreadsheet does."""
    step = Decimal(1).scaleb(-decimals)
    return f"{Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP):,}"


def count_text(value: float) -> str:
    sign = "−" if value < 0 else ""
    return sign + (f"{abs(value):,.0f}" if float(value).is_integer() else f"{abs(value):,g}")


def percent_text(value: float, decimals: int = 1) -> str:
    return f"{rounded(value, decimals)} per cent"


def duration_text(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (rest, "second")]
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said) or "0 seconds"


def like(number: Number, value: float) -> str:
    """A value written as a number was: with its unit, its sign for per cent and its decimals."""
    text = rounded(value, number.decimals)
    if number.sort is Sort.PERCENT:
        return f"{text}%" if number.percent_sign else f"{text} per cent"
    if number.sort is Sort.POINTS:
        return f"{text} percentage points"
    if number.sort is Sort.DURATION:
        return duration_text(value)
    return text
