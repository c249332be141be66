"""What a note, a phase or a withdrawal would change, said before it is done."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.permissions import Role
from measures import actions, effects, recompute
from measures.models import DataNote, Embargo, PhaseChange
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, BatchFactory, MeasureFactory, SeriesFactory, give, steady

pytestmark = pytest.mark.django_db
OUTAGE = {"title": "Outage", "text": "Records were kept on paper.", "starts": dt.date(2019, 9, 1)}


@pytest.fixture
def spiked():
    """Steady to August, with a spike in September."""
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, [*steady(35), 900.0])
    recompute.recompute_all()
    return series


def test_a_note_says_which_symbols_its_months_make(spiked):
    other = SeriesFactory()
    give(other, steady())
    note = actions.add_data_note(**OUTAGE, measures=[spiked.measure, other.measure], by=UserFactory())
    found = effects.of_notes(DataNote.objects.prefetch_related("measures"))[note.pk]
    assert [(one.measure.slug, one.before, one.after) for one in found][0] == (
        "burglary",
        "Unusually high latest month",
        "too few months for some rules",
    )
    assert {one.measure for one in found} == {spiked.measure, other.measure}
    assert note.written_at is not None


def test_the_register_costs_the_same_for_any_number_of_notes(spiked, client, analyst):
    client.get("/data-quality/")  # the first page of a visit also notes that somebody is there
    costs = set()
    for number in range(3):
        actions.add_data_note(**OUTAGE, measures=[spiked.measure], exclude=bool(number % 2), by=analyst)
        if number:
            with CaptureQueriesContext(connection) as queries:
                client.get("/data-quality/")
            costs.add(len(queries))
    assert len(costs) == 1


def test_symbols_that_small_numbers_would_give_away_stay_with_those_who_may_see_them(spiked, client):
    actions.add_data_note(**OUTAGE, measures=[spiked.measure], by=UserFactory())
    client.force_login(UserFactory(roles=[Role.SECRETARY]))
    page = client.get("/data-quality/")
    assert [(row["note"].title, row["effects"]) for row in page.context["rows"]] == [("Outage", [])]


def test_the_register_is_narrowed_and_exported(spiked, client, analyst):
    other = SeriesFactory()
    actions.add_data_note(**OUTAGE, measures=[spiked.measure], exclude=True, by=analyst)
    actions.add_data_note(**OUTAGE | {"title": "Audit"}, measures=[other.measure], by=analyst)
    page = client.get("/data-quality/", {"measure": "burglary"})
    assert [row["note"].title for row in page.context["rows"]] == ["Outage"]
    text = client.get("/data-quality/table.csv", {"baselines": "in"}).content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["Note", "Audit"]


def test_a_new_phase_shows_its_effect_before_it_is_approved(spiked):
    change = PhaseChange(measure=spiked.measure, month=dt.date(2019, 6, 1), reason="New audit")
    (effect,) = effects.of_phase(change)
    assert (effect.changes, effect.after) == (True, "too few months for some rules")


@pytest.mark.parametrize(
    "start, words",
    [
        (dt.date(2019, 6, 1), "4 months of this phase are recorded: recalibrating"),
        (
            dt.date(2018, 10, 1),
            "12 months of this phase are recorded: provisional; the rolling trend is judged from 23",
        ),
        (dt.date(2017, 11, 1), "23 months of this phase are recorded: provisional until there are 24."),
        (dt.date(2017, 10, 1), "24 months of this phase are recorded: judged in full."),
    ],
)
def test_a_phase_says_how_far_it_has_come(start, words):
    assert effects.phase_words(PhaseChange(month=start), SEPTEMBER).startswith(words)


def test_withdrawing_says_first_what_goes_back_and_what_goes(spiked, client, analyst):
    batch = BatchFactory()
    give(spiked, [104.0, 110.0], last=SEPTEMBER + 1, batch=batch)
    page = client.get(f"/imports/{batch.pk}/withdrawal/")
    assert page.context["returned"] == [effects.Returned("Burglary", 1, 1)]
    assert (page.context["restored"], page.context["gone"], page.context["papers"]) == (1, 1, [])
    said = "1 figure would be again what it was before this import; 1 more would be gone"
    assert page.content.decode().count(said) == 1


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (SEPTEMBER, "2 figures would be again what they were before this import. The signals"),
        (SEPTEMBER + 2, "2 figures would be gone: the record has no earlier figure to go back to. The signals"),
    ],
)
def test_withdrawing_says_of_nought_nothing(spiked, client, analyst, last, said):
    batch = BatchFactory()
    give(spiked, [104.0, 110.0], last=last, batch=batch)
    assert client.get(f"/imports/{batch.pk}/withdrawal/").content.decode().count(said) == 1


def test_an_import_is_kept_back_from_its_page(client, analyst):
    batch = BatchFactory()
    typed = {"until_day_day": "31", "until_day_month": "1", "until_day_year": "2090", "until_time": "09:30"}
    answer = client.post(f"/embargoes/new/?import={batch.pk}", typed | {"reason": "National release"})
    assert answer.status_code == 302
    embargo = Embargo.objects.get()
    assert (embargo.batch, embargo.set_by, embargo.until.year) == (batch, analyst, 2090)
    assert "Kept back" in client.get("/embargoes/").content.decode()
    client.post(f"/embargoes/{embargo.pk}/end/", {"reason": "Published early"})
    assert "Released early" in client.get("/embargoes/").content.decode()


def test_an_embargo_in_the_past_is_refused_in_words(client, analyst):
    typed = {"until_day_day": "1", "until_day_month": "1", "until_day_year": "2019", "until_time": "09:30"}
    answer = client.post(f"/embargoes/new/?import={BatchFactory().pk}", typed | {"reason": "Late"})
    assert (answer.status_code, "has passed already" in answer.content.decode()) == (422, True)
