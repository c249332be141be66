"""Projections are made when figures reach a quarter's end, once, and stay."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from measures import recompute
from measures.models import DataNote, Measure, PhaseChange, Projection
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import SEPTEMBER, AreaFactory, MeasureFactory, SeriesFactory, give, steady

pytestmark = pytest.mark.django_db


def kept():
    rows = Projection.objects.order_by("series__measure__slug", "as_of")
    return list(rows.values_list("series__measure__slug", "as_of", "method", "months_used"))


def test_a_quarters_end_is_projected_from_once_and_for_good():
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 10, 7))
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, steady(60))
    recompute.recompute_all()
    one = Projection.objects.get()
    assert kept() == [("burglary", SEPTEMBER, "smoothing", 60)]
    assert one.made_on == dt.date(2019, 10, 7)
    assert {line: len(values) for line, values in one.fan.items()} == dict.fromkeys(
        ("central", "low95", "low80", "high80", "high95"), 12
    )
    assert one.at(SEPTEMBER + 12)["central"] == pytest.approx(1224, abs=1)
    assert (one.at(SEPTEMBER), one.at(SEPTEMBER + 13)) == (None, None)
    give(series, [180.0])  # September is revised
    recompute.recompute_series([series.pk])
    assert Projection.objects.get().fan == one.fan
    give(series, steady(3), last=SEPTEMBER + 3)
    recompute.recompute_series([series.pk])
    assert kept() == [("burglary", SEPTEMBER, "smoothing", 60), ("burglary", SEPTEMBER + 3, "smoothing", 60)]


def test_nobody_can_change_what_was_projected():
    give(SeriesFactory(), steady(40))
    recompute.recompute_all()
    with pytest.raises(DatabaseError), transaction.atomic():
        Projection.objects.update(fan={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Projection.objects.all().delete()


def test_only_amounts_of_the_own_force_with_two_years_of_months_are_projected():
    count = MeasureFactory(slug="burglary")
    give(SeriesFactory(measure=count), steady(24))
    give(SeriesFactory(measure=count, breakdown="North"), steady(48))
    give(SeriesFactory(measure=count, area=AreaFactory(name="Peer A", slug="peer-a", is_own=False)), steady(48))
    give(SeriesFactory(measure=MeasureFactory(slug="arson")), steady(23))
    give(SeriesFactory(measure=MeasureFactory(slug="share", kind=Measure.Kind.RATIO)), [50] * 48, [100] * 48)
    give(SeriesFactory(measure=MeasureFactory(slug="late", lag_months=3)), steady(36), last=SEPTEMBER - 3)
    give(SeriesFactory(measure=MeasureFactory(slug="missing")), [*steady(47), None])
    recompute.recompute_all()
    assert kept() == [("burglary", SEPTEMBER, "year_ago", 24), ("late", SEPTEMBER - 3, "smoothing", 36)]


def test_months_that_come_later_in_the_quarter_are_projected_from_when_they_come():
    first = SeriesFactory(measure=MeasureFactory(slug="arson"))
    late = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(first, steady(48))
    give(late, steady(47), last=SEPTEMBER - 1)
    recompute.recompute_all()
    assert [slug for slug, *_ in kept()] == ["arson"]
    give(late, [100.0])
    recompute.recompute_series([late.pk])
    assert [slug for slug, *_ in kept()] == ["arson", "burglary"]


def test_no_method_reaches_across_a_new_phase_or_a_month_left_out():
    counted, outage = MeasureFactory(slug="counted"), MeasureFactory(slug="outage")
    for measure in (counted, outage):
        give(SeriesFactory(measure=measure), steady(72))
    by = UserFactory()
    month = dt.date(2017, 7, 1)  # 27 months to September 2019
    PhaseChange.objects.create(
        measure=counted,
        month=month,
        reason="New rules",
        proposed_by=by,
        approved_by=UserFactory(),
        approved_at="2018-01-01T00:00Z",
    )
    note = DataNote.objects.create(title="Outage", text="Words", starts=month, ends=dt.date(2017, 7, 31), exclude=True)
    note.measures.set([outage])
    recompute.recompute_all()
    assert kept() == [("counted", SEPTEMBER, "year_ago", 27), ("outage", SEPTEMBER, "year_ago", 26)]
