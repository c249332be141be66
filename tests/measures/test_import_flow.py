"""A file through every stage, from the upload to the record and out of it again, through the real pages."""

import pytest

from core.accounts.permissions import Role
from core.audit.batch import batch_problems
from core.audit.models import AuditEvent
from core.jobs.models import Job
from measures.models import ImportBatch, Observation
from measures.presenters.stages import stage_of
from tests.factories.accounts import UserFactory
from tests.factories.measures import SeriesFactory
from tests.measures.importing import FILE, accepted, checked, columns, held, hold, month, press, upload

pytestmark = pytest.mark.servers


def test_a_file_is_recognised_checked_previewed_and_accepted(client, analyst, burglary):
    batch = upload(client)
    assert batch.state == "uploaded"
    assert "What each column holds" in client.get(f"/imports/{batch.pk}/").content.decode()
    press(client, batch, "columns", columns(batch))
    assert (batch.state, Observation.objects.count(), batch.report.preview["new"]) == ("ready", 0, 2)
    press(client, batch, "accept")
    assert batch.state == "accepted"
    assert held(burglary) == {month("2019-08"): 310, month("2019-09"): 320}
    assert list(batch.observations.order_by("pk").values_list("row", "supersedes")) == [(2, None), (3, None)]
    assert batch.accepted_by == analyst
    assert batch_problems(Observation) == []
    assert list(Job.objects.values_list("kind", "arguments")) == [("measures.recompute", [[burglary.pk]])]
    event = AuditEvent.objects.get(table="measures_observation", op="B")
    assert (event.actor_id, event.action, event.new_full["count"]) == (analyst.pk, "measures.store_import", 2)
    assert batch.rows_digest == event.new_full["sha256"]


def test_a_changed_figure_supersedes_and_an_unchanged_one_stores_nothing(client, analyst, burglary):
    hold(burglary, {"2019-07": 300, "2019-08": 310, "2019-09": 299})
    batch = checked(client)
    preview = batch.report.preview
    assert (preview["new"], preview["changed"], preview["unchanged"], preview["absent"]) == (0, 1, 1, 1)
    assert [(one["old"], one["new"], one["period"]) for one in preview["changes"]] == [("299", "320", "September 2019")]
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "Figures that change" in page
    press(client, batch, "accept")
    stored = batch.observations.get()
    assert (stored.value, stored.row, stored.supersedes.value) == (320, 3, 299)
    assert held(burglary) == {month("2019-07"): 300, month("2019-08"): 310, month("2019-09"): 320}
    assert Observation.objects.count() == 4


def test_withdrawing_makes_current_what_it_superseded(client, analyst, burglary):
    hold(burglary, {"2019-09": 299})
    batch = accepted(client)
    Job.objects.all().update(state="done", finished="2019-10-01T00:00Z")
    press(client, batch, "withdraw", {"reason": "The force sent the wrong month."})
    assert (batch.state, batch.withdrawn_by, batch.withdrawn_why) == (
        "withdrawn",
        analyst,
        "The force sent the wrong month.",
    )
    assert held(burglary) == {month("2019-08"): None, month("2019-09"): 299}
    assert Job.objects.filter(state="waiting").values_list("arguments", flat=True).get() == [[burglary.pk]]
    again = accepted(client, FILE.replace("320", "321"))
    newest = again.observations.get(period__start="2019-09-01")
    assert newest.supersedes == batch.observations.get(period__start="2019-09-01")
    assert held(burglary) == {month("2019-08"): 310, month("2019-09"): 321}
    assert batch_problems(Observation) == []


def test_withdrawing_an_older_batch_leaves_the_newer_figure(client, analyst, burglary):
    first = accepted(client)
    second = accepted(client, FILE.replace("320", "333"))
    press(client, first, "withdraw", {"reason": "Sent in error."})
    assert held(burglary) == {month("2019-08"): None, month("2019-09"): 333}
    press(client, second, "withdraw", {"reason": "Sent in error too."})
    assert held(burglary) == {month("2019-08"): None, month("2019-09"): None}


def test_a_withdrawal_needs_a_reason(client, analyst, burglary):
    batch = accepted(client)
    response = client.post(f"/imports/{batch.pk}/withdraw/", {"reason": " "})
    assert response.status_code == 422
    assert "Enter why it is withdrawn" in response.content.decode()
    batch.refresh_from_db()
    assert batch.state == "accepted"


def test_the_second_file_of_a_source_goes_straight_to_its_preview(client, analyst, burglary):
    accepted(client)
    batch = upload(client, FILE.replace("2019-09", "2019-10").replace("2019-08", "2019-09"))
    assert batch.state == "ready"
    other = upload(client, FILE + "2019-07,Burglary,1\n", source="Somebody else")
    assert other.state == "uploaded"


def test_the_corrected_file_needs_no_choice_of_columns_again(client, analyst, burglary):
    batch = checked(client, FILE + "2019-07,Burglary,many\n")
    assert batch.state == "refused"
    corrected = upload(client, FILE + "2019-07,Burglary,300\n")
    assert (corrected.state, corrected.report.preview["new"]) == ("ready", 3)


def test_columns_can_be_chosen_again_after_the_preview(client, analyst, burglary):
    accepted(client)
    batch = upload(client, FILE.replace("320", "1"))
    press(client, batch, "columns", {"reopen": "1"})
    assert batch.state == "uploaded"
    assert "What each column holds" in client.get(f"/imports/{batch.pk}/").content.decode()
    press(client, batch, "columns", columns(batch))
    assert batch.state == "ready"


