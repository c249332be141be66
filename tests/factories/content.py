"""The content of a small paper, made by hand: one of everything a paper may hold."""

from dataclasses import replace

from core.documents import richtext
from governance.papers.content.numbering import blocks_of, numbered, place_charts
from governance.papers.content.shapes import (
    Cell,
    Chart,
    Cover,
    DataNote,
    DeepDive,
    HeaderRow,
    Introduction,
    KeyLine,
    Line,
    Mark,
    Measure,
    Objective,
    Paper,
    Priority,
    Score,
    ScoreGroup,
    Section,
    Topic,
    Update,
)
from measures.charts import monthly
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries
from measures.charts.units import COUNT

MONTHS = tuple(range(12 * 2018, 12 * 2018 + 24))
TEXT = (
    "<h3>What the figures show</h3>"
    '<p>There were 320 burglaries in the quarter<span class="footnote">Counted by the day of the report.</span>.</p>'
    "<p>They fall into two kinds:</p><ul><li>of homes, and</li><li>of shops<ul><li>and their stores.</li></ul></li></ul>"
    '<ol type="i"><li>First finding</li><li>Second finding</li></ol>'
    "<p class='unnumbered'>This paragraph is outside the sequence.</p>"
    "<p>A superintendent said:</p><blockquote><p>We have changed how we work.</p>"
    '<p class="source">Superintendent, statement of 2 October 2019</p></blockquote>'
    "<table><caption>Waits</caption><tr><td></td><th>2018</th></tr><tr><th>101</th><td>0:07</td></tr></table>"
    "<p>The rise is within its usual range.</p>"
)


def text(html: str, seed: str, *, is_numbered: bool = True):
    return blocks_of(richtext.ensure_ids(html, richtext.pids_from(seed)), numbered=is_numbered)


def chart(slug: str, marking: str = "OFFICIAL") -> Chart:
    bars = MonthSeries("Each month", MONTHS, tuple(float(100 + 7 * (month % 5)) for month in MONTHS))
    rolling = MonthSeries("Twelve months", MONTHS[11:], tuple(float(1300 + month % 7) for month in MONTHS[11:]))
    data = monthly.MonthlyChart(Frame(f"c-{slug}", f"{slug} is within its usual range", unit=COUNT), bars, rolling)
    table = monthly.table(data)
    caption = f"{slug}: each month and the rolling 12 months"
    return Chart("", caption, monthly.draw(data), monthly.alt(data), table.header, table.rows, marking)


def section(slug: str, name: str, html: str = TEXT, **changes) -> Section:
    header = HeaderRow(
        name,
        "quarters_and_rolling",
        (
            Line("Q1", "310 crimes; 1,300 in the rolling 12 months"),
            Line("Q2", "320 crimes; 1,304 in the rolling 12 months"),
        ),
        (Cell((Mark("spike-up", "concern", "Spike up: concern"),)), Cell(words="Settled at a new level")),
    )
    body = Measure(
        slug,
        "",
        place_charts(text(html, slug), (chart(slug), chart(f"{slug}-peers", "OFFICIAL-SENSITIVE"))),
        text("<p>I asked for a report by December.</p>", f"{slug} did"),
        (DataNote("System outage", "Records were kept on paper.", "September 2019"),),
    )
    return Section(slug, header, (replace(body, **changes),))


COVER = Cover(
    title="Performance report",
    office="Office of the Police and Crime Commissioner for Testshire",
    commissioner="Police and Crime Commissioner",
    plan="Police and Crime Plan 2017-21",
    period="Quarter two 2019-20",
    period_dates="1 July to 30 September 2019",
    meeting="Testshire Police and Crime Panel",
    meeting_date="19 December 2019",
    agenda_item=7,
    version=1,
    correction="",
    synthetic=True,
    as_at="9 December 2019",
)


def unnumbered_paper(**changes) -> Paper:
    opening = Introduction(
        text("<p>This paper gives the figures of the quarter.</p>", "intro", is_numbered=False),
        (Topic("More officers", ("a", "d"), text("<p>Forty-nine are promised.</p>", "topic", is_numbered=False)),),
        (("a", "a significant change"), ("b", "a concern"), ("c", "excellent work"), ("d", "in the media")),
        "Police and Crime Commissioner for Testshire",
        "December 2019",
    )
    mark = Mark("spike-up", "concern", "Spike up: concern")
    paper = Paper(
        cover=COVER,
        introduction=opening,
        key=(KeyLine("spike-up", "Unusually high latest month", "Above the average of 24 months."),),
        key_note="About 4 of 28 measures would show one by chance.",
        priorities=(
            Priority(1, "Prevent crime", (section("burglary", "Burglary"), section("hate", "Hate crime"))),
            Priority(2, "Protect the vulnerable", (section("dom", "Domestic abuse"),)),
        ),
        deep_dive=DeepDive(
            "Service Delivery Plan 2019",
            "Protect the vulnerable",
            (
                Objective(
                    "Objective 1: Work together",
                    (
                        Update(
                            "2.01",
                            "Share what is known",
                            "Superintendent",
                            "In progress",
                            "amber",
                            "Amber: at risk",
                            "No money yet.",
                            "31 March 2020",
                            text(
                                '<p>Two agencies joined<span class="footnote">In August.</span>.</p>',
                                "201",
                                is_numbered=False,
                            ),
                        ),
                    ),
                ),
            ),
        ),
        scorecard=(
            ScoreGroup("1. Prevent crime", (Score("Burglary", "320", "+3.2%", "1,304", "\u22120.4%", (mark,)),)),
        ),
    )
    return replace(paper, **changes)


def small_paper(**changes) -> Paper:
    return replace(numbered(unnumbered_paper()), **changes)
