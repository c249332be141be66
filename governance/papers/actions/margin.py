"""Saying something beside a text, answering, settling it, taking suggested words. The caller has checked permission."""

from dataclasses import dataclass

from core.accounts.clock import now
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.versions import Stale
from governance.papers import margin, states
from governance.papers.actions.commentary import save_commentary
from governance.papers.actions.papers import save_introduction, save_topic
from governance.papers.models import Commentary, MarginComment, MarginReply, Paper

State = MarginComment.State


@dataclass(frozen=True)
class Standing:
    """The paragraph as it stands, where a suggestion for it was made on other words."""

    replacement: str
    version: int


@action
def comment_in_margin(
    *, subject: Commentary | Paper, place: str, pid: str, text: str, replacement: str | None = None, by: User
) -> MarginComment:
    """Say something of a paragraph, or suggest other words for it; without an id, of the text as a whole."""
    _check_open(subject)
    where = margin.place_of(subject, place)
    words = margin.paragraph_of(where.html, pid) if where and pid else ""
    if where is None or words is None:
        raise MoveRefused("The paragraph is no longer in the text: somebody has taken it out. Nothing was changed.")
    is_suggestion = bool(pid) and replacement is not None and not margin.is_same(replacement, words)
    if text or not is_suggestion:
        states.check_margin_words(text)
    return MarginComment.objects.create(
        **{"commentary" if isinstance(subject, Commentary) else "paper": subject},
        place=place,
        pid=pid,
        words=words,
        text=text.strip(),
        is_suggestion=is_suggestion,
        replacement=replacement if is_suggestion else "",
        by=by,
        at=now(),
    )


def _check_open(subject: Commentary | Paper) -> None:
    """By the paper as it is now, held so that it is not submitted meanwhile."""
    paper = margin.paper_of(subject)
    states.check_margin_open(Paper.objects.select_for_update().get(pk=paper.pk) if paper else None)


def _locked(comment: MarginComment) -> MarginComment:
    """As it is now, held so that two people cannot settle it at once."""
    held = MarginComment.objects.select_for_update().get(pk=comment.pk)
    _check_open(held.subject)
    return held


@action
def reply_in_margin(*, comment: MarginComment, text: str, by: User) -> MarginReply:
    held = _locked(comment)
    states.check_margin_words(text)
    if not held.is_open:
        raise MoveRefused("This has been settled in the meantime. Reopen it to answer. Nothing was changed.")
    return MarginReply.objects.create(comment=held, text=text.strip(), by=by, at=now())


@action
def move_comment(*, comment: MarginComment, to: str, by: User) -> MarginComment:
    """Resolve, decline, or open again."""
    held = _locked(comment)
    if to == State.ACCEPTED or (to == State.DECLINED and not held.is_suggestion):
        raise MoveRefused("A comment is resolved or opened again. Nothing was changed.")
    states.MARGIN.check_move(held.state, to, by=by)
    return _settled(held, to, by)


def _settled(held: MarginComment, to: str, by: User) -> MarginComment:
    held.state = to
    held.settled_by, held.settled_at = (None, None) if to == State.OPEN else (by, now())
    held.save(update_fields=["state", "settled_by", "settled_at"])
    return held


@action
def accept_suggestion(
    *, comment: MarginComment, by: User, version: int | None = None, replacement: str = ""
) -> MarginComment:
    """Put the suggested words into the text. Whoever suggested them is one of its authors from now on.

    Raises Stale where the paragraph says something else than when the suggestion was made; `version` and
    `replacement` come from the page that shows both.
    """
    held = _locked(comment)
    states.check_acceptance(held, by=by)
    subject = type(held.subject).objects.select_for_update().get(pk=held.subject.pk)
    place = margin.place_of(subject, held.place)
    standing = margin.paragraph_of(place.html, held.pid) if place else None
    if place is None or standing is None:
        raise MoveRefused(
            "The paragraph these words were for is no longer in the text. Decline them. Nothing was changed."
        )
    if version is None and margin.is_same(standing, held.words):
        replacement = held.replacement
    elif version != margin.version_of(standing):
        raise Stale(Standing(standing, margin.version_of(standing)))
    _write(subject, place, margin.with_words(place.html, held.pid, replacement), by)
    (subject.authors if isinstance(subject, Commentary) else subject.introduction_authors).add(held.by)
    return _settled(held, State.ACCEPTED, by)


def _write(subject: Commentary | Paper, place: margin.Place, html: str, by: User) -> None:
    """Through the action that writes this text, so that its rules hold."""
    if isinstance(subject, Commentary):
        texts = {"text": subject.text, "did": subject.did, place.name: html}
        save_commentary(commentary=subject, version=subject.version, by=by, **texts)
    elif place.name == "introduction":
        kept = {"version": subject.version, "deep_dive": subject.deep_dive}
        save_introduction(paper=subject, introduction=html, by=by, **kept)
    else:
        topic = subject.topics.get(pk=place.name.removeprefix(margin.TOPIC))
        kept = {"version": topic.version, "title": topic.title, "criteria": topic.criteria}
        save_topic(paper=subject, topic=topic, text=html, by=by, **kept)
