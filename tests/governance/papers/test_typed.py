"""The checker while somebody types: of the text as it stands, by the record as it is now."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from governance.papers.models import Commentary
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady
from tests.factories.papers import CommentaryFactory, QuarterFactory

pytestmark = pytest.mark.django_db
LIVE = '<data data-figure="burglary.quarter">308</data>'


@pytest.fixture
def check(client):
    OfficeFactory()
    cache.clear()
    client.force_login(UserFactory())
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    give(series, [*steady(33), 100.0, 104.0, 107.0])
    commentary = CommentaryFactory(measure=series.measure, quarter=QuarterFactory(), text="<p>Saved.</p>")
    address = reverse("commentary-check", args=[commentary.quarter.code, "burglary"])

    def ask(text: str, did: str = "") -> dict:
        answer = client.post(address, {"text": text, "did": did})
        assert answer.status_code == 200
        return answer.json()

    ask.series, ask.client, ask.address = series, client, address
    return ask


def places(answer: dict) -> list[tuple[str, str, str, int]]:
    return [(one["field"], one["severity"], one["said"], one["nth"]) for one in answer["findings"]]


def test_it_says_what_cannot_be_where_it_stands_and_stores_nothing(check):
    share = (
        "<p>Of 6 appeals, 3 (50 per cent) were upheld. Of 8 appeals, 2 (<strong>50</strong> per cent) were upheld.</p>"
    )
    assert places(check(share)) == [("text", "A", "50 per cent", 1)]
    late = "<p>It is due to go live on 1&nbsp;December.</p>"
    answer = check(share, late)
    assert places(answer) == [("text", "A", "50 per cent", 1), ("did", "B", "1 December", 0)]
    assert answer["findings"][0]["suggestion"] == "25 per cent"
    assert Commentary.objects.get().text == "<p>Saved.</p>"


def test_a_value_is_held_against_the_record_as_it_is_now(check):
    text = "<p>There were 311 burglary crimes in quarter two 2019-20.</p>"
    assert places(check(text)) == []
    give(check.series, [110.0])
    ((said, found),) = [(one["said"], one["found"]) for one in check(text)["findings"]]
    assert (said, found) == ("311", "The figure for quarter two 2019-20 is 314.")


def test_typed_figures_of_the_record_are_offered_and_live_ones_counted(check):
    answer = check(
        f"<p>{LIVE} in July; 311 were typed, and 12 more, and 311 again.</p><blockquote><p>311</p></blockquote>"
    )
    offers = [(one["said"], one["nth"], one["reference"], one["title"]) for one in answer["offers"]]
    sentence = "311 crimes, quarter two 2019-20"
    assert offers == [("311", 0, "burglary.quarter", sentence), ("311", 1, "burglary.quarter", sentence)]
    assert (answer["bound"], answer["loose"]) == (1, 1)


def test_a_text_of_any_kind_is_answered_and_one_too_long_is_refused_in_words(check):
    for text in (
        "",
        "<",
        "<p>" * 300,
        "<script>alert(1)</script>",
        "\x00\ud7ff{{}}",
        "<table><tr><td>311</td></tr></table>",
    ):
        assert check(text)["findings"] == []
    long = check.client.post(check.address, {"text": "x" * 400_001})
    assert (long.status_code, long.json()) == (413, {"problem": "This text is too long to be checked while you type."})


def test_an_answer_costs_few_queries_once_the_quarter_is_known(check, django_assert_num_queries):
    check("<p>One.</p>")
    with django_assert_num_queries(8):  # session, user, quarter, commentary; office for the clock, log, jobs, embargoes
        check("<p>Two.</p>")


def test_without_scripts_the_page_says_the_same(check):
    page = reverse("commentary-detail", args=["2019-20-q2", "burglary"])
    sent = {"version": 1, "text": "<p>Of 6 appeals, 3 (33 per cent) were upheld.</p>", "did": "", "check": "1"}
    text = " ".join(check.client.post(page, sent).content.decode().split())
    assert "<strong>Cannot be right</strong>: “33 per cent”." in text
    assert Commentary.objects.get().text == "<p>Saved.</p>"
