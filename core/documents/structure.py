"""The structure trees of several PDFs made one, so that what was tagged stays tagged when its pages are joined.

Each document becomes a part under one root. Its numbers in the parent tree and its identifiers are moved out of the way
of the others'. A document without a tree adds nothing: its pages are as accessible as they came.
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from core.documents.tagging import id_tree, is_element, kids_of, walk


class Joined:
    """The one tree of a PDF that is being joined."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array([])))
        self.numbers: list[Any] = []  # number, owner, number, owner ...
        self.roles: dict[str, Any] = {}
        self.next = 0
        self.parts = 0

    def adopt(self, source: pikepdf.Pdf, pages: list[Any], title: str) -> bool:
        """Take over the tree of `source`, whose pages were copied as `pages`. False where it has none."""
        if "/StructTreeRoot" not in source.Root or not source.Root.get("/MarkInfo", {}).get("/Marked", False):
            for page in pages:
                _forget(page)
            return False
        tree = self.pdf.copy_foreign(source.make_indirect(source.Root.StructTreeRoot))
        self.parts += 1
        self._renumber(tree, pages)
        part = self._part(tree, title)
        if self.parts > 1:
            _rename(part, f"{self.parts}-")
        for role, meaning in tree.get("/RoleMap", {}).items():
            self.roles.setdefault(role, meaning)
        return True

    def finish(self) -> None:
        """Hang the tree into the document. The parts stay in the order they were adopted in."""
        if not self.parts:
            return
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([self.document])))
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self.numbers)))
        root.ParentTreeNextKey = self.next
        if self.roles:
            root.RoleMap = Dictionary(self.roles)
        self.document.P = root
        id_tree(self.pdf, root, self.document)
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _renumber(self, tree: Any, pages: list[Any]) -> None:
        held = dict(pikepdf.NumberTree(tree.ParentTree).items()) if "/ParentTree" in tree else {}
        start = self.next
        for number, owner in sorted(held.items()):
            self.numbers += [start + int(number), owner]
        self.next = start + max((int(number) for number in held), default=-1) + 1
        seen: set[tuple[int, int]] = set()
        for page in pages:
            for holder in (page, *page.get("/Annots", ()), *_drawings(page)):
                if holder.objgen != (0, 0) and holder.objgen in seen:
                    continue
                seen.add(holder.objgen)
                for key in ("/StructParents", "/StructParent"):
                    if key in holder:
                        holder[key] = start + int(holder[key])

    def _part(self, tree: Any, title: str) -> Any:
        """The document's own root as a part of the whole; a new one around several roots."""
        tops = [kid for kid in kids_of(tree) if is_element(kid)]
        if len(tops) == 1 and str(tops[0].S) == "/Document":
            part = tops[0]
            part.S = Name.Part
        else:
            part = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, K=Array(tops)))
            for top in tops:
                top.P = part
        part.T, part.P = String(title), self.document
        self.document.K.append(part)
        return part


def _drawings(page: Any) -> list[Any]:
    resources = page.get("/Resources", {})
    return [one for one in resources.get("/XObject", {}).values() if isinstance(one, pikepdf.Stream)]


def _forget(page: Any) -> None:
    """A page without a tree points into none."""
    for holder in (page, *page.get("/Annots", ()), *_drawings(page)):
        for key in ("/StructParents", "/StructParent"):
            if key in holder:
                del holder[key]


def _rename(part: Any, prefix: str) -> None:
    """Give every identifier of a part a beginning of its own, also where table cells name their headers."""
    for element in walk(part):
        if "/ID" in element:
            element.ID = String(prefix.encode() + bytes(element.ID))
        for facts in _attributes(element):
            if "/Headers" in facts:
                facts.Headers = Array([String(prefix.encode() + bytes(one)) for one in facts.Headers])


def _attributes(element: Any) -> list[Any]:
    held = element.get("/A")
    if held is None:
        return []
    return [one for one in (held if isinstance(held, Array) else [held]) if isinstance(one, Dictionary)]
