"""Questions and recommendations: recorded, answered, approved by another, and closed by the board that asked."""

import datetime as dt

from core.accounts.clock import now
from core.accounts.models import Person, User
from core.audit import action
from core.documents.versions import Stale, save_if_unchanged
from governance.boards import answering
from governance.boards.actions.holding import hold, next_in_year
from governance.boards.models import AgendaItem, Board, Question, QuestionAnswer, QuestionStep

S = Question.State
LETTERS = {Question.Kind.QUESTION: "Q", Question.Kind.RECOMMENDATION: "R"}


@action
def record_question(
    *, item: AgendaItem, kind: str, text: str, asked_by: Person | None, promised_by: Person, due: dt.date, by: User
) -> Question:
    """What was asked under an item of a meeting. Sent twice, it is still one question."""
    held = hold(item.meeting)
    facts = {"text": text, "asked_by": asked_by, "promised_by": promised_by, "due": due, "board": held.board}
    return _recorded(kind, held.date, item=item, **facts)


@action
def record_question_between(
    *,
    board: Board,
    kind: str,
    text: str,
    asked_by: Person | None,
    asked_on: dt.date,
    promised_by: Person,
    due: dt.date,
    exemption: str = "",
    by: User,
) -> Question:
    """What was asked between meetings, in a letter for instance."""
    facts = {"text": text, "asked_by": asked_by, "promised_by": promised_by, "due": due, "board": board}
    return _recorded(kind, asked_on, item=None, exemption=exemption, **facts)


def _recorded(kind: str, asked_on: dt.date, **facts: object) -> Question:
    answering.check_asked(asked_on, facts["due"])
    facts |= {"kind": kind, "asked_on": asked_on}
    if again := Question.objects.filter(**facts).first():
        return again
    return Question.objects.create(ref=next_in_year(Question, LETTERS[kind], asked_on.year), **facts)


@action
def edit_question(
    *,
    question: Question,
    version: int,
    text: str,
    asked_by: Person | None,
    promised_by: Person,
    due: dt.date,
    why: str = "",
    by: User,
) -> Question:
    """Put right what was asked and who promised an answer; another day for it gives its reason."""
    held = _held(question)
    if held.version != version:
        raise Stale(held)
    answering.check_edit(held, due=due, why=why, by=by)
    if held.item and (text, asked_by) != (held.text, held.asked_by):
        hold(held.item.meeting)
    if due != held.due:
        _step(held, held.state, why=why, by=by, due=due)
    redated = held.redated + (due != held.due)
    changes = {"text": text, "asked_by": asked_by, "promised_by": promised_by, "due": due, "redated": redated}
    return save_if_unchanged(Question, held.pk, version, **changes)


@action
def write_answer(
    *,
    question: Question,
    version: int,
    answer: str,
    answered_on: dt.date,
    answered_by: Person,
    outcome: str = "",
    reasons: str = "",
    by: User,
) -> Question:
    """Write the answer, or write on: it then waits for somebody else's approval."""
    held = _held(question)
    if held.version != version:
        raise Stale(held)
    outcome = outcome if held.is_advice else ""
    reasons = reasons.strip() if outcome not in ("", Question.Outcome.ACCEPTED) else ""
    answering.check_may_answer(held, outcome=outcome, answer=answer, reasons=reasons, by=by)
    if held.state != S.DRAFTED:
        _step(held, S.DRAFTED, by=by)
    changes = {"answer": answer, "outcome": outcome, "reasons": reasons, "answered_on": answered_on}
    saved = save_if_unchanged(Question, held.pk, version, answered_by=answered_by, state=S.DRAFTED, **changes)
    saved.authors.add(by)
    return saved


@action
def approve_answer(*, question: Question, version: int | None = None, by: User) -> QuestionAnswer:
    """Keep the answer as it stands: by somebody who wrote none of it.

    With the `version` that somebody has read, nothing is approved that they have not. Raises Stale.
    """
    held = _held(question)
    if version is not None and held.version != version:
        raise Stale(held)
    answering.check_may_approve(held, by=by)
    made = QuestionAnswer.objects.create(
        question=held,
        number=held.answers.count() + 1,
        outcome=held.outcome,
        text=held.answer,
        reasons=held.reasons,
        answered_on=held.answered_on,
        answered_by=held.answered_by,
        approved_by=by,
        approved_at=now(),
    )
    _move(held, S.ANSWERED, by=by)
    return made


@action
def move_question(*, question: Question, to: str, why: str = "", by: User) -> Question:
    """Close a question that was answered, send an answer back, ask again, or withdraw what was asked."""
    held = _held(question)
    answering.check_step(held, to, why=why, by=by)
    if to == S.ASKED and held.state != S.DRAFTED:
        held.authors.clear()  # the next answer is another text
    return _move(held, to, why=why, by=by)


def _held(question: Question) -> Question:
    found = Question.objects.select_for_update(of=("self",)).select_related(
        "item__meeting", "board", "asked_by", "answered_by", "promised_by"
    )
    return found.get(pk=question.pk)


def _step(held: Question, to: str, *, by: User, why: str = "", due: dt.date | None = None) -> None:
    before = held.due if due else None
    facts = {"was": held.state, "now": to, "due_before": before, "due": due, "why": why.strip(), "by": by, "at": now()}
    QuestionStep.objects.create(question=held, **facts)


def _move(held: Question, to: str, *, by: User, why: str = "") -> Question:
    _step(held, to, why=why, by=by)
    held.state = to
    held.version += 1
    held.save(update_fields=["state", "version"])
    return held
