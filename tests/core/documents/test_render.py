"""A paper as PDF: what a reader, a screen reader and a checker find in it, and what stops it from being made."""

import datetime as dt
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import psutil
import pytest

from core.documents.render import Limits, RenderFailed, render, render_pdf
from tests.core.documents.sample import CHART, CSS, PAPER, page, picture

AT = dt.datetime(2019, 12, 10, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def made():
    """The sample paper, made once, by a process that holds much itself."""
    ballast = bytearray(300_000_000)
    ballast[:: resource.getpagesize()] = b"x" * len(ballast[:: resource.getpagesize()])
    return render(PAPER, title="Quarter two 2019-20", css=CSS, author="The office", subject="Item 7", at=AT)


@pytest.fixture(scope="module")
def paper(made, tmp_path_factory):
    """The sample paper on disk."""
    path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    path.write_bytes(made.pdf)
    return path


def tool(*command):
    """Run one of the PDF tools of poppler."""
    if shutil.which(command[0]) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"There is no {command[0]} to run.")
        pytest.skip(f"NOT RUN: there is no {command[0]}")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def elements(pdf):
    """Every structure element, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def outloud(path):
    command = [sys.executable, "-c", "from outloud.cli import main; main()", str(path), "--json", "-", "-q"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return json.loads(said)["results"][0]


def test_paper_is_read_aloud_in_order_with_its_notes_where_they_are_called(paper):
    said = tool("pdfinfo", "-struct-text", str(paper))
    lines = [line.rstrip() for line in re.sub(r"<[0-9]+-[0-9]+-[0-9]+>", "<header>", said).splitlines()]
    kept = [line for line in lines if not line.strip().startswith(("Object ", "/BBox", "/Headers"))]
    assert kept == (Path(__file__).parent / "read_aloud.txt").read_text().splitlines()


def test_paper_has_no_pdf_ua_error(paper):
    result = outloud(paper)
    assert (result["counts"]["error"], result["stats"]["pages"], result["stats"]["tagged"]) == (0, 4, True)
    assert {finding["rule"] for finding in result["findings"]} <= {
        "ORD-001"
    }  # a note is read before the foot of its page


def test_paper_shows_contents_page_numbers_header_and_notes_at_the_foot(paper):
    sheets = [" ".join(tool("pdftotext", "-layout", "-f", n, "-l", n, str(paper), "-").split()) for n in "1234"]
    assert sheets[0] == "Performance report Contents Prevent crime 2 Protect the vulnerable 4 Page 1 of 4"
    assert [sheet.startswith("Agenda Item 7 ") for sheet in sheets] == [False, True, True, True]
    assert sheets[1].endswith(" said so. 1 Release of October 2019 Page 2 of 4")
    assert sheets[2].endswith(" year to June 2019 2 Police recorded crime Page 3 of 4")


def test_paper_says_what_it_is(paper):
    with pikepdf.open(paper) as pdf, pdf.open_metadata() as facts:
        assert facts["dc:title"] == "Quarter two 2019-20"
        assert facts["pdfuaid:part"] == "1"
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("en-GB", True)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert {key: str(pdf.docinfo[key]) for key in ("/Author", "/Subject", "/CreationDate")} == {
            "/Author": "The office",
            "/Subject": "Item 7",
            "/CreationDate": "D:20191210093000Z",
        }
        with pdf.open_outline() as outline:
            titles = [(top.title, [child.title for child in top.children]) for top in outline.root]
        assert titles == [("Performance report", ["Contents", "Prevent crime", "Protect the vulnerable"])]


def test_links_print_and_say_where_they_lead(paper):
    with pikepdf.open(paper) as pdf:
        links = [(int(a.F), str(a.Contents)) for sheet in pdf.pages for a in sheet.get("/Annots", [])]
    assert sorted(links) == [
        (4, "Go to Prevent crime"),
        (4, "Go to Protect the vulnerable"),
        (4, "Note 1"),
        (4, "Note 2"),
        (4, "the office (https://www.example.org/)"),
    ]


def test_chart_has_its_words_and_stays_with_its_caption(paper):
    with pikepdf.open(paper) as pdf:
        figure = next(one for one in elements(pdf) if str(one.S) == "/Figure")
        caption = next(one for one in elements(pdf) if str(one.S) == "/Caption")
        assert str(figure.Alt) == "Barsetshire has the fourth lowest rate"
        assert (
            figure.Pg.objgen == caption.Pg.objgen == pdf.pages[2].objgen
        )  # there was room for one of them on the page before


def test_every_mark_is_owned_or_an_artifact_and_every_identifier_listed(paper):
    with pikepdf.open(paper) as pdf:
        owned = {}
        for one in elements(pdf):
            kids = one.get("/K", [])
            for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    owned.setdefault(one.Pg.objgen, set()).add(int(kid))
        for sheet in pdf.pages:
            marks = [
                int(operands[1].MCID)
                for operands, operator in pikepdf.parse_content_stream(sheet)
                if str(operator) == "BDC" and "/MCID" in operands[1]
            ]
            assert set(marks) == owned[sheet.objgen]
            assert len(marks) == len(set(marks))
        names = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
        listed = {bytes(names[place]) for place in range(0, len(names), 2)}
        assert listed == {bytes(one.ID) for one in elements(pdf) if "/ID" in one}
        assert {b"note-1", b"note-2"} <= listed


def test_memory_told_is_that_of_the_renderer_alone(made):
    assert 50_000_000 < made.peak_bytes < 110_000_000  # its libraries are some 65 MB of it


def test_text_of_a_chart_is_set_as_a_line_unless_its_letters_have_places(paper):
    with pikepdf.open(paper) as pdf:
        told = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[2])]
    blocks, pieces = [], 0
    for operator in told:
        pieces = 0 if operator == "BT" else pieces + (operator == "Tm")
        if operator == "ET":
            blocks.append(pieces)
    assert (set(blocks), blocks.count(3)) == ({1, 3}, 1)


def test_same_paper_is_the_same_bytes(paper):
    again = render_pdf(PAPER, title="Quarter two 2019-20", css=CSS, author="The office", subject="Item 7", at=AT)
    assert again == paper.read_bytes()


def test_face_of_the_office_is_the_only_one_in_the_file(paper):
    names = [line.split()[0].partition("+")[2] for line in tool("pdffonts", str(paper)).splitlines()[2:]]
    assert names == ["Atkinson-Hyperlegible-Bold", "Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Italic"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<img src="data:image/svg+xml;base64,AAAA" alt="x">', "Failed to load image"),
        (f'<img src="{picture(CHART)}">', "has no required alt description"),
        ('<p><a href="#nowhere">x</a></p>', "nowhere"),
        (
            '<span class="footnote" id="a">x</span><img src="x.png" alt="x">',
            "outside itself (https://static.invalid/x.png)",
        ),
    ],
)
def test_document_with_a_fault_is_not_made(body, said):
    with pytest.raises(RenderFailed) as failed:
        render(page(body), title="x")
    assert said in str(failed.value)


def test_unknown_style_sheet_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="No such style sheet: css/none.css"):
        render(page("<p>x</p>"), title="x", stylesheets=("none.css",))


LONG = page("".join(f"<table><tr><td>{n}<td>{n}</table><p>{'word ' * 200}</p>" for n in range(1500)))


def children():
    return [one for one in psutil.Process().children(recursive=True) if "render_worker" in " ".join(one.cmdline())]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(cpu_seconds=2), "took longer than 2 seconds"),
        (Limits(wall_seconds=1), "took longer than 1 seconds"),
        (Limits(memory_bytes=150_000_000), "more memory|stopped without a result"),
    ],
    ids=["processor", "clock", "memory"],
)
def test_document_that_needs_too_much_is_stopped(limits, said):
    with pytest.raises(RenderFailed, match=said):
        render(LONG, title="x", limits=limits)
    assert children() == []


class StopHere(BaseException):
    pass


def test_progress_is_told_and_may_stop_the_work():
    told = []

    def progress(done, total, words):
        told.append((done, total, words))
        if "Laying out page" in words:
            raise StopHere

    started = time.monotonic()
    with pytest.raises(StopHere):
        render(LONG, title="x", on_progress=progress)
    assert children() == []
    assert time.monotonic() - started < 60  # seconds; the whole takes minutes: a guard against a runaway only
    shares = [share for share, _, _ in told]
    assert shares == sorted(shares)
    assert {total for _, total, _ in told} == {1.0}


def test_note_without_a_call_stays_at_the_foot():
    html = page('<p>Text<span class="footnote" id="note-1">Loose note</span></p>')
    with pikepdf.open(io.BytesIO(render_pdf(html, title="x"))) as pdf:
        assert [str(one.S) for one in elements(pdf)] == ["/Document", "/P", "/NonStruct", "/Note"]
