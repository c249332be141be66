"""Which way a question or a recommendation may move, and what must hold before it does."""

import datetime as dt

from core.accounts.clock import today
from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from governance.boards.models import Question

S = Question.State
_ANSWERS = (Permission.QUESTION_ANSWER, Permission.QUESTION_ANSWER_ASSIGNED)
_APPROVES = (Permission.QUESTION_APPROVE,)
_RUN = (Permission.MEETING_RUN,)
QUESTION = Machine(
    noun="question or recommendation",
    states=S,
    transitions={
        (S.ASKED, S.DRAFTED): _ANSWERS,
        (S.DRAFTED, S.ANSWERED): _APPROVES,
        (S.DRAFTED, S.ASKED): (Permission.QUESTION_ANSWER, *_APPROVES),
        (S.ANSWERED, S.CLOSED): _RUN,
        (S.ANSWERED, S.ASKED): _RUN,
        (S.CLOSED, S.ASKED): _RUN,
        (S.ASKED, S.WITHDRAWN): _RUN,
        (S.WITHDRAWN, S.ASKED): _RUN,
    },
)
BY_HAND = (S.CLOSED, S.ASKED, S.WITHDRAWN)  # the rest follow from an answer written or approved
WHY = {
    (S.DRAFTED, S.ASKED): "What is wrong with the answer",
    (S.ANSWERED, S.ASKED): "Why it is asked again",
    (S.CLOSED, S.ASKED): "Why it is asked again",
    (S.WITHDRAWN, S.ASKED): "Why it is asked again",
    (S.ASKED, S.WITHDRAWN): "Who withdrew it, and why",
}


def moves_by_hand(question: Question, *, by: User) -> list[str]:
    return [to for to in QUESTION.moves(question.state, by=by) if to in BY_HAND]


def check_asked(asked_on: dt.date, due: dt.date) -> None:
    if asked_on > today():
        raise MoveRefused("A question cannot have been asked after today. Nothing was recorded.")
    if due < asked_on:
        raise MoveRefused("An answer is promised for the day it was asked or a later one. Nothing was recorded.")


def check_promised(question: Question, *, by: User) -> None:
    """Who may answer anything may answer this; somebody elsewhere only what they promised to answer."""
    if not by.has(Permission.QUESTION_ANSWER) and question.promised_by.user_id != by.pk:
        raise MoveRefused("Somebody else promised this answer. Nothing was changed.")


def check_may_answer(question: Question, *, outcome: str, answer: str, reasons: str, by: User) -> None:
    """An answer has words; one to a recommendation says whether it is accepted and, where it is not, why."""
    if question.state != S.DRAFTED:
        QUESTION.check_move(question.state, S.DRAFTED, by=by)
    elif not by.has(*_ANSWERS):
        raise MoveRefused("Your roles do not let you write answers. Nothing was changed.")
    check_promised(question, by=by)
    if not answer.strip():
        raise MoveRefused("Write the answer. Nothing was changed.")
    if question.is_advice and outcome not in Question.Outcome.values:
        raise MoveRefused("Say whether the recommendation is accepted. Nothing was changed.")
    if question.is_advice and outcome != Question.Outcome.ACCEPTED and not reasons.strip():
        raise MoveRefused("Give the reasons why the recommendation is not accepted. Nothing was changed.")


def check_may_approve(question: Question, *, by: User) -> None:
    """By somebody who wrote none of it; the commissioner stands behind every answer to a recommendation."""
    QUESTION.check_move(question.state, S.ANSWERED, by=by)
    if question.authors.filter(pk=by.pk).exists():
        raise MoveRefused("You wrote part of this answer, so somebody else approves it. Nothing was changed.")
    if question.paragraph and not by.has(Permission.RESTRICTED_VIEW):
        raise MoveRefused("This question is exempt and you may not see it. Nothing was changed.")
    if question.is_advice and not _is_commissioners(question, by):
        raise MoveRefused(
            "The commissioner responds to recommendations: the commissioner writes the answer or approves it. "
            "Nothing was changed."
        )


def _is_commissioners(question: Question, by: User) -> bool:
    return by.has(Permission.PAPER_SIGN) or any(one.has(Permission.PAPER_SIGN) for one in question.authors.all())


def check_step(question: Question, to: str, *, why: str, by: User) -> None:
    QUESTION.check_move(question.state, to, by=by)
    if to not in BY_HAND:
        raise MoveRefused("An answer is written and approved on its own page. Nothing was changed.")
    asks = WHY.get((question.state, to))
    if asks and not why.strip():
        raise MoveRefused(f"{asks}: this needs an answer. Nothing was changed.")


def check_edit(question: Question, *, due: dt.date, why: str, by: User) -> None:
    """What is asked is put right while it waits; another day for the answer gives its reason."""
    if not by.has(*_RUN):
        raise MoveRefused("Your roles do not let you change what was asked. Nothing was changed.")
    if question.state != S.ASKED:
        raise MoveRefused("This question has an answer or is closed, so its words stand. Nothing was changed.")
    if due != question.due and not why.strip():
        raise MoveRefused("Say why the answer is put off to another day. Nothing was changed.")
