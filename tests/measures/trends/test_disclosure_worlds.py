"""Small counts stay hidden from who knows the rules and tries every possible record, not only those that are likely.

A display is what is shown of some counts. Everybody can list all records that are shown in the same way; a small number
is safe where every small number occurs among them. The records are all there are of a size, so nothing is left to luck.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import pytest

from measures.trends.disclosure import NOT_SHOWN, Counts, Policy, cover_counts, cover_family

SHOWN, ZEROS_HIDDEN = Policy(), Policy(zeros_shown=False)
Record = tuple[int, ...]
SPANS = [(first, stop) for first in range(3) for stop in range(first + 1, 4)]


def quarter(values: Record, policy: Policy) -> list[object]:
    """Every figure of a quarter's months and of what can be added up of them, or the words in its place."""
    cover = cover_counts(policy, Counts(dict(enumerate(values))))
    totals = [(first, stop, sum(values[first:stop])) for first, stop in SPANS]
    return [cover.words(range(first, stop), value) or value for first, stop, value in totals]


def parts(values: Record, policy: Policy) -> list[object]:
    """The parts of a month and their whole."""
    found = cover_family(policy, Counts({0: sum(values)}), [[Counts({0: value}) for value in values]])
    shown = [cover.hidden.get(0, "") or value for cover, value in zip(found.parts[0], values, strict=True)]
    return [found.whole.hidden.get(0, "") or sum(values), *shown]


def displays(
    records: Iterable[Record], show: Callable[[Record, Policy], list[object]], policy: Policy
) -> dict[tuple[object, ...], list[Record]]:
    found = defaultdict(list)
    for record in records:
        found[tuple(show(record, policy))].append(record)
    return found


def adding_up_to(total: int, number: int) -> Iterator[Record]:
    if number == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in adding_up_to(total - first, number - 1):
            yield (first, *others)


@pytest.mark.parametrize("policy", [SHOWN, ZEROS_HIDDEN])
def test_whatever_is_shown_of_a_quarter_each_small_month_could_be_any_small_number(policy):
    # A month of 18 or more stays as it is whatever its size; totals up to there have all their records.
    tried = 0
    for display, records in displays(itertools.product(range(20), repeat=3), quarter, policy).items():
        if any(isinstance(one, int) and one > 19 for one in display):
            continue
        for month in range(3):
            if display[SPANS.index((month, month + 1))] == "<5":
                assert {record[month] for record in records} == set(range(policy.least, 5)), display
                tried += 1
    print(f"{tried} hidden months in all the ways a quarter can be shown")
    assert tried > 60


@pytest.mark.parametrize("policy", [SHOWN, ZEROS_HIDDEN])
@pytest.mark.parametrize(("number", "most"), [(2, 40), (3, 30), (4, 18)])
def test_whatever_is_shown_of_a_whole_and_its_parts_each_small_part_could_be_any_small_number(policy, number, most):
    tried = 0
    for whole in range(5, most):
        for display, records in displays(adding_up_to(whole, number), parts, policy).items():
            for place, said in enumerate(display[1:]):
                among = {record[place] for record in records}
                if said == "<5":
                    assert among == set(range(policy.least, 5)), display
                    tried += 1
                elif said == NOT_SHOWN and any(map(policy.hides, among)):  # nothing says whether it is small
                    assert len(among) >= 3, display
    print(f"{tried} small parts of {number} in all the ways they can be shown")
    assert tried >= (0 if number == 4 else 10)


def test_one_who_tries_every_record_finds_what_is_hidden_too_little():
    """The canary: of 0, 1, 5 shown as 0, <5 and a total of 6 the small one is 1, for the other is five at least."""

    def without_protection(values: Record, policy: Policy) -> list[object]:
        return [*("<5" if policy.hides(value) else value if value < 5 else NOT_SHOWN for value in values), sum(values)]

    found = displays(itertools.product(range(12), repeat=3), without_protection, SHOWN)
    assert {record[1] for record in found[0, "<5", NOT_SHOWN, 6]} == {1}
