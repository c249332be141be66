"""A paper as a Word file: what Word finds in it, that it holds what its build shows, and what templates may do to it."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree

from governance.papers.content import reading
from governance.papers.content.numbering import numbered
from governance.papers.content.shapes import Priority
from governance.papers.following import Follow
from governance.papers.models import FrozenFile, WordTemplate
from governance.papers.tasks import word
from governance.papers.word.paper import word_file
from governance.papers.word.template import BadTemplate, check_template
from tests.factories.content import COVER, section, small_paper, unnumbered_paper
from tests.factories.paper_making import signed_paper
from tests.governance.papers.hostile import vectors

NOW = timezone.now()
SAY = "<p>One.</p>"


def made(paper, **options) -> bytes:
    return word_file(paper, sha256="ab" * 32, at=NOW, **options)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def text_of(data: bytes) -> str:
    """Every word of every part, and every word of every attribute."""
    parts = [etree.fromstring(one) for name, one in parts_of(data).items() if name.endswith((".xml", ".rels"))]
    return "\n".join(words for part in parts for one in part.iter() for words in (one.text or "", *one.attrib.values()))


@pytest.fixture(scope="module")
def whole():
    """The whole small paper, restricted chart and all."""
    return made(
        small_paper(), signature="Signed by Commissioner", follow=Follow("2019-20-q2", 1, "https://example.org")
    )


def test_headings_are_words_own_and_in_the_papers_order(whole):
    document = Document(BytesIO(whole))
    found = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    firsts = [text for name, text in found if name == "Heading 1"]
    assert firsts == [
        "Contents",
        "Introduction by the Police and Crime Commissioner",
        "Key to the symbols",
        "Performance dashboard",
        "1. Prevent crime",
        "2. Protect the vulnerable",
        "Deep dive: Protect the vulnerable",
        "Appendix A: Scorecard",
    ]
    assert ("Heading 2", "Burglary") in found
    links = document.element.body.iter(qn("w:hyperlink"))
    marks = {one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))}
    assert {one.get(qn("w:anchor")) for one in links if one.get(qn("w:anchor"))} <= marks


def test_numbered_paragraphs_are_one_list_of_words_in_the_papers_sequence(whole):
    body = Document(BytesIO(whole)).element.body
    lists = [one.find(f".//{qn('w:numId')}").get(qn("w:val")) for one in body.iter(qn("w:p")) if _has_number(one)]
    due = [one.number for one in reading.sequence(small_paper())]
    sequence = max(set(lists), key=lists.count)
    assert lists.count(sequence) == len(due)


def _has_number(paragraph) -> bool:
    return paragraph.find(f".//{qn('w:numPr')}") is not None


def test_footnotes_stand_at_the_foot_and_tables_repeat_their_header(whole):
    parts = parts_of(whole)
    notes = etree.fromstring(parts["word/footnotes.xml"])
    said = ["".join(one.itertext()).strip() for one in notes][2:]
    assert len(said) == len(small_paper().footnotes)
    assert (said[0], said[-1]) == ("Counted by the day of the report.", "In August.")
    body = etree.fromstring(parts["word/document.xml"])
    called = [one.get(qn("w:id")) for one in body.iter(qn("w:footnoteReference"))]
    assert called == [one.get(qn("w:id")) for one in notes][2:]
    tables = list(body.iter(qn("w:tbl")))
    headed = [one for one in tables if one.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
    plain = [one for one in tables if one not in headed]
    assert len(headed) >= 4
    assert {"".join(one.itertext()) for one in plain} <= {"20181010:07"}


def test_charts_are_pictures_with_their_words_and_the_file_says_what_it_is(whole):
    document = Document(BytesIO(whole))
    drawn = list(document.element.body.iter(qn("wp:docPr")))
    held = list(reading.charts(small_paper()))
    assert [one.get("descr") for one in drawn] == [one.alt for one in held]
    facts = document.core_properties
    assert (facts.title, facts.language) == ("Performance report, Quarter two 2019-20", "en-GB")
    edges = document.sections[0]
    assert edges.header.paragraphs[0].text == "Agenda Item 7  ·  OFFICIAL-SENSITIVE  ·  Performance report"
    assert edges.footer.paragraphs[0].text.startswith("Version 1  ·  SHA-256 abababababababab  ·  SYNTHETIC  ·  Page ")
    captions = [one.text for one in document.paragraphs if one.style.name == "Caption"]
    assert [one for one in captions if one.startswith("Figure")] == [
        f"Figure {one.number}: {one.caption}" for one in held
    ]
    assert 'w:lang w:val="en-GB"' in parts_of(whole)["word/styles.xml"].decode()


def test_the_public_file_has_nothing_of_a_marked_chart(whole):
    public = made(reading.public(small_paper()))
    drawn = [one for one in reading.charts(small_paper()) if one.marking == reading.PUBLIC]
    assert len(list(Document(BytesIO(public)).element.body.iter(qn("wp:docPr")))) == len(drawn)
    assert (reading.RESTRICTED in text_of(whole), "Agenda Item 7  ·  Performance report" in text_of(public)) == (
        True,
        True,
    )
    assert "stands in the restricted version only" in text_of(public)
    pictures = [len([one for one in parts_of(data) if "/media/" in one]) for data in (whole, public)]
    assert pictures[0] > pictures[1]


def test_hostile_text_stays_text_and_reaches_nothing_outside():
    html = "".join(f"<p>{one}</p>" for one in vectors("https://at.example", "/etc/passwd"))
    bad = section("bad", "=HYPERLINK(\x0b'x')", html)
    paper = numbered(
        unnumbered_paper(priorities=(Priority(1, "<w:p>\x00&lt;", (bad,)),), cover=replace(COVER, title="]]>\x07"))
    )
    data = made(paper)
    Document(BytesIO(data))
    assert text_of(data).count("<w:p>&lt;") > 1
    outside = [
        one
        for name, part in parts_of(data).items()
        if name.endswith(".rels")
        for one in etree.fromstring(part)
        if one.get("TargetMode") == "External"
    ]
    assert [one.get("Target") for one in outside if not re.match(r"(https?|mailto):", one.get("Target"))] == []
    assert {one.get("Type").rpartition("/")[2] for one in outside} <= {"hyperlink"}
    fields = [
        one.get(qn("w:instr")) for one in etree.fromstring(parts_of(data)["word/document.xml"]).iter(qn("w:fldSimple"))
    ]
    assert fields == []


def test_lists_and_tables_of_any_shape_are_written():
    html = (
        "<ol type='a' start='3'><li>Third<ul><li>inside</li></ul></li><li>fourth</li></ol>"
        "<table><thead><tr><th colspan='2'>Head</th></tr></thead><tbody><tr><td rowspan='2'>Down</td><td>1</td></tr>"
        "<tr><td>2</td></tr><tr><td>short</td></tr></tbody></table><p>A <a href='https://example.org/'>link</a>.</p>"
    )
    shown = section("one", "One", html)
    data = made(numbered(unnumbered_paper(priorities=(Priority(1, "P", (shown,)),))))
    document = Document(BytesIO(data))
    (table,) = [one for one in document.tables if "Head" in one.cell(0, 0).text]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Head", "Head"],
        ["Down", "1"],
        ["Down", "2"],
        ["short", ""],
    ]
    starts = [
        one.get(qn("w:val")) for one in etree.fromstring(parts_of(data)["word/numbering.xml"]).iter(qn("w:start"))
    ]
    assert "3" in starts
    assert any(one.text == "A link." for one in document.paragraphs)


def template(change=lambda document: None) -> bytes:
    document = Document()
    document.add_paragraph("Text of the template, which is nobody's paper")
    document.styles["Heading 1"].font.name = "Council Sans"
    document.sections[0].left_margin = Cm(4)
    document.sections[0].header.paragraphs[0].text = "Testshire Council"
    change(document)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_template_gives_its_styles_margins_and_header_and_none_of_its_text():
    data = made(small_paper(), template=template())
    document = Document(BytesIO(data))
    assert "nobody's paper" not in text_of(data)
    assert (document.styles["Heading 1"].font.name, document.sections[0].left_margin.cm) == (
        "Council Sans",
        pytest.approx(4, abs=0.01),
    )
    head = [one.text for one in document.sections[0].header.paragraphs]
    assert head == ["Testshire Council", "Agenda Item 7  ·  OFFICIAL-SENSITIVE  ·  Performance report"]


def with_part(name: str, content: bytes) -> bytes:
    held = BytesIO(template())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return held.getvalue()


OUTSIDE = b'<Relationships><Relationship Id="r9" Type="a/attachedTemplate" Target="https://x" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "not a Word document"),
        (b"PK\x03\x04broken", "not a Word document"),
        (with_part("word/vbaProject.bin", b"x"), "macros"),
        (with_part("word/_rels/settings.xml.rels", OUTSIDE), "another file"),
        (with_part("customXml/item9.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "not a Word document"),
        (with_part("word/media/bomb.bin", b"0" * 101_000_000), "unpacks into more"),
    ],
)
def test_a_template_that_cannot_be_used_says_why(data, words):
    with pytest.raises(BadTemplate, match=words):
        check_template(data)


def test_a_secretary_brings_a_template_and_the_next_files_have_it(client, who, files):
    client.force_login(who.secretary)
    address = reverse("word-template")
    refused = client.post(address, {"file": SimpleUploadedFile("a.docx", b"no")})
    assert (refused.status_code, "Save it again in Word" in refused.content.decode()) == (422, True)
    client.post(address, {"file": SimpleUploadedFile("council.docx", template())})
    assert WordTemplate.objects.in_use().name == "council.docx"
    paper = signed_paper(who)
    word(lambda done, total, words: None, paper.frozen.pk)
    word(lambda done, total, words: None, paper.frozen.pk)
    (held,) = FrozenFile.objects.filter(kind="docx")
    assert Document(held.file.path).styles["Heading 1"].font.name == "Council Sans"
    got = client.get(reverse("paper-word", args=[paper.code]))
    assert got["Content-Disposition"] == f'attachment; filename="panel-paper-{paper.code}-v1.docx"'
    assert b"".join(got.streaming_content) == held.file.read()
    assert client.get(reverse("paper-word", args=[paper.code]) + "?build=restricted").status_code == 404
    client.post(address, {"give_up": "1"})
    assert WordTemplate.objects.in_use() is None
    page = client.post(address, {"give_up": "1"}, follow=True).content.decode()
    assert "no template to give up" in page
