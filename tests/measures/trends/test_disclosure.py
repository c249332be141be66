"""Small counts stay hidden: what is shown of a series, and an attacker who tries to work back what is not.

The attacker has every figure that is shown in any form, knows the rules as they stand in the code and which figures are
withheld, and solves for the hidden months: exactly, and within the bounds that "<5" itself gives.
"""

import os
from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from measures.trends.disclosure import (
    NOT_SHOWN,
    Counts,
    Cover,
    Policy,
    cover_answers,
    cover_counts,
    cover_family,
    cover_quotient_family,
    cover_quotients,
    cover_spans,
    protects,
    too_few_words,
)
from measures.trends.figures import Figure, MonthlyData, change, monthly_data, over, share
from measures.trends.formatting import figure_text
from measures.trends.periods import Span
from measures.trends.statistics import available, compute

APRIL = 12 * 2018 + 3
POLICY = Policy()
EXAMPLES = int(os.environ.get("RECKONER_ATTACKS", "60"))  # made-up cases for each property
MANY = settings(max_examples=EXAMPLES)


def series(values: Iterable[float | None], cover: Cover | None = None, population: int | None = None) -> MonthlyData:
    held = {APRIL + place: value for place, value in enumerate(values) if value is not None}
    cover = cover if cover is not None else cover_counts(POLICY, Counts(held))
    made = monthly_data("count", held, held.values(), population=population)
    return MonthlyData(made.kind, made.numerator, {}, made.population, cover=cover)


def words(values: Iterable[float | None]) -> list[str]:
    cover = series(values).cover
    return [cover.hidden.get(APRIL + place, "") for place, _ in enumerate(values)]


def total(values: Iterable[float | None], first: int = 0, months: int = 3) -> str:
    return figure_text(over(series(values), Span("months", APRIL + first, APRIL + first + months - 1), "", ""))


def test_counts_of_one_to_four_are_hidden_and_nought_and_five_are_not():
    assert words([0, 5, 6]) == ["", "", ""]
    assert [words([9, 9, count])[2] for count in (1, 2, 3, 4)] == ["<5"] * 4


def test_zero_is_hidden_where_the_measure_says_so():
    policy = Policy(zeros_shown=False)
    cover = cover_counts(policy, Counts({APRIL: 9, APRIL + 1: 9, APRIL + 2: 0}))
    assert cover.hidden == {APRIL + 2: "<5"}


def test_nothing_is_hidden_where_the_policy_is_off():
    assert cover_counts(Policy(below=0), Counts({APRIL: 1})) == Cover(small_words="<0", below=0)


def test_the_months_after_a_small_one_in_its_quarter_are_hidden_and_the_quarter_is_shown():
    values = [12, 3, 20, 14, 15, 16]
    assert words(values) == ["", "<5", NOT_SHOWN, "", "", ""]
    assert total(values) == "35"
    assert total(values, 0, 6) == "80"


def test_a_total_that_would_give_a_month_back_is_not_shown():
    values = [12, 20, 3, 14, 15, 16]
    assert words(values) == ["", "", "<5", "", "", ""]
    assert total(values) == NOT_SHOWN  # 35 less 12 less 20
    assert total(values, 0, 6) == NOT_SHOWN
    assert total(values, 3, 3) == "45"


def test_a_total_that_cuts_a_quarter_is_not_shown():
    values = [12, 3, 20, 14, 15, 16]
    assert [total(values, first, 3) for first in (1, 2, 3)] == [NOT_SHOWN, NOT_SHOWN, "45"]


def test_a_total_of_which_too_little_is_left_is_not_shown():
    assert total([0, 3, 5]) == NOT_SHOWN  # 8: the small one would be 3, or the other were nought and it 8
    assert total([0, 3, 6]) == NOT_SHOWN  # were 9 shown, a total that is not could not be that of a 4 and a 5
    assert total([0, 3, 7]) == "10"
    assert total([4, 4, 4]) == NOT_SHOWN  # twelve in three months below five is four each
    assert total([3, 2, 3]) == "8"


