"""One figure by hand: the same checks as a file, the figure held shown first, a reason kept."""

import pytest

from core.accounts.models import Office
from core.audit.models import AuditEvent
from measures.models import Observation, Series
from tests.factories.measures import AreaFactory, MeasureFactory, SeriesFactory
from tests.measures.importing import held, hold, month

pytestmark = pytest.mark.usefixtures("analyst")

TYPED = {"month": "2019-09", "value": "320", "reason": "The force's letter of 3 October"}


@pytest.fixture(autouse=True)
def in_october_2019(db):
    Office.objects.create(
        pk=1, name="Office", short_name="Office", force_name="F", is_demo=True, today_override="2019-10-01"
    )


def post(client, slug: str, **typed):
    series = Series.objects.filter(measure__slug=slug).first()
    return client.post(f"/measures/{slug}/value/", {"series": series.pk, **typed})


def test_the_figure_held_is_shown_before_anything_is_recorded(client, burglary):
    hold(burglary, {"2019-09": 299})
    answer = post(client, "burglary", **TYPED)
    page = answer.content.decode()
    assert "The record has <strong>299</strong> for September 2019" in page
    assert "You are about to record <strong>320</strong> in its place" in page
    assert held(burglary) == {month("2019-09"): 299}
    head = answer.context["form"].data["head"]
    assert post(client, "burglary", **TYPED, head=head).status_code == 302
    stored = Observation.objects.get(value=320)
    assert stored.supersedes.value == 299
    assert (stored.batch.reason, stored.batch.source) == ("The force's letter of 3 October", "Entered by hand")
    event = AuditEvent.objects.filter(table="measures_observation", op="B").last()
    assert (event.action, event.reason) == ("measures.record_observation", "The force's letter of 3 October")


def test_a_figure_that_changed_meanwhile_is_shown_again(client, burglary):
    hold(burglary, {"2019-09": 299})
    head = post(client, "burglary", **TYPED).context["form"].data["head"]
    hold(burglary, {"2019-09": 305})
    page = post(client, "burglary", **TYPED, head=head).content.decode()
    assert "The figure has changed since you looked" in page
    assert "The record has <strong>305</strong>" in page
    assert held(burglary) == {month("2019-09"): 305}


def test_the_very_figure_held_changes_nothing(client, burglary):
    hold(burglary, {"2019-09": 320})
    answer = post(client, "burglary", **TYPED)
    assert "That is the figure you have entered" in answer.content.decode()
    answer = client.post(
        "/measures/burglary/value/",
        {"series": burglary.pk, **TYPED, "head": answer.context["form"].data["head"]},
        follow=True,
    )
    assert "The record holds that very figure already. Nothing was changed." in answer.content.decode()
    assert Observation.objects.count() == 1


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"month": "2019-11"}, "November 2019 has not come yet; the latest month is October 2019."),
        ({"month": "Thursday"}, "is not a month"),
        ({"value": "many"}, "is not a number"),
        ({"value": "-3"}, "it cannot be below zero"),
        ({"value": "3.5"}, "it should be a whole number"),
        ({"value": "10%"}, "is not a percentage"),
        ({"reason": ""}, "Enter the reason"),
        ({"value": " "}, "Enter the figure"),
        ({"value": "-"}, "Enter the figure."),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_sentence(client, burglary, typed, sentence):
    answer = post(client, "burglary", **(TYPED | typed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Observation.objects.count() == 0


def test_a_ratio_asks_for_both_parts_and_refuses_nought_below(client, db):
    series = SeriesFactory(measure__slug="outcomes", measure__kind="ratio", measure__unit="per cent")
    typed = {"month": "2019-09", "numerator": "5", "denominator": "0", "reason": "By telephone"}
    answer = post(client, "outcomes", **typed)
    assert (answer.status_code, Observation.objects.count()) == (422, 0)
    assert "is 0, so there is no figure to work out" in answer.content.decode()
    typed["denominator"] = "40"
    page = post(client, "outcomes", **typed).content.decode()
    assert "<strong>5 of 40 (12.5%)</strong>" in page
    post(client, "outcomes", **typed, head=0)
    assert Observation.objects.values_list("series", "value", "denominator").get() == (series.pk, 5, 40)


def test_a_survey_is_of_twelve_months_and_carries_its_margin(client, db):
    SeriesFactory(measure__slug="confidence", measure__kind="survey", measure__frequency="rolling")
    typed = {"month": "June 2019", "value": "77.7", "margin": "3.5", "sample_size": "543", "reason": "Published table"}
    post(client, "confidence", **typed, head=0)
    stored = Observation.objects.get()
    assert (str(stored.period), stored.value, stored.margin, stored.sample_size) == (
        "twelve months to June 2019",
        77.7,
        3.5,
        543,
    )


def test_a_measure_nobody_keeps_yet_is_begun_by_one_press(client, db):
    MeasureFactory(slug="robbery")
    AreaFactory()
    page = client.get("/measures/robbery/value/").content.decode()
    assert "The record does not keep this measure for Testshire Police yet." in page
    client.post("/measures/robbery/value/", {"begin": "1"})
    assert Series.objects.values_list("measure__slug", "area__slug").get() == ("robbery", "testshire")
    assert "Go on" in client.get("/measures/robbery/value/").content.decode()
