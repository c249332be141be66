"""The pass that finishes a PDF so that assistive technology can read it.

The renderer leaves five things undone: running headers and page numbers are marked as text that belongs to nothing;
links are not set to print and describe themselves by their address; a link of several boxes becomes links within each
other, or leads from an element that is none; footnotes are plain spans at the end of the page; and table headers have
identifiers that no tree lists. A file that is not shaped as expected is refused, not guessed at.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from core.documents.notes import NOTE_ID

MARK = re.compile(rb"/[A-Za-z0-9]+\s*<<\s*/MCID (\d+)\s*>>\s*BDC\b")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
PLAIN = {"/Span", "/NonStruct"}
HOLDS_TEXT = {
    "/P",
    "/Span",
    "/NonStruct",
    "/Note",
    "/Lbl",
    "/LBody",
    "/TD",
    "/TH",
    "/Caption",
    "/Link",
    "/Reference",
} | {f"/H{level}" for level in range(1, 7)}
PRINT = 4  # the annotation flag "print", bit 3


class Unexpected(Exception):
    """The PDF is not shaped as this pass knows it."""


@dataclass(frozen=True)
class Facts:
    """What the renderer knows and the file does not say: notes by page in order, and the words of each link."""

    notes: list[list[str]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)


def finish(rendered: bytes, facts: Facts) -> bytes:
    """The same document with every mark owned or an artifact, links that print and notes tagged as notes."""
    with pikepdf.open(io.BytesIO(rendered)) as pdf:
        root = pdf.Root.StructTreeRoot
        document = root.K[0]
        numbers = _parent_tree(root)
        _notes(pdf, document, facts.notes)
        _simplify(document, numbers)
        _join_links(root, document, numbers)
        owned = _owned(document)
        for page in pdf.pages:
            _artifacts(page, numbers[int(page.StructParents)], owned.get(_key(page), set()))
            for annotation in page.get("/Annots", ()):
                _describe(annotation, facts.links)
        id_tree(pdf, root, document)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
        )
        return out.getvalue()


def _key(thing: Any) -> tuple[int, int]:
    """What tells one object of a file from another."""
    return thing.objgen


def _parent_tree(root: Any) -> dict[int, Any]:
    nums = root.ParentTree.Nums
    return {int(nums[place]): nums[place + 1] for place in range(0, len(nums), 2)}


def kids_of(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def walk(element: Any) -> Iterator[Any]:
    waiting = [element]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(kid for kid in reversed(kids_of(found)) if is_element(kid))


def _simplify(document: Any, numbers: dict[int, Any]) -> None:
    """Drop elements that hold nothing, and give the marks of a plain span to the paragraph it is in.

    The renderer wraps every line of text in a span of its own; a screen reader is better off without them.
    """
    elements = list(walk(document))
    for element in reversed(elements):  # children before parents
        kids: list[Any] = []
        changed = False
        for kid in kids_of(element):
            if not is_element(kid) or str(kid.S) not in PLAIN or "/ID" in kid:
                kids.append(kid)
                continue
            marks = kids_of(kid)
            if not marks:
                changed = True
            elif str(element.S) in HOLDS_TEXT and all(isinstance(mark, int) for mark in marks):
                if kid.Pg.objgen != element.Pg.objgen:
                    kids.append(kid)
                    continue
                changed = True
                kids += marks
                parents = numbers[int(kid.Pg.StructParents)]
                for mark in marks:
                    parents[int(mark)] = element
            else:
                kids.append(kid)
        if changed:
            element.K = Array(kids)


def _join_links(root: Any, document: Any, numbers: dict[int, Any]) -> None:
    """One link where the renderer made several within each other, one for each of its boxes.

    What an inner one holds goes to the outermost: its marks, and the places on the page that lead on.
    """
    absorbed: set[tuple[int, int]] = set()
    for element in list(walk(document)):
        if str(element.S) != "/Link" or _key(element) in absorbed:
            continue
        inner = {_key(one) for one in walk(element) if _leads(one)} - {_key(element)}
        if not inner:
            continue
        absorbed |= inner
        kids = []
        for kid in _without_links(element):
            kids.append(kid)
            if isinstance(kid, int):
                numbers[int(element.Pg.StructParents)][int(kid)] = element
            elif "/Obj" in kid:
                numbers[int(kid.Obj.StructParent)] = element
            else:
                kid.P = element
        element.K = Array(kids)
    if absorbed:
        root.ParentTree.Nums = Array([part for number in sorted(numbers) for part in (number, numbers[number])])


def _leads(kid: Any) -> bool:
    """Whether this is a link, or a plain element that holds the place of one."""
    if not is_element(kid):
        return False
    places = any(isinstance(one, Dictionary) and "/Obj" in one for one in kids_of(kid))
    return str(kid.S) == "/Link" or (str(kid.S) in PLAIN and places)


def _without_links(element: Any) -> Iterator[Any]:
    for kid in kids_of(element):
        if _leads(kid) and kid.Pg.objgen == element.Pg.objgen:
            yield from _without_links(kid)
        else:
            yield kid


def _owned(document: Any) -> dict[tuple[int, int], set[int]]:
    """Which marks of which page belong to the structure."""
    owned: dict[tuple[int, int], set[int]] = {}
    for element in walk(document):
        marks = {int(kid) for kid in kids_of(element) if isinstance(kid, int)}
        if marks:
            owned.setdefault(_key(element.Pg), set()).update(marks)
    return owned


def _artifacts(page: Any, parents: Any, owned: set[int]) -> None:
    """Marks no structure owns are the running header, the footer and the page number: artifacts of paging."""
    content = page.Contents.read_bytes()
    loose: set[int] = set()

    def mark(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        if number in owned:
            return found[0]
        loose.add(number)
        return ARTIFACT

    content = MARK.sub(mark, content)
    if loose:
        page.Contents.write(content)
        for number in loose:
            parents[number] = None


def _describe(annotation: Any, words: dict[str, str]) -> None:
    annotation.F = int(annotation.get("/F", 0)) | PRINT
    if annotation.get("/Subtype") != Name.Link:
        return
    target = str(annotation.get("/Dest", "")) or str(annotation.get("/A", {}).get("/URI", ""))
    said = words.get(target, "")
    if NOTE_ID.fullmatch(target):
        annotation.Contents = String(f"Note {said}")
    elif "/Dest" in annotation:
        annotation.Contents = String(f"Go to {said}" if said else f"Go to {target}")
    else:
        annotation.Contents = String(f"{said} ({target})" if said and said != target else target)


def _notes(pdf: pikepdf.Pdf, document: Any, by_page: list[list[str]]) -> None:
    """Tag each note as a Note and move it behind the link that calls it, which becomes a Reference."""
    if not any(by_page):
        return
    calls = _calls(document)
    for number, (page, names) in enumerate(zip(pdf.pages, by_page, strict=True), start=1):
        if not names:
            continue
        area = [kid for kid in document.K if kid.Pg.objgen == page.objgen][-1]
        found = kids_of(area)
        if str(area.S) != "/NonStruct" or len(found) != len(names):
            raise Unexpected(f"The notes at the foot of page {number} could not be found in its structure.")
        for name, note in zip(names, found, strict=True):
            _note(pdf, note, name, calls.get(name))
        area.K = Array([kid for kid in found if kid.P.objgen == area.objgen])
        if not len(area.K):
            document.K = Array([kid for kid in document.K if kid.objgen != area.objgen])


def _calls(document: Any) -> dict[str, Any]:
    """The link element that leads to each note, by the note's name."""
    calls: dict[str, Any] = {}
    for element in walk(document):
        if str(element.S) != "/Link":
            continue
        for kid in kids_of(element):
            if isinstance(kid, Dictionary) and "/Obj" in kid and "/Dest" in kid.Obj:
                calls.setdefault(str(kid.Obj.Dest), element)
    return calls


