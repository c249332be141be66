"""The own force beside its most similar forces."""

import datetime as dt

import pytest

from measures import recompute, standing
from measures.models import Measure, PeerGroup, PeerMember, PeerVerdict, TrendSignal
from tests.factories.measures import SEPTEMBER, AreaFactory, MeasureFactory, SeriesFactory, give, peers_of, survey_years

pytestmark = pytest.mark.django_db


def rate(**settings):
    return MeasureFactory(slug="crime-rate", kind=Measure.Kind.RATE, stock_denominator=True, **settings)


def give_rate(measure, area, per_month, *, months=36, last=SEPTEMBER):
    """So many crimes a month among a thousand people: twelve times that is the rate of a year."""
    series = SeriesFactory(measure=measure, area=area)
    give(series, [per_month] * months, [1000] * months, last=last)
    return series


def kept_signals():
    """Each signal's series, month, row and hash."""
    return set(TrendSignal.objects.values_list("series_id", "as_of", "pk", "input_hash"))


def kept_verdicts():
    """By row: whose verdict it is, and what it says."""
    return {one.pk: (one.series_id, (one.state, one.apart, str(one.statistics))) for one in PeerVerdict.objects.all()}


def verdict(series, as_of=SEPTEMBER):
    return PeerVerdict.objects.get(series=series, as_of=as_of)


@pytest.mark.parametrize(("per_month", "state"), [(9, "above"), (6.1, "upper"), (5.7, "lower"), (2, "below")])
def test_where_the_force_stands_against_the_spread_of_its_group(per_month, state):
    measure, own = rate(), AreaFactory()
    series = give_rate(measure, own, per_month)
    for peer, crimes in zip(peers_of(own), (4, 5, 6, 6, 6, 7, 8), strict=True):
        give_rate(measure, peer, crimes)
    recompute.recompute_all()
    one = verdict(series)
    values = [12 * per_month, 48, 60, 72, 72, 72, 84, 96]
    assert (one.state, one.apart, one.statistics["peers"]) == (state, 0, 7)
    assert one.statistics["mean"] == pytest.approx(sum(values) / 8)  # the force itself is in the mean
    assert one.statistics["rank"] == 1 + sum(value > 12 * per_month for value in values[1:])
    assert one.statistics["values"]["Peer A"] == pytest.approx(48)
    assert one.statistics["ranges"]["Peer A"] == pytest.approx([35.4, 63.7], abs=0.1)  # 48 cases among 1,000 people
    assert one.statistics["ranges"].keys() == one.statistics["values"].keys()


def test_like_is_compared_with_like_where_the_others_come_later():
    measure, own = rate(), AreaFactory()
    series = give_rate(measure, own, 6)
    for peer in peers_of(own):
        give_rate(measure, peer, 5, last=SEPTEMBER - 3)
    recompute.recompute_all()
    assert verdict(series).statistics["month"] == SEPTEMBER - 3
    assert len(verdict(series).statistics["values"]) == 8


def test_three_peers_are_too_few_to_say():
    measure, own = rate(), AreaFactory()
    series = give_rate(measure, own, 6)
    for peer in peers_of(own, count=3):
        give_rate(measure, peer, 5)
    recompute.recompute_all()
    assert (verdict(series).state, verdict(series).apart) == (None, None)


def test_a_force_that_leaves_its_peers_behind_moves_apart():
    measure, own = rate(), AreaFactory()
    series = SeriesFactory(measure=measure, area=own)
    give(series, [50 + n % 3 + (2 * (n - 24) if n > 24 else 0) for n in range(36)], [1000] * 36)
    for peer in peers_of(own):
        give_rate(measure, peer, 50)
    recompute.recompute_all()
    assert verdict(series).apart == 1


