"""Questions and recommendations: the list, each with its answer, and its way to being closed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.models import Person, User
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response, version_read
from governance.boards import actions, answering, asked, log_files, states
from governance.boards.forms.questions import AnswerForm, BetweenForm, QuestionEditForm, QuestionForm, WhyForm
from governance.boards.models import Question
from governance.boards.views.boards import person_of
from governance.boards.views.minutes import item_seen, outcome_form, recorded, refused_under

PAGE = 50  # questions
ANSWERS = ["outcome", "answer", "reasons", "answered_by", "answered_on"]
SEES = (Permission.BOARD_VIEW, Permission.QUESTION_ANSWER_ASSIGNED)
ASKS = ["text", "asked_by", "promised_by", "due"]


def _seen(request: HttpRequest, pk: int) -> Question:
    related = ("item__meeting__board", "board", "asked_by", "promised_by", "answered_by")
    return get_object_or_404(Question.objects.seen_by(request.user).select_related(*related), pk=pk)


@require_safe
@requires(Permission.BOARD_VIEW)
def question_list(request: HttpRequest) -> HttpResponse:
    day = today()
    wanted = asked.read(request.GET)
    counts = asked.counts(request.user, wanted, day)
    page = Paginator(asked.found(request.user, wanted, day), PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"text": words, "href": asked.query(wanted, show=name), "count": counts[name], "current": name == wanted.show}
        for name, words in asked.SHOWS.items()
    ]
    context = {
        "rows": [asked.Row(one, day) for one in page],
        "page": page,
        "tabs": tabs,
        "wanted": wanted,
        "boards": asked.boards(),
        "kinds": Question.Kind.choices,
        "query": asked.query(wanted),
        "lead": asked.lead(counts),
        "may_run": request.user.has(Permission.MEETING_RUN),
    }
    return render(request, "boards/question_list.html", context)


@requires(Permission.BOARD_VIEW)
@require_safe
def question_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is filtered, as a spreadsheet or as plain lines."""
    if kind not in log_files.KINDS:
        raise Http404("No such file.")
    day = today()
    rows = (asked.Row(one, day) for one in asked.found(request.user, asked.read(request.GET), day).iterator(500))
    return log_files.answer(kind, "questions", "Questions and recommendations", asked.HEADINGS, rows, day)


