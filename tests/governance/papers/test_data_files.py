"""A paper's figures as data: CSV whose W3C description holds, the same as XLSX, and no more than the build shows."""

import csv
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.urls import reverse

from governance.papers import data_files
from governance.papers.content import canonical, reading, tables
from governance.papers.content.shapes import BoundFigure, Chart
from governance.papers.following import Follow
from governance.papers.recompute import unheard
from governance.papers.tasks import keep_data
from tests.factories.accounts import UserFactory
from tests.factories.content import small_paper
from tests.factories.paper_making import fresh, published_paper

FOLLOW = Follow("2019-20-q2", 1, "https://example.org")
READS = {
    "string": lambda cell: cell,
    "anyURI": lambda cell: re.fullmatch(r"https?://\S+", cell)[0],
    "integer": int,
    "decimal": lambda cell: Decimal(re.fullmatch(r"-?\d+(\.\d+)?", cell)[0]),
    "gYearMonth": lambda cell: re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", cell)[0],
}
FIGURES = (
    BoundFigure("p1", "burglary.quarter", "320", "320", "count", "July to September 2019", "sum", (1, 2)),
    BoundFigure("p2", "=1+1", "−0.4%", "-1/3", "per_cent", "the year", "=cmd()", ()),
    BoundFigure("p3", "cse.quarter", "fewer than 5", "", "count", "the quarter", "sum", ()),
)
CHART = Chart(
    "",
    "Waits, answers and words",
    "<svg></svg>",
    "A chart.",
    ("Month", "Wait", "Share", "=Note", "Count"),
    (
        ("August 2019", "0:59", "3.2%", "=HYPERLINK(1)", "1,304"),
        ("September 2019", "1:00:01", "−0.4%", "", "fewer than 5"),
    ),
    number=7,
    source="The force's call system",
)


def opened(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive)) as held:
        return {name: held.read(name) for name in held.namelist()}


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def values_of(described: dict, rows: list[list[str]]) -> list[list[object]]:
    """The rows of a file read as its description says; what the description does not allow is an error."""
    columns = described["tableSchema"]["columns"]
    assert rows[0] == [one["titles"] for one in columns]
    assert len({one["name"] for one in columns}) == len(columns)
    pairs = [list(zip(columns, row, strict=True)) for row in rows[1:]]
    return [
        [None if cell in one.get("null", []) else READS[one["datatype"]](cell) for one, cell in row] for row in pairs
    ]


@pytest.fixture(scope="module")
def held():
    paper = replace(small_paper(), figures=FIGURES)
    return opened(data_files.archive(reading.public(paper), "public", FOLLOW))


def test_every_file_of_the_archive_reads_as_its_description_says(held):
    said = json.loads(held[data_files.DESCRIPTION])
    assert said["@context"][0] == "http://www.w3.org/ns/csvw"
    names = [one["url"] for one in said["tables"]]
    assert sorted(held) == sorted([*names, data_files.DESCRIPTION, "figures.xlsx"])
    read = {one["url"]: values_of(one, rows_of(held[one["url"]])) for one in said["tables"]}
    assert read["figure-1.csv"][:2] == [["2018-01", 107, None], ["2018-02", 114, None]]
    assert [row[3] for row in read["figures.csv"]] == [Decimal(320), Decimal("-0.333333333333"), None]
    first = said["tables"][1]
    assert (first["dc:temporal"], first["dc:license"]["@id"][-25:]) == ("2018-01/2019-12", "rnment-licence/version/3/")


def test_a_public_archive_has_no_marked_chart_and_a_restricted_one_no_licence(held):
    whole = replace(small_paper(), figures=FIGURES)
    numbers = [one.number for one in reading.charts(whole) if one.marking == reading.PUBLIC]
    charts = sorted(name for name in held if name.startswith("figure-"))
    assert charts == [f"figure-{one}.csv" for one in sorted(numbers)]
    full = opened(data_files.archive(whole, "restricted", FOLLOW))
    said = json.loads(full[data_files.DESCRIPTION])
    assert len([name for name in full if name.startswith("figure-")]) == len(list(reading.charts(whole)))
    assert (said["dc:rights"], [one for one in said["tables"] if "dc:license" in one]) == (data_files.RESTRICTED, [])


def test_columns_take_the_type_that_all_their_cells_have():
    table = tables.chart_table(CHART)
    assert [(one.title, one.datatype, one.nulls) for one in table.columns] == [
        ("Month", "gYearMonth", ()),
        ("Wait (seconds)", "integer", ()),
        ("Share (per cent)", "decimal", ()),
        ("=Note", "string", ()),
        ("Count", "integer", ("fewer than 5",)),
    ]
    assert table.rows == (
        ("2019-08", 59, Decimal("3.2"), "=HYPERLINK(1)", 1304),
        ("2019-09", 3601, Decimal("-0.4"), "", "fewer than 5"),
    )
    assert (table.months, table.source) == (("2019-08", "2019-09"), "The force's call system")


