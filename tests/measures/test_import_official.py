"""An official file on its way through the pages: what is asked, what is shown, and how it is taken out again."""

import pytest

from measures import actions
from measures.models import CurrentValue, ImportBatch, Measure, Population, PopulationEstimate, Series
from measures.parsing import guard
from measures.provenance import attributions
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import AreaFactory
from tests.measures.importing import accepted, press, settled, upload
from tests.measures.parsing.official.made import STREET, csv_of, incident
from tests.measures.test_real_files import bring_in_recognised

BEHAVIOUR = "Anti-social behaviour"
CRIMES = csv_of(STREET, incident("Robbery", crime="a"), incident(BEHAVIOUR), incident(BEHAVIOUR))
PEOPLE = "mid_year,area_code,area_name,area_level,measure,value"


@pytest.fixture(autouse=True)
def own_force(analyst):
    OfficeFactory()
    return AreaFactory(name="Durham Police", slug="durham")


def page(client, batch: ImportBatch) -> str:
    return client.get(f"/imports/{batch.pk}/").content.decode()


def values() -> dict[tuple[str, str], float]:
    found = CurrentValue.objects.filter(value__gt=0).values_list("series__measure__name", "series__breakdown", "value")
    return {(name, cut): value for name, cut, value in found}


def people() -> dict[tuple[str, int], int]:
    return {(area, year): value for area, year, value in Population.objects.values_list("area__slug", "year", "value")}


def test_a_recognised_file_asks_for_names_alone_and_proposes_what_they_are(client):
    batch = upload(client, CRIMES, "2018-10-northshire-street.csv")
    shown = page(client, batch)
    assert (batch.state, batch.mapping["format"]) == ("refused", "data.police.uk street-level crime")
    assert "Recognised: Street-level crime, counted by force, month and crime type" in shown
    assert '<option value="new" selected>A new measure</option>' in shown
    assert 'value="crimes"' in shown
    assert "column_0" not in shown


def test_it_is_stored_with_its_publisher_s_words_and_withdrawn_with_a_reason(client):
    batch = bring_in_recognised(client, CRIMES, "street.csv")
    assert (batch.state, batch.attribution) == (
        "accepted",
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    )
    assert values() == {
        ("Street-level crime", ""): 1,
        ("Street-level crime", "Robbery"): 1,
        ("Street-level anti-social behaviour", ""): 2,
    }
    series = list(Series.objects.values_list("pk", flat=True))
    assert attributions(series) == [f"street.csv. {batch.attribution}"]
    assert batch.attribution in page(client, batch)
    said = f"street.csv. {batch.attribution}"
    robbery = Series.objects.get(breakdown="Robbery")
    assert said in client.get(f"/series/{robbery.pk}/").content.decode()
    assert client.get(f"/series/{robbery.pk}/figures.csv").content.decode().splitlines()[-1] == said
    listed = client.get("/licences/").content.decode()
    assert batch.attribution in listed
    assert "street.csv" in listed
    press(client, batch, "withdraw", {"reason": "The force has corrected its file"})
    assert (values(), attributions(series)) == ({}, [])
    assert "No public data is held" in client.get("/licences/").content.decode()


def test_what_a_withdrawn_release_had_replaced_is_current_again(client):
    bring_in_recognised(client, CRIMES, "street.csv")
    again = csv_of(STREET, incident("Burglary", crime="b"), incident("Drugs", crime="c"), incident(BEHAVIOUR))
    batch = upload(client, again, "street.csv", source="street.csv")
    assert batch.state == "ready"
    press(client, batch, "accept")
    assert values() == {
        ("Street-level crime", ""): 2,
        ("Street-level crime", "Burglary"): 1,
        ("Street-level crime", "Drugs"): 1,
        ("Street-level anti-social behaviour", ""): 1,
    }
    press(client, batch, "withdraw", {"reason": "Released by mistake"})
    assert values() == {
        ("Street-level crime", ""): 1,
        ("Street-level crime", "Robbery"): 1,
        ("Street-level anti-social behaviour", ""): 2,
    }


def test_every_row_read_is_shown_to_be_kept_or_set_aside_with_its_reason(client):
    data = csv_of(STREET, incident("Robbery", crime="a"), "cut,short", incident(BEHAVIOUR))
    batch = bring_in_recognised(client, data, "street.csv")
    shown = " ".join(page(client, batch).split())
    assert 'Read</th><td class="num">3</td>' in shown
    assert 'Set aside: Rows that are cut short or hold no count</th><td class="num">1</td>' in shown
    assert 'Kept, counted into 15 figures</th><td class="num">2</td>' in shown


