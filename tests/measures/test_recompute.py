"""Signals rebuilt from the figures."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from core.jobs import Cancelled
from measures import recompute
from measures.models import DataNote, Measure, PhaseChange, Ruleset, Series, TrendSignal
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, AreaFactory, MeasureFactory, SeriesFactory, give, steady, survey_years

pytestmark = pytest.mark.django_db


def signal(series, as_of=SEPTEMBER, ruleset="default"):
    return TrendSignal.objects.get(series=series, as_of=as_of, ruleset__name=ruleset)


def flags(series, as_of=SEPTEMBER, ruleset="default"):
    one = signal(series, as_of, ruleset)
    return (one.r1, one.r2, one.r3, one.r4, one.r5, one.r5c)


def everything():
    fields = ["series_id", "ruleset__name", "as_of", *recompute.FIELDS]
    return sorted((tuple(map(str, row)) for row in TrendSignal.objects.values_list(*fields)), key=str)


def test_a_month_far_above_the_two_years_before_is_a_spike_and_says_against_what():
    series = SeriesFactory()
    give(series, [*steady(35), 130])
    recompute.recompute_all()
    one = signal(series)
    assert (one.r1, one.r2, one.r3, one.no_data, one.not_enough) == (1, 0, 0, False, False)
    assert (one.statistics["value"], one.statistics["r1_mean"]) == (130, 102)
    assert one.statistics["r1_upper"] == pytest.approx(102 + 2 * one.statistics["r1_sd"])


def test_both_rulesets_are_kept_and_their_rows_made_once():
    give(SeriesFactory(), steady())
    recompute.recompute_all()
    recompute.recompute_all()
    assert sorted(Ruleset.objects.values_list("name", "version")) == [("default", 2), ("key-2019", 1)]
    assert TrendSignal.objects.filter(as_of=SEPTEMBER).count() == 2


def test_the_second_run_writes_nothing():
    give(SeriesFactory(), steady())
    assert recompute.recompute_all() == {"series": 1, "written": 16}  # eight quarters, two rulesets
    assert recompute.recompute_all() == {"series": 1, "written": 0}


def test_only_what_a_changed_month_can_alter_is_written():
    series, other = SeriesFactory(), SeriesFactory()
    for one in (series, other):
        give(one, steady(60))
    recompute.recompute_all()
    give(series, [130], last=SEPTEMBER)  # the latest month: only the latest quarter sees it
    assert recompute.recompute_series([series.pk]) == {"series": 1, "written": 2}
    assert (flags(series)[0], flags(other)[0]) == (1, 0)


def test_a_series_is_judged_at_its_latest_month_and_at_eight_quarter_ends():
    series = SeriesFactory()
    give(series, steady(60), last=SEPTEMBER + 1)
    recompute.recompute_all()
    held = sorted(set(TrendSignal.objects.values_list("as_of", flat=True)))
    assert held == [*range(SEPTEMBER - 21, SEPTEMBER + 1, 3), SEPTEMBER + 1]


def test_a_lagged_measure_is_judged_at_its_own_last_month():
    prompt, late = SeriesFactory(), SeriesFactory(measure__lag_months=3)
    give(prompt, steady())
    give(late, [*steady(35), 130], last=SEPTEMBER - 3)
    recompute.recompute_all()
    assert flags(late, SEPTEMBER - 3)[0] == 1
    assert not TrendSignal.objects.filter(series=late, as_of=SEPTEMBER).exists()


def test_a_month_that_a_note_leaves_out_is_treated_as_missing_and_is_still_data():
    series = SeriesFactory()
    give(series, [*steady(35), 130])
    note = DataNote.objects.create(title="Outage", text="Out.", starts=dt.date(2019, 9, 1), exclude=True)
    note.measures.add(series.measure)
    recompute.recompute_all()
    one = signal(series)
    assert (one.r1, one.r2, one.r3, one.r5c, one.no_data, one.not_enough) == (None, None, None, None, False, True)
    note.exclude = False
    note.save()
    recompute.recompute_series(recompute.series_of_measures([series.measure]))
    assert flags(series)[0] == 1


def test_only_an_approved_phase_change_starts_the_comparison_afresh():
    series = SeriesFactory()
    give(series, steady())
    phase = PhaseChange.objects.create(
        measure=series.measure, month=dt.date(2019, 4, 1), reason="New rules", proposed_by=UserFactory()
    )
    recompute.recompute_all()
    assert flags(series) == (0, 0, 0, 0, 0, 0)
    phase.approved_by, phase.approved_at = UserFactory(), timezone.now()
    phase.save()
    recompute.recompute_all()
    assert flags(series) == (None,) * 6
    assert signal(series).not_enough


def test_twelve_silent_months_are_no_data_and_twelve_noughts_are_data():
    silent, nought, prompt = SeriesFactory(), SeriesFactory(), SeriesFactory()
    give(silent, steady(), last=SEPTEMBER - 12)
    give(nought, [0] * 36)
    give(prompt, steady())
    recompute.recompute_all()
    assert [signal(one).no_data for one in (silent, nought, prompt)] == [True, False, False]
    assert [signal(one).not_enough for one in (silent, nought, prompt)] == [False, False, False]


def test_a_percentage_of_few_cases_is_not_judged():
    few = SeriesFactory(measure__kind=Measure.Kind.RATIO)
    many = SeriesFactory(measure__kind=Measure.Kind.RATIO)
    give(few, [1, 0] * 18, [2] * 36)
    give(many, [10, 11] * 18, [20] * 36)
    recompute.recompute_all()
    assert flags(few) == (None,) * 6
    assert None not in flags(many)


def test_a_survey_gets_no_signal():
    survey = SeriesFactory(measure__kind=Measure.Kind.SURVEY, measure__frequency=Measure.Frequency.ROLLING)
    survey_years(survey, {(2019, 6): (77.7, 3.5)})
    give(SeriesFactory(), steady())
    recompute.recompute_all()
    assert not TrendSignal.objects.filter(series=survey).exists()


def test_nothing_is_done_before_there_are_figures():
    SeriesFactory()
    assert recompute.recompute_all() == {"series": 0, "written": 0}


@pytest.mark.parametrize("months_later", [3, -3])
def test_when_figures_reach_or_leave_a_quarter_every_series_is_judged_again(months_later):
    series, other = SeriesFactory(), SeriesFactory()
    give(series, steady(60), last=SEPTEMBER + max(0, -months_later))
    give(other, steady(60), last=SEPTEMBER - 6)
    recompute.recompute_all()
    if months_later > 0:
        give(series, steady(3), last=SEPTEMBER + 3)
    else:
        series.current_values.filter(month__gt=SEPTEMBER).delete()
    recompute.recompute_series([series.pk])
    partly = everything()
    TrendSignal.objects.all().delete()
    recompute.recompute_all()
    assert partly == everything()


@pytest.mark.servers
@pytest.mark.parametrize("seed", range(4))
def test_changing_some_series_gives_what_recomputing_all_would(seed):
    pick = random.Random(seed)
    measures = [
        MeasureFactory(kind=kind, lag_months=lag, placed=False)
        for kind, lag in (("count", 0), ("ratio", 1), ("rate", 0), ("hours", 3))
    ]
    areas = [AreaFactory(), *(AreaFactory(name=f"Force {n}", slug=f"force-{n}", is_own=False) for n in range(2))]
    held = [SeriesFactory(measure=measure, area=area) for measure in measures for area in areas]
    for series in held:
        fill(series, pick, pick.choice([5, 20, 40, 70]), SEPTEMBER - pick.choice([0, 0, 1, 14]))
    note = DataNote.objects.create(title="Outage", text="Out.", starts=dt.date(2018, 12, 1), exclude=True)
    recompute.recompute_all()
    for series in pick.sample(held, 2):
        fill(series, pick, 3, SEPTEMBER + pick.choice([0, 1, 4]))
        recompute.recompute_series([series.pk])
    note.measures.add(measures[0])
    recompute.recompute_series(recompute.series_of_measures([measures[0]]))
    SeriesFactory(measure=measures[1], breakdown="never given a figure")
    recompute.recompute_series([held[0].pk])
    partly = everything()
    TrendSignal.objects.all().delete()
    recompute.recompute_all()
    assert partly == everything()
    assert len({row[0] for row in partly}) == len(held) + 1


def fill(series: Series, pick: random.Random, months: int, last: int) -> None:
    values = [float(pick.randint(0, 60)) if pick.random() > 0.05 else None for _ in range(months)]
    below = None if series.measure.kind in ("count", "hours") else [float(pick.randint(15, 90)) for _ in values]
    give(series, values, below, last=last)


def test_a_cancelled_job_keeps_whole_series_and_can_be_run_again(monkeypatch):
    monkeypatch.setattr(recompute, "CHUNK", 1)
    series = [SeriesFactory() for _ in range(3)]
    for one in series:
        give(one, steady())

    def stop_at_the_third(done, total, words=""):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        recompute.recompute_all(stop_at_the_third)
    assert [one.trend_signals.count() for one in series] == [16, 16, 0]
    assert recompute.recompute_all()["written"] == 16


def test_progress_says_how_far_it_is():
    give(SeriesFactory(), steady())
    told = []
    recompute.recompute_all(lambda done, total, words="": told.append((done, total, words)))
    assert told == [(0, 1, "0 of 1 series"), (1, 1, "Done")]
