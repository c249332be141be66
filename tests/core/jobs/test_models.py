"""What the database itself refuses to hold."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs.models import Job

NOW = timezone.now()
RUNNING = {"state": "running", "claim": "c", "started": NOW, "heartbeat": NOW}
ENDED = {"state": "done", "finished": NOW}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("job_has_finish_time_once_ended", {"state": "lost"}),
        ("job_percent_is_at_most_100", {"percent": 101}),
        ("job_has_finish_time_once_ended", {"state": "done"}),
        ("job_has_finish_time_once_ended", {"finished": NOW}),
        ("job_is_claimed_while_running_only", RUNNING | {"claim": ""}),
        ("job_is_claimed_while_running_only", RUNNING | {"heartbeat": None}),
        ("job_is_claimed_while_running_only", ENDED | {"claim": "c"}),
        ("job_that_failed_says_why", {"state": "failed", "finished": NOW}),
        ("job_is_tried_three_times_at_most", {"attempts": 4}),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(constraint, values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.create(kind="chores.count", title="Counting", **values)


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{}, RUNNING, ENDED, {"state": "failed", "finished": NOW, "error": "It broke."}])
def test_a_row_that_keeps_the_rules_is_held(values):
    assert Job.objects.create(kind="chores.count", title="Counting", **values).pk