def test_a_question_is_put_and_its_answer_remembered_for_the_next_file_of_the_source(client):
    data = csv_of("Police force,FTE Count,Year", "Durham,1168.5,2018")
    batch = upload(client, data, "fte.csv")
    assert (batch.state, batch.mapping) == ("uploaded", {})
    assert "Which month are these numbers as at?" in page(client, batch)
    response = client.post(f"/imports/{batch.pk}/read/", {"answer_year_end": ""})
    assert (response.status_code, "Answer this: Which month" in response.content.decode()) == (422, True)
    press(client, batch, "read", {"answer_year_end": "3"})
    assert [text for text, _, _ in batch.report.preview["unknown_areas"]] == []
    answers = {"measure_0": "new", "kind_0": "hours", "unit_0": "full-time equivalents"}
    press(client, batch, "names", answers)
    press(client, batch, "series", {"all": "create"})
    press(client, batch, "accept")
    assert str(CurrentValue.objects.get().period) == "sample of March 2018"
    second = upload(client, csv_of("Police force,FTE Count,Year", "Durham,1170,2019"), "fte.csv")
    assert (second.state, second.options["answers"]) == ("ready", {"year_end": "3"})


def test_a_file_recognised_wrongly_is_read_by_hand(client):
    data = csv_of("Police force,FTE Count,Year", "Durham,1168.5,2018")
    batch = upload(client, data, "fte.csv")
    press(client, batch, "read", {"by_hand": "on", "answer_year_end": "3"})
    assert (batch.state, batch.report.summary["headings"]) == ("uploaded", ["Police force", "FTE Count", "Year"])


def test_areas_that_nobody_placed_can_be_left_out_together(client):
    data = csv_of("12 months ending,PFA,Region,Offence,Rolling year total number of offences",
                  "31-03-2018,Durham,North East,Robbery,5", "31-03-2018,Northshire,North East,Robbery,7")  # fmt: skip
    Measure.objects.create(name="Police recorded crime", slug="prc", short_name="prc", kind="count", unit="offences")
    batch = upload(client, data, "rec-crime-pfa.csv")
    assert [text for text, _, _ in batch.report.preview["unknown_areas"]] == ["Northshire"]
    press(client, batch, "names", {"rest": "leave"})
    press(client, batch, "series", {"all": "create"})
    assert (batch.state, batch.report.preview["left_out"]) == ("ready", 1)
    press(client, batch, "accept")
    assert list(CurrentValue.objects.values_list("series__area__slug", "month", "value")) == [("durham", None, 5)]


def test_populations_come_in_by_the_same_way_and_go_out_again(client, own_force):
    actions.set_population(area=own_force, year=2018, value=100, source="By hand", by=UserFactory())
    data = csv_of(PEOPLE, "mid-2017,E23000008,Durham,pfa,population,90", "mid-2018,E23000008,Durham,pfa,population,101")
    batch = upload(client, data, "population.csv")
    preview = batch.report.preview
    assert (batch.state, preview["new"], preview["changed"]) == ("ready", 1, 1)
    assert [(one["series"], one["period"], one["old"], one["new"]) for one in preview["changes"]] == [
        ("People, Durham Police", "mid-2018", "100", "101")
    ]
    press(client, batch, "accept")
    assert people() == {("durham", 2017): 90, ("durham", 2018): 101}
    assert Population.objects.get(year=2018).source.startswith("Crime recording system: Populations of police force")
    press(client, batch, "withdraw", {"reason": "Not the mid-year estimates"})
    assert people() == {("durham", 2018): 100}
    assert PopulationEstimate.objects.count() == 3


def test_a_later_import_of_populations_stands_when_an_earlier_one_is_withdrawn(client):
    first = accepted(client, csv_of(PEOPLE, "mid-2018,E23000008,Durham,pfa,population,90").decode())
    accepted(client, csv_of(PEOPLE, "mid-2018,E23000008,Durham,pfa,population,95").decode())
    press(client, first, "withdraw", {"reason": "An old edition"})
    assert people() == {("durham", 2018): 95}


def test_two_numbers_for_one_area_and_year_stop_the_import(client):
    rows = ["mid-2018,E23000008,Durham,pfa,population,90", "mid-2018,E23000008,Durham,pfa,population,91"]
    batch = upload(client, csv_of(PEOPLE, *rows))
    assert (batch.state, [problem[2] for problem in batch.report.problems]) == ("refused", ["population_twice"])


def test_only_an_official_file_of_incidents_may_be_larger_than_the_others(client, monkeypatch):
    monkeypatch.setattr(guard, "UPLOAD_BYTES", 150)
    assert upload(client, CRIMES, "street.csv").state == "refused"
    client.post("/imports/new/", {})
    held = ImportBatch.objects.count()
    upload(client, "Month,Measure,Value\n" + "2019-08,Burglary,310\n" * 20)
    assert ImportBatch.objects.count() == held


def test_the_history_is_narrowed_by_state_source_and_person(client):
    bring_in_recognised(client, CRIMES, "street.csv")
    other = upload(client, "nothing\n", source="Another system")
    other.refresh_from_db()

    def listed(**chosen) -> list[str]:
        return [one.source for one in client.get("/imports/", chosen).context["page"].object_list]

    assert listed() == ["Another system", "street.csv"]
    assert listed(state="accepted") == ["street.csv"]
    assert listed(source="Another system") == ["Another system"]
    assert listed(person=str(other.created_by_id)) == ["Another system", "street.csv"]
    assert listed(state="withdrawn", source="street.csv") == []
    assert listed(state="no such state") == ["Another system", "street.csv"]
    assert settled(other).state == "uploaded"