def test_the_same_file_twice_is_said_and_needs_a_deliberate_tick(client, analyst, burglary):
    first = accepted(client)
    batch = upload(client)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "This very file was accepted before" in page
    assert f"{analyst.name} accepted it on" in page
    press(client, batch, "accept")
    assert batch.state == "ready"
    press(client, batch, "accept", {"again": "1"})
    assert (batch.state, batch.rows_count) == ("accepted", 0)
    assert Observation.objects.exclude(batch=first).count() == 0


def test_a_file_can_be_provisional_from_a_month_on(client, analyst, burglary):
    batch = accepted(client, provisional_from="2019-09")
    stored = Observation.objects.order_by("period__start").values_list("period__start__month", "provisional")
    assert list(stored) == [(8, False), (9, True)]
    assert "provisional from September 2019 on" in client.get(f"/imports/{batch.pk}/").content.decode()


def test_a_provisional_figure_becomes_final_when_it_is_given_again(client, analyst, burglary):
    accepted(client, provisional="on")
    assert Observation.objects.filter(provisional=True).count() == 2
    final = accepted(client, FILE.replace("\n", "\r\n"))
    assert list(final.observations.values_list("value", "provisional")) == [(310, False), (320, False)]
    once_more = accepted(client, FILE + "\n", provisional="on")
    assert once_more.rows_count == 0


def test_a_discarded_import_stores_nothing_and_cannot_be_accepted(client, analyst, burglary):
    batch = checked(client)
    press(client, batch, "discard")
    press(client, batch, "accept")
    assert (batch.state, Observation.objects.count()) == ("discarded", 0)
    assert "from there it cannot become" in client.get("/imports/").content.decode()


def test_a_record_that_changed_since_the_preview_is_shown_again(client, analyst, burglary):
    batch = checked(client)
    hold(burglary, {"2019-09": 500})
    press(client, batch, "accept")
    assert (batch.state, batch.report.preview["changed"], batch.report.preview["new"]) == ("ready", 1, 1)
    assert "The record has changed since this page was made" in client.get(f"/imports/{batch.pk}/").content.decode()
    press(client, batch, "accept")
    assert held(burglary)[month("2019-09")] == 320
    assert batch.observations.get(period__start="2019-09-01").supersedes.value == 500


def test_only_those_who_may_import_see_any_of_it(client, burglary):
    client.force_login(UserFactory(roles=[Role.STAFF, Role.SECRETARY, Role.COMMISSIONER]))
    batch = ImportBatch.objects.create(source="x", as_at="2019-10-01", created_at="2019-10-01T00:00Z")
    stages = ["read", "columns", "names", "series", "check", "accept", "discard", "withdraw"]
    answers = [client.post(f"/imports/{batch.pk}/{stage}/").status_code for stage in stages]
    answers += [
        client.get(f"/imports/{batch.pk}/{part}").status_code for part in ("", "problems.csv", "changes.csv", "file/")
    ]
    answers += [
        client.get(address).status_code for address in ("/imports/", "/imports/new/", "/measures/burglary/value/")
    ]
    assert answers == [403] * 15


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_imports(client, analyst, burglary, django_assert_num_queries, count):
    for number in range(count):
        accepted(client, FILE.replace("320", str(400 + number)))
    client.get("/imports/")
    with django_assert_num_queries(7):
        response = client.get("/imports/")
    assert len(response.context["page"].object_list) == count


def test_rows_left_blank_are_gaps_and_not_zeros(client, analyst, burglary):
    batch = accepted(client, FILE + "2019-07,Burglary,\n")
    assert batch.report.preview["missing"] == 1
    assert held(burglary) == {month("2019-08"): 310, month("2019-09"): 320}


def test_periods_that_are_not_months_are_kept_as_they_are(client, analyst, db):
    survey = SeriesFactory(measure__slug="confidence", measure__kind="survey", measure__frequency="rolling")
    lines = (
        "confidence,year-to,2018-07-01,2019-06-30,77.7,3.5,543\nconfidence,year-to,2018-04-01,2019-03-31,78.9,3.5,540\n"
    )
    accepted(client, f"measure,period,start,end,value,margin,sample size\n{lines}")
    stored = Observation.objects.filter(series=survey).order_by("value")
    assert [(str(one.period), one.value, one.margin, one.sample_size) for one in stored] == [
        ("twelve months to June 2019", 77.7, 3.5, 543),
        ("twelve months to March 2019", 78.9, 3.5, 540),
    ]


def test_the_state_says_whether_a_file_is_wrong_or_somebody_has_to_choose(client, analyst, burglary):
    odd = upload(client, "When,What,How many\n2019-09,Burglary,320\n")
    sent = client.post(f"/imports/{odd.pk}/columns/", columns(odd, column_1="ignore"))
    assert (sent.status_code, odd.state) == (422, "uploaded")  # put right where the columns are chosen
    assert "No column says which measure a row is for. Choose the column or the measure." in sent.content.decode()
    press(client, odd, "columns", columns(odd, column_1="measure"))
    named = checked(client, FILE.replace("Burglary", "Robbery"))
    wrong = checked(client, FILE.replace("320", "many"))
    broken = upload(client, b"\x00\x01\x02 no table", name="broken.csv")
    words = [stage_of(ImportBatch.objects.get(pk=one.pk)).words for one in (odd, named, wrong, broken)]
    assert words == ["ready to accept", "choices to make", "has problems", "cannot be read"]
    page = client.get("/imports/").content.decode()
    assert all(one.capitalize() in page for one in words)
