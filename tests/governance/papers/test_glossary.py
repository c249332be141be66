"""The glossary: written out where a term first stands, listed where it is used, told of where nobody explains it."""

import dataclasses

import pytest
from django.urls import reverse

from governance.papers import completeness, rendering
from governance.papers.assembly import assemble
from governance.papers.content import canonical, glossary, reading
from governance.papers.content.outline import STANDARD, with_every
from governance.papers.content.shapes import Block, Paper, Term
from governance.papers.models import GlossaryTerm
from tests.factories.content import unnumbered_paper
from tests.factories.paper_making import draft_paper, fresh

CPS = Term("CPS", "Crown Prosecution Service", "It brings cases to court.")
CCG = Term("CCG", "clinical commissioning group", "")
CRACKED = Term("cracked trial", "", "One that needs no new day.")
VALIDATION = Term("C&IVU", "Crime and Incident Validation Unit", "")
TERMS = (CPS, CCG, CRACKED, VALIDATION)


def written(*blocks: str, kind: str = "paragraph") -> list[str]:
    write = glossary.writer(TERMS)
    return [write(Block(kind, "", html)).html for html in blocks]


def test_a_term_is_written_out_once_where_it_first_stands():
    assert written("The CPS’s view, and that of CPS lawyers.", "The CPS said so.") == [
        "The CPS (Crown Prosecution Service)’s view, and that of CPS lawyers.",
        "The CPS said so.",
    ]


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("Both CCGs pay.", "Both CCGs (clinical commissioning groups) pay."),
        ("A report (by CPS lawyers) came.", "A report (by CPS [Crown Prosecution Service] lawyers) came."),
        ("The C&amp;IVU reads.", "The C&amp;IVU (Crime and Incident Validation Unit) reads."),
        ("It was <mark>CPS advice</mark>. CPS", "It was <mark>CPS advice</mark>. CPS (Crown Prosecution Service)"),
        ('<a href="https://CPS.example">CPS</a>', '<a href="https://CPS.example">CPS (Crown Prosecution Service)</a>'),
        ("A non-CPS case, a CPS-led one.", "A non-CPS case, a CPS-led one."),
        ("The Crown Prosecution Service (CPS) said.", "The Crown Prosecution Service (CPS) said."),
        ("Clinical commissioning groups (CCGs) pay.", "Clinical commissioning groups (CCGs) pay."),
        ("The CPS (Crown Prosecution Service) said.", "The CPS (Crown Prosecution Service) said."),
        ("Each cracked trial costs.", "Each cracked trial costs."),
    ],
)
def test_how_a_term_is_written_out(html, made):
    assert written(html) == [made]


def test_quotations_headings_and_tables_stay_as_they_are():
    for kind in ("quote", "heading", "table"):
        assert written("The CPS said.", kind=kind) == ["The CPS said."]


def test_used_terms_are_whole_words_by_the_alphabet():
    texts = ["Cracked trials? A cracked trial. The CPSA and two CCGs."]
    assert glossary.used(texts, TERMS) == (CCG, CRACKED)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The MOPAC wrote.", ["MOPAC"]),
        ("Two PCSOs and a DfE letter.", ["PCSO", "DfE"]),
        ("The CPS wrote, and CCGs pay.", []),
        ("The Independent Office for Police Conduct (IOPC) wrote. The IOPC answered.", []),
        ("The IOPC (Independent Office for Police Conduct) wrote.", []),
        ("The IOPC (which wrote before) answered.", ["IOPC"]),
        ("In the UK, at NHS cost, Part II, marked OFFICIAL-SENSITIVE, says McDonald of the A4 at 10 PM.", []),
    ],
)
def test_what_nobody_explains(text, found):
    assert [word for word, _ in glossary.unexplained([("paragraph 1", text)], TERMS)] == found


def paper_saying(html: str, **changes) -> Paper:
    paper = unnumbered_paper()
    opening = dataclasses.replace(paper.introduction, text=(Block("paragraph", "aaaaaaaa", html),))
    return dataclasses.replace(paper, introduction=opening, **changes)


def test_a_term_that_stands_in_marked_words_alone_is_in_no_public_glossary():
    whole = paper_saying("The CCG pays. <mark>The CPS advised.</mark>", glossary=(CCG, CPS))
    assert reading.public(whole).glossary == (CCG,)
    assert "Crown" not in canonical.to_json(reading.public(whole))


def test_content_without_a_glossary_gives_the_bytes_it_had():
    assert "glossary" not in canonical.to_json(unnumbered_paper())
    held = paper_saying("The CCG pays.", glossary=(CCG,))
    assert canonical.from_json(canonical.to_json(held)) == held


def test_an_outline_kept_before_there_was_a_glossary_has_it_at_its_end():
    assert [one.key for one in with_every(STANDARD[1:-1])][-2:] == ["introduction", "glossary"]


@pytest.mark.django_db
def test_a_paper_prints_the_terms_it_uses_and_names_what_nobody_explains(client, who):
    paper = draft_paper()
    client.force_login(who.secretary)
    for term, expansion in (("CPS", "Crown Prosecution Service"), ("CCG", "clinical commissioning group")):
        client.post(reverse("term-create"), {"term": term, "expansion": expansion, "meaning": ""})
    paper.introduction = "<p>The CPS and the MOPAC wrote.</p>"
    paper.save()
    made = assemble(fresh(paper), approved_only=False)
    assert [one.term for one in made.content.glossary] == ["CPS"]
    html = rendering.print_html(made.content)
    assert "The CPS (Crown Prosecution Service) and the MOPAC wrote." in html
    assert 'href="#glossary"' in html
    found = [one.sentence for one in completeness.missing(paper, made) if "glossary" in one.sentence]
    assert found == ["Neither in the glossary nor explained in the text: MOPAC (the introduction)."]


@pytest.mark.django_db
def test_a_term_stands_once_says_something_and_is_not_saved_over_somebody_else(client, who):
    client.force_login(who.secretary)
    new = reverse("term-create")
    assert client.post(new, {"term": "CPS"}).status_code == 422
    client.post(new, {"term": "CPS", "expansion": "Crown Prosecution Service"})
    assert client.post(new, {"term": "cps", "expansion": "Other"}).status_code == 422
    page = reverse("term-edit", args=[GlossaryTerm.objects.get().pk])
    client.post(page, {"version": 0, "term": "CPS", "expansion": "The Crown Prosecution Service"})
    assert client.post(page, {"version": 0, "term": "CPS", "expansion": "Mine"}).status_code == 409
    assert GlossaryTerm.objects.get().expansion == "The Crown Prosecution Service"