@pytest.mark.parametrize("words", ["1,30", "1 304", "3.2% or so", "12:4", "about 7", "1,2345"])
def test_what_is_no_number_makes_a_column_of_words(words):
    chart = replace(CHART, header=("Area", "Value"), rows=(("A", "1,304"), ("B", words)))
    assert tables.chart_table(chart).columns[1].datatype == "string"


def test_no_cell_or_title_is_taken_for_a_formula():
    paper = small_paper()
    (first, *others) = paper.priorities
    (section, *rest) = first.sections
    measure = replace(section.measures[0], text=(CHART,))
    section = replace(section, measures=(measure,))
    paper = replace(paper, figures=FIGURES, priorities=(replace(first, sections=(section, *rest)), *others))
    held = opened(data_files.archive(paper, "public", FOLLOW))
    cells = [cell for name in held if name.endswith(".csv") for row in rows_of(held[name]) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    assert "'=HYPERLINK(1)" in cells
    book = openpyxl.load_workbook(BytesIO(held["figures.xlsx"]))
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert [page.title for page in book][:2] == ["Figures", "Figure 7"]


def test_a_workbook_does_not_say_when_it_was_made(held):
    assert (
        data_files.MADE_AT.findall(opened(held["figures.xlsx"])["docProps/core.xml"]) == [b"1980-01-01T00:00:00Z"] * 2
    )
    with zipfile.ZipFile(BytesIO(held["figures.xlsx"])) as book:
        assert {one.date_time for one in book.infolist()} == {data_files.NEVER}


def test_a_chart_says_its_source_and_content_of_before_keeps_its_bytes():
    paper = small_paper()
    text = canonical.to_json(paper)
    assert '"source"' not in text
    assert canonical.from_json(text) == paper
    priority = paper.priorities[0]
    text = canonical.to_json(replace(paper, priorities=(replace(priority, sections=(_with(CHART, priority),)),)))
    assert next(reading.charts(canonical.from_json(text))).source == CHART.source


def _with(chart, priority):
    section = priority.sections[0]
    return replace(section, measures=(replace(section.measures[0], text=(chart,)),))


def test_anybody_takes_the_data_of_a_published_paper_and_no_restricted_chart(client, who, files):
    paper = published_paper(who, with_figures=True)
    got = client.get(reverse("paper-data", args=[paper.code]))
    assert "figure-1.csv" in opened(got.content)
    assert list(paper.frozen.files.filter(kind="zip")) == []  # reading writes nothing; the night does
    assert keep_data(unheard) == {"made": 2}
    made = {one.build: one.file for one in paper.frozen.files.filter(kind="zip")}
    assert made["public"].read() == got.content != made["restricted"].read()
    kept = client.get(reverse("paper-data", args=[paper.code]))
    assert (kept.streaming, b"".join(kept.streaming_content)) == (True, got.content)
    names = ("Content-Disposition", "Content-Type", "ETag", "Cache-Control")
    assert [kept[name] for name in names] == [got[name] for name in names]
    assert "Peer A" not in "".join(str(one) for one in opened(made["public"].read()).values())
    assert keep_data(unheard) == {"made": 0}
    assert (
        client.get(reverse("paper-data", args=[paper.code]), headers={"if-none-match": got["ETag"]}).status_code == 304
    )
    one = client.get(reverse("paper-chart", args=[paper.code, 1, "csv"]))
    rows = rows_of(one.content)
    address = re.match(r'<([^>]+)>; rel="describedby"; type="application/csvm\+json"', one["Link"])[1]
    said = json.loads(client.get(f"/papers/{paper.code}/{address}").content)["tables"][0]
    assert len(values_of(said, rows)) == len(rows) - 1
    chart = next(reading.charts(canonical.from_json(fresh(paper).frozen.content)))
    assert [row[-1] for row in values_of(said, rows) if row[-1] is not None][-1] == int(
        chart.rows[-1][-1].replace(",", "")
    )
    tried = [reverse("paper-chart", args=[paper.code, *what]) for what in ((2, "csv"), (99, "csv"), (1, "exe"))]
    assert [client.get(address).status_code for address in tried] == [404, 404, 404]
    client.force_login(UserFactory(roles=["commissioner"]))
    full = client.get(f"{tried[0]}?build=restricted")
    assert (full.status_code, "-restricted.csv" in full["Content-Disposition"]) == (200, True)
