"""Links in a joined PDF lead to the pages they led to before."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from core.documents import links


def document(pages: int) -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    return made


def link(**what) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), **what)


def test_a_link_within_a_part_leads_to_the_same_page_of_the_whole_however_it_was_written():
    source = document(3)
    third = source.pages[2].obj
    tree = pikepdf.NameTree.new(source)
    tree["end"] = Array([third, Name.XYZ, 0, 700, 0])
    source.Root.Names = Dictionary(Dests=tree.obj)
    source.Root.Dests = Dictionary(old=Dictionary(D=Array([third, Name.Fit])))
    source.pages[0].obj.Annots = Array(
        [
            link(Dest=String("end")),
            link(A=Dictionary(S=Name.GoTo, D=Name.old)),
            link(Dest=Array([source.pages[1].obj, Name.XYZ, None, 10.5, None])),
            link(A=Dictionary(S=Name.URI, URI=String("https://example.org"))),
            link(Dest=String("nowhere")),
        ]
    )
    found = links.loosen(source)
    out = document(2)
    out.add_pages_from(source)
    pages = [page.obj for page in out.pages[2:]]
    links.tie(pages, found)
    held = list(pages[0].Annots)
    assert [one.Dest[0].objgen for one in held[:3]] == [pages[2].objgen, pages[2].objgen, pages[1].objgen]
    assert [float(one) for one in list(held[0].Dest)[2:]] == [0, 700, 0]
    assert list(held[2].Dest)[2:] == [None, held[2].Dest[3], None]
    assert [str(one.get("/A", {}).get("/URI", "")) for one in held[3:]] == ["https://example.org", ""]
    assert "/Dest" not in held[4]


def test_a_contents_page_leads_to_the_page_that_bears_a_number():
    whole = document(3)
    front, _, last = (page.obj for page in whole.pages)
    here = link(A=Dictionary(S=Name.URI, URI=String("pack-page:7")), Contents=String("The budget (pack-page:7)"))
    gone = link(A=Dictionary(S=Name.URI, URI=String("pack-page:9")), Contents=String("pack-page:9"))
    front.Annots = Array([here, gone])
    links.lead_to_pages([front], {5: whole.pages[0].obj, 7: last})
    assert front.Annots[0].Dest[0].objgen == last.objgen
    assert [str(one.Contents) for one in front.Annots] == ["The budget", "Page 9"]
    assert ["/A" in one or "/Dest" in one for one in front.Annots] == [True, False]
