"""The page of a measure's revisions."""

import datetime as dt

import pytest
import time_machine

from core.accounts.permissions import Role
from measures import actions
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, BatchFactory, MeasureFactory, SeriesFactory, give, steady

pytestmark = pytest.mark.django_db
FIRST, SECOND = dt.datetime(2019, 10, 4, 10, tzinfo=dt.UTC), dt.datetime(2019, 12, 6, 10, tzinfo=dt.UTC)


@pytest.fixture
def analyst(client):
    user = UserFactory(roles=[Role.ANALYST])
    client.force_login(user)
    return user


@pytest.fixture
def revised(analyst):
    """Thirty-six months given in October, of which June was revised in December."""
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, steady(36), batch=BatchFactory(accepted_at=FIRST))
    late = BatchFactory(accepted_at=SECOND, file_name="december.csv")
    give(series, [204.0], last=SEPTEMBER - 3, batch=late)
    actions.write_revision_note(batch=late, text="Paper records were typed in.", by=analyst)
    return series


def test_the_page_says_what_was_held_on_a_day_what_is_held_now_and_why(client, revised):
    page = client.get("/measures/burglary/revisions/?on=2019-11-01&months=12")
    (moved,) = page.context["moved"]
    assert moved.sentence == (
        "Burglary for June 2019 was 100 on 1 November 2019; it is 204 now, 104.0 per cent more: revised by "
        "december.csv on 6 December 2019."
    )
    assert moved.why == "Paper records were typed in."
    assert [one.isoformat() for one in page.context["days"]] == ["2019-10-04", "2019-12-06"]
    june = page.context["rows"][3]
    assert (june.period, [one.changed for one in june.cells]) == ("June 2019", [False, True])


def test_the_page_costs_the_same_for_any_number_of_figures(client, revised, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/measures/burglary/revisions/")


@time_machine.travel("2020-02-01")
def test_how_much_figures_usually_move_is_said(client, revised):
    page = client.get("/measures/burglary/revisions/").content.decode()
    assert "On average a figure of this measure has moved" in page