def test_a_small_total_with_one_small_month_is_said_to_be_small_and_others_are_not_shown():
    assert total([0, 3, 0]) == "<5"
    assert total([0, 1, 1]) == NOT_SHOWN
    assert [total([0, 3, 0], 1, 2), total([0, 3, 7], 1, 2)] == [
        NOT_SHOWN
    ] * 2  # cut: it would say which month is nought


@pytest.mark.parametrize(("others", "whole", "most", "expected"), [
    (1, 10, 9, True), (1, 10, 6, False), (2, 11, 99, False), (2, 14, 99, False), (2, 15, 99, True),
])  # fmt: skip
def test_parts_beside_a_small_one_are_known_to_be_no_small_ones_and_the_smallest(others, whole, most, expected):
    assert protects(POLICY, 1, others, whole, most=most) is expected


def test_a_revision_or_a_late_month_closes_the_quarter():
    values = {APRIL: 12, APRIL + 1: 3, APRIL + 2: 20}
    revised = cover_counts(POLICY, Counts(values, seen_otherwise={APRIL + 2}))
    assert (revised.totals, cover_counts(POLICY, Counts(values)).totals) == (frozenset(), {APRIL})
    grown = cover_counts(POLICY, Counts({**values, APRIL + 1: 8}, was_small={APRIL + 1}))
    assert (grown.hidden, grown.totals) == ({APRIL + 1: NOT_SHOWN, APRIL + 2: NOT_SHOWN}, frozenset())


@pytest.mark.parametrize(("small", "others", "whole", "expected"), [
    (1, 1, 9, False), (1, 1, 10, True), (2, 0, 5, True), (2, 0, 6, False), (3, 0, 6, True), (3, 0, 10, False), (1, 0, 3, False),
])  # fmt: skip
def test_protects_is_whether_every_small_number_stays_possible(small, others, whole, expected):
    assert protects(POLICY, small, others, whole) is expected


def test_figures_made_of_hidden_ones_are_hidden_and_say_why():
    data = series([12, 3, 20] + [30] * 9 + [15, 2, 25] + [30] * 9, population=700_000)
    last = APRIL + 14
    shown = {name: compute(name, data, last) for name in available("count")}
    assert shown["quarter"].value == 42
    assert shown["rate_per_1000"].value == Fraction(1000 * (42 + 9 * 30), 700_000)
    hidden = {name for name, figure in shown.items() if figure.withheld}
    assert hidden == {name for name in shown if "month" in name and name != "mean_per_month"}
    assert {figure.value for name, figure in shown.items() if name in hidden} == {None}
    assert figure_text(compute("month", data, last - 1)) == "<5"
    assert shown["month"].why_not == "It is of too few to be shown, or would show another figure that is."


def test_quotients_hide_small_parts_and_small_remainders_and_every_total_of_them():
    above, below = {0: 3, 1: 50, 2: 48, 3: 20}, {0: 40, 1: 60, 2: 50, 3: 40}
    share = cover_quotients(POLICY, above, below, counts_above=True, is_share=True)
    assert share.hidden == {0: "<5", 2: "<5"}
    duration = cover_quotients(POLICY, above, {**below, 3: 4}, counts_above=False, is_share=False)
    assert duration.hidden == {3: "<5"}
    assert [share.words(range(first, first + 2), 50) for first in (0, 1, 2)] == [NOT_SHOWN] * 3


def test_a_small_figure_of_more_than_a_month_hides_whatever_overlaps_it():
    cover = cover_spans(POLICY, [(0, 2)], cover_counts(POLICY, Counts({})))
    assert [cover.words(range(*span)) for span in ((0, 3), (0, 12), (3, 6))] == ["<5", NOT_SHOWN, ""]


def test_signals_are_hidden_with_any_month_they_are_worked_out_from():
    cover = Cover({100: "<5"})
    assert [cover.shows_signals(as_of) for as_of in (99, 100, 124, 125)] == [True, False, False, True]
    assert [cover.shows_history(as_of) for as_of in (160, 161)] == [False, True]


