"""The pass that finishes a PDF, on files made by hand."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from core.documents.tagging import Facts, Unexpected, finish

TEXT = b"/Span\n<</MCID 0>>\nBDC\n(a) Tj\nEMC\n/Span\n<</MCID 1>>\nBDC\n(header) Tj\nEMC\n"


def made(kids, content=TEXT, marks=2):
    """A page whose structure has these elements: (tag, kids), kids being marks of the page or further elements."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(content)
    page.StructParents = 0
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(S=Name.Document, P=root, K=Array()))
    parents = pdf.make_indirect(Array([None] * marks))

    def add(holder, kid):
        if isinstance(kid, int):
            holder.K.append(kid)
            parents[kid] = holder
            return
        tag, inner = kid
        element = pdf.make_indirect(Dictionary(S=Name(f"/{tag}"), P=holder, Pg=page.obj, K=Array()))
        holder.K.append(element)
        for one in inner:
            add(element, one)

    for kid in kids:
        add(document, kid)
    root.K = Array([document])
    root.ParentTree = Dictionary(Nums=Array([0, parents]))
    pdf.Root.StructTreeRoot = root
    held = io.BytesIO()
    pdf.save(held)
    return held.getvalue()


def tree(element):
    kids = [kid if isinstance(kid, int) else tree(kid) for kid in element.K]
    return (str(element.S)[1:], kids)


def finished(*given, facts=None, **options):
    return pikepdf.open(io.BytesIO(finish(made(*given, **options), facts or Facts())))


def test_marks_without_an_owner_become_artifacts():
    with finished([("P", [0])]) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        assert content == TEXT.replace(b"/Span\n<</MCID 1>>\nBDC", b"/Artifact <</Type /Pagination>> BDC")
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert (parents[0].S, parents[1]) == (Name.P, None)


def test_spans_of_single_lines_dissolve_and_empty_ones_go():
    with finished([("P", [("Span", [0]), ("NonStruct", []), ("Span", [1])]), ("Div", [("Span", [])])]) as pdf:
        root = pdf.Root.StructTreeRoot
        assert tree(root.K[0]) == ("Document", [("P", [0, 1]), ("Div", [])])
        assert [parent.S for parent in root.ParentTree.Nums[1]] == [Name.P, Name.P]


def test_a_span_stays_where_text_may_not_stand_alone():
    with finished([("Div", [("Span", [0])]), ("TR", [("TD", [("Span", [1])]), ("TD", [])])]) as pdf:
        kids = [("Div", [("Span", [0])]), ("TR", [("TD", [1]), ("TD", [])])]
        assert tree(pdf.Root.StructTreeRoot.K[0]) == ("Document", kids)


@pytest.mark.parametrize("last", [("NonStruct", [("Span", [1])]), ("P", [("Span", [1]), ("Span", [])])])
def test_notes_that_are_not_where_they_should_be_are_refused(last):
    with pytest.raises(Unexpected, match="notes at the foot of page 1"):
        finish(made([("P", [0]), last]), Facts(notes=[["note-1", "note-2"]]))


def test_annotations_print_and_say_where_they_lead():
    with pikepdf.open(io.BytesIO(made([("P", [0])]))) as pdf:
        notes = [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Dest=String("one")),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Dest=String("two"), F=2),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(URI=String("https://e.org"))),
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment),
        ]
        pdf.pages[0].Annots = Array([pdf.make_indirect(note) for note in notes])
        held = io.BytesIO()
        pdf.save(held)
    facts = Facts(links={"one": "Chapter one", "https://e.org": "https://e.org"})
    with pikepdf.open(io.BytesIO(finish(held.getvalue(), facts))) as pdf:
        said = [(int(one.F), str(one.get("/Contents", ""))) for one in pdf.pages[0].Annots]
    assert said == [(4, "Go to Chapter one"), (6, "Go to two"), (4, "https://e.org"), (4, "")]
