"""The process that joins PDFs: `python -m core.documents.join_worker REQUEST RESULT`. See `joining`.

It opens what others made, so it limits itself first, and takes over of each page what is seen and how it is tagged:
no scripts, no files within files, nothing that plays or starts, no descriptions of how the page was made.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from core.documents import links
from core.documents.structure import Joined
from core.documents.worker import limit, say, say_made

CARRIED_ALONG = ("/AA", "/PieceInfo", "/Metadata", "/Thumb", "/B")  # of a page, and not seen on it
DROPPED = {"/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D", "/Popup"}  # annotations
LEADS = {"/URI", "/GoTo"}  # what a link may do
DEEPEST = 6  # levels of bookmarks that are kept
MILLIMETRE = 72 / 25.4  # points
STAMP_RISE = 4 * MILLIMETRE  # from the foot of the page
NO_PAGES, LOCKED, DAMAGED = "no pages", "locked", "damaged"


def opened(path: str) -> pikepdf.Pdf:
    """The file as it is: one that could be read only after mending may have lost pages, so it is not mended."""
    return pikepdf.open(path, attempt_recovery=False)


def look(path: str) -> dict[str, Any]:
    """How many pages a file has, or what is wrong with it."""
    try:
        with opened(path) as pdf:
            pages = len(pdf.pages)
            for page in pdf.pages:
                if "/Contents" in page:
                    page.contents_coalesce()
                    page.Contents.read_bytes()
    except pikepdf.PasswordError:
        return {"failed": LOCKED}
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, AttributeError, TypeError, KeyError):
        return {"failed": DAMAGED}
    return {"pages": pages} if pages else {"failed": NO_PAGES}


def join(request: Mapping[str, Any]) -> tuple[pikepdf.Pdf, int]:
    """The parts one behind the other, each page stamped with its number, under one list of bookmarks."""
    out = pikepdf.new()
    tree = Joined(out)
    stamps = pikepdf.open(request["stamps"])
    marked: list[tuple[dict[str, Any], int, list[tuple[int, Any]]]] = []
    numbers: list[int] = []
    tagged = True
    for place, part in enumerate(request["parts"]):
        say(share=place / len(request["parts"]), words=f"Joining {part['title']}"[:200])
        with opened(part["path"]) as source:
            if "/AcroForm" in source.Root:
                source.generate_appearance_streams()
                source.flatten_annotations("print")
            first = len(out.pages)
            for page in source.pages:
                _bare(page.obj)
            marks, within = bookmarks_of(source), links.loosen(source)
            out.add_pages_from(source, forms="strip")
            pages = [page.obj for page in out.pages[first:]]
            links.tie(pages, within)
            tagged = tree.adopt(source, pages, part["title"]) and tagged
        marked.append((part, first, marks))
        for offset, page in enumerate(out.pages[first:]):
            numbers.append(part["start"] + offset)
            _stamp(out, page, stamps.pages[part["stamp"] + offset])
    say(share=0.9, words="Writing the bookmarks")
    front = [page.obj for page in out.pages[: marked[1][1] if marked[1:] else len(out.pages)]]
    links.lead_to_pages(front, {number: page.obj for number, page in zip(numbers, out.pages, strict=True)})
    _bookmark(out, marked)
    _label(out, numbers)
    tree.finish()
    _describe(out, request, tagged=tagged)
    return out, len(numbers)


def _bare(page: Any) -> None:
    """Only what is seen on a page, and links that lead somewhere."""
    for key in CARRIED_ALONG:
        if key in page:
            del page[key]
    if "/Annots" not in page:
        return
    kept = [one for one in page.Annots if isinstance(one, Dictionary) and str(one.get("/Subtype")) not in DROPPED]
    for one in kept:
        if "/AA" in one:
            del one["/AA"]
        if "/A" in one and str(one.A.get("/S")) not in LEADS:
            del one["/A"]
        elif "/Next" in one.get("/A", {}):
            del one.A["/Next"]
    page.Annots = Array(kept)


def _stamp(out: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page) -> None:
    """The number of the page at the middle of its foot as it is read, whichever way the page is turned."""
    form = out.copy_foreign(stamp.as_form_xobject())
    left, bottom, right, top = (float(one) for one in page.cropbox)
    half = float(stamp.mediabox[2]) / 2
    across, up = (left + right) / 2, (bottom + top) / 2
    turned = int(page.obj.get("/Rotate", page.get("/Rotate", 0))) % 360
    where = {
        0: (1, 0, 0, 1, across - half, bottom + STAMP_RISE),
        90: (0, 1, -1, 0, right - STAMP_RISE, up - half),
        180: (-1, 0, 0, -1, across + half, top - STAMP_RISE),
        270: (0, -1, 1, 0, left + STAMP_RISE, up + half),
    }.get(turned, (1, 0, 0, 1, across - half, bottom + STAMP_RISE))
    name = page.add_resource(form, Name.XObject)
    matrix = " ".join(f"{one:.4f}" for one in where)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ\nq {matrix} cm {name} Do Q\n".encode())


Mark = tuple[int, str, int]  # depth from 0, words, page of its own document


def bookmarks_of(source: pikepdf.Pdf) -> list[Mark]:
    """The bookmarks of a document in their order; one that leads to no page of it is left out."""
    places = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    names = links.named(source)
    found: list[Mark] = []

    def gather(items: list[OutlineItem], depth: int) -> None:
        for item in items:
            target = item.destination if item.destination is not None else (item.action or {}).get("/D")
            led = links.target_of(target, names)
            page = led[0] if led is not None else None
            if isinstance(page, Dictionary) and page.objgen in places:
                found.append((depth, str(item.title), places[page.objgen]))
            if depth < DEEPEST:
                gather(item.children, depth + 1)

    with source.open_outline() as outline:
        gather(outline.root, 0)
    return found


def _bookmark(out: pikepdf.Pdf, marked: list[tuple[dict[str, Any], int, list[Mark]]]) -> None:
    """One bookmark for each item of the agenda, under it its papers, under each its own bookmarks."""
    with out.open_outline() as outline:
        groups: dict[str, OutlineItem] = {}
        for part, first, marks in marked:
            own = OutlineItem(part["title"], first, "FitH")
            group = part["under"]
            if not group:
                outline.root.append(own)
            else:
                if group not in groups:
                    groups[group] = OutlineItem(group, first, "FitH")
                    outline.root.append(groups[group])
                groups[group].children.append(own)
            under = [own]
            for depth, words, page in marks:
                mark = OutlineItem(words, first + page, "FitH")
                del under[depth + 1 :]
                under[-1].children.append(mark)
                under.append(mark)


def _label(out: pikepdf.Pdf, numbers: list[int]) -> None:
    """The numbers a reader's program shows are the printed ones."""
    starts: list[Any] = []
    for place, number in enumerate(numbers):
        if place == 0 or number != numbers[place - 1] + 1:
            starts += [place, Dictionary(S=Name.D, St=number)]
    out.Root.PageLabels = Dictionary(Nums=Array(starts))


