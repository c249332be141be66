"""What was held on a day, and how much figures move."""

import datetime as dt

from measures.trends.revisions import (
    Usual,
    Version,
    changed_periods,
    held_on,
    moved_words,
    triangle,
    usual_revisions,
    usual_words,
    vintage_days,
)

JULY, OCTOBER, DECEMBER = dt.date(2019, 7, 5), dt.date(2019, 10, 4), dt.date(2019, 12, 6)
JUNE_FIRST = Version(1, 100.0, JULY, 1, provisional=True)
JUNE_SECOND = Version(1, 102.0, OCTOBER, 2)
JUNE_WITHDRAWN = Version(1, 90.0, DECEMBER, 4, ended=dt.date(2019, 12, 20))
MAY = Version(0, 50.0, OCTOBER, 3)
EVERY = [JUNE_FIRST, JUNE_SECOND, MAY, JUNE_WITHDRAWN]


def test_what_was_held_on_a_day_is_the_latest_given_by_then_and_not_withdrawn():
    assert held_on(EVERY, JULY) == {1: JUNE_FIRST}
    assert held_on(EVERY, OCTOBER) == {1: JUNE_SECOND, 0: MAY}
    assert held_on(EVERY, DECEMBER) == {1: JUNE_WITHDRAWN, 0: MAY}
    assert held_on(EVERY, dt.date(2019, 12, 20)) == {1: JUNE_SECOND, 0: MAY}


def test_periods_stand_against_the_days_the_record_changed():
    days = vintage_days(EVERY, 3)
    assert days == [OCTOBER, DECEMBER, dt.date(2019, 12, 20)]
    assert triangle(EVERY, [1, 0], days) == [[JUNE_SECOND, JUNE_WITHDRAWN, JUNE_SECOND], [MAY, MAY, MAY]]


def test_the_usual_revision_is_the_mean_size_of_what_had_moved_at_an_age():
    found = usual_revisions([JUNE_FIRST, JUNE_SECOND, MAY], dt.date(2020, 1, 10), ages=(1, 3, 12))
    assert found == [Usual(1, 0.0, 2), Usual(3, 1.0, 2)]
    assert usual_words(found) == (
        "On average a figure of this measure has moved, up or down, by 0.0 per cent one month later (2 figures); "
        "1.0 per cent 3 months later (2 figures)."
    )
    assert usual_words([Usual(6, 0.0, 4)]) == "None of 4 figures had been revised 6 months after it was first given."
    assert usual_words([]).startswith("No figure has been held for a month yet")


def test_a_change_is_said_in_per_cent_or_in_points():
    assert moved_words(3612, 3655) == "1.2 per cent more"
    assert moved_words(80.0, 78.5, "points") == "1.5 percentage points less"
    assert (moved_words(5, 5), moved_words(0, 2)) == ("the same", "more than nothing")


def test_only_what_is_on_both_days_can_have_changed():
    assert changed_periods(held_on(EVERY, JULY), held_on(EVERY, OCTOBER)) == [1]
