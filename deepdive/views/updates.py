"""One quarter's update of one action: written, reviewed, approved."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import discard_draft
from core.documents.repeated import same_paragraphs
from core.documents.richtext import plain_text
from core.documents.versions import Stale, conflict_response
from deepdive import actions, presenters, reading, states
from deepdive.forms.updates import UpdateForm
from deepdive.models import ActionUpdate
from deepdive.promises import promises
from deepdive.views.finding import WRITES, plan_of, seen_update


@requires(*WRITES)
def update_edit(request: HttpRequest, pk: int) -> HttpResponse:
    update = seen_update(request, pk)
    draft_key = f"delivery-update-{update.pk}"
    form = UpdateForm(request.POST or None, instance=update)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_update(update=update, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request,
                stale=stale,
                form=form,
                fields=["text", "status", "rag", "rag_reason"],
                title=f"The update of {update.action.ref}",
                back=request.path,
            )
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("delivery-action-detail", update.action_id)
        discard_draft(key=draft_key, by=request.user)
        if "submit" in request.POST:
            return _moved(request, update, ActionUpdate.State.REVIEW)
        messages.success(request, f"The update of {update.action.ref} is saved.")
        return redirect("delivery-update-edit", pk)
    before = reading.update_before(update)
    context = {
        "update": update,
        "tone": presenters.STATE_TONES[update.state],
        "form": form,
        "draft_key": draft_key,
        "before": before,
        "unchanged": same_paragraphs(before.text, update.text) if before else [],
        "moves": states.UPDATE.moves(update.state, by=request.user),
        "may_write": update.state == ActionUpdate.State.DRAFT,
        "is_author": update.authors.filter(pk=request.user.pk).exists(),
        "authors": update.authors.all(),
        "promised": _promised(update),
    }
    return render(request, "deepdive/update_form.html", context, status=422 if form.errors else 200)


def _promised(update: ActionUpdate) -> list[tuple[str, object, str]]:
    """Days promised in the words as they are stored and kept as no milestone yet, each with where to keep it."""
    held = set(update.action.milestones.values_list("due", flat=True))
    there = reverse("delivery-milestone-create", args=[update.action_id])
    return [
        (one.text, one.due, f"{there}?{urlencode({'text': one.text[:300], 'due': one.due, 'update': update.pk})}")
        for one in promises(plain_text(update.text), max(update.period.end, min(today(), update.due or today())))
        if one.due not in held
    ]


@requires(Permission.DELIVERY_UPDATE)
@require_POST
def updates_ask(request: HttpRequest, year: int) -> HttpResponse:
    """Ask for the updates that an open quarter lacks: of actions that came into the plan after it was opened."""
    plan = plan_of(year)
    asked = ActionUpdate.objects.filter(action__delivery_plan=plan).select_related("period")
    last = asked.order_by("-period__end", "-due").first()
    if last is None:
        raise Http404("No quarter of this plan is open.")
    made = actions.open_updates(period=last.period, due=last.due or today(), delivery_plan=plan, by=request.user)
    messages.success(request, f"{made} more {'update is' if made == 1 else 'updates are'} asked for.")
    return redirect(f"{reverse('delivery-plan')}?year={year}")


@requires(*WRITES, Permission.DELIVERY_APPROVE)
@require_POST
def update_move(request: HttpRequest, pk: int) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("to", "reason", "version")}
    read = int(said["version"]) if said["version"].isdecimal() else None
    return _moved(request, seen_update(request, pk), said["to"], said["reason"], read)


def _moved(
    request: HttpRequest, update: ActionUpdate, to: str, reason: str = "", version: int | None = None
) -> HttpResponse:
    if to not in ActionUpdate.State.values:
        raise Http404("No such state.")
    try:
        moved = actions.move_update(update=update, to=to, reason=reason, version=version, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    except Stale:
        messages.error(
            request, "Somebody else changed this update after you opened it. Nothing was moved; read it again."
        )
    else:
        messages.success(request, f"The update of {update.action.ref} is now “{moved.get_state_display()}”.")
    return redirect("delivery-update-edit", update.pk)
