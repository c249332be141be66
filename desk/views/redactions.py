"""Taking out of the history what may no longer be kept: asked for by one person, agreed to by another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.audit import log_read
from core.audit.actions import RedactionRefused, approve_redaction, ask_redaction, refuse_redaction
from core.audit.models import AuditEvent, Redaction
from core.documents.once import once
from desk.auditing.forms import RedactionForm, RefusalForm
from desk.history import story
from desk.history.scope import REDACTIONS, events_seen_by

NOT_SEEN = "Some of these changes are not in the history you may see. Nothing was asked for."
TONES = {Redaction.State.ASKED: "amber", Redaction.State.DONE: "green", Redaction.State.REFUSED: "grey"}


@requires(*REDACTIONS)
@require_safe
def redaction_list(request: HttpRequest) -> HttpResponse:
    found = list(Redaction.objects.select_related("asked_by", "decided_by")[:200])
    for one in found:
        one.tone = TONES[one.state]
    return render(request, "desk/auditing/redaction_list.html", {"redactions": found})


@requires(Permission.REDACTION_ASK)
@once
def redaction_create(request: HttpRequest) -> HttpResponse:
    form = RedactionForm(request.POST or None, initial={"events": request.GET.get("event", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        seen = events_seen_by(request.user).filter(pk__in=given["events"]).count()
        try:
            if seen != len(set(given["events"])):
                raise RedactionRefused(NOT_SEEN)
            redaction = ask_redaction(**given, by=request.user)
        except RedactionRefused as refused:
            form.add_error("events", str(refused))
        else:
            messages.success(request, "The redaction is asked for. Nothing is taken out before somebody else agrees.")
            return redirect("redaction-detail", redaction.pk)
    status = 422 if form.is_bound else 200
    return render(request, "desk/auditing/redaction_form.html", {"form": form}, status=status)


@requires(*REDACTIONS)
def redaction_detail(request: HttpRequest, pk: int) -> HttpResponse:
    redaction = get_object_or_404(Redaction.objects.select_related("asked_by", "decided_by"), pk=pk)
    decides = request.user.has(Permission.REDACTION_APPROVE) and redaction.asked_by_id != request.user.pk
    form = RefusalForm(request.POST if request.POST.get("to") == "refused" else None)
    status = 200
    if request.method == "POST":
        if not decides:
            raise PermissionDenied
        if request.POST.get("to") == "done" or form.is_valid():
            return _decided(request, redaction, form)
        status = 422
    events = list(events_seen_by(request.user).filter(pk__in=redaction.events).order_by("pk"))
    names = story.names_for(events)
    if decides and redaction.state == Redaction.State.ASKED:
        log_read(what=redaction, request=request, by=request.user)
    context = {
        "redaction": redaction,
        "tone": TONES[redaction.state],
        "decides": decides and redaction.state == Redaction.State.ASKED,
        "form": form,
        "events": [(event, [] if event.is_redacted else story.changes_of(event, names)) for event in events],
        "unseen": len(redaction.events) - len(events),
        "later": _later(events),
    }
    return render(request, "desk/auditing/redaction_detail.html", context, status=status)


def _decided(request: HttpRequest, redaction: Redaction, form: RefusalForm) -> HttpResponse:
    try:
        if request.POST.get("to") == "done":
            approve_redaction(redaction=redaction, by=request.user)
            messages.success(request, "What these changes said is taken out. Their hashes are kept.")
        else:
            refuse_redaction(redaction=redaction, reason=form.cleaned_data["answer"], by=request.user)
            messages.success(request, "The redaction is refused. The changes stay as they are.")
    except RedactionRefused as refused:
        messages.error(request, str(refused))
    return redirect("redaction-detail", redaction.pk)


def _later(events: list[AuditEvent]) -> int:
    """How many other changes of the same records are not among them: each repeats what the record said then."""
    places = {(one.table, one.key) for one in events}
    given = {one.pk for one in events}
    found = 0
    for table, key in places:
        found += AuditEvent.objects.for_object(table, key).filter(content_sha256=None).exclude(pk__in=given).count()
    return found
