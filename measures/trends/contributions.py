"""Which parts explain the change of a total: what each adds to it, and the rest, so that all add up to the change.

Of an amount, a part's contribution is its own change. Of a quotient with parts of its numerator (positive outcomes of
each crime type over all crimes) it is the change of the part's numerator over the whole's denominator: those add up to
the change of the quotient as well, which changes of the parts' own percentages do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

REST = "Everything else"


@dataclass(frozen=True)
class Contribution:
    """One part: before and after in the whole's unit, and its share of the change (None where nothing changed)."""

    name: str
    before: Fraction
    after: Fraction
    share: Fraction | None

    @property
    def change(self) -> Fraction:
        return self.after - self.before

    @property
    def is_rest(self) -> bool:
        return self.name == REST


@dataclass(frozen=True)
class Explained:
    """The whole and its parts, the largest contribution to the change first, what pulls the other way last.

    The rest, where the parts do not make up the whole, stands at the end; the changes of all add up to the whole's.
    """

    before: Fraction
    after: Fraction
    parts: tuple[Contribution, ...]

    @property
    def change(self) -> Fraction:
        return self.after - self.before


def explain(
    before: Fraction,
    after: Fraction,
    parts: Mapping[str, tuple[Fraction, Fraction]],
    divisors: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1)),
) -> Explained:
    """The change from `before` to `after` by its parts, each given as (before, after).

    `divisors` are what both whole and parts are divided by, before and after: the denominators of a quotient, with its
    scale (denominator / 100 for a percentage). ValueError for a divisor that is not above nought.
    """
    if min(divisors) <= 0:
        raise ValueError("What a quotient is divided by must be above nought.")
    first, second = divisors
    scaled = {name: (one / first, other / second) for name, (one, other) in parts.items()}
    whole = before / first, after / second
    change = whole[1] - whole[0]
    named = [_part(name, *pair, change) for name, pair in scaled.items()]
    named.sort(key=lambda one: (-one.change if change >= 0 else one.change, one.name))
    left = whole[0] - sum(one.before for one in named), whole[1] - sum(one.after for one in named)
    if any(left):
        named.append(_part(REST, *left, change))
    return Explained(*whole, tuple(named))


def _part(name: str, before: Fraction, after: Fraction, change: Fraction) -> Contribution:
    return Contribution(name, before, after, (after - before) / change if change else None)


def leading(explained: Explained) -> Contribution | None:
    """The named part that contributes most in the direction of the change; None where nothing changed or none does."""
    named: Sequence[Contribution] = [one for one in explained.parts if not one.is_rest]
    if not explained.change or not named or not named[0].share or named[0].share <= 0:
        return None
    return named[0]


def overlaps(explained: Explained) -> bool:
    """Whether the parts together are more than the whole, so that they cannot be parts of it without overlap."""
    return any(one.is_rest and min(one.before, one.after) < 0 for one in explained.parts)
