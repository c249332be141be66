"""Figures that follow the record: typed as codes, kept as references, said anew each quarter, told when they move."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.accounts.permissions import Role
from governance.papers.book import Book
from governance.papers.content import tokens
from governance.papers.live import resolve
from governance.papers.models import Commentary, Paper
from governance.papers.written import WrongCodes, brought_up, settled
from measures.models.period import month_end, month_start
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import SEPTEMBER, MeasureFactory, SeriesFactory, give, steady
from tests.factories.paper_making import draft_paper
from tests.factories.papers import CommentaryFactory, QuarterFactory
from tests.factories.plans import QuarterPeriodFactory

pytestmark = pytest.mark.django_db
NAMES = tokens.Names(
    {"crime-volume": "Recorded crime", "crime-rate": "Crime rate", "hate-crime": "Hate crime"},
    ("quarter", "rolling12", "rolling12_on_year_percentage"),
    own="crime-volume",
)


@pytest.fixture
def burglary():
    OfficeFactory()
    cache.clear()
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, steady(36))
    return series


def data(reference: str, words: str = "9") -> str:
    return f'<data data-figure="{reference}">{words}</data>'


def said(html: str, month: int = SEPTEMBER) -> str:
    problems: list[str] = []
    quarter = QuarterPeriodFactory(start=month_start(month - 2), end=month_end(month))
    made = resolve(html, Book(quarter), "here", [], problems)
    return " ".join([re.sub("<[^>]*>", "", made), *problems])


def test_codes_are_read_as_people_type_them():
    read = {
        "crime:rolling_12": "crime-volume.rolling12",
        "Recorded crime: quarter": "crime-volume.quarter",
        "rolling 12": "crime-volume.rolling12",
        "twelve_months:table": "crime-volume.rolling12:table",
        "hate:quarter:2019-20-q1": "hate-crime.quarter/2019-20-q1",
        "hate-crime.rolling12_on_year_percentage:compared": "hate-crime.rolling12_on_year_percentage:compared",
    }
    made = {code: NAMES.token(code).reference for code in read}
    assert made == read
    assert [tokens.parse(one).reference for one in made.values()] == list(made.values())
    assert tokens.parse("crime-volume.quarter:shouted") is None
    wrong = {
        "burglary:quarter": "There is no measure “burglary”, which {burglary:quarter} names.",
        "crime:quater": "There is no statistic “quater”, which {crime:quater} names. Perhaps quarter.",
        "hate:quarter:loud": "“loud” in {hate:quarter:loud} is neither a quarter",
    }
    for code, sentence in wrong.items():
        with pytest.raises(tokens.UnknownCode) as problem:
            NAMES.token(code)
        assert str(problem.value).startswith(sentence)
    with pytest.raises(tokens.UnknownCode, match="could be crime-rate or crime-volume"):
        tokens.Names(NAMES.measures, NAMES.statistics).token("crim:quarter")


def test_a_code_becomes_the_figure_and_what_the_browser_says_of_one_is_not_kept(burglary):
    period = QuarterPeriodFactory()
    text = f"<p>{{rolling_12}} burglaries, {data('burglary.quarter', '7')}; {{not a code}} and {{}}.</p>"
    assert settled(text, period=period, own="burglary") == (
        f"<p>{data('burglary.rolling12', '1,224')} burglaries, {data('burglary.quarter', '308')}; {{not a code}} and {{}}.</p>"
    )
    assert settled(settled(text, period=period, own="burglary"), period=period) == settled(
        text, period=period, own="burglary"
    )
    with pytest.raises(WrongCodes, match="There is no measure “robbery”"):
        settled("<p>{robbery:quarter}</p>", period=period)
    link = '<p><a href="https://example.org/{burglary:quarter}">there</a></p>'
    assert settled(link, period=period) == link


def test_a_figure_is_said_in_each_of_its_ways_and_for_a_quarter_of_its_own(burglary):
    give(burglary, [150.0])
    ways = {
        "burglary.quarter": "354",
        "burglary.quarter_on_year_percentage": "14.9 per cent",
        "burglary.quarter_on_year_percentage:table": "+14.9%",
        "burglary.quarter_on_year_percentage:compared": "14.9 per cent more than",
        "burglary.quarter_on_previous_change:size": "50",
        "burglary.rolling12:period": "the twelve months to September 2019",
        "burglary.quarter:period": "quarter two 2019-20",
        "burglary.quarter:month": "September 2019",
        "burglary.quarter/2019-20-q1": "304",
        "burglary.quarter/2019-20-q1:period": "quarter one 2019-20",
        "burglary.rolling12/2018-19-q2": "1,224",
    }
    assert {one: said(data(one)) for one in ways} == ways
    assert "is not over by the end of this paper's" in said(data("burglary.quarter/2019-20-q3"))
    assert "is no reference to a figure" in said(data("burglary.quarter:loudly"))


def test_the_same_text_says_the_next_quarters_figures_next_quarter(burglary):
    text = f"<p>{data('burglary.quarter')} in {data('burglary.quarter:period')}, {data('burglary.quarter_on_year_percentage:compared')} before; {data('burglary.quarter/2019-20-q2')}.</p>"
    now = said(text)
    give(burglary, [90.0, 90.0, 90.0], last=SEPTEMBER + 3)
    assert now == "308 in quarter two 2019-20, the same as before; 308."
    assert said(text, SEPTEMBER + 3) == "270 in quarter three 2019-20, 11.2 per cent fewer than before; 308."


def test_a_figure_that_moved_since_the_text_was_saved_is_told_with_both_values(burglary):
    period = QuarterPeriodFactory()
    kept = settled("<p>{burglary:quarter} and {burglary:rolling_12}</p>", period=period)
    assert brought_up(kept, Book(period, only=["burglary"]))[1] == []
    give(burglary, [114.0])
    text, moved = brought_up(kept, Book(period, only=["burglary"]))
    assert text == f"<p>{data('burglary.quarter', '318')} and {data('burglary.rolling12', '1,234')}</p>"
    assert [(one.code, one.was, one.now) for one in moved] == [
        ("{burglary:quarter}", "308", "318"),
        ("{burglary:rolling12}", "1,224", "1,234"),
    ]


@pytest.fixture
def writing(client, burglary):
    client.force_login(UserFactory())
    commentary = CommentaryFactory(measure=burglary.measure, quarter=QuarterFactory(), text="")
    address = reverse("commentary-detail", args=[commentary.quarter.code, "burglary"])
    return client, commentary, address


def page(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_takes_codes_shows_what_moved_and_loses_nothing_to_a_wrong_one(writing, burglary):
    client, commentary, address = writing
    refused = client.post(address, {"version": 1, "text": "<p>Mine {burglary:quater}.</p>", "did": ""})
    assert (refused.status_code, Commentary.objects.get().text) == (422, "")
    assert "Perhaps quarter" in page(refused)
    assert "Nothing was stored: mend it and save again." in page(refused)
    assert "Mine {burglary:quater}." in page(refused)
    client.post(address, {"version": 1, "text": "<p data-pid='aaaaaaaa'>There were {quarter}.</p>", "did": ""})
    assert Commentary.objects.get().text == f'<p data-pid="aaaaaaaa">There were {data("burglary.quarter", "308")}.</p>'
    assert "Figures have moved" not in page(client.get(address))
    give(burglary, [114.0])
    moved = page(client.get(address))
    assert "<del>308</del> is now <strong>318</strong>" in moved
    assert "{burglary:rolling12}" in moved  # the codes, for whoever has no scripts


def test_the_picker_finds_by_measure_and_statistic_and_leaves_hidden_figures_alone(writing):
    client, commentary, _ = writing
    give(SeriesFactory(measure=MeasureFactory(slug="robbery")), [2.0] * 36)
    search = reverse("figure-search", args=[commentary.quarter.code])

    def found(words: str) -> list[tuple[str, str, str]]:
        answer = client.get(search, {"q": words, "own": "burglary"}).json()["figures"]
        return [(one["code"], one["text"], one["sentence"]) for one in answer]

    assert found("burg twelve")[0] == (
        "{burglary:rolling12}",
        "1,224",
        "1,224 crimes, the twelve months to September 2019",
    )
    assert {one[0].partition(":")[0] for one in found("quarter")} == {"{burglary"}
    assert ("{robbery:month}", "<5", "<5 crimes, September 2019") in found("robbery month")
    assert found("nonsense") == []
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert client.get(search).status_code == 403


def test_an_introduction_takes_codes_too(client):
    paper = draft_paper()
    client.force_login(UserFactory())
    sent = {"version": paper.version, "introduction": "<p data-pid='aaaaaaaa'>{burglary:quarter}</p>"}
    client.post(reverse("introduction-edit", args=[paper.code]), sent)
    kept = Paper.objects.get().introduction
    assert kept.startswith('<p data-pid="aaaaaaaa"><data data-figure="burglary.quarter">')


@pytest.mark.parametrize("with_figures", [False, True])
def test_the_editor_page_costs_little_with_or_without_live_figures(writing, django_assert_num_queries, with_figures):
    client, commentary, address = writing
    if with_figures:
        Commentary.objects.update(text=f"<p>{data('burglary.quarter', '1')}, {data('burglary.rolling12', '1')}</p>")
    client.get(address)
    # Session, user, commentary; 5 of figures, notes; authors, office, before, what was promised, what people said.
    with django_assert_num_queries(15):
        assert client.get(address).status_code == 200