def test_a_survey_is_compared_on_the_same_twelve_months_and_has_no_trend():
    measure = MeasureFactory(kind=Measure.Kind.SURVEY, frequency=Measure.Frequency.ROLLING, lag_months=3)
    own = AreaFactory()
    series = SeriesFactory(measure=measure, area=own)
    survey_years(series, {(2019, 6): (97, 3.5), (2019, 3): (70, 3.5)})
    for peer in peers_of(own):
        survey_years(SeriesFactory(measure=measure, area=peer), {(2019, 6): (75, 3), (2018, 6): (80, 3)})
    give(SeriesFactory(), [1] * 12)
    recompute.recompute_all()
    one = verdict(series, SEPTEMBER - 3)
    assert (one.state, one.apart, one.statistics["own"], one.statistics["month"]) == ("above", None, 97, SEPTEMBER - 3)
    ranges = one.statistics["ranges"]
    assert (ranges[own.name], sorted(ranges.values())[0], len(ranges)) == ([93.5, 100], [72, 78], 8)
    assert verdict(series, SEPTEMBER - 12).state is None  # nobody's June 2018 with the force's own


def test_a_count_is_not_compared_between_forces_of_different_size():
    own = AreaFactory()
    measure = MeasureFactory()
    for area in [own, *peers_of(own)]:
        give(SeriesFactory(measure=measure, area=area), [5] * 36)
    recompute.recompute_all()
    assert not PeerVerdict.objects.exists()


def test_a_group_counts_from_its_first_day():
    own, measure = AreaFactory(), rate()
    give_rate(measure, own, 6)
    for peer in peers_of(own, valid_from=dt.date(2019, 10, 1)):
        give_rate(measure, peer, 5)
    recompute.recompute_all()
    assert not PeerVerdict.objects.exists()


def test_each_quarter_is_judged_with_the_group_that_held_then():
    own, measure = AreaFactory(), rate()
    series = give_rate(measure, own, 6)
    for peer in peers_of(own, count=5):
        give_rate(measure, peer, 5)
    group = PeerGroup.objects.create(area=own, valid_from=dt.date(2019, 7, 1), source="Regrouping of 2019")
    for number in range(4):
        area = AreaFactory(name=f"Other {number}", slug=f"other-{number}", is_own=False)
        PeerMember.objects.create(group=group, area=area)
        give_rate(measure, area, 8)
    recompute.recompute_all()
    now, then = verdict(series), verdict(series, SEPTEMBER - 3)
    assert (now.state, now.statistics["peers"], now.statistics["group"]) == ("below", 4, group.pk)
    assert (then.state, then.statistics["peers"]) == ("above", 5)
    assert sorted(then.statistics["values"]) == [*(f"Peer {letter}" for letter in "ABCDE"), own.name]


def test_a_peers_new_figure_changes_the_verdict_and_nothing_else_is_written():
    measure, own = rate(), AreaFactory()
    mine = give_rate(measure, own, 6)
    peers = peers_of(own)
    others = [give_rate(measure, peer, 6 + n / 10) for n, peer in enumerate(peers)]
    elsewhere = MeasureFactory(slug="other-rate", kind=Measure.Kind.RATE, stock_denominator=True)
    untouched = [give_rate(elsewhere, area, 6 + n / 10) for n, area in enumerate([own, *peers])][0]
    recompute.recompute_all()
    assert verdict(mine).state == "below"
    give(others[0], [0] * 12, [1000] * 12)
    before, signals, apart = kept_verdicts(), kept_signals(), verdict(untouched).statistics
    done = recompute.recompute_series([others[0].pk])
    assert (verdict(mine).state, verdict(mine).statistics["rank"]) == ("upper", 7)
    assert set(kept_verdicts()) == set(before)
    touched = {signal[0] for signal in kept_signals() ^ signals}
    told = {series for pk, (series, said) in kept_verdicts().items() if before[pk][1] != said}
    assert (touched, told, done["series"]) == ({others[0].pk}, {mine.pk}, 1)
    assert verdict(untouched).statistics == apart
    assert recompute.recompute_series([others[0].pk])["written"] == 0


def test_the_group_in_force_at_a_month_is_the_one_used():
    own = AreaFactory()
    old = peers_of(own, count=2, valid_from=dt.date(2014, 1, 1))
    new = peers_of(own, count=3, valid_from=dt.date(2019, 4, 1))
    groups = standing.groups_of(own)
    assert standing.group_at(groups, SEPTEMBER - 6).areas == {one.pk for one in old}
    assert standing.group_at(groups, SEPTEMBER).areas == {one.pk for one in new}
    assert standing.group_at(groups, SEPTEMBER - 12 * 6) is None
