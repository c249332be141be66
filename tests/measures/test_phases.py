"""New phases of a measure: what each does is shown, one proposes it, another approves it, and the page tells of it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.accounts.permissions import Role
from core.jobs.models import Job
from measures import actions, effects, recompute
from measures.models import PhaseChange
from tests.factories.accounts import UserFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady

TYPED = {"month": "2019-04", "reason": "New counting rules"}


@pytest.fixture
def spiked(db):
    """Steady to August, with a spike in September."""
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, [*steady(35), 900.0])
    recompute.recompute_all()
    Job.objects.all().delete()
    return series


def shown(client, series) -> str:
    """Sends the form and gives the mark of what it showed."""
    answer = client.post("/phase-changes/new/", TYPED | {"measure": series.measure_id})
    assert (answer.status_code, PhaseChange.objects.count()) == (200, 0)
    return answer.context["effect"].digest


def proposed(series, by) -> PhaseChange:
    facts = {"month": dt.date(2019, 4, 1), "reason": "New counting rules"}
    return actions.propose_phase_change(measure=series.measure, by=by, **facts)


def test_what_a_phase_would_change_is_shown_before_it_is_proposed(client, analyst, spiked):
    page = client.post("/phase-changes/new/", TYPED | {"measure": spiked.measure_id}).content.decode()
    said = (
        "Symbols now: Unusually high latest month. With the new phase: <strong>too few months for some rules</strong>."
    )
    assert page.count(said) == 1
    assert page.count("6 months of this phase are recorded: recalibrating") == 1
    assert page.count("Nothing has been proposed yet.") == 1
    assert page.count("New counting rules") == 1  # what was typed is still there


def test_a_phase_is_proposed_by_one_and_approved_by_another(client, analyst, spiked):
    typed = TYPED | {"measure": spiked.measure_id, "seen": shown(client, spiked)}
    assert client.post("/phase-changes/new/", typed).url == "/measures/burglary/phases/"
    change = PhaseChange.objects.get()
    assert (change.month, change.proposed_by, change.approved_at) == (dt.date(2019, 4, 1), analyst, None)
    assert Job.objects.count() == 0
    seen = effects.phase_effect(change).digest
    page = client.post(f"/phase-changes/{change.pk}/approve/", {"seen": seen}, follow=True).content.decode()
    assert page.count("You proposed this phase change, so somebody else must approve it.") == 1
    other = UserFactory(roles=["analyst"])
    client.force_login(other)
    assert client.get("/measures/burglary/phases/").content.decode().count(f'name="seen" value="{seen}"') == 1
    client.post(f"/phase-changes/{change.pk}/approve/", {"seen": seen})
    change.refresh_from_db()
    assert change.approved_by == other
    assert Job.objects.get().arguments == [[spiked.pk]]
    assert client.post("/phase-changes/new/", typed).status_code == 422


def test_nobody_approves_what_has_changed_since_it_was_shown(client, analyst, spiked):
    change = proposed(spiked, UserFactory())
    seen = effects.phase_effect(change).digest
    give(spiked, [100.0], last=spiked.current_values.latest("month").month)  # September was no spike after all
    page = client.post(f"/phase-changes/{change.pk}/approve/", {"seen": seen}, follow=True).content.decode()
    assert page.count("has changed, or you have not been shown it. Nothing was changed.") == 1
    assert PhaseChange.objects.get().approved_at is None


def test_the_page_tells_what_begins_when_why_and_who_answers_for_it(client, analyst, spiked):
    change = proposed(spiked, UserFactory(name="Pat Proposer"))
    seen = effects.phase_effect(change).digest
    actions.approve_phase_change(change=change, seen=seen, by=UserFactory(name="Ann Approver"))
    page = client.get("/measures/burglary/phases/")
    assert [(one.reason, words[:8]) for one, words in page.context["counts"]] == [("New counting rules", "6 months")]
    text = page.content.decode()
    assert [text.count(words) for words in ("Pat Proposer", "Ann Approver", "October 2016")] == [1, 1, 1]
    assert client.get("/measures/burglary/").content.decode().count('href="/measures/burglary/phases/"') == 1


def test_what_small_numbers_would_give_away_is_not_told_to_who_may_not_see_them(client, spiked):
    proposed(spiked, UserFactory())
    client.force_login(UserFactory(roles=[Role.SECRETARY]))
    page = client.get("/measures/burglary/phases/")
    assert [one["effect"] for one in page.context["waiting"]] == [None]
    assert page.content.decode().count("Symbols now") == 0


def test_a_dropped_phase_says_why(client, analyst, spiked):
    change = proposed(spiked, analyst)
    client.post(f"/phase-changes/{change.pk}/drop/", {"reason": ""})
    assert PhaseChange.objects.count() == 1
    client.post(f"/phase-changes/{change.pk}/drop/", {"reason": "The rules were put back."})
    assert PhaseChange.objects.count() == 0


def test_the_database_refuses_a_phase_approved_by_its_proposer(analyst, spiked):
    facts = {"measure": spiked.measure, "month": "2019-04-01", "reason": "x", "proposed_by": analyst}
    with pytest.raises(IntegrityError), transaction.atomic():
        PhaseChange.objects.create(**facts, approved_by=analyst, approved_at="2019-05-01T00:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        PhaseChange.objects.create(**facts, approved_at="2019-05-01T00:00Z")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_phases(client, analyst, spiked, django_assert_num_queries, count):
    by = UserFactory()
    for month in range(count):
        facts = {"measure": spiked.measure, "month": dt.date(2018, 1 + month, 1), "reason": "x", "proposed_by": by}
        PhaseChange.objects.create(**facts, approved_by=analyst, approved_at="2019-05-01T00:00Z")
    client.get("/measures/burglary/phases/")
    with django_assert_num_queries(7):
        assert len(client.get("/measures/burglary/phases/").context["counts"]) == count
