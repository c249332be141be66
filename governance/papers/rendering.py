"""A paper's frozen content made into files. Nothing here reads a live table but the frozen rows themselves."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import timezone

from core.documents.render import Progress, Rendered, render
from core.documents.stamp import Stamp
from governance.papers.content import canonical, reading
from governance.papers.content.shapes import Paper
from governance.papers.following import Follow

TEMPLATE_VERSION = 2  # raised when the printed form changes; a frozen paper says which it was submitted under
DRAFT = "DRAFT"
HASH_SHOWN = 16  # characters of the hash in the footer


def print_html(
    paper: Paper,
    *,
    draft: bool = False,
    signature: str = "",
    follow: Follow | None = None,
    stamp: Stamp | None = None,
) -> str:
    """The whole paper as one document for the renderer; `follow` makes links of its live figures."""
    notes = {note.number: note for note in paper.footnotes}
    facts = {"paper": paper, "notes": notes, "draft": draft, "signature": signature, "follow": follow, "stamp": stamp}
    facts["marking"] = reading.marking(paper)
    return render_to_string("papers/print/paper.html", facts)


def print_css(paper: Paper, *, sha256: str = "", draft: bool = False, stamp: Stamp | None = None) -> str:
    """What the margins of every page say: agenda item and title above; version, hash, head and page below."""
    cover = paper.cover
    marking = reading.marking(paper)
    above = [DRAFT if draft else "", "" if marking == reading.PUBLIC else marking]
    below = [
        f"Version {cover.version}",
        DRAFT if draft else f"SHA-256 {sha256[:HASH_SHOWN]}",
        f"Log {stamp.head}" if stamp else "",
        "SYNTHETIC" if cover.synthetic else "",
    ]
    strings = {
        "top-left": f"Agenda Item {cover.agenda_item}",
        "top-center": "  ".join(filter(None, above)),
        "top-right": cover.title,
        "bottom-left": "  ·  ".join(filter(None, below)),
    }
    style = "font-size: 8.5pt; color: #465263;"
    boxes = [
        f"@{where} {{ content: {_css_string(words)}; {style} white-space: pre; }}" for where, words in strings.items()
    ]
    boxes.append(f'@bottom-right {{ content: "Page " counter(page) " of " counter(pages); {style} }}')
    return "@page { " + " ".join(boxes) + " }"


def _css_string(words: str) -> str:
    """Any words as a CSS string, which no character of theirs can end."""
    return '"' + "".join(one if one.isalnum() or one in " .,·-()" else f"\\{ord(one):x} " for one in words) + '"'


def render_paper(
    paper: Paper,
    *,
    sha256: str = "",
    draft: bool = False,
    signature: str = "",
    follow: Follow | None = None,
    stamp: Stamp | None = None,
    at: dt.datetime | None = None,
    on_progress: Progress | None = None,
) -> Rendered:
    """The PDF of some content, with its number of pages and what it cost. `stamp`: the seal of its signature."""
    return render(
        print_html(paper, draft=draft, signature=signature, follow=follow, stamp=stamp),
        title=f"{paper.cover.title}, {paper.cover.period}",
        stylesheets=("paper.css",),
        css=print_css(paper, sha256=sha256, draft=draft, stamp=stamp),
        author=paper.cover.office,
        subject=f"Agenda Item {paper.cover.agenda_item}, {paper.cover.meeting}, {paper.cover.meeting_date}",
        at=at or timezone.now(),
        on_progress=on_progress,
    )


def builds_of(content: str) -> dict[str, Paper]:
    """The builds of a frozen content: one for everybody and, where it has restricted parts, one that has them."""
    whole = canonical.from_json(content)
    if reading.marking(whole) == reading.PUBLIC:
        return {"public": whole}
    return {"public": reading.public(whole), "restricted": whole}
