"""Names in a file that the record does not know: each is matched, made or left out by a person, never by silence."""

import pytest
from django.utils.html import escape

from measures.models import Area, AreaAlias, Measure, Observation, Series
from tests.factories.measures import AreaFactory, SeriesFactory
from tests.measures.importing import FILE, accepted, checked, held, month, press, upload

pytestmark = pytest.mark.usefixtures("analyst")

WITH_OTHERS = FILE + "2019-09,Break-ins,7\n2019-09,Robbery,8\n2019-09,Total,335\n"


def test_unknown_measures_are_listed_and_nothing_is_left_out_in_silence(client, burglary):
    batch = checked(client, WITH_OTHERS)
    assert batch.state == "refused"
    assert batch.report.preview["unknown_measures"] == [["Break-ins", 1, 4], ["Robbery", 1, 5], ["Total", 1, 6]]
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "no row is left out unless you say so" in page
    answer = client.post(f"/imports/{batch.pk}/names/", {"measure_0": "burglary", "measure_1": ""})
    assert answer.status_code == 422
    assert escape("Say what Robbery is, or leave its rows out") in answer.content.decode()
    assert Observation.objects.count() == 0


def test_a_name_is_matched_made_or_left_out_and_remembered_for_the_source(client, burglary):
    theft = SeriesFactory(measure__slug="theft")
    batch = checked(client, WITH_OTHERS)
    choices = {"measure_0": "theft", "measure_1": "new", "kind_1": "count", "unit_1": "crimes", "measure_2": "leave"}
    press(client, batch, "names", choices)
    made = Measure.objects.get(slug="robbery")
    assert (made.name, made.kind, made.unit) == ("Robbery", "count", "crimes")
    assert [key[:3] for key in batch.report.preview["new_series"]] == [["robbery", "testshire", ""]]
    press(client, batch, "series", {"series": ["0"]})
    assert (batch.state, batch.report.preview["left_out"]) == ("ready", 1)
    press(client, batch, "accept")
    assert held(theft) == {month("2019-09"): 7}
    assert held(Series.objects.get(measure=made)) == {month("2019-09"): 8}
    again = upload(client, "Value,Month,Measure\n9,2019-10,Break-ins\n")  # other columns, the same source
    assert again.mapping["measures"]["Break-ins"] == "theft"


def test_names_placed_in_a_file_with_other_problems_are_kept_for_the_corrected_one(client, burglary):
    batch = checked(client, FILE + "2019-09,Break-ins,about 7\n")
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert page.count("1 other problem must be put right in the file itself: it is listed below.") == 1
    press(client, batch, "names", {"measure_0": "burglary"})
    assert batch.state == "refused"
    corrected = upload(client, FILE.replace("Burglary", "Break-ins"))
    assert (corrected.state, corrected.mapping["measures"]) == ("ready", {"Break-ins": "burglary"})


def test_a_new_measure_needs_its_unit(client, burglary):
    batch = checked(client, FILE + "2019-09,Robbery,8\n")
    answer = client.post(f"/imports/{batch.pk}/names/", {"measure_0": "new", "kind_0": "count"})
    assert answer.status_code == 422
    assert "Enter the unit of the new measure, such as crimes" in answer.content.decode()
    assert Measure.objects.filter(slug="robbery").count() == 0


def test_areas_are_matched_made_or_left_out(client, burglary):
    AreaFactory(name="Northshire Police", slug="northshire", is_own=False)
    rows = ["Testshire Police", "Northshire Constabulary", "Southshire Police", "ENGLAND", "Total"]
    lines = "".join(f"2019-09,Burglary,{name},{number}\n" for number, name in enumerate(rows, 1))
    batch = checked(client, "Month,Measure,Area,Value\n" + lines)
    assert [one[0] for one in batch.report.preview["unknown_areas"]] == rows[1:]
    choices = {"area_0": "northshire", "area_1": "new:force", "area_2": "new:nation", "area_3": "leave"}
    press(client, batch, "names", choices)
    assert AreaAlias.objects.get().area.slug == "northshire"
    assert Area.objects.get(name="ENGLAND").kind == "nation"
    assert len(batch.report.preview["new_series"]) == 3
    press(client, batch, "series", {"series": ["0", "2"]})
    assert batch.state == "ready"
    press(client, batch, "accept")
    stored = Observation.objects.values_list("series__area__name", "value").order_by("value")
    created = sorted(Series.objects.exclude(pk=burglary.pk).values_list("area__name", flat=True))
    assert len(created) == 2
    assert sorted(name for name, _ in stored) == sorted([*created, "Testshire Police"])
    assert batch.report.preview["left_out"] == 2


def test_a_new_breakdown_is_asked_about(client, burglary):
    batch = checked(client, "Month,Measure,Breakdown,Value\n2019-09,Burglary,,320\n2019-09,Burglary,Homes,200\n")
    assert batch.state == "refused"
    assert "1 series that the record does not keep yet" in client.get(f"/imports/{batch.pk}/").content.decode()
    press(client, batch, "series", {})
    assert (batch.state, batch.report.preview["new"], batch.report.preview["left_out"]) == ("ready", 1, 1)
    assert Series.objects.count() == 1


@pytest.mark.parametrize("choice, series, new", [("create", 502, 501), ("leave", 1, 0)])
def test_hundreds_of_new_series_are_created_or_left_out_together(client, burglary, choice, series, new):
    lines = "".join(f"2019-09,Burglary,Beat {number:03},{number}\n" for number in range(501))
    batch = checked(client, "Month,Measure,Breakdown,Value\n" + lines)
    assert "Create all of them" in client.get(f"/imports/{batch.pk}/").content.decode()
    press(client, batch, "series", {"all": choice})
    assert (batch.state, Series.objects.count(), batch.report.preview["new"]) == ("ready", series, new)


def test_a_breakdown_longer_than_the_record_has_room_for_is_refused(client, burglary):
    batch = checked(client, f"Month,Measure,Breakdown,Value\n2019-09,Burglary,{'long ' * 30},320\n")
    assert [code for code, *_ in batch.report.preview["codes"]] == ["breakdown_too_long"]


def test_a_measure_can_be_named_where_no_column_does(client, burglary):
    batch = upload(client, "Month,Value\n2019-09,320\n")
    assert batch.report.summary["needs_measure"] is True
    chosen = {"layout": "long", "column_0": "month", "column_1": "value", "measure": "burglary"}
    press(client, batch, "columns", chosen)
    press(client, batch, "accept")
    assert held(burglary) == {month("2019-09"): 320}


def test_months_across_come_in_next_month_by_one_press(client, burglary):
    first = accepted(client, "Measure,2019-07,2019-08\nBurglary,300,310\n")
    assert first.mapping["layout"] == "months_across"
    batch = upload(client, "Measure,2019-07,2019-08,2019-09\nBurglary,300,311,320\n")
    assert (batch.state, batch.report.preview["new"], batch.report.preview["changed"]) == ("ready", 1, 1)


def test_an_office_that_has_not_named_its_force_is_told_so(client, burglary):
    Area.objects.update(is_own=False)
    batch = checked(client)
    assert "the office has not said which force is its own" in client.get(f"/imports/{batch.pk}/").content.decode()