def _note(pdf: pikepdf.Pdf, note: Any, name: str, call: Any) -> None:
    note.S = Name.Note
    note.ID = String(name)
    # The number is a span of its own within the note; its text, when not in one, lies right under the note.
    first = next((kid for kid in kids_of(note) if is_element(kid) and kids_of(kid)), None)
    if first is not None and str(first.S) == "/Span" and is_element(kids_of(first)[0]):
        first.S = Name.Lbl
    if call is None:
        return  # no call leads to it: it stays where it stood
    holder = call.P
    reference = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Reference, P=holder, Pg=call.Pg, K=Array([call]))
    )
    call.P = reference
    kids: list[Any] = []
    for kid in kids_of(holder):
        is_call = is_element(kid) and kid.objgen == call.objgen
        kids += [reference, note] if is_call else [kid]
    holder.K = Array(kids)
    note.P = holder


def id_tree(pdf: pikepdf.Pdf, root: Any, document: Any) -> None:
    """List every identified element by its name, as the standard asks where there are identifiers."""
    named = sorted(((bytes(one.ID), one) for one in walk(document) if "/ID" in one), key=lambda pair: pair[0])
    if named:
        names = Array([part for name, element in named for part in (String(name), element)])
        limits = Array([String(named[0][0]), String(named[-1][0])])
        leaf = pdf.make_indirect(Dictionary(Limits=limits, Names=names))
        root.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))
