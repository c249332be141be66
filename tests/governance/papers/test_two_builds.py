"""One paper with something restricted of every kind, in both builds: nothing of it in the public one, all in the other.

Every search for what must not be there is first made where it must.
"""

import io
import json
import re
import zipfile
from base64 import b64decode
from dataclasses import replace

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from core.documents.actions import store_file
from core.documents.tagging import kids_of, walk
from governance.papers.content import canonical, reading, withholding
from governance.papers.content.numbering import numbered
from governance.papers.content.shapes import BoundFigure, Priority, Update
from governance.papers.following import Follow
from governance.papers.models import FrozenFile, FrozenPaper, Paper, Publication, Signature
from governance.papers.rendering import render_paper
from governance.papers.word.paper import word_file
from tests.factories.content import chart, section, text, unnumbered_paper
from tests.factories.paper_making import draft_paper
from tests.governance.papers.printed import tool

FIGURE, SENTENCE, NOTE, LISTED, CELL, LINK, DIVE, DRAWN, UPDATED, VALUE = SECRETS = (
    "48391", "Operation Zanzibar", "Informant Quill", "Larch Street", "Hawthorn", "quokka.example", "Wensleydale",
    "Peer Basilisk", "Marzipan", "77123/10",
)  # fmt: skip
TEXT = (
    f'<p>There were <mark><data data-figure="burglary.quarter">{FIGURE}</data></mark> and the rest is open'
    f'<span class="footnote">Open, but for <mark>{NOTE}</mark>.</span>.</p>'
    f"<p><mark>{SENTENCE} goes on</mark><strong><mark> until May.</mark></strong></p>"
    f"<ul><li>open</li><li><mark>{LISTED}<span class='footnote'>{NOTE}, again.</span></mark></li></ul>"
    f"<table><caption>Places</caption><tr><th>Where</th></tr><tr><td><mark>{CELL}</mark></td></tr></table>"
    f'<p>See <a href="https://{LINK}/x"><mark>the page</mark></a> for more.</p>'
)


def content() -> canonical.Paper:
    secret = chart("robbery", "OFFICIAL-SENSITIVE")
    secret = replace(secret, svg=secret.svg.replace("</svg>", f"<desc>{DRAWN}</desc></svg>"), alt=f"Alt {DRAWN}")
    secret = replace(secret, header=("Force", "Rate"), rows=((DRAWN, "3"),))
    made = section("burglary", "Burglary", TEXT)
    measure = replace(
        made.measures[0], text=(*text(TEXT, "one"), secret), did=text(f"<p><mark>{DIVE}.</mark></p>", "b")
    )
    paper = unnumbered_paper(priorities=(Priority(1, "Prevent crime", (replace(made, measures=(measure,)),)),))
    dive = paper.deep_dive.objectives[0]
    update: Update = replace(dive.updates[0], text=text(f"<p>So <mark>{UPDATED}</mark>.</p>", "u", is_numbered=False))
    paper = replace(paper, deep_dive=replace(paper.deep_dive, objectives=(replace(dive, updates=(update,)),)))
    facts = {
        "text": FIGURE,
        "value": VALUE,
        "unit": "count",
        "period": "2019",
        "formula": "a sum",
        "observations": (1,),
    }
    kept = BoundFigure("the text", "burglary.rolling12", **facts | {"text": "1", "value": "1"})
    return numbered(replace(paper, figures=(BoundFigure("the text", "burglary.quarter", **facts), kept)))


def everything_in(pdf: bytes, path) -> str:
    """What any program could find in a PDF: its text, every stream unpacked, pictures in it, descriptions, bookmarks."""
    path.write_bytes(pdf)
    found = [
        tool("pdftotext", "-raw", str(path), "-"),
        tool("pdfinfo", str(path)),
        tool("pdfinfo", "-struct-text", str(path)),
    ]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for one in opened.objects:
            found.append(repr(one))
            if isinstance(one, pikepdf.Stream):
                found.append(one.read_bytes().decode("latin-1"))
            if isinstance(one, pikepdf.Dictionary):
                found += [str(value) for value in one.values() if isinstance(value, pikepdf.String)]
        with opened.open_outline() as outline:
            found += [item.title for item in outline.root]
    return " ".join("\n".join(found).split())


