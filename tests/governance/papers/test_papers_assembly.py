"""What a paper is put together from, and what is said to be missing."""

import datetime as dt

import pytest
from django.urls import reverse

from deepdive.models import ActionUpdate
from governance.papers import assembly, completeness, header, rendering
from governance.papers.actions import papers as actions
from governance.papers.book import Book
from governance.papers.content import canonical, reading
from governance.papers.drawing import titles
from governance.papers.models import Commentary, CoverSheet
from governance.papers.revised import moved_figures
from measures import recompute
from measures.models import DataNote, Measure
from tests.factories.deepdive import ActionUpdateFactory
from tests.factories.measures import MeasureFactory, SeriesFactory, give, steady, survey_years
from tests.factories.paper_making import draft_paper, fresh, submitted_paper
from tests.factories.papers import QuarterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def assembled(paper):
    return assembly.assemble(fresh(paper))


def test_header_figures_come_from_the_registry():
    """The steady series alternates 100 and 104; September is 104."""
    content = assembled(draft_paper(with_figures=True)).content
    header = content.priorities[0].sections[0].header
    assert [(line.label, line.text) for line in header.lines] == [
        ("Q1", "304 crimes; 1,224 in the rolling 12 months"),
        ("Q2", "308 crimes; 1,224 in the rolling 12 months"),
    ]


def test_live_figures_say_what_the_record_says_whatever_was_typed():
    content = assembled(draft_paper(with_figures=True)).content
    second = list(reading.sequence(content))[1]
    assert second.html == 'There were <data data-figure="burglary.quarter">308</data> in the quarter.'
    bound = next(one for one in content.figures if one.place == "“Burglary”")
    assert (bound.reference, bound.text, bound.value, bound.period) == (
        "burglary.quarter",
        "308",
        "308",
        "quarter two 2019-20",
    )
    assert len(bound.observations) == 3


def test_charts_are_drawn_numbered_and_name_their_own_period():
    content = assembled(draft_paper(with_figures=True)).content
    assert [(one.number, one.caption, one.marking) for one in reading.charts(content)] == [
        (1, "Burglary by month, to September 2019", "OFFICIAL"),
        (2, "Testshire Police and its peers, 12 months to September 2019", "OFFICIAL-SENSITIVE"),
    ]
    assert all(one.svg.startswith("<svg") and one.rows and one.alt for one in reading.charts(content))


def test_cover_takes_its_number_from_the_agenda():
    paper = draft_paper()
    item = paper.agenda_item
    item.position = 9
    item.save()
    cover = assembled(paper).content.cover
    assert (cover.agenda_item, cover.meeting_date, cover.period_dates, cover.synthetic) == (
        9,
        "19 December 2019",
        "1 July to 30 September 2019",
        True,
    )


def test_a_data_note_stands_beside_every_measure_it_affects():
    paper = draft_paper()
    other = MeasureFactory(slug="robbery")
    note = DataNote.objects.create(
        title="Outage", text="On paper.", starts=dt.date(2019, 9, 1), ends=dt.date(2019, 9, 30)
    )
    old = DataNote.objects.create(title="Long ago", text="Over.", starts=dt.date(2010, 1, 1), ends=dt.date(2011, 1, 1))
    for one in (note, old):
        one.measures.set([Measure.objects.get(slug="burglary"), other])
    content = assembled(paper).content
    said = {one.slug: [(note.title, note.months) for note in one.data_notes] for one in reading.measures(content)}
    assert said == {"burglary": [("Outage", "September 2019")], "robbery": [("Outage", "September 2019")]}


def test_a_data_note_of_two_measures_in_one_row_stands_beside_both():
    paper = draft_paper()
    header = {"measures": ["burglary", "robbery"], "layout": "quarters", "lines": [], "symbols": [], "words": ""}
    Measure.objects.filter(slug="burglary").update(header=header)
    MeasureFactory(slug="robbery", header=header)
    note = DataNote.objects.create(title="Outage", text="On paper.", starts=dt.date(2019, 9, 1))
    note.measures.set(Measure.objects.filter(slug__in=["burglary", "robbery"]))
    said = [[note.title for note in one.data_notes] for one in reading.measures(assembled(paper).content)]
    assert said == [["Outage"], ["Outage"]]


def test_a_chart_carries_the_notes_of_the_measure_it_draws_and_no_other():
    paper = draft_paper(with_figures=True)
    outage = {"text": "On paper.", "starts": dt.date(2019, 9, 1), "ends": dt.date(2019, 9, 30), "exclude": True}
    note = DataNote.objects.create(title="Outage", **outage)
    behind = MeasureFactory(slug="calls", headline=False, placed=False)
    give(SeriesFactory(measure=behind), steady())
    stored = [{"kind": "volume", "series": [slug], "caption": slug} for slug in ("burglary", "calls")]
    Measure.objects.filter(slug="burglary").update(charts=stored)
    note.measures.set(Measure.objects.filter(slug="burglary"))
    drawn = {one.caption: "Outage" in one.svg for one in reading.charts(assembled(paper).content)}
    assert drawn == {"burglary": True, "calls": False}


