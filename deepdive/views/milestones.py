"""The milestones of an action: promised, moved, reached, dropped."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from deepdive import actions
from deepdive.forms.updates import DropForm, MilestoneEditForm, MilestoneForm, ReachForm
from deepdive.models import ActionUpdate, Milestone
from deepdive.views.finding import WRITES, seen_action, seen_milestone


@requires(*WRITES)
def milestone_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Empty, or with a sentence of an update and the day it names, as the page of that update offers it."""
    found = seen_action(request, pk)
    promised = _promised_in(request, pk)
    initial = {"text": request.GET.get("text", "")[:300], "due": request.GET.get("due", "")[:10]}
    form = MilestoneForm(request.POST or None, action=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_milestone(delivery_action=found, promised_in=promised, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{found.ref} has the milestone.")
        return redirect("delivery-action-detail", pk)
    context = {"action": found, "form": form, "title": "Add a milestone", "submit": "Add it"}
    return render(request, "deepdive/milestone_form.html", context, status=422 if form.errors else 200)


def _promised_in(request: HttpRequest, action: int) -> ActionUpdate | None:
    given = request.GET.get("update", "")
    return ActionUpdate.objects.filter(action=action, pk=given).first() if given.isdecimal() else None


@requires(*WRITES)
def milestone_edit(request: HttpRequest, pk: int) -> HttpResponse:
    held = seen_milestone(request, pk)
    initial = {"text": held.text, "due": held.due, "version": held.version}
    form = MilestoneEditForm(request.POST or None, action=held.action, initial=initial)
    return _changed(request, held, form, actions.edit_milestone, "Change the milestone", "Save", ["text", "due"])


@requires(*WRITES)
def milestone_reach(request: HttpRequest, pk: int) -> HttpResponse:
    held = seen_milestone(request, pk)
    form = ReachForm(request.POST or None, initial={"reached_on": today(), "version": held.version})
    fields = ["reached_on", "evidence"]
    return _changed(request, held, form, actions.reach_milestone, "It has been reached", "Say so", fields)


@requires(*WRITES)
def milestone_drop(request: HttpRequest, pk: int) -> HttpResponse:
    held = seen_milestone(request, pk)
    form = DropForm(request.POST or None, initial={"version": held.version})
    return _changed(request, held, form, actions.drop_milestone, "It is no longer wanted", "Drop the milestone", [])


def _changed(
    request: HttpRequest,
    held: Milestone,
    form: BaseForm,
    change: Callable[..., Milestone],
    title: str,
    submit: str,
    fields: list[str],
) -> HttpResponse:
    """Show one of the forms of a milestone, and do what it says."""
    if request.method == "POST" and form.is_valid():
        try:
            change(milestone=held, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        except Stale as stale:
            if not fields:
                messages.error(
                    request, "Somebody else changed this milestone meanwhile. Nothing was changed; look again."
                )
                return redirect("delivery-action-detail", held.action_id)
            return conflict_response(
                request, stale=stale, form=form, fields=fields, title="The milestone", back=request.path
            )
        else:
            messages.success(request, f"The milestone of {held.action.ref} is saved.")
        return redirect("delivery-action-detail", held.action_id)
    context = {"action": held.action, "milestone": held, "form": form, "title": title, "submit": submit}
    return render(request, "deepdive/milestone_form.html", context, status=422 if form.errors else 200)
