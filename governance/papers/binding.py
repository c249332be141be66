"""An agenda pack made: its contents page, the documents behind it, a number on every page. By the worker."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from core.accounts.clock import now
from core.documents import joining
from core.documents.render import Progress, Rendered, RenderFailed, render
from core.documents.storage import check
from governance.boards.models import Meeting
from governance.boards.presenters import day_words
from governance.boards.rendering import MARKINGS
from governance.papers.packing import PUBLIC, RESTRICTED, Contents, Part, name_of

NOT_PUBLIC = "NOT FOR PUBLICATION"
MOST_PAGES = 3000
FITTINGS = 4  # times the contents page is laid out until it has the length it was counted with


@dataclass(frozen=True)
class Row:
    """A line of the contents page: an item, and one document under it or what is said in its place."""

    position: int
    title: str
    presenter: str
    name: str = ""
    pages: str = ""
    start: int = 0  # the page its document begins on; 0 where this pack has none


def file_name(meeting: Meeting, number: int, build: str) -> str:
    """ "agenda-pack-2019-12-19.pdf", "agenda-pack-2019-12-19-supplement-1-restricted.pdf"."""
    parts = ["agenda-pack", f"{meeting.date:%Y-%m-%d}"]
    parts += [f"supplement-{number}"] if number else []
    parts += [RESTRICTED] if build == RESTRICTED else []
    return "-".join(parts) + ".pdf"


def bind(meeting: Meeting, contents: Contents, progress: Progress) -> tuple[Contents, dict[str, Rendered]]:
    """The pack in each of its builds, and the pages its parts are on."""
    placed, fronts = _fronts(meeting, contents)
    length = placed.last_page - placed.first_page + 1
    if length > MOST_PAGES:
        raise RenderFailed(f"The pack would have {length} pages, more than {MOST_PAGES}. Put fewer papers into it.")
    numbers = list(range(placed.first_page, placed.last_page + 1))
    kept = [number for one in placed.parts if _is_kept(one) for number in range(one.start, one.last + 1)]
    words = [f"Pack page {number}" for number in numbers] + [f"Pack page {number} · {NOT_PUBLIC}" for number in kept]
    stamped = joining.stamps(words, lambda done, of, said: progress(0.2 + 0.4 * done / of, 1, "Numbering the pages"))
    made = {}
    with tempfile.TemporaryDirectory(prefix="reckoner-pack-") as folder:
        for place, (build, front) in enumerate(fronts.items()):
            path = Path(folder, f"{build}.pdf")
            path.write_bytes(front.pdf)

            def share(done: float, of: float, said: str, place: int = place) -> None:
                progress(0.6 + 0.4 * (place + done / of) / len(fronts), 1, said)

            made[build] = joining.join(
                _joined(placed, build, str(path), kept),
                stamped=stamped.pdf,
                title=f"{title_of(meeting, placed)}{' (restricted)' if build == RESTRICTED else ''}",
                author=str(meeting.board),
                subject=f"Pages {placed.first_page} to {placed.last_page}",
                at=now(),
                on_progress=share,
            )
    return placed, made


def _is_kept(part: Part) -> bool:
    """Whether its pages in the restricted pack are others than the public ones, or are there alone."""
    return part.files.get(PUBLIC) != part.files.get(RESTRICTED)


def _joined(contents: Contents, build: str, front: str, kept: list[int]) -> list[joining.Part]:
    first, length = contents.first_page, contents.last_page - contents.first_page + 1
    parts = [joining.Part(front, first, 0, "Contents")]
    for one in contents.parts:
        if build not in one.files:
            continue
        marked = build == RESTRICTED and _is_kept(one)
        stamp = length + kept.index(one.start) if marked else one.start - first
        under = f"{one.position}. {one.title}"
        parts.append(joining.Part(str(check(one.files[build])), one.start, stamp, one.name, under))
    return parts


def title_of(meeting: Meeting, contents: Contents) -> str:
    return f"{meeting.board}, {day_words(meeting.date)}: {name_of(contents)}"


def _fronts(meeting: Meeting, contents: Contents) -> tuple[Contents, dict[str, Rendered]]:
    """The contents page of each build, with the numbers of the pages behind it: how many it has itself, shifts them."""
    pages = 1
    for _ in range(FITTINGS):
        placed = contents.placed(pages)
        fronts = {build: _front(meeting, placed, build) for build in contents.builds}
        longest = max(one.pages for one in fronts.values())
        if longest == pages:
            return placed, fronts
        pages = longest
    raise RenderFailed("The contents page found no length of its own. Make the titles of the papers shorter.")


def _front(meeting: Meeting, contents: Contents, build: str) -> Rendered:
    facts = {
        "meeting": meeting,
        "day": day_words(meeting.date),
        "contents": contents,
        "name": name_of(contents),
        "rows": rows_of(contents, build),
        "marking": MARKINGS[build],
    }
    html = render_to_string("papers/print/pack.html", facts)
    return render(html, title=title_of(meeting, contents), stylesheets=("pack.css",), at=now())


def rows_of(contents: Contents, build: str) -> list[Row]:
    """What the contents page says. The public one tells of an exempt item its number, its paragraph and why, and
    nothing of a paper of another item that is marked."""
    rows = []
    for item in contents.items:
        whole = [one for one in contents.parts if one.item == item.pk]
        if item.is_exempt and build == PUBLIC:
            if whole or not contents.is_supplement:
                rows.append(_exempt(item, whole))
            continue
        parts = [one for one in whole if build in one.files]
        if contents.is_supplement and not parts:
            continue
        absent = [
            one for one in contents.missing if one.position == item.position and not (one.exempt and build == PUBLIC)
        ]
        beneath = [
            Row(item.position, item.title, item.presenter, one.name, _range(one, build), one.start) for one in parts
        ]
        beneath += [Row(item.position, item.title, item.presenter, one.name, "to follow") for one in absent]
        rows += beneath or [Row(item.position, item.title, item.presenter)]
    return rows


def _exempt(item, parts: list[Part]) -> Row:
    why = f" {item.exempt_why.rstrip('.')}." if item.exempt_why else ""
    pages = f"{parts[0].start} to {parts[-1].last}, in the restricted pack only" if parts else ""
    return Row(item.position, "Exempt item", "", f"{item.get_exemption_display()}.{why}", pages)


def _range(part: Part, build: str) -> str:
    last = part.start + part.pages[build] - 1
    return str(part.start) if last == part.start else f"{part.start} to {last}"
