"""Notes on the data."""

import datetime as dt

import pytest

from core.jobs.models import Job
from measures import actions
from measures.models import DataNote

NOTE = {"title": "Outage", "text": "Records were kept on paper.", "starts": "2019-09", "ends": "September 2019"}


def test_a_note_stands_beside_many_measures_and_months(client, analyst, burglary):
    answer = client.post("/data-notes/new/", {**NOTE, "exclude": "on", "measures": [burglary.measure_id], "version": 0})
    assert answer.status_code == 302
    note = DataNote.objects.get()
    assert (note.starts, note.ends, note.exclude) == (dt.date(2019, 9, 1), dt.date(2019, 9, 30), True)
    assert list(note.measures.all()) == [burglary.measure]
    assert Job.objects.values_list("kind", "arguments").get() == ("measures.recompute", [[burglary.pk]])
    page = client.get("/data-notes/").content.decode()
    assert "Outage" in page
    assert "Left out" in page


def test_a_note_that_excludes_nothing_asks_for_no_signals(client, analyst, burglary):
    client.post("/data-notes/new/", {**NOTE, "measures": [burglary.measure_id], "version": 0})
    assert (DataNote.objects.count(), Job.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"ends": "2019-08"}, "The last month must not be before the first month"),
        ({"starts": "soon"}, "is not a month"),
        ({"measures": []}, "Select the measures it is about"),
        ({"text": ""}, "Enter what a reader must know"),
    ],
)
def test_a_bad_note_is_refused(client, analyst, burglary, change, sentence):
    typed = {**NOTE, "measures": [burglary.measure_id], "version": 0} | change
    answer = client.post("/data-notes/new/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert DataNote.objects.count() == 0


def test_two_people_editing_a_note_lose_nothing(client, analyst, burglary):
    note = actions.add_data_note(
        title="Outage", text="First", starts=dt.date(2019, 9, 1), measures=[burglary.measure], by=analyst
    )
    typed = {**NOTE, "measures": [burglary.measure_id], "version": note.version}
    assert client.post(f"/data-notes/{note.pk}/", {**typed, "text": "Mine"}).status_code == 302
    answer = client.post(f"/data-notes/{note.pk}/", {**typed, "text": "Theirs, too late"})
    assert answer.status_code == 409
    assert "Theirs, too late" in answer.content.decode()
    note.refresh_from_db()
    assert note.text == "Mine"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_notes(client, analyst, burglary, django_assert_num_queries, count):
    for number in range(count):
        actions.add_data_note(
            title=f"Note {number}", text="x", starts=dt.date(2019, 9, 1), measures=[burglary.measure], by=analyst
        )
    client.get("/data-notes/")
    with django_assert_num_queries(6):
        assert len(client.get("/data-notes/").context["notes"]) == count
