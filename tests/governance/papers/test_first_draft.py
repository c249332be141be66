"""The first draft: every sentence of it stands the checker, says no more than the record bears, and overwrites nothing."""

import random

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.documents.richtext import clean, plain_text
from governance.papers import typed
from governance.papers.book import Book
from governance.papers.drafting import BY_CHANCE, USUAL, drafted
from governance.papers.known import known_of
from governance.papers.live import REFERENCE
from governance.papers.models import Commentary
from governance.papers.views.writing import draft_of, subject_of
from measures import recompute
from measures.models import Measure
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
KINDS = {
    Measure.Kind.COUNT: ("crimes", None),
    Measure.Kind.HOURS: ("hours", None),
    Measure.Kind.RATIO: ("per cent", (20, 400)),
    Measure.Kind.DURATION: ("seconds", (30, 900)),
    Measure.Kind.DAYS_PER_PERSON: ("days", (900, 1100)),
}


@pytest.fixture(autouse=True)
def office():
    cache.clear()
    return OfficeFactory()


def commentary_on(slug: str, values: list[float], below: list[float] | None = None, **facts) -> Commentary:
    series = SeriesFactory(measure=MeasureFactory(slug=slug, suppress_small=False, **facts))
    give(series, values, below)
    return CommentaryFactory(measure=series.measure, quarter=QuarterFactory(), text="")


def test_a_draft_says_levels_comparison_and_what_is_chance_with_live_figures():
    commentary = commentary_on("burglary", [*steady(35), 110.0])
    recompute.recompute_all()
    html = draft_of(commentary, commentary.quarter)
    assert plain_text(html) == (
        "There were 314 crimes in quarter two 2019-20 and 1,230 in the twelve months to September 2019, 0.5 per cent "
        f"more than in the twelve months before. {BY_CHANCE} The quarter's figure is 1.9 per cent more than in the same "
        f"quarter of the year before, when it was 308 crimes. {BY_CHANCE}\n{SPIKE}"
    )
    assert len(REFERENCE.findall(html)) == 7
    assert clean(html) == html


SPIKE = "The latest month is unusually high."


def test_a_steady_measure_is_said_to_be_within_chance_and_one_without_figures_has_no_draft():
    commentary = commentary_on("burglary", steady(36))
    empty = commentary_on("robbery", [])
    recompute.recompute_all()
    assert plain_text(draft_of(commentary, commentary.quarter)).endswith(USUAL)
    assert "the same as in the twelve months before" in plain_text(draft_of(commentary, commentary.quarter))
    assert draft_of(empty, empty.quarter) == ""


def test_every_sentence_of_any_draft_stands_the_checker():
    """18 made-up measures of every kind, small and large, steady and wild, with gaps and without."""
    chance = random.Random(2019)
    slots = []
    for number in range(18):
        kind = chance.choice(list(KINDS))
        unit, room = KINDS[kind]
        size, wild = 10 ** chance.uniform(0.3, 4.5), chance.choice((0.02, 0.3, 0.9))
        months = [max(0.0, float(round(size * (1 + wild * chance.uniform(-1, 1))))) for _ in range(40)]
        if chance.random() < 0.2:
            months[-chance.randint(1, 20)] = None
        below = None if room is None else [float(chance.randint(*room)) for _ in months]
        if kind == Measure.Kind.RATIO:
            months = [one and min(one, most) for one, most in zip(months, below, strict=True)]
        name = chance.choice(("Burglary", "Hate crime", "Calls answered", "Outcomes", "Appeals upheld")) + f" {number}"
        slots.append(commentary_on(f"m-{number}", months, below, kind=kind, unit=unit, name=name, short_name=name))
    recompute.recompute_all()
    quarter = QuarterFactory()
    book, known = Book(quarter.period), known_of(quarter.period)
    told = 0
    for one in slots:
        subject = subject_of(one, quarter)

        def accepted(html: str, subject: typed.Subject = subject) -> bool:
            return not typed.checked_text({"text": html}, subject, known, []).findings

        html = drafted(book, one.measure.slug, accepted)
        told += bool(html)
        assert accepted(html), plain_text(html)
        assert not any("cannot" in words for _, words in REFERENCE.findall(html))
    assert told >= 14


def test_a_draft_stands_behind_what_is_written_and_is_stored_only_when_saved(client):
    commentary = commentary_on("burglary", steady(36))
    client.force_login(UserFactory())
    address = reverse("commentary-detail", args=[commentary.quarter.code, "burglary"])
    answer = client.post(
        address, {"version": 1, "text": "<p>Mine first.</p>", "did": "<p>Asked.</p>", "first_draft": "1"}
    )
    page = " ".join(answer.content.decode().split())
    assert (answer.status_code, Commentary.objects.get().text) == (200, "")
    assert page.index("Mine first.") < page.index("There were ")
    assert "Asked." in page
    asked = client.post(reverse("commentary-draft", args=[commentary.quarter.code, "burglary"]))
    assert plain_text(asked.json()["html"]).startswith("There were 308 crimes in quarter two 2019-20")