@requires(Permission.MEETING_RUN)
def question_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_seen(request, pk)
    form = QuestionForm(request.POST or None, asked_on=item.meeting.date, auto_id=f"question-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                states.check_not_locked(item.meeting)
                promised = person_of(form, request)
                made = actions.record_question(item=item, promised_by=promised, by=request.user, **form.asked())
        except MoveRefused as refused:
            return refused_under(request, item, form, refused, kind="question")
        return recorded(request, item, f"{made.get_kind_display()} {made.ref} is recorded.")
    return outcome_form(request, item, form, kind="question")


@requires(Permission.MEETING_RUN)
def question_between(request: HttpRequest) -> HttpResponse:
    """Record what was asked between meetings."""
    day = today()
    form = BetweenForm(request.POST or None, today=day, initial={"asked_on": day})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            promised = person_of(form, request)
            made = actions.record_question_between(promised_by=promised, by=request.user, **form.asked())
        messages.success(request, f"{made.get_kind_display()} {made.ref} is recorded.")
        if Question.objects.seen_by(request.user).filter(pk=made.pk).exists():
            return redirect("question-detail", made.pk)
        return redirect("question-list")
    return render(request, "boards/question_between.html", {"form": form}, status=422 if form.errors else 200)


def _may_answer(found: Question, user: User) -> bool:
    """Anything, or what they promised themselves."""
    assigned = user.has(Permission.QUESTION_ANSWER_ASSIGNED) and found.promised_by.user_id == user.pk
    return assigned or user.has(Permission.QUESTION_ANSWER)


@require_safe
@requires(*SEES)
def question_detail(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _seen(request, pk), request.user
    moves = answering.QUESTION.moves(found.state, by=user)
    by_hand = [to for to in moves if to in answering.BY_HAND]
    writes = _may_answer(found, user)
    sees_board = user.has(Permission.BOARD_VIEW)
    context = {
        "one": found,
        "row": asked.Row(found, today()),
        "sees_board": sees_board,
        "sees_item": sees_board and (not found.paragraph or user.has(Permission.RESTRICTED_VIEW)),
        "may_edit": user.has(Permission.MEETING_RUN) and found.state == Question.State.ASKED,
        "may_answer": writes and (Question.State.DRAFTED in moves or found.state == Question.State.DRAFTED),
        "may_approve": Question.State.ANSWERED in moves and not found.authors.filter(pk=user.pk).exists(),
        "may_close": Question.State.CLOSED in by_hand,
        "moves": [(to, asked.MOVES[found.state, to]) for to in by_hand if to != Question.State.CLOSED],
        "authors": list(found.authors.order_by("name")),
        "answers": list(found.answers.select_related("answered_by", "approved_by").order_by("-number")),
        "life": list(found.steps.select_related("by")),
    }
    return render(request, "boards/question_detail.html", context)


@requires(Permission.MEETING_RUN)
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = QuestionEditForm(request.POST or None, instance=found)
    back = reverse("question-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        return _saved(request, found, form, lambda given: actions.edit_question(question=found, **given), ASKS)
    context = {"form": form, "one": found, "title": "Change what was asked", "submit": "Save it", "back": back}
    return render(request, "boards/question_form.html", context, status=422 if form.errors else 200)


@requires(Permission.QUESTION_ANSWER, Permission.QUESTION_ANSWER_ASSIGNED)
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    if not _may_answer(found, request.user):
        messages.error(request, "Somebody else promised this answer. Nothing was changed.")
        return redirect("question-detail", pk)
    own = Person.objects.filter(user=request.user).first()
    initial = {"answered_on": found.answered_on or today(), "answered_by": found.answered_by or own}
    form = AnswerForm(request.POST or None, instance=found, initial=initial)
    back = reverse("question-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        fields = [name for name in ANSWERS if name in form.fields]
        return _saved(request, found, form, lambda given: actions.write_answer(question=found, **given), fields)
    context = {"form": form, "one": found, "title": "Write the answer", "submit": "Save the answer", "back": back}
    context["sees_board"] = request.user.has(Permission.BOARD_VIEW)
    return render(request, "boards/question_form.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, found: Question, form, save, fields: list[str]) -> HttpResponse:
    ref, back = found.ref, reverse("question-detail", args=[found.pk])
    try:
        save(form.cleaned_data | {"by": request.user})
    except Stale as stale:
        return conflict_response(request, stale=stale, form=form, fields=fields, title=ref, back=back)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{ref} is saved.")
    return redirect(back)


@requires(Permission.QUESTION_APPROVE)
@require_POST
def question_approve(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    try:
        actions.approve_answer(question=found, version=version_read(request), by=request.user)
    except Stale:
        messages.error(request, "It was changed while you were reading it. Read what stands now; nothing was approved.")
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The answer to {found.ref} is approved.")
    return redirect("question-detail", pk)


@requires(Permission.MEETING_RUN, Permission.QUESTION_ANSWER, Permission.QUESTION_APPROVE)
def question_move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Close it, send its answer back, ask again, or withdraw it; asks why where the move needs it."""
    found = _seen(request, pk)
    if to not in answering.BY_HAND:
        raise Http404("No such state.")
    asks = answering.WHY.get((found.state, to), "")
    form = WhyForm(request.POST if request.method == "POST" else None, asks=asks)
    back = reverse("question-detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move_question(question=found, to=to, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{found.ref} is now “{moved.get_state_display()}”.")
        return redirect(back)
    possible = to in answering.moves_by_hand(found, by=request.user)
    words = asked.MOVES.get((found.state, to), Question.State(to).label)
    context = {"one": found, "form": form, "title": words, "back": back, "possible": possible, "asks": asks}
    return render(request, "boards/question_move.html", context, status=422 if form.errors else 200)
