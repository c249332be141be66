"""What has to be published: the checklist, and noting what somebody found."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from governance.boards import actions, duties
from governance.boards.forms.duties import DutyForm
from governance.boards.models import DutyCheck
from governance.boards.publication_duties import BY_KEY


@require_safe
@requires(Permission.BOARD_VIEW)
def duty_list(request: HttpRequest) -> HttpResponse:
    held = duties.rows(today())
    context = {"orders": held, "lead": duties.lead(held), "may_check": request.user.has(Permission.DUTY_CHECK)}
    return render(request, "boards/duty_list.html", context)


@requires(Permission.DUTY_CHECK)
def duty_check(request: HttpRequest, key: str) -> HttpResponse:
    duty = BY_KEY.get(key)
    if duty is None:
        raise Http404("No such duty.")
    day = today()
    looks = list(DutyCheck.objects.filter(key=key).select_related("by").order_by("-pk"))
    last = looks[0] if looks else None
    initial = {"checked_on": day, "next_on": duties.months_after(day, duty.months)}
    initial |= {"address": last.address, "found": last.found} if last else {}
    form = DutyForm(request.POST or None, today=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_duty(key=key, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "What you found is kept.")
        return redirect("duty-list")
    context = {"duty": duty, "row": duties.DutyRow(duty, last, day), "form": form, "looks": looks}
    return render(request, "boards/duty_check.html", context, status=422 if form.errors else 200)
