"""A quarter's commentary and its paper: written, reviewed, approved, submitted, signed and published."""

import datetime as dt
from collections.abc import Container, Mapping, Sequence

from core.accounts.models import User
from core.accounts.permissions import Role
from core.documents.richtext import ensure_ids
from desk.demo.building.cast import Cast, on
from desk.demo.words.shapes import Commentary as Words
from desk.demo.words.shapes import Topic
from governance.papers.actions.commentary import assign_commentary, move_commentary, save_commentary
from governance.papers.actions.glossary import save_term
from governance.papers.actions.papers import (
    approve_introduction,
    publish_paper,
    review_paper,
    save_introduction,
    save_topic,
    sign_paper,
    submit_paper,
)
from governance.papers.actions.sheet import save_sheet
from governance.papers.models import Commentary, Paper, Quarter
from governance.papers.recompute import render_frozen
from measures.models import Priority
from measures.recompute import no_progress

DRAFT, REVIEW, APPROVED = Commentary.State.DRAFT, Commentary.State.REVIEW, Commentary.State.APPROVED
BY_THE_ANALYST = {3, 4}  # priorities whose commentary the analyst writes; the performance officer writes the rest
PLACE = "The website of the commissioner's office"


def explain(terms: Sequence[tuple[str, str, str]], cast: Cast) -> None:
    """Write the office's glossary."""
    for term, expansion, meaning in terms:
        save_term(held=None, version=0, term=term, expansion=expansion, meaning=meaning, by=cast[Role.SECRETARY])


def cover(paper: Paper, words: Mapping[str, str], cast: Cast) -> None:
    """Type the cover sheet, which the papers after it take over."""
    save_sheet(paper=paper, version=0, by=cast[Role.SECRETARY], **words)


def assign(quarter: Quarter, cast: Cast) -> None:
    """Say who writes what."""
    for commentary in _commentaries(quarter):
        assign_commentary(commentary=commentary, to=writer_of(commentary, cast), by=cast[Role.SECRETARY])


def _commentaries(quarter: Quarter) -> list[Commentary]:
    held = Commentary.objects.filter(quarter=quarter, measure__plan_measures__priority__plan=quarter.plan)
    order = ("measure__plan_measures__priority__number", "measure__plan_measures__position")
    return list(held.select_related("measure").order_by(*order))


def writer_of(commentary: Commentary, cast: Cast) -> User:
    placed = commentary.measure.plan_measures.select_related("priority").get(priority__plan=commentary.quarter.plan)
    return cast[Role.ANALYST if placed.priority.number in BY_THE_ANALYST else Role.STAFF]


def write(quarter: Quarter, words: Mapping[str, Words], cast: Cast, leave: Container[str] = ()) -> None:
    """Write what is a draft and submit it, but for the measures left as drafts."""
    for commentary in _commentaries(quarter):
        slug = commentary.measure.slug
        if commentary.state == DRAFT and slug in words:
            _write(commentary, words[slug], cast, submit=slug not in leave)


def _write(commentary: Commentary, words: Words, cast: Cast, *, submit: bool) -> None:
    by = writer_of(commentary, cast)
    held = save_commentary(commentary=commentary, version=commentary.version, text=words.text, did=words.did, by=by)
    if submit:
        move_commentary(commentary=held, to=REVIEW, by=by)


def approve(quarter: Quarter, cast: Cast, leave: Container[str] = ()) -> None:
    """Approve what is in review, by the one who did not write it."""
    for commentary in _commentaries(quarter):
        if commentary.state == REVIEW and commentary.measure.slug not in leave:
            move_commentary(commentary=commentary, to=APPROVED, by=_other(writer_of(commentary, cast), cast))


def _other(writer: User, cast: Cast) -> User:
    return cast[Role.STAFF] if writer == cast[Role.ANALYST] else cast[Role.ANALYST]


def reopen(quarter: Quarter, slugs: Container[str], reason: str, cast: Cast) -> None:
    """Send approved or reviewed commentary back to its writer."""
    for commentary in _commentaries(quarter):
        if commentary.measure.slug in slugs and commentary.state != DRAFT:
            by = _other(writer_of(commentary, cast), cast)
            move_commentary(commentary=commentary, to=DRAFT, reason=reason, by=by)


def introduce(paper: Paper, words: str, topics: Sequence[Topic], deep_dive: Priority | None, cast: Cast) -> None:
    """The commissioner's introduction and topics, not yet approved by anybody."""
    by = cast[Role.COMMISSIONER]
    save_introduction(paper=paper, version=paper.version, introduction=ensure_ids(words), deep_dive=deep_dive, by=by)
    for topic in topics:
        save_topic(paper=paper, topic=None, title=topic.title, text=topic.text, criteria=list(topic.criteria), by=by)


def submit(paper: Paper, cast: Cast) -> None:
    approve_introduction(paper=paper, by=cast[Role.STAFF])
    review_paper(paper=paper, by=cast[Role.SECRETARY])
    submit_paper(paper=paper, by=cast[Role.SECRETARY])


def sign_and_publish(paper: Paper, signed_on: dt.date, published_on: dt.date, cast: Cast) -> None:
    """Sign what was submitted, make its files, and publish it."""
    held = Paper.objects.get(pk=paper.pk)
    on(signed_on)
    sign_paper(paper=held, sha256=held.frozen.sha256, by=cast[Role.COMMISSIONER])
    render_frozen(held.frozen, no_progress)
    on(published_on)
    publish_paper(paper=held, published_on=published_on, place=PLACE, by=cast[Role.SECRETARY])
