"""Which small numbers of a measure are hidden: what a change would do is said first, and nobody's words are lost."""

import datetime as dt

import pytest

from core.audit.models import AuditEvent
from core.audit.sentences import phrase_of
from measures import disclosure
from measures.models import Measure, Period
from measures.policies import effect_of, with_policy
from tests.factories.measures import AreaFactory, SeriesFactory, give, give_reading

pytestmark = pytest.mark.django_db
QUIET = [30.0] * 24
SENT = {"version": 1, "suppress_small": "False", "zeros_shown": "True", "small_numbers_reason": "Agreed with the force"}


def small(**fields):
    """Two years of months; July 2019 is 3."""
    series = SeriesFactory(**fields)
    give(series, [*QUIET[:21], 3.0, 20.0, 25.0])
    return series


def said(effect):
    return [(shift.series.area.name, shift.sentences) for shift in effect.shifts]


def test_showing_small_numbers_says_which_figures_would_come_to_light():
    measure = small().measure
    effect = effect_of(measure, with_policy(measure, suppress_small=False))
    assert said(effect) == [
        (
            "Testshire Police",
            [
                "3 of 24 figures would be shown: July 2019, August 2019, September 2019.",
                "2 of 13 twelve-month totals would be shown: to July 2019, to August 2019.",
                "The symbols at its latest month would be shown.",
            ],
        )
    ]
    assert (effect.hides, effect.shows) == (False, True)


def test_hiding_them_says_the_opposite_and_stores_nothing():
    measure = small(measure__suppress_small=False).measure
    effect = effect_of(measure, with_policy(measure, suppress_small=True))
    assert said(effect)[0][1][0] == "3 of 24 figures would be hidden: July 2019, August 2019, September 2019."
    assert (effect.hides, effect.shows) == (True, False)
    assert Measure.objects.get().suppress_small is False


def test_a_rule_tried_covers_what_the_same_rule_stored_covers():
    series = small(measure__suppress_small=False)
    part = SeriesFactory(measure=series.measure, area=series.area, breakdown="knife")
    give(part, [15.0] * 21 + [1.0, 10.0, 12.0])
    series.measure.suppress_small = True
    tried = disclosure.covers([series])
    Measure.objects.update(suppress_small=True)
    assert tried == {series.pk: disclosure.cover_of(series)}
    assert tried[series.pk].hidden != {}


def test_noughts_and_other_forces_are_told_of_too():
    series = SeriesFactory()
    other = SeriesFactory(measure=series.measure, area=AreaFactory(name="Farshire", slug="farshire", is_own=False))
    give(series, QUIET)
    give(other, [*QUIET[:23], 0.0])
    effect = effect_of(series.measure, with_policy(series.measure, zeros_shown=False))
    assert [name for name, _ in said(effect)] == ["Farshire"]
    assert said(effect)[0][1][0] == "1 of 24 figures would be hidden: September 2019."


def test_a_survey_says_which_parts_would_be_of_too_few():
    part = SeriesFactory(measure__kind="survey", measure__frequency="rolling", breakdown="vehicle crime")
    span = (Period.Kind.YEAR_TO, dt.date(2018, 10, 1), dt.date(2019, 9, 30))
    give_reading(part, *span, {"value": 65.2, "margin": 10.5, "sample_size": 49})
    effect = effect_of(part.measure, with_policy(part.measure, fewest_answers=50))
    assert [words.partition(":")[0] for words in said(effect)[0][1]] == ["1 of 1 figures would be hidden"]


def test_many_figures_are_not_all_named():
    series = SeriesFactory(measure__suppress_small=False)
    give(series, [2.0] * 9)
    effect = effect_of(series.measure, with_policy(series.measure, suppress_small=True))
    assert said(effect)[0][1][0] == (
        "9 of 9 figures would be hidden: "
        "April 2019, May 2019, June 2019, July 2019, August 2019, September 2019 and 3 earlier."
    )


def test_the_effect_is_shown_before_anything_is_saved(client, analyst):
    measure = small(measure__slug="burglary").measure
    page = client.post("/measures/burglary/small-numbers/", SENT)
    assert (page.status_code, Measure.objects.get().suppress_small) == (200, True)
    assert "3 of 24 figures would be shown" in page.content.decode()
    assert "Nothing has been saved yet." in page.content.decode()
    seen = page.context["form"]["seen"].value()
    answer = client.post("/measures/burglary/small-numbers/", SENT | {"seen": seen})
    assert answer.status_code == 302
    held = Measure.objects.get(pk=measure.pk)
    assert (held.suppress_small, held.small_numbers_reason, held.version) == (False, "Agreed with the force", 2)
    event = AuditEvent.objects.order_by("-pk")[0]
    assert (event.action, event.reason) == ("measures.set_small_number_policy", "Agreed with the force")
    assert phrase_of(event.action) != ""
    assert disclosure.covers(measure.series.select_related("measure", "area")) == {}


def test_another_choice_after_the_effect_was_shown_is_shown_first_too(client, analyst):
    small(measure__slug="burglary")
    seen = client.post("/measures/burglary/small-numbers/", SENT).context["form"]["seen"].value()
    page = client.post("/measures/burglary/small-numbers/", SENT | {"zeros_shown": "False", "seen": seen})
    assert (page.status_code, Measure.objects.get().version) == (200, 1)


def test_two_people_lose_nothing(client, analyst):
    small(measure__slug="burglary")
    Measure.objects.update(version=2, suppress_small=True, small_numbers_reason="Theirs")
    answer = client.post("/measures/burglary/small-numbers/", SENT)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [words in page for words in ("Theirs", "Agreed with the force", "Hide counts below five")] == [True] * 3
    assert Measure.objects.get().small_numbers_reason == "Theirs"


@pytest.mark.parametrize(
    "change, sentence",
    [({"small_numbers_reason": " "}, "Enter why"), ({"suppress_small": "perhaps"}, "counts below five")],
)
def test_a_bad_answer_is_refused_in_a_sentence(client, analyst, change, sentence):
    small(measure__slug="burglary")
    answer = client.post("/measures/burglary/small-numbers/", SENT | change)
    assert answer.status_code == 422
    assert sentence.lower() in " ".join(str(answer.context["form"].errors).lower().split())


def test_hours_have_nothing_to_hide(client, analyst):
    SeriesFactory(measure__slug="hours", measure__kind="hours")
    assert "no figure of this measure is ever hidden" in client.get("/measures/hours/small-numbers/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_effect_costs_the_same_for_any_number_of_series(django_assert_num_queries, count):
    measure = small().measure
    for number in range(1, count):
        small(measure=measure, area=AreaFactory(name=f"F{number}", slug=f"f{number}", is_own=False))
    with django_assert_num_queries(5):
        effect_of(measure, with_policy(measure, suppress_small=False))