def unpacked(name: str, data: bytes) -> list[str]:
    """A file as text, a ZIP by its parts and theirs."""
    if data[:2] != b"PK":
        return [name, data.decode("utf-8", "replace")]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(one, archive.read(one)) for one in archive.namelist()]
    return [said for one, inner in parts for said in unpacked(one, inner)]


def pictures(page: str) -> str:
    return " ".join(b64decode(one).decode("utf-8", "replace") for one in re.findall(r"base64,([A-Za-z0-9+/=]+)", page))


def found_in(words: str) -> list[str]:
    return [one for one in SECRETS if one in words]


@pytest.fixture(scope="module")
def files_made(tmp_path_factory):
    """The PDF of each build, its figures led to their pages."""
    whole, folder, follow = (
        content(),
        tmp_path_factory.mktemp("builds"),
        Follow("2019-20-q2", 1, "https://office.example"),
    )
    made = {}
    for build, one in {"public": reading.public(whole), "restricted": whole}.items():
        made[build] = folder / f"{build}.pdf"
        made[build].write_bytes(render_paper(one, sha256="a" * 64, follow=follow).pdf)
    return made


@pytest.fixture(scope="module")
def printed(files_made, tmp_path_factory):
    """Everything in the PDF of each build."""
    copy = tmp_path_factory.mktemp("copies") / "copy.pdf"
    return {build: everything_in(path.read_bytes(), copy) for build, path in files_made.items()}


def test_the_public_pdf_holds_nothing_that_is_restricted(printed):
    on_paper = [one for one in SECRETS if one != VALUE]  # the exact value stands in the data, not in print
    assert found_in(printed["restricted"]) == on_paper
    assert found_in(printed["public"]) == []
    assert ("OFFICIAL-SENSITIVE" in printed["restricted"], "[withheld]" in printed["public"]) == (True, True)


def test_the_public_word_file_holds_nothing_that_is_restricted():
    """In no part of it: text, footnotes, descriptions of pictures, links; whole words too that runs would part."""
    whole, follow = content(), Follow("2019-20-q2", 1, "https://office.example")
    held = {}
    for build, one in {"public": reading.public(whole), "restricted": whole}.items():
        parts = " ".join(unpacked("x", word_file(one, sha256="a" * 64, at=timezone.now(), follow=follow)))
        held[build] = found_in(parts + re.sub("<[^>]*>", "", parts))
    assert held["public"] == []
    assert [one for one in SECRETS if one not in held["restricted"]] == [
        VALUE
    ]  # the exact value stands in the data alone


WITH_A_FIGURE = """\
P (block)
  "1."
  " There were "
  NonStruct
    Link (inline)
      Object
      "48391"
  " and the rest is open"
  Reference (inline)
    Link (inline)
      Object
      "1"
  Note <note-1> (inline)
"""


def test_a_figures_link_is_tagged_and_says_where_it_leads(files_made):
    """What PDF/UA asks of a link: words, an element that holds it and nothing but it, and the way back."""
    with pikepdf.open(files_made["restricted"]) as opened:
        tree = opened.Root.StructTreeRoot
        owners = dict(pikepdf.NumberTree(tree.ParentTree).items())
        links = [one for page in opened.pages for one in page.get("/Annots", ())]
        figures = [str(one.Contents) for one in links if "/figures/burglary" in str(one.get("/A", {}).get("/URI", ""))]
        held = [owners[int(one.StructParent)] for one in links]
        assert {str(one.S) for one in held} == {"/Link"}
        assert [one for one in links if not str(one.get("/Contents", "")) or not int(one.F) & 4] == []
        for link, owner in zip(links, held, strict=True):
            assert [kid.Obj.objgen for kid in kids_of(owner) if not isinstance(kid, int)].count(link.objgen) == 1
        assert [one for one in walk(tree.K[0]) if str(one.S) == "/Link" and str(one.P.S) == "/Link"] == []
    assert figures == ["48391 (https://office.example/papers/2019-20-q2/figures/burglary.quarter/?version=1)"]
    tagged = re.sub(r"Object \d+ \d+", "Object", tool("pdfinfo", "-struct-text", str(files_made["restricted"])))
    start = next(at for at, line in enumerate(tagged.splitlines()) if "There were" in line) - 2
    lines = tagged.splitlines()[start : start + 13]
    indent = len(lines[0]) - len(lines[0].lstrip())
    assert "\n".join(line[indent:] for line in lines) + "\n" == WITH_A_FIGURE


