"""A quick look after every sweep whether there is work."""

import pytest

from core.jobs.models import Job
from core.jobs.registry import OFTEN
from core.jobs.worker import look_round
from tests.factories.boards import MinuteFactory

pytestmark = pytest.mark.django_db


def waiting() -> list[str]:
    return list(Job.objects.filter(state="waiting", kind="search.catch_up").values_list("requested_by_name", flat=True))


def test_look_asks_once_for_the_work_it_finds():
    MinuteFactory(text="<p>New words.</p>")
    look_round()
    look_round()
    assert waiting() == ["sweep"]


def test_look_that_fails_keeps_no_other_from_looking(monkeypatch):
    def fails() -> None:
        raise ValueError("broken")

    monkeypatch.setitem(OFTEN, "a.first", fails)
    monkeypatch.setattr("core.jobs.worker.OFTEN", dict(sorted(OFTEN.items())))
    MinuteFactory(text="<p>New words.</p>")
    look_round()
    assert waiting() == ["sweep"]
