"""Figures under embargo: who sees them, what everybody else sees instead, and that time alone lifts it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from measures import actions, reading, recompute, release
from measures.figures import quarter_figures
from measures.provenance import provenance
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, BatchFactory, SeriesFactory, give, steady

pytestmark = pytest.mark.django_db
JUMP = 7_777.0  # a month that the first rule is lit by


@pytest.fixture
def analyst():
    return UserFactory(roles=[Role.ANALYST])


@pytest.fixture
def staff():
    return UserFactory(roles=[Role.STAFF])


def soon(hours: int = 24) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=hours)


def under_embargo(analyst, *, values=(JUMP,), cleared=()):
    """A series that is steady to August in one import, with more from another that is under embargo."""
    series = SeriesFactory()
    give(series, steady(36), last=SEPTEMBER - 1)
    batch = BatchFactory()
    give(series, list(values), batch=batch)
    recompute.recompute_all()
    embargo = actions.embargo_import(batch=batch, until=soon(), reason="National release", cleared=cleared, by=analyst)
    return series, embargo


def seen_by(user, series):
    with release.read_for(user):
        held = quarter_figures([series.measure], SEPTEMBER)[series.measure_id]
    return held.last_month, held.signals["default"].r1


def test_only_those_who_may_see_figures_under_embargo_do(analyst, staff):
    cleared = UserFactory(roles=[Role.STAFF])
    series, _ = under_embargo(analyst, cleared=[cleared])
    commissioner, auditor = UserFactory(roles=[Role.COMMISSIONER]), UserFactory(roles=[Role.AUDITOR])
    saw = {one: seen_by(one, series) for one in (analyst, commissioner, cleared, staff, auditor)}
    new, old = (SEPTEMBER, 1), (SEPTEMBER - 1, None)
    assert saw == {analyst: new, commissioner: new, cleared: new, staff: old, auditor: old}


def test_time_alone_lifts_it(analyst, staff):
    series, embargo = under_embargo(analyst)
    assert seen_by(staff, series) == (SEPTEMBER - 1, None)
    with time_machine.travel(embargo.until, tick=False):
        assert seen_by(staff, series) == (SEPTEMBER, 1)


def test_a_revision_under_embargo_leaves_the_figure_it_superseded(analyst, staff):
    series, _ = under_embargo(analyst, values=[JUMP, 102.0])
    with release.read_for(staff):
        table = reading.load([series])
        sources = provenance(series, SEPTEMBER, 2)
    assert table.values[0, -2] == steady(36)[-1]
    assert [(one.period, one.observation.value, one.earlier) for one in sources] == [
        ("August 2019", steady(36)[-1], []),
        ("July 2019", steady(36)[-2], []),
    ]


def test_what_is_given_again_meanwhile_is_kept_back_too(analyst, staff):
    series, _ = under_embargo(analyst)
    give(series, [JUMP + 1])
    assert seen_by(staff, series) == (SEPTEMBER - 1, None)


def test_months_of_a_measure_can_be_kept_back_before_they_come(analyst, staff):
    series = SeriesFactory()
    actions.embargo_months(
        measure=series.measure,
        first_month=dt.date(2019, 9, 1),
        last_month=dt.date(2019, 9, 30),
        until=soon(),
        reason="National release",
        by=analyst,
    )
    give(series, steady(36))
    recompute.recompute_all()
    assert seen_by(staff, series)[0] == SEPTEMBER - 1
    assert seen_by(analyst, series)[0] == SEPTEMBER


def test_an_embargo_ended_early_says_who_and_ends_once(analyst, staff):
    series, embargo = under_embargo(analyst)
    with pytest.raises(MoveRefused, match="Say why"):
        actions.end_embargo(embargo=embargo, reason=" ", by=analyst)
    ended = actions.end_embargo(embargo=embargo, reason="Published early", by=analyst)
    assert ended.ended_by == analyst
    assert seen_by(staff, series) == (SEPTEMBER, 1)
    with pytest.raises(MoveRefused, match="released already"):
        actions.end_embargo(embargo=embargo, reason="Again", by=analyst)


def test_an_embargo_that_has_passed_is_refused(analyst):
    with pytest.raises(MoveRefused, match="passed already"):
        actions.embargo_import(batch=BatchFactory(), until=soon(-1), reason="Late", by=analyst)


def test_the_quarters_offered_do_not_tell_of_a_month_under_embargo(analyst, staff):
    series = SeriesFactory()
    give(series, steady(36), last=SEPTEMBER - 3)
    batch = BatchFactory()
    give(series, [1.0, 2.0, 3.0], batch=batch)
    actions.embargo_import(batch=batch, until=soon(), reason="National release", by=analyst)
    with release.read_for(staff):
        assert reading.quarters(1)[0].end == SEPTEMBER - 3
    with release.read_for(analyst):
        assert reading.quarters(1)[0].end == SEPTEMBER


def test_pages_and_the_api_show_the_record_as_it_was(client, analyst, staff):
    series, _ = under_embargo(analyst)
    slug = series.measure.slug
    found = {}
    for user in (analyst, staff):
        client.force_login(user)
        page = client.get(f"/measures/{slug}/").content.decode()
        card = client.get("/scorecard/table.csv").content.decode()
        values = client.get("/api/v1/observations/", {"since": "2019-09"}).json()["results"]
        signals = client.get("/api/v1/signals/", {"month": "2019-09"}).json()["results"]
        found[user] = ("7,777" in page, "7981" in card, len(values), len(signals) > 0)
    assert found == {analyst: (True, True, 1, True), staff: (False, False, 0, False)}


def test_reading_with_an_embargo_costs_the_same_for_one_series_and_for_many(analyst, staff, django_assert_num_queries):
    batch, series = BatchFactory(), [SeriesFactory() for _ in range(4)]
    for one in series:
        give(one, steady(24))
        give(one, [JUMP], batch=batch)
    actions.embargo_import(batch=batch, until=soon(), reason="National release", by=analyst)
    for few in (series[:1], series):
        with release.read_for(staff):
            release.held_back()
            with django_assert_num_queries(5):  # figures; those marked and those shown instead; notes; phases
                assert reading.load(few).values[:, -1].tolist() == [steady(24)[-1]] * len(few)