def test_a_part_of_a_survey_of_too_few_answers_is_not_shown():
    cover = cover_answers(POLICY, {(0, 11): 12, (3, 14): 30, (6, 17): None})
    assert cover.words((11,)) == "too few surveys to break down (12)"
    assert cover.words((14,)) == ""
    assert cover.words((17,)) == too_few_words(None) == "too few surveys to break down (number not recorded)"
    held = monthly_data("survey", [11, 14], [76.9, 70.0])
    figure = over(MonthlyData("survey", held.numerator, {}, cover=cover), Span("rolling", 0, 11), "", "")
    assert (figure.value, figure_text(figure)) == (None, "too few surveys to break down (12)")


# Parts of a whole.


def family(whole: list[float], *groups: list[list[float]], seen: Iterable[int] = ()):
    def counts(values, seen_otherwise=()):
        return Counts({APRIL + place: value for place, value in enumerate(values)}, seen_otherwise=set(seen_otherwise))

    held = [[counts(part, seen) for part in group] for group in groups]
    return cover_family(POLICY, counts(whole), held)


def said(cover: Cover, month: int = 0) -> str:
    return cover.hidden.get(APRIL + month, "")


def test_a_small_part_is_hidden_with_the_smallest_other_that_protects_it():
    found = family([63, 90, 90], [[3, 30, 30], [10, 30, 30], [50, 30, 30]])
    assert said(found.whole) == ""
    assert [said(part) for part in found.parts[0]] == ["<5", NOT_SHOWN, ""]


def test_parts_that_cannot_protect_each_other_are_all_hidden():
    assert [said(part) for part in family([6], [[3], [3]]).parts[0]] == [NOT_SHOWN, NOT_SHOWN]
    assert [said(part) for part in family([60], [[3], [30]]).parts[0]] == [NOT_SHOWN, NOT_SHOWN]


def test_parts_of_a_hidden_whole_are_all_hidden():
    found = family([3, 20, 30], [[3, 12, 15], [0, 8, 15]])
    assert [said(found.whole, month) for month in range(3)] == ["<5", NOT_SHOWN, NOT_SHOWN]
    assert [[said(part, month) for month in range(3)] for part in found.parts[0]] == [[NOT_SHOWN] * 3] * 2


def test_a_revised_month_with_a_small_part_hides_the_whole_too():
    found = family([63], [[3], [10], [50]], seen=[APRIL])
    assert said(found.whole) == NOT_SHOWN
    assert [said(part) for part in found.parts[0]] == [NOT_SHOWN] * 3


def test_quotients_hide_all_parts_where_one_is_small():
    whole = (Cover(), Counts({0: 50, 1: 60}))
    parts = [(Cover({0: "<5"}, frozenset({0})), Counts({0: 3, 1: 30})), (Cover(), Counts({0: 47, 1: 30}))]
    cover, covers = cover_quotient_family(whole, parts)
    assert (dict(cover.hidden), [dict(one.hidden) for one in covers]) == ({}, [{0: NOT_SHOWN}, {0: NOT_SHOWN}])


# The attacker.


