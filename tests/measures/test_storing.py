"""Storing: what is current, who waits for whom, and what the database itself refuses."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit import audit_context
from core.audit.batch import batch_problems
from measures import actions, current, storing
from measures.models import CurrentValue, ImportBatch, Observation, Period
from measures.validation import Figure
from tests.factories.accounts import UserFactory
from tests.factories.measures import BatchFactory, SeriesFactory
from tests.measures.importing import held, hold, month

pytestmark = pytest.mark.servers


def rows() -> list[tuple]:
    columns = ("series_id", "period_id", "month", "observation_id", "head_id", "value", "denominator", "provisional")
    return sorted(CurrentValue.objects.values_list(*columns))


def test_what_is_current_can_be_rebuilt_from_the_observations_alone(db):
    series = SeriesFactory(measure__slug="burglary")
    hold(series, {"2019-07": 300, "2019-08": 310, "2019-09": 299})
    wrong = hold(series, {"2019-09": 1, "2019-10": 2})
    ImportBatch.objects.filter(pk=wrong.pk).update(state="withdrawn")
    storing.withdraw(wrong)
    hold(series, {"2019-08": 311})
    before = rows()
    assert held(series) == {month("2019-07"): 300, month("2019-08"): 311, month("2019-09"): 299, month("2019-10"): None}
    CurrentValue.objects.all().delete()
    current.rebuild_all()
    assert rows() == before
    current.rebuild_all()
    assert rows() == before


def test_a_period_that_is_not_a_month_has_no_month(db):
    series = SeriesFactory(measure__slug="confidence")
    span = ("year-to", Period.objects.month(month("2018-10")).start, Period.objects.month(month("2019-09")).end)
    period = Period.objects.spans({span})[span]
    storing.store(BatchFactory(), storing.Given([(series.pk, period)], [Figure(77.0, None, 3.5, 540)], [None]))
    assert CurrentValue.objects.values_list("month", "value").get() == (None, 77.0)


def test_the_same_figure_twice_stores_nothing(db):
    series = SeriesFactory(measure__slug="burglary")
    figures = {"2019-08": 310, "2019-09": 320}
    hold(series, figures)
    assert hold(series, figures).rows_count == 0
    assert Observation.objects.count() == 2
    assert batch_problems(Observation) == []


def test_a_record_that_is_not_as_it_was_shown_refuses_and_writes_nothing(db):
    series = SeriesFactory(measure__slug="burglary")
    hold(series, {"2019-09": 320})
    period = Period.objects.month(month("2019-09"))
    given = storing.Given([(series.pk, period.pk)], [Figure(1.0)], [None], heads=[0])
    with pytest.raises(storing.RecordMoved):
        storing.store(BatchFactory(), given)
    assert Observation.objects.count() == 1


def test_two_rows_cannot_supersede_the_same_one_or_begin_the_same_period(db):
    series = SeriesFactory(measure__slug="burglary")
    hold(series, {"2019-09": 320})
    first = Observation.objects.get()
    facts = {"series": series, "period": first.period, "value": 1, "batch": first.batch}
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(**facts)
    Observation.objects.create(**facts, supersedes=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(**facts, supersedes=first)


def test_a_denominator_of_nought_is_refused_by_the_database(db):
    series = SeriesFactory(measure__slug="burglary")
    facts = {"series": series, "period": Period.objects.month(month("2019-09")), "batch": BatchFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(**facts, value=1, denominator=0)


def test_two_people_accepting_at_once_lose_nothing(real_db):
    series = SeriesFactory(measure__slug="burglary")
    people = [UserFactory(roles=["analyst"]) for _ in range(4)]
    period = ("month", Period.objects.month(month("2019-09")).start, Period.objects.month(month("2019-09")).end)
    failures: list[BaseException] = []

    def record(number: int) -> None:
        try:
            with audit_context(actor=people[number]):
                for value in range(3):
                    actions.record_observation(
                        series=series,
                        period=period,
                        figure=Figure(float(100 * number + value)),
                        source="Entered by hand",
                        as_at=period[2],
                        reason="Told by telephone",
                        by=people[number],
                    )
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=record, args=[number]) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    chain = list(Observation.objects.order_by("pk"))
    assert len(chain) == 12
    assert [one.supersedes_id for one in chain] == [None, *(one.pk for one in chain[:-1])]
    assert held(series) == {month("2019-09"): chain[-1].value}
    assert batch_problems(Observation) == []
