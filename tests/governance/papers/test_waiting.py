"""What of a paper is not final: provisional figures marked, figures under embargo neither printed nor hushed up."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from governance.papers.book import Book
from governance.papers.header import Found, header_row, key_note, score
from governance.papers.live import resolve
from governance.papers.waiting import not_final
from measures import actions, recompute
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import SEPTEMBER, BatchFactory, MeasureFactory, SeriesFactory, give, steady
from tests.factories.paper_making import HEADER
from tests.factories.plans import QuarterPeriodFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def burglary():
    OfficeFactory()
    return SeriesFactory(measure=MeasureFactory(slug="burglary"))


def test_a_provisional_figure_is_marked_and_the_mark_explained(burglary):
    give(burglary, steady(36), provisional=[SEPTEMBER])
    book, found = Book(QuarterPeriodFactory()), Found()
    row = score(book, burglary.measure, found)
    assert (row.quarter.endswith(" p"), found.provisional) == (True, True)
    assert [figure.text for figure in found.figures if figure.text.endswith("p")] == []
    assert key_note(1, provisional=True).endswith("its source may still change it.")
    (one,) = not_final(book, [burglary.measure])
    assert one.sentence == "“Burglary” is provisional for September 2019; the paper marks it so."


def test_a_final_figure_is_not_marked(burglary):
    give(burglary, steady(36))
    book, found = Book(QuarterPeriodFactory()), Found()
    assert (score(book, burglary.measure, found).quarter, found.provisional) == ("308", False)
    assert not_final(book, [burglary.measure]) == []


def test_a_measure_that_comes_late_says_to_which_month(burglary):
    burglary.measure.lag_months = 3
    burglary.measure.save()
    give(burglary, steady(36), last=SEPTEMBER - 3)
    assert score(Book(QuarterPeriodFactory()), burglary.measure, Found()).name == "Burglary, to June 2019"


def test_a_paper_prints_what_was_released_and_says_what_is_kept_back(burglary):
    give(burglary, steady(36))
    batch = BatchFactory()
    give(burglary, [7_777.0], batch=batch)
    recompute.recompute_all()
    until = timezone.now() + dt.timedelta(days=1)
    actions.embargo_import(batch=batch, until=until, reason="National release", by=UserFactory())
    book = Book(QuarterPeriodFactory())
    assert score(book, burglary.measure, Found()).quarter == "308"
    (one,) = not_final(book, [burglary.measure])
    assert one.sentence.startswith("Figures of “Burglary” are under embargo until ")
    assert one.sentence.endswith(": the paper prints what was released before.")


LATEST = (
    '<p>There were <data data-figure="burglary.quarter">9</data>, in a year '
    '<data data-figure="burglary.rolling12">9</data>{}.</p>'
)


def prose(text: str) -> str:
    problems: list[str] = []
    said = resolve(text, Book(QuarterPeriodFactory()), "“Burglary”", [], problems)
    assert problems == []
    return re.sub("<[^>]*>", "", said)


def header_text(measure) -> list[tuple[str, str]]:
    measure.header = HEADER
    found = Found()
    row = header_row(Book(QuarterPeriodFactory()), measure, {measure.slug: measure}, found)
    assert [one.text for one in found.figures if one.text.endswith(" p")] == []
    return [(line.label, line.text) for line in row.lines]


def test_a_provisional_figure_is_marked_in_its_header_row_and_once_in_the_text(burglary):
    give(burglary, steady(36), provisional=[SEPTEMBER])
    assert header_text(burglary.measure) == [
        ("Q1", "304 crimes; 1,224 in the rolling 12 months"),
        ("Q2", "308 p crimes; 1,224 p in the rolling 12 months"),
    ]
    assert prose(LATEST.format("")) == "There were 308 (provisional), in a year 1,224."
    assert prose(LATEST.format(", both provisional")) == "There were 308, in a year 1,224, both provisional."


COMPARED = '<p>That is <data data-figure="burglary.quarter_on_previous_percentage:compared">9</data> the quarter{}.</p>'


def test_a_provisional_figure_whose_text_cannot_be_marked_stops_the_paper_until_the_text_says_so(burglary):
    give(burglary, steady(36), provisional=[SEPTEMBER])
    problems: list[str] = []
    resolve(COMPARED.format(" before"), Book(QuarterPeriodFactory()), "“Burglary”", [], problems)
    assert problems == [
        "“1.3 per cent more than” in “Burglary” is of a provisional figure of “Burglary”, and the text does not say so. "
        "Write “provisional” beside it."
    ]
    assert prose(COMPARED.format(" before, provisional")).endswith("more than the quarter before, provisional.")
    assert prose(LATEST.format("") + COMPARED.format(" before")).startswith("There were 308 (provisional), in a year")


def test_a_line_that_prints_no_value_marks_what_it_prints_of_a_provisional_one():
    OfficeFactory()
    appeals = SeriesFactory(measure=MeasureFactory(slug="appeals", kind="ratio", precision=0))
    give(appeals, [20.0] * 36, [100.0] * 36, provisional=[SEPTEMBER])
    parts = [{"series": "appeals", "statistic": "quarter", "part": part} for part in ("denominator", "numerator")]
    line = {"label": "Q{quarter}", "template": "{0} completed and {1} upheld", "figures": parts}
    whole = {"label": "Q{quarter}", "template": "{2} ({0}, {1})", "figures": [*parts, parts[0] | {"part": "value"}]}
    appeals.measure.header = {"measures": ["appeals"], "lines": [line, whole]}
    row = header_row(Book(QuarterPeriodFactory()), appeals.measure, {"appeals": appeals.measure}, Found())
    assert [one.text for one in row.lines] == ["300 p completed and 60 p upheld", "20 per cent p (300, 60)"]


def test_a_figure_that_ends_before_the_quarter_says_so_in_the_text_that_does_not(burglary):
    burglary.measure.lag_months = 3
    burglary.measure.save()
    give(burglary, steady(36), last=SEPTEMBER - 3)
    assert prose(LATEST.format("")) == "There were 308 (to June 2019), in a year 1,224."
    assert prose(LATEST.format(" to June 2019")) == "There were 308, in a year 1,224 to June 2019."
    assert header_text(burglary.measure) == [("Q1", "not available"), ("Q2", "not available")]


def test_a_final_figure_of_the_quarter_needs_no_word(burglary):
    give(burglary, steady(36))
    assert prose(LATEST.format("")) == "There were 308, in a year 1,224."
