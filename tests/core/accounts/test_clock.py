import datetime as dt

import pytest

from core.accounts.actions import set_office
from core.accounts.clock import (
    clear_working_days_before,
    is_working_day,
    today,
    working_days_before,
    working_days_until,
)
from core.accounts.context import current_office, read_once
from tests.factories.accounts import OfficeFactory

PANEL = dt.date(2019, 12, 19)


def test_paper_is_due_seven_working_days_before_the_panel():
    assert working_days_before(PANEL, 7) == dt.date(2019, 12, 10)


def test_agenda_is_public_five_clear_working_days_before_the_panel():
    assert clear_working_days_before(PANEL, 5) == dt.date(2019, 12, 11)


@pytest.mark.parametrize("day", ["2019-12-25", "2019-12-26", "2020-01-01", "2019-08-26", "2019-12-21"])
def test_bank_holidays_and_weekends_are_not_working_days(day):
    assert not is_working_day(dt.date.fromisoformat(day))


def test_working_days_until_counts_forward_and_back():
    assert working_days_until(dt.date(2019, 12, 2), dt.date(2019, 12, 10)) == 6
    assert working_days_until(dt.date(2019, 12, 10), dt.date(2019, 12, 2)) == -6
    assert working_days_until(PANEL, PANEL) == 0


@pytest.mark.django_db
def test_today_is_the_demo_date_where_one_is_set():
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    assert today() == dt.date(2019, 12, 2)


@pytest.mark.django_db
def test_a_request_reads_the_office_once_and_sees_its_own_change(django_assert_num_queries):
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    with read_once():
        with django_assert_num_queries(1):
            assert (today(), current_office().today) == (dt.date(2019, 12, 2), dt.date(2019, 12, 2))
        set_office(today_override=dt.date(2019, 12, 3), by=None)
        assert today() == dt.date(2019, 12, 3)


@pytest.mark.django_db
def test_what_one_request_read_is_not_what_the_next_one_sees():
    office = OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    with read_once():
        today()
    office.today_override = dt.date(2019, 12, 3)
    office.save()
    assert today() == dt.date(2019, 12, 3)
    with read_once():
        assert today() == dt.date(2019, 12, 3)


@pytest.mark.parametrize("start", [dt.date(2019, 12, 19), dt.date(2020, 2, 29), dt.date(2022, 6, 4)])
def test_working_days_until_counts_as_a_person_would_day_by_day(start):
    days = [start + dt.timedelta(days=step) for step in range(1, 420)]
    counted = [sum(map(is_working_day, days[: at + 1])) for at in range(len(days))]
    assert [working_days_until(start, day) for day in days] == counted
    assert [working_days_until(day, start) for day in days] == [-count for count in counted]
