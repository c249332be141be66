"""Links in a PDF that was joined from several: those within a part, and those of its contents page to the pages behind.

A link within a document names its target, and names are not carried over; so before the pages are copied each is looked
up, and afterwards it is led to the copied page. A contents page is written before there is anything to lead to: it
links to `pack-page:5`, which becomes the page that bears this number.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

PAGE = "pack-page:"
Named = Mapping[str, Any]
Link = tuple[int, int, int, list[Any]]  # page of the part, which annotation of it, page it leads to, where on that


def named(source: pikepdf.Pdf) -> dict[str, Any]:
    """The named places of a document."""
    names = source.Root.get("/Names", {})
    held = dict(pikepdf.NameTree(names.Dests).items()) if "/Dests" in names else {}
    return {str(name): target for name, target in (held | dict(source.Root.get("/Dests", {}))).items()}


def target_of(target: Any, names: Named) -> Any:
    """The array a link or bookmark leads by, whichever way it is written; None for one that leads nowhere."""
    if isinstance(target, String | Name):
        target = names.get(str(target))
    if isinstance(target, Dictionary):
        target = target.get("/D")
    return target if isinstance(target, Array) and len(target) else None


def loosen(source: pikepdf.Pdf) -> list[Link]:
    """Take the targets off the links within a document, and say where each led."""
    places = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    names, found = named(source), []
    for number, page in enumerate(source.pages):
        for order, annotation in enumerate(page.obj.get("/Annots", ())):
            written = annotation.get("/Dest")
            if written is None and str(annotation.get("/A", {}).get("/S")) == "/GoTo":
                written = annotation.A.get("/D")
            if written is None:
                continue
            target = target_of(written, names)
            for key in ("/Dest", "/A"):
                if key in annotation:
                    del annotation[key]
            if target is not None and isinstance(target[0], Dictionary) and target[0].objgen in places:
                where = [one if isinstance(one, Name) else _number(one) for one in list(target)[1:]]
                found.append((number, order, places[target[0].objgen], where))
    return found


def _number(written: Any) -> float | None:
    return None if written is None else float(written)


def tie(pages: Sequence[Any], links: Sequence[Link]) -> None:
    """Lead the links of a part to its pages as they were copied."""
    for page, order, target, where in links:
        pages[page].Annots[order].Dest = Array([pages[target], *(where or [Name.Fit])])


def lead_to_pages(front: Sequence[Any], by_number: Mapping[int, Any]) -> None:
    """Make the links of the contents pages to page numbers links to those pages; one to a page not here is no link."""
    for page in front:
        for annotation in page.get("/Annots", ()):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if not address.startswith(PAGE):
                continue
            del annotation["/A"]
            target = by_number.get(int(address.removeprefix(PAGE)))
            if target is not None:
                annotation.Dest = Array([target, Name.XYZ, None, None, None])
            said = str(annotation.get("/Contents", "")).removesuffix(f" ({address})")
            annotation.Contents = String(said if said != address else f"Page {address.removeprefix(PAGE)}")
