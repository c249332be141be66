"""Agreed minutes laid out as a tagged PDF. Nothing here reads a table: it is given the frozen content."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string

from core.documents.render import Progress, Rendered, render
from governance.boards import minutes_content
from governance.boards.logs import Printed
from governance.boards.minutes_content import Content
from governance.boards.models import DecisionVersion
from governance.boards.presenters import day_words

HASH_SHOWN = 16  # characters of the hash in the footer
PUBLIC, RESTRICTED = "public", "restricted"
MARKINGS = {PUBLIC: "", RESTRICTED: "OFFICIAL-SENSITIVE: NOT FOR PUBLICATION"}


@dataclass(frozen=True)
class Standing:
    """What is said of a version beside its words: which it is, who agreed and signed it, and its hash."""

    number: int
    agreed: str
    signed: str
    reason: str
    sha256: str
    at: dt.datetime


def title_of(content: Content) -> str:
    return f"Minutes of the {content['board']}, {day_words(minutes_content.day_of(content['date']))}"


def print_html(content: Content, standing: Standing) -> str:
    facts = {"content": minutes_content.in_words(content), "standing": standing, "title": title_of(content)}
    return render_to_string("boards/print/minutes.html", facts)


def margins(above: str, below: str, marking: str = "") -> str:
    """What the margins of every page say, as CSS that none of the words can end."""
    style = "font-size: 8.5pt; color: #465263;"
    boxes = {"top-left": above, "top-right": marking, "bottom-left": below}
    held = [f"@{where} {{ content: {_css_string(words)}; {style} }}" for where, words in boxes.items()]
    held.append(f'@bottom-right {{ content: "Page " counter(page) " of " counter(pages); {style} }}')
    return "@page { " + " ".join(held) + " }"


def _css_string(words: str) -> str:
    return '"' + "".join(one if one.isalnum() or one in " .,-()" else f"\\{ord(one):x} " for one in words) + '"'


def builds_of(content: Content) -> dict[str, Content]:
    """One build for everybody and, where items are exempt, one that has them."""
    if not minutes_content.has_exempt(content):
        return {PUBLIC: content}
    return {PUBLIC: minutes_content.public_part(content), RESTRICTED: content}


def render_minutes(
    content: Content, standing: Standing, *, build: str, on_progress: Progress | None = None
) -> Rendered:
    title = title_of(content)
    below = f"Version {standing.number}, SHA-256 {standing.sha256[:HASH_SHOWN]}"
    return render(
        print_html(content, standing),
        title=title,
        stylesheets=("minutes.css",),
        css=margins(title, below, MARKINGS[build]),
        subject=standing.agreed,
        at=standing.at,
        on_progress=on_progress,
    )


def decision_in_words(content: Content) -> Content:
    return content | {"day": day_words(minutes_content.day_of(content["decided_on"]))}


def render_notice(content: Content, version: DecisionVersion) -> Rendered:
    """The notice of a decision, of what anybody may read."""
    title = f"Decision {content['ref']}: {content['title']}"
    facts = {"content": decision_in_words(content), "title": title, "version": version, "notice": version.notice}
    below = f"Version {version.number}, SHA-256 {version.sha256[:HASH_SHOWN]}"
    return render(
        render_to_string("boards/print/notice.html", facts),
        title=title,
        stylesheets=("minutes.css",),
        css=margins(f"Decision {content['ref']}", below),
        at=version.approved_at,
    )


def render_log(log: Printed) -> Rendered:
    """A log as a table on landscape paper, its head repeated on every page."""
    html = render_to_string("boards/print/log.html", {"log": log})
    return render(html, title=log.title, stylesheets=("ledger-print.css",), css=margins(log.title, ""))