def _describe(out: pikepdf.Pdf, request: Mapping[str, Any], *, tagged: bool) -> None:
    out.Root.Lang = String(request["language"])
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    out.Root.PageMode = Name.UseOutlines
    for page in out.pages:
        page.obj.Tabs = Name.S
    with out.open_metadata(set_pikepdf_as_editor=False) as facts:
        facts["dc:title"] = request["title"]
        facts["dc:creator"] = [request["author"]]
        facts["dc:description"] = request["subject"]
        facts["dc:language"] = {request["language"]}
        facts["xmp:CreateDate"] = facts["xmp:ModifyDate"] = request["at"]
        facts["xmp:CreatorTool"] = "Reckoner"
        if tagged:  # only a document whose every page is tagged may say that it is accessible
            facts["pdfuaid:part"] = "1"
    out.docinfo["/Title"] = request["title"]


def main(request_path: str, result_path: str) -> int:
    """0 with the answer said and the PDF written, or 1 with the reason said."""
    request = json.loads(Path(request_path).read_text(encoding="utf-8"))
    limit(request["limits"])
    try:
        if "look" in request:
            found = look(request["look"])
            say(**found)
            return 0 if "pages" in found else 1
        out, pages = join(request)
    except MemoryError:
        say(failed="memory", what="")
        return 1
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as problem:
        say(failed="fault", what=" ".join(str(problem).split())[:160])
        return 1
    out.save(
        result_path,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        recompress_flate=False,
    )
    say_made(pages)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