class Attacker:
    """Equations in unknown months, and what "<5" says of them; finds what each hidden month can be.

    `publish` takes a figure as it is shown, by the months it adds up; a figure that is not shown says nothing. `ranges`
    propagates the bounds of every equation till nothing moves; `solved` finds unknowns that the equations alone settle.
    """

    def __init__(self) -> None:
        self.equations: set[tuple[tuple[tuple[int, int], ...], float]] = set()
        self.low: dict[int, float] = {}
        self.high: dict[int, float] = {}

    def publish(self, months: Iterable[int], value: float | Fraction | None) -> None:
        if value is not None:
            self.equation(dict.fromkeys(months, 1), value)

    def equation(self, weights: Mapping[int, int], value: float | Fraction) -> None:
        self.equations.add((tuple(sorted(weights.items())), float(value)))

    def learn_small(self, month: int) -> None:
        self.low[month], self.high[month] = 1.0, 4.0

    def reduced(self) -> set[tuple[tuple[tuple[int, int], ...], float]]:
        """The equations in what is not shown by itself."""
        known = {used[0][0]: value for used, value in self.equations if len(used) == 1}
        made = {
            (
                tuple((month, weight) for month, weight in used if month not in known),
                value - sum(weight * known[month] for month, weight in used if month in known),
            )
            for used, value in self.equations
        }
        return {one for one in made if one[0]} | {(((month, 1),), value) for month, value in known.items()}

    def solved(self) -> dict[int, float]:
        """The unknowns that have one value only in every solution of the equations."""
        equations = sorted(self.reduced())
        unknowns = sorted({month for used, _ in equations for month, _ in used})
        if not unknowns:
            return {}
        matrix = np.zeros((len(equations), len(unknowns)))
        place = {month: column for column, month in enumerate(unknowns)}
        for row, (used, _) in enumerate(equations):
            for month, weight in used:
                matrix[row, place[month]] = weight
        solution, _, _, _ = np.linalg.lstsq(matrix, np.array([value for _, value in equations]), rcond=None)
        _, sizes, basis = np.linalg.svd(matrix)
        free = basis[int((sizes > 1e-9 * sizes.max()).sum()) :]
        settled = np.all(np.abs(free) < 1e-7, axis=0) if len(free) else np.ones(len(unknowns), bool)
        return {unknowns[column]: float(solution[column]) for column in np.flatnonzero(settled)}

    def ranges(self) -> dict[int, tuple[float, float]]:
        equations = self.reduced()
        unknowns = {month for used, _ in equations for month, _ in used} | set(self.low)
        low = {month: self.low.get(month, 0.0) for month in unknowns}
        high = {month: self.high.get(month, float("inf")) for month in unknowns}
        moved = True
        while moved:
            moved = False
            for used, right in equations:
                for month, weight in used:
                    rest = [(one, by) for one, by in used if one != month]
                    least = sum(by * (low[one] if by > 0 else high[one]) for one, by in rest)
                    most = sum(by * (high[one] if by > 0 else low[one]) for one, by in rest)
                    bounds = sorted(((right - most) / weight, (right - least) / weight))
                    new_low, new_high = np.ceil(bounds[0] - 1e-6), np.floor(bounds[1] + 1e-6)
                    if new_low > low[month]:
                        low[month], moved = new_low, True
                    if new_high < high[month]:
                        high[month], moved = new_high, True
        return {month: (low[month], high[month]) for month in unknowns}

    def recovered(self, values: Mapping[int, float]) -> set[int]:
        """Which of these small months it has narrowed: to one value, or to fewer than all four."""
        solved, ranges = self.solved(), self.ranges()
        return {month for month in values if month in solved or ranges.get(month, (1.0, 4.0)) != (1.0, 4.0)}


def spans_of(months: int) -> Iterable[tuple[int, int]]:
    """Every run of months of the lengths any page prints, and the whole."""
    for length in (1, 2, 3, 6, 12):
        for first in range(months - length + 1):
            yield first, first + length


def attack(values: list[int], data: MonthlyData, attacker: Attacker | None = None) -> Attacker:
    """Every total, change, percentage, mean and rate that any output makes of the series, turned into equations."""
    attacker = attacker or Attacker()
    for place in range(len(values)):
        if data.cover.hidden.get(APRIL + place) == "<5":
            attacker.learn_small(place)
    for first, stop in spans_of(len(values)):
        figure = over(data, Span("months", APRIL + first, APRIL + stop - 1), "", "")
        attacker.publish(range(first, stop), figure.value)
        assert (figure.value is None) == bool(figure.withheld)
    for last in range(len(values) - 3, len(values)):
        for name in available("count"):
            _from_statistic(attacker, compute(name, data, APRIL + last), len(values))
    return attacker