@pytest.fixture
def published(who, files):
    """The paper, published without its PDFs."""
    paper, written = draft_paper(), canonical.to_json(content())
    facts = {"content": written, "sha256": canonical.sha256_of(written), "template_version": 1}
    frozen = FrozenPaper.objects.create(
        paper=paper, number=1, submitted_by=who.secretary, submitted_at=timezone.now(), **facts
    )
    Paper.objects.filter(pk=paper.pk).update(frozen=frozen, state=Paper.State.PUBLISHED)
    Signature.objects.create(
        frozen_paper=frozen, sha256=frozen.sha256, signed_by=who.commissioner, signed_at=timezone.now()
    )
    FrozenFile.objects.create(
        frozen_paper=frozen, kind="pdf", file=store_file(data=b"%PDF-1.7", name="x", by=None), made_at=timezone.now()
    )
    place = {"published_on": timezone.now().date(), "place": "Here", "published_by": who.secretary}
    Publication.objects.create(frozen_paper=frozen, published_at=timezone.now(), **place)
    return paper


PAGES = {
    "twin": ("paper-read", (), SECRETS[:7] + (DRAWN, UPDATED)),
    "JSON": ("paper-content", (), SECRETS),
    "figures": ("paper-figures", (), (FIGURE,)),
    "figure": ("paper-figure", ("burglary.quarter",), (FIGURE, VALUE)),
    "files": ("paper-data", (), (FIGURE, DRAWN)),
    "chart": ("paper-chart", (1, "csv"), (DRAWN,)),
}


def told(client, paper, name: str, more: tuple, build: str) -> str:
    response = client.get(reverse(name, args=[paper.code, *more]), {"build": build})
    if response.status_code == 404:
        return ""
    page = "\n".join(unpacked(name, b"".join(response) if response.streaming else response.content))
    return page + pictures(page) + str(dict(response.headers))


@pytest.mark.parametrize("kind", PAGES)
def test_page_and_files_of_the_public_build_hold_nothing_that_is_restricted(published, who, client, kind):
    name, more, held = PAGES[kind]
    assert found_in(told(client, published, name, more, "public")) == []
    client.force_login(who.commissioner)
    assert found_in(told(client, published, name, more, "public")) == []
    assert sorted(found_in(told(client, published, name, more, "restricted"))) == sorted(held)


def test_what_is_left_keeps_its_numbers_and_says_what_is_not_there():
    whole = content()
    left = reading.public(whole)
    assert [one.number for one in reading.sequence(left)] == [one.number for one in reading.sequence(whole)]
    measure = next(reading.measures(left))
    said = [one.html for one in measure.text if one.kind != "chart"]
    assert said[0].startswith("There were [withheld] and the rest is open")
    assert (said[1], measure.did[0].html) == (withholding.PARAGRAPH, withholding.PARAGRAPH)
    assert said[2].endswith("[withheld]</li>") and said[4] == "See [withheld] for more."
    assert [one.html for one in left.footnotes] == ["Open, but for [withheld]."]
    assert (reading.marking(whole), reading.marking(left)) == ("OFFICIAL-SENSITIVE", "OFFICIAL")
    assert json.loads(canonical.to_json(left))["figures"][0]["reference"] == "burglary.rolling12"
