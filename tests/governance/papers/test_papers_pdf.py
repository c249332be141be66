"""The paper as PDF: what its pages say, what a checker finds, and that rendering reads nothing but the frozen content."""

import datetime as dt
import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from core.documents.stamp import Stamp
from governance.papers import rendering
from governance.papers.content import canonical, reading
from governance.papers.content.numbering import numbered
from governance.papers.content.shapes import Priority
from governance.papers.models import FrozenFile, FrozenPaper, Preview
from governance.papers.recompute import render_frozen
from governance.papers.tasks import preview, render
from measures.models import CurrentValue
from tests.factories.content import COVER, section, small_paper, unnumbered_paper
from tests.factories.paper_making import draft_paper, signed_paper
from tests.governance.papers.printed import contents_of, entries_of, pages_of, parted_captions, raw_pages, tool

TEXT = "<p>There were 320.</p><p>They fall into two kinds:</p><ul><li>of homes</li><li>of shops</li></ul>"
SIGNED = "Signed by Commissioner"
SEAL = Stamp(1204, "0123456789abcdef" * 4)
CLOCK = dt.datetime(2019, 12, 10, 9, 30, tzinfo=dt.UTC)


def say_nothing(done, total, words=""):
    pass


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    paper = small_paper()
    sha256 = canonical.sha256_of(canonical.to_json(paper))
    made = rendering.render_paper(paper, sha256=sha256, signature=SIGNED, stamp=SEAL)
    path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    path.write_bytes(made.pdf)
    return path, made, sha256


def test_every_page_says_agenda_item_version_hash_head_page_and_synthetic(small):
    path, made, sha256 = small
    pages = pages_of(path)
    foot = f"Version 1 · SHA-256 {sha256[:16]} · Log 1204:0123456789abcdef · SYNTHETIC Page {{}} of {made.pages}"
    assert [foot.format(number) in page for number, page in enumerate(pages, 1)] == [True] * made.pages
    assert ["Agenda Item 7" in page for page in pages] == [True] * made.pages


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Forty pages and more, whose charts fall where they fall."""
    sections = tuple(section(f"m{one}", f"Measure {one}", TEXT + "<p>One more line.</p>" * one) for one in range(20))
    halves = (Priority(1, "Prevent crime", sections[:9]), Priority(2, "Protect the vulnerable", sections[9:]))
    paper = numbered(unnumbered_paper(priorities=halves))
    path = tmp_path_factory.mktemp("long") / "paper.pdf"
    path.write_bytes(rendering.render_paper(paper, sha256="c" * 64).pdf)
    return path, paper


def test_contents_list_every_part_with_the_page_it_is_on(long):
    path, paper = long
    pages, contents = pages_of(path), contents_of(path)
    assert [name for name, _ in contents] == entries_of(paper)
    assert [name for name, page in contents if name not in pages[page - 1]] == []


def test_no_caption_is_parted_from_its_chart(long):
    path, paper = long
    assert parted_captions(path, paper) == []


def test_numbers_in_the_margin_run_from_one_without_a_gap(long):
    path, paper = long
    printed = [int(one) for page in raw_pages(path) for one in re.findall(r"(?m)^ {0,6}(\d+)\. +\S", page)]
    due = [block.number for block in reading.sequence(paper)]
    assert [one for one in printed if one > 9] == due[9:]  # parts of the paper begin with a digit of their own
    assert due == list(range(1, len(due) + 1))


def test_a_long_table_has_its_header_on_both_pages(tmp_path):
    rows = "".join(f"<tr><td>K{one}</td><td>Reason {one}</td></tr>" for one in range(60))
    table = f"<table><tr><th>Code</th><th>What it means</th></tr>{rows}</table>"
    paper = numbered(unnumbered_paper(priorities=(Priority(1, "Prevent", (section("one", "One", table),)),)))
    path = tmp_path / "table.pdf"
    path.write_bytes(rendering.render_paper(paper, sha256="d" * 64).pdf)
    holding = [page for page in pages_of(path) if "Reason 1 " in page or "Reason 59" in page]
    assert ["What it means" in page for page in holding] == [True, True]


def test_paragraphs_figures_and_notes_are_printed_with_their_numbers(small):
    text = " ".join(pages_of(small[0]))
    paper = small_paper()
    last = max(block.number for block in reading.sequence(paper))
    starts = ["1. What the figures show", "2. There were 320 burglaries", f"{last}. I asked for a report by December."]
    assert [start in text for start in starts] == [True] * 3
    assert [f"Figure {number}:" in text for number in range(1, 7)] == [True] * 6
    assert "1 Counted by the day of the report." in text
    assert SIGNED in text
    assert "in the office’s log as 1204:0123456789abcdef" in text
    assert "About the data: System outage (September 2019). Records were kept on paper." in text


def test_pdf_has_no_accessibility_error(small):
    command = [sys.executable, "-c", "from outloud.cli import main; main()", str(small[0]), "--json", "-", "-q"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    result = json.loads(said)["results"][0]
    errors = [one for one in result["findings"] if one["severity"] == "error"]
    assert [one for one in errors if one["rule"] != "TBL-010"] == []  # tables of one row are all headers to it


def test_pdf_has_bookmarks_for_every_part(small):
    outline = tool("pdfinfo", "-dests", str(small[0]))
    wanted = ["introduction", "key", "dashboard", "priority-1", "priority-2", "deep-dive", "appendix-a"]
    assert [f'"{name}"' in outline for name in wanted] == [True] * len(wanted)


def test_same_content_gives_the_same_bytes(small):
    paper = small_paper()
    first = rendering.render_paper(paper, sha256="a" * 64, at=CLOCK)
    assert rendering.render_paper(paper, sha256="a" * 64, at=CLOCK).pdf == first.pdf
    assert small[1].pages == first.pages


def test_words_of_the_margins_cannot_end_their_string():
    cover = replace(COVER, title='A "title" \\ } @import url(x)')
    css = rendering.print_css(small_paper(cover=cover), sha256="b" * 64)
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", css)
    assert ("title" in css, "title" in outside, "url" in outside) == (True, False, False)


@pytest.mark.django_db
def test_public_and_restricted_files_are_made_once_from_frozen_content_alone(who, files):
    frozen = signed_paper(who, with_figures=True).frozen
    CurrentValue.objects.all().delete()
    made = render_frozen(frozen, say_nothing)
    assert [(one.kind, one.build) for one in made] == [("pdf", "public"), ("pdf", "restricted")]
    assert render_frozen(FrozenPaper.objects.get(), say_nothing) == []
    texts = {one.build: " ".join(pages_of(one.file.path)) for one in FrozenFile.objects.all()}
    assert {build: ("Peer A" in text, "OFFICIAL-SENSITIVE" in text) for build, text in texts.items()} == {
        "public": (False, True),
        "restricted": (True, True),
    }
    assert ["304 crimes; 1,224 in the rolling 12 months" in text for text in texts.values()] == [True, True]


@pytest.mark.django_db
def test_the_jobs_make_files_and_say_where_they_are(who, files):
    frozen = signed_paper(who).frozen
    assert render(say_nothing, frozen.pk) == {"files": 2, "url": "/papers/2019-20-q2/"}


@pytest.mark.django_db
def test_a_preview_is_marked_as_a_draft_on_every_page(files):
    paper = draft_paper()
    assert preview(say_nothing, paper.pk)["url"] == "/papers/2019-20-q2/preview/"
    held = Preview.objects.get()
    assert ["DRAFT" in page for page in pages_of(held.file.path)] == [True] * held.pages
