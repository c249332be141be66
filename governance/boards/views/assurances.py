"""How far a board is assured: recorded under an item, and put right while the minutes are a draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.boards import actions
from governance.boards.forms.assurances import AssuranceEditForm, AssuranceForm
from governance.boards.models import AgendaItem, Assurance
from governance.boards.views.minutes import item_seen, outcome_form, place_of, recorded, refused_under

FIELDS = ["level", "text", "wants"]


def _waiting(request: HttpRequest, item: AgendaItem):
    """What this item may take up: of exempt items only in the exempt part."""
    found = Assurance.objects.seen_by(request.user).waiting_for(item.meeting)
    return found if item.is_exempt else found.filter(item__part=AgendaItem.Part.PUBLIC)


@requires(Permission.MEETING_RUN)
def assurance_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_seen(request, pk)
    form = AssuranceForm(request.POST or None, waiting=_waiting(request, item), auto_id=f"assurance-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_assurance(item=item, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            return refused_under(request, item, form, refused, kind="assurance")
        return recorded(request, item, f"It is recorded that the board is {made.get_level_display().lower()}.")
    return outcome_form(request, item, form, kind="assurance")


@requires(Permission.MEETING_RUN)
def assurance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = Assurance.objects.seen_by(request.user).select_related("item__meeting__board")
    one = get_object_or_404(found, pk=pk)
    back = place_of(one.item)
    form = AssuranceEditForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_assurance(assurance=one, by=request.user, **form.cleaned_data)
        except Stale as stale:
            title = "What the board said of its assurance"
            return conflict_response(request, stale=stale, form=form, fields=FIELDS, title=title, back=back)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "What the board said is saved.")
        return redirect(back)
    context = {"form": form, "item": one.item, "back": back}
    return render(request, "boards/assurance_form.html", context, status=422 if form.errors else 200)
