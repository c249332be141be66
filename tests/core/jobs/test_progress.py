"""What a handler may say, and what it hears."""

import pytest

from core.jobs.progress import Cancelled, ClaimLost, Interrupted, Progress


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [(0, 7, 0), (1, 3, 33), (2, 3, 66), (3, 3, 100), (9, 3, 100), (-1, 3, 0), (5, 0, 0), (0.5, 1.0, 50)],
)
def test_progress_is_a_whole_percentage_from_0_to_100(done, total, percent):
    progress = Progress(1)
    progress(done, total)
    assert progress.percent == percent


def test_progress_is_news_once():
    progress = Progress(1)
    assert progress.take_news() is None
    progress(1, 4, "one")
    progress(2, 4, "two")
    assert [progress.take_news(), progress.take_news()] == [(50, "two"), None]
    progress(2, 4, "two")
    assert progress.take_news() is None


@pytest.mark.parametrize("reason", [Cancelled, ClaimLost, Interrupted])
def test_progress_raises_why_the_work_should_end(reason):
    progress = Progress(1)
    progress(1, 4)
    progress.stop(reason)
    with pytest.raises(reason):
        progress(2, 4)
    with pytest.raises(reason):
        progress.check()


def test_the_first_reason_to_end_stands():
    progress = Progress(1)
    progress.stop(Cancelled)
    progress.stop(Interrupted)
    with pytest.raises(Cancelled):
        progress.check()