def test_two_measures_in_one_row_share_a_section():
    paper = draft_paper()
    header = {"measures": ["burglary", "robbery"], "layout": "quarters", "lines": [], "symbols": [], "words": ""}
    Measure.objects.filter(slug="burglary").update(header=header, name="Theft: burglary")
    MeasureFactory(slug="robbery", header=header)
    section = assembled(paper).content.priorities[0].sections
    assert [(one.header.name, [measure.title for measure in one.measures]) for one in section] == [
        ("Theft", ["Burglary", "Robbery"])
    ]


def test_words_stand_in_the_trend_cell_where_the_office_chose_words():
    paper = draft_paper()
    header = {"measures": ["burglary"], "layout": "survey", "lines": [], "symbols": [], "words": "Settled lower"}
    Measure.objects.filter(slug="burglary").update(header=header)
    cells = assembled(paper).content.priorities[0].sections[0].header.cells
    assert [(cell.words, cell.marks) for cell in cells] == [("Settled lower", ())]


def test_a_header_row_says_what_the_measure_is_held_to():
    paper = draft_paper()
    header = {"measures": ["burglary"], "layout": "survey", "lines": [], "symbols": [], "words": "Settled lower"}
    Measure.objects.filter(slug="burglary").update(header=header, target_text="Below ten per cent")
    content = assembled(paper).content
    row = content.priorities[0].sections[0].header
    assert [(one.label, one.text) for one in row.standards] == [("", "Below ten per cent")]
    assert canonical.from_json(canonical.to_json(content)) == content
    html = rendering.print_html(content)
    assert "<b>Target or standard:</b> Below ten per cent</p>" in html


def test_a_survey_prints_its_margin_and_its_period():
    paper = draft_paper()
    ref = {"series": "confidence", "statistic": "rolling12"}
    figures = [{**ref, "part": "value"}, {**ref, "part": "margin"}, {**ref, "part": "period"}]
    lines = [{"label": "", "template": "{0} (±{1}), 12 months to {2}", "figures": figures}]
    header = {"measures": ["confidence"], "layout": "survey", "lines": lines, "symbols": [], "words": ""}
    measure = MeasureFactory(
        slug="confidence", kind="survey", frequency="rolling", precision=1, lag_months=3, header=header
    )
    survey_years(
        SeriesFactory(measure=measure), {(2018, 6): (84.3, 3.2), (2019, 6): (77.7, 3.5), (2019, 9): (70.0, 3.5)}
    )
    row = assembled(paper).content.priorities[0].sections[1].header
    assert row.lines[0].text == "77.7 per cent (±3.5 per cent), 12 months to June 2019"
    assert row.cells[0].words == "Not monthly, so no symbol"


def test_a_figure_of_another_quarter_never_stands_under_this_one():
    paper = draft_paper(with_figures=True)
    Measure.objects.filter(slug="burglary").update(lag_months=1)
    found = assembled(paper)
    assert found.content.priorities[0].sections[0].header.lines[1].text == "not available"
    assert "what is held is of quarter one 2019-20" in " ".join(found.problems)


def test_small_counts_are_printed_as_such_where_the_measure_asks():
    paper = draft_paper(with_figures=True)
    give(Measure.objects.get(slug="burglary").series.get(), [0.0, 3.0, 0.0])
    content = assembled(paper).content
    assert content.priorities[0].sections[0].header.lines[1].text.startswith("<5 crimes;")
    chart = next(reading.charts(content))
    assert [row[1] for row in chart.rows[-3:]] == ["0", "<5", "not shown"]


def test_small_counts_are_printed_as_they_are_where_the_measure_says_so():
    paper = draft_paper(with_figures=True)
    Measure.objects.filter(slug="burglary").update(suppress_small=False)
    give(Measure.objects.get(slug="burglary").series.get(), [0.0, 3.0, 0.0])
    content = assembled(paper).content
    assert content.priorities[0].sections[0].header.lines[1].text.startswith("3 crimes;")


def test_deep_dive_holds_the_approved_updates_of_its_priority():
    paper = draft_paper()
    ActionUpdateFactory(period=paper.quarter.period, text="<p>Unapproved.</p>")
    dive = assembled(paper).content.deep_dive
    updates = [one for objective in dive.objectives for one in objective.updates]
    assert [(one.owner, one.status, one.rag, [block.number for block in one.text]) for one in updates] == [
        ("Superintendent", "In progress", "none", [None])
    ]


def test_the_same_day_gives_the_same_content():
    paper = draft_paper(with_figures=True)
    assert canonical.to_json(assembled(paper).content) == canonical.to_json(assembled(paper).content)


def covered(paper):
    """The paper with a cover sheet of its own."""
    CoverSheet.objects.create(paper=paper, purpose="<p>P.</p>", recommendations="<p>R.</p>", contact="The office")
    return paper