def _from_statistic(attacker: Attacker, figure: Figure, months: int) -> None:
    """A level gives its sum; a change, a percentage of it and its parts give both sums."""
    if figure.value is None or min(figure.months) < APRIL:
        return
    whole = [month - APRIL for month in figure.months]
    if figure.name == "rate_per_1000":
        attacker.publish(whole, figure.value * 700_000 / 1000)
    elif figure.name == "mean_per_month":
        attacker.publish(whole, figure.value * 12)
    elif "_on_" not in figure.name:
        attacker.publish(whole, figure.value)
    # a change is made of two levels that are shown: equations that are there already (see the next test)


def small_of(values: list[int]) -> dict[int, int]:
    return {place: value for place, value in enumerate(values) if 0 < value < 5}


COUNT = st.one_of(st.integers(0, 9), st.integers(0, 60))
SERIES = st.lists(COUNT, min_size=24, max_size=40)


@MANY
@given(SERIES)
@example([12, 3, 20] * 8)
@example([12, 20, 3] * 8)
@example([4] * 24)
@example([1, 0, 0] * 8)
def test_no_small_month_is_recovered_from_all_that_is_shown(values):
    attacker = attack(values, series(values, population=700_000))
    assert attacker.recovered(small_of(values)) == set()


@MANY
@given(SERIES)
def test_a_change_is_shown_only_where_both_its_figures_are(values):
    data = series(values)
    for last in (len(values) - 1, len(values) - 5):
        levels = {name: compute(name, data, APRIL + last) for name in available("count")}
        for name, figure in levels.items():
            if figure.value is not None and figure.parts and "_on_" in name:
                later, earlier = name.split("_on_")[0], {"year": "_year_ago", "quarter": "_quarter_ago"}
                past = next((end for word, end in earlier.items() if f"_on_{word}" in name), None)
                before = levels[later + past] if past else levels[f"previous_{later}"]
                assert levels[later].value is not None and before.value is not None


