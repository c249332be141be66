"""Minutes, decisions and actions typed in the meeting."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, reading, states
from governance.boards.forms.decisions import DecisionForm
from governance.boards.forms.people import ActionForm
from governance.boards.models import AgendaItem
from governance.boards.views.boards import person_of
from governance.boards.views.meetings import is_fragment, minute_form


@dataclass(frozen=True)
class Kind:
    """One kind of thing that comes of an item, and how its form speaks."""

    url_name: str
    heading: str
    submit: str
    lead: str = ""


KINDS = {
    "declaration": Kind("declaration-create", "Declare an interest", "Note the interest"),
    "citation": Kind(
        "citation-create",
        "Cite a paragraph",
        "Cite it",
        "Of a published paper, by its number. The minutes lead to it.",
    ),
    "decision": Kind("decision-create", "Record a decision", "Record the decision"),
    "action": Kind(
        "board-action-create", "Record an action", "Record the action", "Somebody owns it and it is due on a day."
    ),
    "assurance": Kind(
        "assurance-create",
        "Record how far the board is assured",
        "Record it",
        "Where it is not fully assured, its next meetings are shown what would satisfy it.",
    ),
    "question": Kind(
        "question-create",
        "Record a question or recommendation",
        "Record it",
        "It stays on the board’s next meetings until it is answered and closed.",
    ),
}


def item_seen(request: HttpRequest, pk: int) -> AgendaItem:
    return get_object_or_404(reading.items_seen_by(request.user).select_related("minute"), pk=pk)


def place_of(item: AgendaItem) -> str:
    return f"{reverse('meeting-detail', args=[item.meeting_id])}#item-{item.pk}"


@requires(Permission.MEETING_RUN)
def minute_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a minute: as it is typed on the meeting's page, or from a page of its own where scripts do not run."""
    item = item_seen(request, pk)
    data = request.POST.copy() if request.method == "POST" else None
    if data and data.get("over"):  # the version whose text has been seen on the page and is to be replaced
        data["version"] = data["over"]
    form = minute_form(item, data)
    if data is None or not form.is_valid():
        context = {"form": form, "item": item}
        return render(request, "boards/minute_form.html", context, status=422 if form.errors else 200)
    try:
        minute = actions.save_minute(item=item, by=request.user, **form.cleaned_data)
    except Stale as stale:
        return _conflict(request, item, stale, form)
    except MoveRefused as refused:
        if is_fragment(request):
            return render(request, "boards/_refused.html", {"problem": str(refused)}, status=422)
        messages.error(request, str(refused))
        return redirect(place_of(item))
    if is_fragment(request):
        return render(request, "boards/_minute_saved.html", {"item": item, "minute": minute})
    messages.success(request, f"The minute of item {item.position} is saved.")
    return redirect(place_of(item))


def _conflict(request: HttpRequest, item: AgendaItem, stale: Stale, form: Form) -> HttpResponse:
    if is_fragment(request):
        context = {"item": item, "theirs": stale.current, "mine": form.cleaned_data["text"]}
        return render(request, "boards/_minute_conflict.html", context, status=409)
    title = f"The minute of item {item.position}"
    return conflict_response(request, stale=stale, form=form, fields=["text"], title=title, back=place_of(item))


@requires(Permission.MEETING_RUN)
def decision_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_seen(request, pk)
    form = DecisionForm(request.POST or None, auto_id=f"decision-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_decision(item=item, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            return refused_under(request, item, form, refused, kind="decision")
        return recorded(request, item, f"Decision {made.ref} is recorded.")
    return outcome_form(request, item, form, kind="decision")


@requires(Permission.MEETING_RUN)
def action_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_seen(request, pk)
    form = ActionForm(request.POST or None, item=item, auto_id=f"action-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                states.check_not_locked(item.meeting)
                given = {"text": form.cleaned_data["text"], "due": form.cleaned_data["due"]}
                made = actions.record_action(item=item, owner=person_of(form, request), by=request.user, **given)
        except MoveRefused as refused:
            return refused_under(request, item, form, refused, kind="action")
        return recorded(request, item, f"Action {made.ref} is recorded for {made.owner.name}.")
    return outcome_form(request, item, form, kind="action")


def outcome_form(request: HttpRequest, item: AgendaItem, form: Form, *, kind: str) -> HttpResponse:
    """The form of something that comes of an item, within the meeting's page or on one of its own."""
    template = "boards/_outcome_form.html" if is_fragment(request) else "boards/outcome_form.html"
    kind_of = KINDS[kind]
    context = {"item": item, "form": form, "kind": kind, "heading": kind_of.heading, "submit": kind_of.submit}
    context |= {"lead": kind_of.lead, "back": place_of(item), "address": reverse(kind_of.url_name, args=[item.pk])}
    return render(request, template, context, status=422 if form.errors else 200)


def recorded(request: HttpRequest, item: AgendaItem, sentence: str) -> HttpResponse:
    """Back to the item with a sentence that says what was recorded."""
    if not is_fragment(request):
        messages.success(request, sentence)
        return redirect(place_of(item))
    item = next(one for one in reading.agenda(item.meeting, request.user) if one.pk == item.pk)
    return render(request, "boards/_recorded.html", {"item": item, "sentence": sentence, "may_run": True})


def refused_under(
    request: HttpRequest, item: AgendaItem, form: Form, refused: MoveRefused, *, kind: str
) -> HttpResponse:
    """The form again with what was typed in it and the reason: what cannot be recorded now is not lost."""
    form.add_error(None, str(refused))
    return outcome_form(request, item, form, kind=kind)
