"""What beat sends, and when."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import current_app

from core.jobs import limits, registry, worker
from core.jobs.models import Job

LONDON = ZoneInfo("Europe/London")


def test_the_sweep_runs_every_ten_seconds_and_does_not_pile_up():
    entry = worker.schedule()["sweep"]
    assert entry == {"task": "core.jobs.sweep", "schedule": limits.SWEEP, "options": {"expires": limits.SWEEP}}


def test_each_nightly_work_is_registered_and_scheduled():
    nightly = {name: entry for name, entry in worker.schedule().items() if name != "sweep"}
    assert set(nightly) == {f"nightly {name}" for name in registry.NIGHTLY}
    assert all(registry.work_named(name) for name in registry.NIGHTLY)
    assert current_app.conf.beat_schedule == worker.schedule()


def london(*moment: int) -> dt.datetime:
    return dt.datetime(*moment, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (london(2026, 1, 14, 12), london(2026, 1, 15, 2, 30)),
        (london(2026, 7, 14, 12), london(2026, 7, 15, 2, 30)),
        (london(2026, 3, 28, 12), london(2026, 3, 29, 2, 30)),  # clocks go forward at 01:00
        (london(2026, 10, 24, 12), london(2026, 10, 25, 2, 30)),  # and back at 02:00: half past two comes once
    ],
)
def test_the_night_begins_at_half_past_two_by_the_office_clock(after, due):
    with time_machine.travel(after, tick=False):
        is_due, wait = worker.NIGHT.is_due(after)
    assert is_due is False
    assert after.astimezone(dt.UTC) + dt.timedelta(seconds=wait) == due.astimezone(dt.UTC)
    with time_machine.travel(due, tick=False):
        assert worker.NIGHT.is_due(after).is_due is True


@pytest.mark.django_db
def test_the_night_asks_once_and_says_who_asked(no_broker):
    for _ in range(2):
        worker.start_nightly("jobs.prune")
    assert list(Job.objects.values_list("kind", "requested_by_id", "requested_by_name", "state")) == [
        ("jobs.prune", None, "nightly", "waiting")
    ]
