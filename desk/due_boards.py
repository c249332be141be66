"""What boards wait for, as rows of `desk.due`: answers, exempt items, duties nobody looked at, commitments unowned."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core.accounts.clock import today
from core.accounts.models import User
from core.accounts.permissions import Permission as P
from governance.boards import duties
from governance.boards.models import AgendaItem, Commitment, Question
from governance.boards.states import REDATINGS

MOST = 20  # rows of one kind: a list of hundreds is worked through on its own page
Row = tuple[str, str, str, str, dt.date | None, str]  # what, kind, button, address, due, what in a mail
S = Question.State


def waiting(user: User) -> Iterator[Row]:
    yield from _questions(user)
    yield from _releases(user)
    yield from _unowned(user)
    yield from _unheard(user)
    yield from _never_looked_at(user)


def _questions(user: User) -> Iterator[Row]:
    """Answers one promised, answers of others to approve, and for who keeps the boards what is overdue."""
    wanted = Q(pk__in=[])
    if user.has(P.QUESTION_ANSWER, P.QUESTION_ANSWER_ASSIGNED):
        wanted |= Q(state=S.ASKED, promised_by__user=user)
    if user.has(P.QUESTION_APPROVE):
        wanted |= Q(state=S.DRAFTED, wrote=False)
    if user.has(P.MEETING_RUN):
        wanted |= Q(state__in=(S.ASKED, S.DRAFTED), due__lt=today())
    if wanted == Q(pk__in=[]):
        return
    wrote = Question.authors.through.objects.filter(question=OuterRef("pk"), user=user)
    found = Question.objects.seen_by(user).annotate(wrote=Exists(wrote)).filter(wanted)
    for one in found.select_related("promised_by", "item").order_by("due", "ref")[:MOST]:
        named = f"{one.get_kind_display()} {one.ref}"
        mailed = f"{named}, of a restricted item" if one.paragraph else ""
        page = reverse("question-detail", args=[one.pk])
        if one.state == S.ASKED and one.promised_by.user_id == user.pk:
            yield f"{named}: {one.text}", "question", "Answer", page, one.due, mailed
        elif one.state == S.DRAFTED and not one.wrote and user.has(P.QUESTION_APPROVE):
            yield f"Answer to {one.get_kind_display().lower()} {one.ref}", "approve", "Review", page, one.due, mailed
        else:
            yield f"{named}, promised by {one.promised_by.name}", "question", "See to it", page, one.due, mailed


def _releases(user: User) -> Iterator[Row]:
    """Exempt items whose day has come: somebody says whether they need still be exempt."""
    if not user.has(P.MEETING_RUN):
        return
    for one in AgendaItem.objects.to_release(user, today())[:MOST]:
        words = f"Item {one.position} of {one.meeting}, which is exempt"
        yield words, "release", "Need it still be?", reverse("item-release", args=[one.pk]), one.release_on, ""


def _unowned(user: User) -> Iterator[Row]:
    """Commitments that nobody keeps, for who assembles the papers they come from."""
    if not user.has(P.PAPER_ASSEMBLE):
        return
    for one in Commitment.objects.open().filter(owner=None)[:MOST]:
        page = reverse("commitment-edit", args=[one.pk])
        yield (
            f"Nobody keeps this commitment: {one}",
            "commitment",
            "Name an owner",
            page,
            one.due,
            ("A commitment that nobody keeps"),
        )


def _unheard(user: User) -> Iterator[Row]:
    """Late commitments that no board hears of, for the same people; one without an owner is among those above."""
    if not user.has(P.PAPER_ASSEMBLE):
        return
    for one in Commitment.objects.unheard(today(), REDATINGS).filter(owner__isnull=False)[:MOST]:
        page = reverse("commitment-edit", args=[one.pk])
        words = f"No board hears of this commitment: {one}"
        yield words, "commitment", "Name a board", page, one.due, "A commitment that no board hears of"


def _never_looked_at(user: User) -> Iterator[Row]:
    """One row for all of them, for who keeps the boards: on a first day it is everything."""
    if not (user.has(P.DUTY_CHECK) and user.has(P.MEETING_RUN)):
        return
    if count := duties.never_looked_at():
        words = "1 thing that has" if count == 1 else f"{count} things that have"
        yield f"{words} to be published, never looked at", "duty", "Look", reverse("duty-list"), None, ""
