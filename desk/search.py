"""Finding things by the words in them, each kind limited to what the person may see.

Simple containment, whatever the case: an office's record of a few thousand texts needs no index of its own.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.urls import NoReverseMatch, reverse

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.documents.richtext import plain_text
from deepdive.models import ActionUpdate, DeliveryAction
from governance.boards import reading as boards
from governance.boards.models import Board, Decision, Minute
from governance.papers.content import canonical, reading
from governance.papers.models import Commentary, FrozenPaper, Paper
from measures.models import Measure

SHORTEST, LONGEST = 2, 200  # characters of what is looked for
AROUND = 90  # characters shown on each side of what was found

Text = tuple[str, bool]  # words, and whether they are the ones looked for


@dataclass(frozen=True)
class Hit:
    title: tuple[Text, ...]
    snippet: tuple[Text, ...]
    href: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    label: str
    hits: list[Hit]
    is_cut: bool  # there are more than are shown


@dataclass(frozen=True)
class Kind:
    """One kind of thing: its rows for a person, the fields looked in, and how one is shown."""

    label: str
    rows: Callable[[User], QuerySet[Any]]
    fields: tuple[str, ...]
    title: Callable[[Any], str]
    texts: Callable[[Any], Iterable[str]]
    page: str
    arguments: Callable[[Any], tuple[object, ...]]
    note: Callable[[Any], str] = lambda row: ""


def found(words: str, user: User, limit: int) -> list[Group]:
    """The kinds that hold these words, each with at most `limit` rows."""
    groups = []
    for kind in KINDS:
        any_field = Q()
        for field in kind.fields:
            any_field |= Q(**{f"{field}__icontains": words})
        rows = list(kind.rows(user).filter(any_field).distinct()[: limit + 1])
        if rows:
            groups.append(Group(kind.label, [_hit(kind, row, words) for row in rows[:limit]], len(rows) > limit))
    papers = _published(words, limit) if user.has(Permission.PUBLISHED_VIEW) else []
    return [*groups, *([Group("Published papers", papers[:limit], len(papers) > limit)] if papers else [])]


def _published(words: str, limit: int) -> list[Hit]:
    """Published versions that hold the words in what is public of them: the newest of each paper, unless withdrawn."""
    versions = FrozenPaper.objects.filter(publication__isnull=False, publication__withdrawal__isnull=True)
    of_paper = versions.filter(paper=OuterRef("paper")).order_by().values("paper")
    held = versions.filter(number=Subquery(of_paper.annotate(newest=Max("number")).values("newest")))
    hits = []
    for version in held.select_related("paper__quarter__period").order_by("-paper__quarter__period__end"):
        texts = [version.paper.title, *public_texts(version.content)]
        inside = next((text for text in texts if words.casefold() in text.casefold()), None)
        if inside is not None:
            href = reverse("paper-read", args=[version.paper.quarter.code])
            hits.append(Hit(marked(version.paper.title, words), snippet(inside, words), href))
        if len(hits) > limit:
            break
    return hits


def public_texts(content: str) -> Iterator[str]:
    """The words of a frozen paper that anybody may read, block by block."""
    paper = reading.public(canonical.from_json(content))
    for priority in paper.priorities:
        for section in priority.sections:
            yield section.header.name
    for block in reading.all_blocks(paper):
        yield plain_text(block.html)


def _hit(kind: Kind, row: Any, words: str) -> Hit:
    texts = [plain_text(text) if "<" in text else text for text in kind.texts(row) if text]
    inside = next((text for text in texts if words.casefold() in text.casefold()), "")
    return Hit(marked(kind.title(row), words), snippet(inside, words), _href(kind, row), kind.note(row))


def _href(kind: Kind, row: Any) -> str:
    try:
        return reverse(kind.page, args=kind.arguments(row))
    except NoReverseMatch:
        return ""


def snippet(text: str, words: str) -> tuple[Text, ...]:
    """The neighbourhood of the first place where the words stand, those marked; nothing where they do not."""
    flat = " ".join(text.split())
    place = re.search(re.escape(words), flat, re.IGNORECASE)
    if place is None:
        return ()
    start, end = max(place.start() - AROUND, 0), min(place.end() + AROUND, len(flat))
    shown = flat[start:end]
    shown = shown[shown.find(" ") + 1 :] if start else shown
    shown = shown[: shown.rfind(" ")] if end < len(flat) and shown.rfind(" ") > 0 else shown
    return marked(("…" if start else "") + shown + ("…" if end < len(flat) else ""), words)


def marked(text: str, words: str) -> tuple[Text, ...]:
    """The text in pieces, those that are the words told apart: ("Hate ", False), ("crime", True)."""
    pieces = re.split(f"({re.escape(words)})", text, flags=re.IGNORECASE)
    return tuple((piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece)


def _measures(user: User) -> QuerySet[Measure]:
    return Measure.objects.in_use() if user.has(Permission.MEASURE_VIEW) else Measure.objects.none()


def _commentaries(user: User) -> QuerySet[Commentary]:
    if not user.has(Permission.PAPER_VIEW, Permission.COMMENTARY_WRITE):
        return Commentary.objects.none()
    return Commentary.objects.select_related("measure", "quarter__period").order_by("-quarter__period__end", "measure")


def _actions(user: User) -> QuerySet[DeliveryAction]:
    return DeliveryAction.objects.seen_by(user).prefetch_related("agencies")


def _updates(user: User) -> QuerySet[ActionUpdate]:
    """Drafts are for those who write them or may read everything's history, as on the action's own page."""
    updates = ActionUpdate.objects.filter(action__in=DeliveryAction.objects.seen_by(user))
    if not user.has(Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED, Permission.HISTORY_ALL):
        updates = updates.approved()
    return updates.select_related("action", "period").order_by("-period__end", "action__ref")


def _boards(user: User) -> QuerySet[Board]:
    return Board.objects.all() if user.has(Permission.BOARD_VIEW) else Board.objects.none()


def _on_items(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """Nothing of exempt items for those who may not see them."""
    if not user.has(Permission.BOARD_VIEW):
        return rows.none()
    return rows.filter(item__in=boards.items_seen_by(user)).select_related("item__meeting__board")


def _minutes(user: User) -> QuerySet[Minute]:
    return _on_items(Minute.objects.order_by("-item__meeting__date", "item__position"), user)


def _decisions(user: User) -> QuerySet[Decision]:
    return _on_items(Decision.objects.order_by("-ref"), user)


def _papers(user: User) -> QuerySet[Paper]:
    papers = Paper.objects.select_related("quarter__period").order_by("-quarter__period__end")
    return papers if user.has(Permission.PAPER_VIEW) else papers.none()


def _meeting(row: Any) -> str:
    return str(row.item.meeting)


KINDS = (
    Kind(
        "Measures",
        _measures,
        ("name", "short_name", "definition"),
        lambda row: row.short_name,
        lambda row: (row.name, row.definition),
        "measure-detail",
        lambda row: (row.slug,),
    ),
    Kind(
        "Commentary",
        _commentaries,
        ("measure__short_name", "text", "did"),
        lambda row: f"{row.measure.short_name}, {row.quarter}",
        lambda row: (row.text, row.did),
        "commentary-detail",
        lambda row: (row.quarter.code, row.measure.slug),
        lambda row: row.get_state_display(),
    ),
    Kind(
        "Delivery plan",
        _actions,
        ("ref", "statement", "leads", "agencies__name"),
        lambda row: f"{row.ref} {row.statement}",
        lambda row: (row.leads, "; ".join(one.name for one in row.agencies.all())),
        "delivery-action-detail",
        lambda row: (row.pk,),
    ),
    Kind(
        "Delivery updates",
        _updates,
        ("text",),
        lambda row: f"{row.action.ref}, {row.period}",
        lambda row: (row.text,),
        "delivery-action-detail",
        lambda row: (row.action_id,),
        lambda row: row.get_state_display(),
    ),
    Kind(
        "Boards",
        _boards,
        ("name", "aliases__name", "terms"),
        lambda row: row.name,
        lambda row: (row.terms,),
        "board-detail",
        lambda row: (row.slug,),
    ),
    Kind(
        "Minutes",
        _minutes,
        ("text", "item__title"),
        lambda row: row.item.title,
        lambda row: (row.text,),
        "meeting-detail",
        lambda row: (row.item.meeting_id,),
        _meeting,
    ),
    Kind(
        "Decisions",
        _decisions,
        ("ref", "text"),
        lambda row: row.ref,
        lambda row: (row.text,),
        "meeting-detail",
        lambda row: (row.item.meeting_id,),
        _meeting,
    ),
    Kind(
        "Actions",
        boards.actions_seen_by,
        ("ref", "text", "progress"),
        lambda row: f"{row.ref} {row.text}",
        lambda row: (row.progress,),
        "board-action-detail",
        lambda row: (row.pk,),
        lambda row: row.get_status_display(),
    ),
    Kind(
        "Papers in the making",
        _papers,
        ("title", "introduction"),
        lambda row: row.title,
        lambda row: (row.introduction,),
        "paper-detail",
        lambda row: (row.quarter.code,),
        lambda row: row.get_state_display(),
    ),
)