def sentences(paper):
    paper = fresh(paper)
    found = completeness.missing(paper, assembly.assemble(paper, approved_only=False))
    return [(one.sentence, one.blocks) for one in found]


def test_a_complete_paper_misses_nothing(who):
    paper = covered(draft_paper(with_figures=True))
    actions.approve_introduction(paper=paper, by=who.staff)
    assert sentences(paper) == []


def test_everything_missing_is_said_with_what_blocks_first(who):
    paper = covered(draft_paper())
    paper.introduction = ""
    paper.save()
    Commentary.objects.update(state="review", approved_by=None, approved_at=None)
    ActionUpdate.objects.update(state="draft", approved_by=None, approved_at=None)
    MeasureFactory(slug="robbery")
    ref = ActionUpdate.objects.get().action.ref
    assert sentences(paper) == [
        ("The introduction is not written.", True),
        ("The commentary on “Burglary” is not approved: in review.", True),
        ("“Robbery” has no commentary in this quarter.", True),
        (f"The delivery update of {ref} is not approved: draft.", True),
    ]


def test_a_live_figure_that_cannot_be_found_stops_the_paper(who):
    paper = covered(draft_paper())
    Commentary.objects.update(text='<p>There were <data data-figure="burglary.nothing">999</data>.</p>')
    actions.approve_introduction(paper=paper, by=who.staff)
    assert sentences(paper) == [
        ("A live figure in “Burglary” cannot be found. There is no statistic “nothing” of “Burglary”.", True)
    ]


def test_a_chart_without_figures_is_said_and_left_out(who):
    paper = covered(draft_paper())
    chart = {"kind": "monthly", "series": ["nowhere"], "caption": "Nothing"}
    Measure.objects.filter(slug="burglary").update(charts=[chart])
    actions.approve_introduction(paper=paper, by=who.staff)
    said = [sentence for sentence, _ in sentences(paper)]
    assert "Chart 1 of “Burglary” cannot be drawn. There is no series “nowhere”." in said


def test_two_figures_under_one_caption_are_said(who):
    paper = covered(draft_paper(with_figures=True))
    measure = Measure.objects.get(slug="burglary")
    Measure.objects.filter(slug="burglary").update(charts=[measure.charts[0]] * 2)
    actions.approve_introduction(paper=paper, by=who.staff)
    assert sentences(paper) == [("Figures 1 and 2 have the same caption.", False)]


def test_what_is_missing_leads_to_the_page_that_mends_it():
    paper = draft_paper()
    Commentary.objects.update(state="draft", approved_by=None, approved_at=None)
    found = completeness.missing(paper, assembly.assemble(paper))
    pages = {one.href for one in found if one.blocks and one.href}
    assert pages == {
        reverse("introduction-edit", args=[paper.code]),
        reverse("commentary-detail", args=[paper.code, "burglary"]),
    }


def test_figures_revised_since_are_found(who):
    paper = submitted_paper(who, with_figures=True)
    content = canonical.from_json(paper.frozen.content)
    assert moved_figures(content, paper.quarter.period) == []
    give(Measure.objects.get(slug="burglary").series.get(), [114.0])
    moved = {(one.figure.reference, one.figure.text, one.now) for one in moved_figures(content, paper.quarter.period)}
    assert ("burglary.quarter", "308", "318") in moved
    assert ("burglary.rolling12", "1,224", "1,234") in moved


@pytest.mark.parametrize("count", [1, 3])
def test_the_book_is_read_in_the_same_number_of_queries(django_assert_num_queries, count):
    paper = draft_paper()
    for place in range(count):
        give(SeriesFactory(measure=MeasureFactory(slug=f"m{place}")), steady(12))
    period = paper.quarter.period
    with django_assert_num_queries(7):  # measures; embargoes, 5 of figures with small numbers
        book = Book(period)
    with django_assert_num_queries(7):  # series, small numbers 2, values, embargoes; area; as-at days
        assert len(book.kept) == count
        assert book.own is not None
        assert all(isinstance(book.as_at(one.measure), str) for one in book.figures.values())


def test_a_trend_that_may_be_the_time_of_year_says_so_in_its_symbol_and_its_chart():
    season, jitter = [0, 3, 8, 12, 17, 21, 24, 28, 33, 37, 40, 46], [0, 1, -1, 0.5, 0, -0.5, 1]
    series = SeriesFactory()
    give(series, [50 + season[n % 12] + jitter[n % 7] for n in range(36)])
    recompute.recompute_all()
    book = Book(QuarterFactory().period)
    slug = series.measure.slug
    (trend,) = header.marks_of(book, slug, ("discrete",))
    assert (trend.slug, trend.words.endswith(", though that may be the time of year")) == ("trend-up", True)
    signal = book.signal(slug)
    signal.r1 = signal.r2 = signal.r3 = 0
    title = titles.of_months(book, series.measure)
    assert title.endswith("rising, though that may be the time of year")
