"""What of a series may be shown to everybody: small counts hidden, and every total that would give one back.

How an output calls it. Nothing that prints a figure reads months itself; it asks for what its reader may see:

    held = quarter_figures(measures, period)             # what anybody may see, and all that leaves the office
    held = quarter_figures(measures, period, exact=may)  # if `may_see_exact(user)`: true, marked RESTRICTED_WORDS
    cover = disclosure.covers([series]).get(pk, NOTHING_HIDDEN)  # measures.disclosure: for rows read some other way
    words = cover.words(months, value)                   # "" where a figure may be shown, or what stands in its place

Every figure made from `MonthlyData` obeys its cover (`figures.over`): levels, changes, percentages, rates, means and
parts, so charts, tables and files made from such figures do. A figure that may not be shown has no value and says in
`withheld` what stands in its place. A mean, limit, projection or correlation is worked out from figures that are shown,
or is not shown. Signals are worked out on true values and shown where `shows_signals` says so.

Why nothing can be worked back (docs/adr/0075). A count of one to four is "<5" (zero too, where the measure says so).
From the first small month of a quarter on, the quarter's months are hidden, decided from earlier months alone, so that
a later month reveals no earlier one. The quarter's total is shown only where every small month could still be any
small number: another hidden month takes up the difference. Whatever cuts through such a quarter is not shown. So every
figure that is shown is made of visible months and whole quarters, and each quarter protects its months by itself.
Of quotients no total with a hidden month is shown. Months are month indexes; counts are exact numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction

SMALL_BELOW = 5
FEWEST_ANSWERS = 30
NOT_SHOWN = "not shown"
RESTRICTED_WORDS = "Restricted: contains numbers below five"
QUARTER = 3  # months; January, April, July and October begin one
RULES_LOOK_BACK = 24  # months behind a symbol: averages and limits are of as many
PEERS_LOOK_BACK = 36  # months behind a verdict, which may be of a year that ended a year before the quarter
HISTORY = 60  # months behind a rolling trend that allows for months that follow one another

Value = Fraction | float | int
SpanOfMonths = tuple[int, int]  # first and last month, both included


@dataclass(frozen=True)
class Policy:
    """What a measure asks for. `below` 0: nothing is hidden. `fewest_answers` is for the parts of a survey."""

    below: int = SMALL_BELOW
    zeros_shown: bool = True
    fewest_answers: int = FEWEST_ANSWERS

    @property
    def is_on(self) -> bool:
        return self.below > 1

    @property
    def small_words(self) -> str:
        return f"<{self.below}"

    @property
    def least(self) -> int:
        """The least count that is hidden."""
        return 1 if self.zeros_shown else 0

    def hides(self, value: Value | None) -> bool:
        """Whether a count is too small to be shown."""
        if value is None or not self.is_on:
            return False
        return 0 < value < self.below or (value == 0 and not self.zeros_shown)


@dataclass(frozen=True)
class Cover:
    """What is hidden of one series: each hidden month with the words in its place.

    small    months whose own count is small
    totals   first months of quarters that hide months and whose total may be shown all the same
    spans    figures of more than a month that are hidden by themselves, with their words
    """

    hidden: Mapping[int, str] = field(default_factory=dict)
    small: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    spans: Mapping[SpanOfMonths, str] = field(default_factory=dict)
    small_words: str = ""
    below: int = SMALL_BELOW

    def __bool__(self) -> bool:
        return bool(self.hidden or self.spans)

    def words(self, months: Sequence[int], value: Value | None = None) -> str:
        """What stands in place of a figure over a run of months whose true value is `value`; "" where it is shown."""
        if not self or not months:
            return ""
        first, last = months[0], months[-1]
        if (first, last) in self.spans:
            return self.spans[first, last]
        if any(begin <= last and first <= end for begin, end in self.spans):
            return NOT_SHOWN
        hidden = [month for month in months if month in self.hidden]
        if not hidden:
            return ""
        if len(months) == 1:
            return self.hidden[first]
        starts = {quarter_start(month) for month in hidden}
        is_cut = any(start < first or last < start + QUARTER - 1 for start in starts)
        if not is_cut and starts <= self.totals:
            return ""
        only_one = not is_cut and sum(month in self.small for month in hidden) == 1
        if self.small_words and only_one and value is not None and 0 < value < self.below:
            return self.small_words
        return NOT_SHOWN

    def touches(self, first: int, last: int) -> bool:
        """Whether anything between two months, both included, is hidden."""
        if any(begin <= last and first <= end for begin, end in self.spans):
            return True
        return any(first <= month <= last for month in self.hidden)

    def shows_signals(self, as_of: int) -> bool:
        """Whether symbols at a month may be shown: none of the months they were worked out from is hidden."""
        return not self.touches(as_of - RULES_LOOK_BACK, as_of)

    def shows_history(self, as_of: int) -> bool:
        """Whether what needs five years of months may be shown too."""
        return not self.touches(as_of - HISTORY, as_of)


NOTHING_HIDDEN = Cover()


@dataclass(frozen=True)
class Counts:
    """A series of counts. `seen_otherwise`: months of which anything else was shown before, or which came late."""

    values: Mapping[int, Value]
    was_small: Set[int] = frozenset()  # months that were small in any version of the figures
    seen_otherwise: Set[int] = frozenset()


def quarter_start(month: int) -> int:
    return month - month % QUARTER


def protects(policy: Policy, small: int, others: int, total: Value, *, most: Value | None = None) -> bool:
    """Whether a total over hidden counts leaves each of the small ones any small number; so must its being hidden.

    `small` counts are below the policy's limit, `others` are nought or at least the limit; `total` is of both. `most`
    is for parts of a whole: there the others are at least the limit and no more than this, as nought is shown and the
    smallest are hidden first. The least total with the largest small number is kept back too: were it shown, a total
    that is not would say that the number is another.
    """
    top = policy.below - 1
    are_nought = policy.zeros_shown and most is None  # others that nobody can tell from nought
    rest = range(policy.least * (small - 1), top * (small - 1) + 1)
    least = policy.below * (min(others, 1) if are_nought else others)

    def is_possible(left: Value) -> bool:
        if others == 0:
            return left == 0
        return left >= least and (most is None or left <= most * others)

    if others and total <= top + policy.least * (small - 1) + least:
        return False
    return all(any(is_possible(total - one - two) for two in rest) for one in range(policy.least, top + 1))


def cover_counts(policy: Policy, counts: Counts, also: Iterable[int] = ()) -> Cover:
    """The cover of a series of monthly counts; the months `also` are hidden for the sake of another series."""
    small = {month for month, value in counts.values.items() if policy.hides(value)}
    first_hidden: dict[int, int] = {}
    forced = set(also)
    for month in sorted(small | set(counts.was_small) | forced):
        first_hidden.setdefault(quarter_start(month), month)
    hidden, totals = {}, set()
    for start, first in first_hidden.items():
        months = range(start, start + QUARTER)
        for month in range(first, start + QUARTER):
            if month in counts.values:
                hidden[month] = policy.small_words if month in small else NOT_SHOWN
        changed = any(month in counts.seen_otherwise or month in counts.was_small - small for month in months)
        if changed or forced & set(months) or any(month not in counts.values for month in months):
            continue
        held = [month for month in months if month in hidden]
        count = sum(month in small for month in held)
        if protects(policy, count, len(held) - count, sum(counts.values[month] for month in held)):
            totals.add(start)
    return Cover(hidden, frozenset(small), frozenset(totals), {}, policy.small_words, policy.below)


def cover_quotients(
    policy: Policy, above: Mapping[int, Value], below: Mapping[int, Value], *, counts_above: bool, is_share: bool
) -> Cover:
    """The cover of a series of quotients: months with a small part, and with a small remainder where it is a share."""

    def is_small(month: int) -> bool:
        parts = [below.get(month)]
        if counts_above:
            parts.append(above.get(month))
        if is_share and month in above and month in below:
            parts.append(below[month] - above[month])
        return any(map(policy.hides, parts))

    small = frozenset(month for month in above if is_small(month))
    words = policy.small_words
    return Cover(dict.fromkeys(small, words), small, frozenset(), {}, "", policy.below)


def cover_spans(policy: Policy, small: Iterable[SpanOfMonths], cover: Cover) -> Cover:
    """The same cover with small figures of more than a month hidden, and whatever overlaps them."""
    spans = dict.fromkeys(small, policy.small_words)
    return replace(cover, spans=spans) if spans else cover


def cover_answers(policy: Policy, answers: Mapping[SpanOfMonths, int | None]) -> Cover:
    """The cover of one part of a survey: readings of too few answers are hidden, those near them as they are."""
    spans = {span: too_few_words(number) for span, number in answers.items() if (number or 0) < policy.fewest_answers}
    hidden = {last: words for (_, last), words in spans.items()}
    return Cover(hidden) if hidden else NOTHING_HIDDEN


def too_few_words(answers: int | None) -> str:
    return f"too few surveys to break down ({'number not recorded' if answers is None else answers})"


@dataclass(frozen=True)
class Family:
    """Covers of a whole and of each of its parts, group by group, in the order given."""

    whole: Cover
    parts: tuple[tuple[Cover, ...], ...]


def cover_family(policy: Policy, whole: Counts, groups: Sequence[Sequence[Counts]]) -> Family:
    """The covers of a series and of those it is cut into; each group is one way of cutting.

    A part hides no quarter and shows no total over a hidden month. In each month the parts protect each other; where
    they cannot, or do not add up to the whole, or have been revised, all of them are hidden, and in the last case the
    whole too. Where the whole is hidden all its parts are.
    """
    trouble: set[int] = set()
    months_of: list[dict[int, list[str]]] = []
    for group in groups:
        found: dict[int, list[str]] = {}
        for month in sorted({month for part in group for month in part.values}):
            said, is_open = _month_of_parts(policy, month, whole, group)
            found[month] = said
            if not is_open:
                trouble.add(month)
        months_of.append(found)
    cover = cover_counts(policy, whole, also=trouble & set(whole.values))
    parts = []
    for group, found in zip(groups, months_of, strict=True):
        made = []
        for place, part in enumerate(group):
            hidden = {}
            for month in part.values:
                words = NOT_SHOWN if month in cover.hidden else found[month][place]
                if words:
                    hidden[month] = words
            small = frozenset(month for month, words in hidden.items() if words == policy.small_words)
            made.append(Cover(hidden, small, frozenset(), {}, "", policy.below))
        parts.append(tuple(made))
    return Family(cover, tuple(parts))


def cover_quotient_family(
    whole: tuple[Cover, Counts], parts: Sequence[tuple[Cover, Counts]]
) -> tuple[Cover, tuple[Cover, ...]]:
    """The covers of a series of quotients and of those it is cut into, each given with its numerators.

    Where one part is small or was, or the whole is hidden, all parts are; the whole too where one has been revised.
    """
    covers, counts = zip(*parts, strict=True) if parts else ((), ())
    small = frozenset().union(*(one.small for one in covers), *(one.was_small for one in counts))
    seen_otherwise = frozenset(whole[1].seen_otherwise).union(*(one.seen_otherwise for one in counts))
    hidden = {month: NOT_SHOWN for month in small & seen_otherwise if month in whole[1].values} | dict(whole[0].hidden)
    months = small | set(hidden)
    made = tuple(
        replace(cover, hidden={month: NOT_SHOWN for month in one.values if month in months}, small=frozenset())
        for cover, one in parts
    )
    return replace(whole[0], hidden=hidden), made


def _month_of_parts(policy: Policy, month: int, whole: Counts, group: Sequence[Counts]) -> tuple[list[str], bool]:
    """The words of each part in one month ("" where it is shown), and whether the whole may stay as it is."""
    values = [part.values.get(month) for part in group]
    small = [place for place, value in enumerate(values) if policy.hides(value)]
    was_small = any(month in part.was_small for part in group)
    if not small and not was_small:
        return [""] * len(group), True
    changed = was_small and not small
    changed = changed or any(month in one.seen_otherwise for one in (whole, *group))
    everything = [NOT_SHOWN] * len(group)
    if changed:
        return everything, False
    total = sum(value for value in values if value is not None)
    if month in whole.values and total != whole.values[month]:
        return everything, True
    by_size = sorted((value, place) for place, value in enumerate(values) if value and place not in small)
    hidden, said = sum(values[place] or 0 for place in small), [""] * len(group)
    for place in small:
        said[place] = policy.small_words
    for count, (value, place) in enumerate(by_size, 1):
        hidden, said[place] = hidden + value, NOT_SHOWN
        most = by_size[count][0] - 1 if count < len(by_size) else hidden
        if protects(policy, len(small), count, hidden, most=most):
            return said, True
    return everything, True