@settings(MANY, max_examples=EXAMPLES // 5)  # each solves for some twenty versions at once
@given(SERIES, st.integers(0, 39))
def test_every_version_of_the_months_together_reveals_nothing(values, cut):
    """The figures as they stood after each month, all kept by the attacker."""
    attacker = Attacker()
    for stop in range(max(1, cut % len(values)), len(values) + 1, 2):
        attack_as_it_stood(values, stop, attacker)
    assert attacker.recovered(small_of(values)) == set()


def attack_as_it_stood(values: list[int], stop: int, attacker: Attacker) -> None:
    data = series(values[:stop])
    for place in range(stop):
        if data.cover.hidden.get(APRIL + place) == "<5":
            attacker.learn_small(place)
    for first, end in spans_of(stop):
        figure = over(data, Span("months", APRIL + first, APRIL + end - 1), "", "")
        attacker.publish(range(first, end), figure.value)


@MANY
@given(SERIES)
def test_a_later_month_changes_nothing_that_was_shown_of_earlier_ones(values):
    before, after = series(values[:-1]).cover, series(values).cover
    assert {month: words for month, words in after.hidden.items() if month < APRIL + len(values) - 1} == before.hidden


@MANY
@given(st.lists(st.integers(0, 16), min_size=3, max_size=6))
def test_hidden_small_months_could_have_been_any_small_number(values):
    """The strongest form: for each value a small month might have, another series exists that is shown just the same."""
    data = series(values)
    for place in small_of(values):
        for other in (1, 2, 3, 4):
            assert any(shown(twin) == shown(values) for twin in twins(values, data.cover, place, other))


def shown(values: list[int]) -> list[object]:
    data = series(values)
    return [
        (figure.value, figure.withheld)
        for first, stop in spans_of(len(values))
        for figure in [over(data, Span("months", APRIL + first, APRIL + stop - 1), "", "")]
        if stop - first in (1, 3)
    ]


def twins(values: list[int], cover: Cover, place: int, other: int) -> Iterable[list[int]]:
    """Series that differ in the hidden months of one quarter only, the month at `place` being `other`."""
    start = place - (APRIL + place) % 3
    hidden = [month for month in range(start, min(start + 3, len(values))) if APRIL + month in cover.hidden]
    free = [month for month in hidden if month != place]
    small = {month for month in free if APRIL + month in cover.small}
    choices = [range(1, 5) if month in small else [0, *range(5, 40)] for month in free]
    whole = sum(values[month] for month in hidden)
    is_shown = APRIL + start in cover.totals
    for first in choices[0] if choices else [0]:
        for second in choices[1] if len(choices) > 1 else [0]:
            if not is_shown or other + first + second == whole:
                twin = list(values)
                twin[place] = other
                for month, value in zip(free, (first, second), strict=False):
                    twin[month] = value
                yield twin


def test_the_attacker_finds_what_is_hidden_without_protection():
    """The canary: only the small month itself is hidden, and the rolling totals give it back."""
    values = [12, 20, 3] + [30] * 21
    bare = Cover(
        {APRIL + 2: "<5"}, frozenset({APRIL + 2}), frozenset(APRIL + 3 * n for n in range(8)), small_words="<5"
    )
    attacker = attack(values, series(values, bare))
    assert attacker.solved()[2] == pytest.approx(3)
    assert attacker.recovered(small_of(values)) == {2}


def test_the_attacker_narrows_what_is_rounded():
    """Why totals are not rounded to five instead: with what is known of the rest they give the month back."""
    attacker = Attacker()
    attacker.publish([0], 11)
    attacker.low[1] = attacker.high[1] = 0.0
    attacker.learn_small(2)
    rounded_low, rounded_high = 8, 12  # 12 printed as 10
    left = range(rounded_low - 11, rounded_high - 11 + 1)
    assert [value for value in left if 1 <= value <= 4] == [1]


PARTS = st.integers(2, 4).flatmap(
    lambda parts: st.lists(st.lists(COUNT, min_size=6, max_size=6), min_size=parts, max_size=parts)
)


@MANY
@given(PARTS)
@example([[3] * 6, [30] * 6])
@example([[3, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 3]])
@example([[1, 9, 9, 9, 9, 9], [0, 9, 9, 9, 9, 9], [7, 9, 9, 9, 9, 9]])
def test_no_part_is_recovered_from_the_parts_the_whole_and_their_shares(parts):
    months = len(parts[0])
    whole = [sum(part[month] for part in parts) for month in range(months)]
    found = family(whole, parts)
    covers, rows = (found.whole, *found.parts[0]), (whole, *parts)
    attacker = Attacker()
    for place, (cover, values) in enumerate(zip(covers, rows, strict=True)):
        data = series(values, cover)
        for month in range(months):
            if cover.hidden.get(APRIL + month) == "<5":
                attacker.learn_small(place * months + month)
        for first, stop in spans_of(months):
            if stop <= months:
                figure = over(data, Span("months", APRIL + first, APRIL + stop - 1), "", "")
                attacker.publish(range(place * months + first, place * months + stop), figure.value)
    for month in range(months):
        attacker.equation({month: 1} | {place * months + month: -1 for place in range(1, len(rows))}, 0)
    low_high = attacker.ranges()
    solved = attacker.solved()
    for place, values in enumerate(rows):
        for month in small_of(values):
            unknown = place * months + month
            assert unknown not in solved
            assert low_high[unknown][0] <= 1 and low_high[unknown][1] >= min(4, whole[month])


def test_the_attacker_finds_a_part_hidden_alone():
    attacker = Attacker()
    attacker.publish([0], 33)
    attacker.publish([2], 30)
    attacker.learn_small(1)
    attacker.equation({0: 1, 1: -1, 2: -1}, 0)
    assert attacker.recovered({1: 3}) == {1}


def test_a_share_and_a_change_of_hidden_figures_are_hidden():
    data, whole = series([12, 3, 20]), series([40, 40, 40])
    span = Span("month", APRIL + 1, APRIL + 1)
    part = over(data, span, "", "")
    assert (share(part, over(whole, span, "", "")).withheld, change(part, part).withheld) == (NOT_SHOWN, NOT_SHOWN)
