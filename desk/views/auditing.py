"""The auditor's desk: exceptions, samples with their working papers, findings and their answers, searches kept."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires, signed_in
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.audit import log_read
from core.audit.context import ACTIONS
from core.audit.models import AuditEvent, AuditEventQuerySet, AuditSeal
from core.documents.once import once
from core.documents.stamp import stamp_now
from core.documents.versions import Stale, conflict_response
from desk.actions import auditing as actions
from desk.auditing import exceptions, sampling, workpaper
from desk.auditing.forms import AnswerForm, CloseForm, NoteForm, SampleForm, SearchForm, TestForm
from desk.auditing.records import Sample, SampleItem, SavedSearch
from desk.history import story
from desk.history.filters import HistoryFilter
from desk.history.scope import HISTORY, events_seen_by
from desk.history.telling import told
from measures.presenters.workbook import CONTENT_TYPE

AUDITORS = (Permission.AUDIT_TEST, Permission.HISTORY_ALL)


@requires(*AUDITORS)
@require_safe
def exception_list(request: HttpRequest) -> HttpResponse:
    found = exceptions.results(exceptions.window(events_seen_by(request.user)))
    for result in found:
        result.shown = list(
            zip(result.open[: exceptions.SHOWN], _sentences(result.open[: exceptions.SHOWN]), strict=True)
        )
    context = {
        "results": found,
        "days": exceptions.WINDOW,
        "at_most": exceptions.LOOKED_AT,
        "marks": request.user.has(Permission.AUDIT_TEST),
    }
    return render(request, "desk/auditing/exception_list.html", context)


def _sentences(found: list[exceptions.Found]) -> list[str]:
    return [told([one.event])[0].text for one in found]


@requires(Permission.AUDIT_TEST)
def exception_mark(request: HttpRequest, rule: str, event: int) -> HttpResponse:
    if rule not in exceptions.BY_NAME:
        raise Http404
    change = get_object_or_404(events_seen_by(request.user), pk=event)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.mark_exception(rule=rule, event=event, note=form.cleaned_data["note"], by=request.user)
            messages.success(request, "It is noted that you looked at it.")
        except MoveRefused as refused:
            messages.error(request, str(refused))
        return redirect("exception-list")
    context = {"rule": exceptions.BY_NAME[rule], "form": form, **_change(change)}
    return render(request, "desk/auditing/exception_mark.html", context, status=422 if form.is_bound else 200)


def _change(event: AuditEvent) -> dict:
    names = story.names_for([event])
    return {"event": event, "sentence": told([event])[0].text, "changes": story.changes_of(event, names)}


# --- samples ------------------------------------------------------------------------------------------------------


@requires(*AUDITORS)
@require_safe
def sample_list(request: HttpRequest) -> HttpResponse:
    samples = list(Sample.objects.select_related("drawn_by").prefetch_related("items"))
    findings = SampleItem.objects.filter(result=SampleItem.Result.FINDING).select_related("sample", "owner")
    context = {
        "samples": samples,
        "waiting": findings.filter(response="").order_by("due"),
        "draws": request.user.has(Permission.AUDIT_TEST),
    }
    return render(request, "desk/auditing/sample_list.html", context)


def _narrowed(request: HttpRequest, query: str) -> tuple[AuditEventQuerySet, str]:
    """The changes that these filters pick, and the filters as they are kept."""
    form = HistoryFilter(QueryDict(query), user=request.user, actions=sorted(ACTIONS))
    events = events_seen_by(request.user)
    if not form.is_valid():
        return events, ""
    kept = {name: value for name, value in QueryDict(query).items() if value and name in form.fields}
    return form.applied(events), urlencode(kept)


@requires(Permission.AUDIT_TEST)
@once
def sample_create(request: HttpRequest) -> HttpResponse:
    events, query = _narrowed(request, request.POST.get("query", request.GET.urlencode()))
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        last = events_seen_by(request.user).values_list("pk", flat=True).first() or 0
        seed = None
        if given["events"]:
            wanted = list(dict.fromkeys(given["events"]))
            held = set(events_seen_by(request.user).filter(pk__in=wanted).values_list("pk", flat=True))
            numbers, population, query = wanted, len(held), ""
            if len(held) != len(wanted):
                form.add_error("events", "Some of these changes are not in the history. Nothing was drawn.")
        else:
            seed = sampling.new_seed() if given["seed"] is None else given["seed"]
            population, numbers = sampling.draw(events, seed=seed, size=given["size"], last=last)
        if form.is_valid():
            about = {"title": given["title"], "objective": given["objective"], "seed": seed, "query": query}
            try:
                sample = actions.draw_sample(
                    **about, population=population, last_event=last, events=numbers, by=request.user
                )
                return redirect("sample-detail", sample.pk)
            except MoveRefused as refused:
                form.add_error(None, str(refused))
    context = {"form": form, "query": query, "method": sampling.METHOD}
    return render(request, "desk/auditing/sample_form.html", context, status=422 if form.is_bound else 200)


def _paper(request: HttpRequest, pk: int) -> workpaper.Paper:
    sample = get_object_or_404(Sample.objects.select_related("drawn_by"), pk=pk)
    return workpaper.paper_of(sample, events_seen_by(request.user))


@requires(*AUDITORS)
def sample_detail(request: HttpRequest, pk: int) -> HttpResponse:
    paper = _paper(request, pk)
    works = request.user.has(Permission.AUDIT_TEST)
    if request.method == "POST" and not works:
        raise PermissionDenied
    form = CloseForm(request.POST or None, initial={"version": paper.sample.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_sample(sample=paper.sample, **form.cleaned_data, by=request.user)
            messages.success(request, "The working paper is closed.")
        except Stale as stale:
            title, back = paper.sample.title, request.path
            return conflict_response(request, stale=stale, form=form, fields=["conclusion"], title=title, back=back)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        return redirect("sample-detail", pk)
    again = None
    if request.GET.get("again") and paper.sample.seed is not None:
        again = sampling.draws_the_same(paper.sample, _narrowed(request, paper.sample.query)[0])
    context = {
        "paper": paper,
        "sample": paper.sample,
        "works": works and paper.sample.closed_at is None,
        "form": form,
        "again": again,
        "stamp": stamp_now(),
        "asked_again": again is not None,
        "method": sampling.METHOD,
    }
    return render(request, "desk/auditing/sample_detail.html", context, status=422 if form.is_bound else 200)


@requires(*AUDITORS)
@require_safe
def sample_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    paper = _paper(request, pk)
    log_read(what=paper.sample, how="export", rows=len(paper.lines), request=request, by=request.user)
    answer = HttpResponse(workpaper.as_workbook(paper), content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="working-paper-{pk}.xlsx"'
    return answer


@requires(Permission.AUDIT_TEST)
def sample_item(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(SampleItem.objects.select_related("sample", "owner", "responded_by"), pk=pk)
    event = events_seen_by(request.user).filter(pk=item.event).first()
    names = ("version", "test", "result", "finding", "owner", "due")
    form = TestForm(request.POST or None, initial={name: getattr(item, name) for name in names})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_test(item=item, **form.cleaned_data, by=request.user)
                messages.success(request, "The test is recorded.")
                return redirect("sample-detail", item.sample_id)
            except Stale as stale:
                title, fields = str(item), list(names[1:])
                return conflict_response(request, stale=stale, form=form, fields=fields, title=title, back=request.path)
            except MoveRefused as refused:
                form.add_error(None, str(refused))
    seal = AuditSeal.objects.filter(event_id=item.event).first()
    context = {"item": item, "form": form, "seal": seal, **(_change(event) if event else {})}
    return render(request, "desk/auditing/sample_item.html", context, status=status)


@signed_in
def finding_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever a finding names, whatever else they may see."""
    findings = SampleItem.objects.select_related("sample").filter(owner=request.user)
    item = get_object_or_404(findings, pk=pk, result=SampleItem.Result.FINDING)
    form = AnswerForm(request.POST or None, initial={"version": item.version, "response": item.response})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.answer_finding(item=item, **form.cleaned_data, by=request.user)
                messages.success(request, "Your answer is recorded.")
                return redirect("finding-answer", pk)
            except Stale as stale:
                title, back = str(item), request.path
                return conflict_response(request, stale=stale, form=form, fields=["response"], title=title, back=back)
            except MoveRefused as refused:
                form.add_error(None, str(refused))
    return render(request, "desk/auditing/finding_answer.html", {"item": item, "form": form}, status=status)


# --- searches -----------------------------------------------------------------------------------------------------


@requires(*HISTORY)
@require_POST
@once
def search_save(request: HttpRequest) -> HttpResponse:
    _, query = _narrowed(request, request.POST.get("query", ""))
    form = SearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the search a name. Nothing was saved.")
    elif len(query) > SavedSearch._meta.get_field("query").max_length:
        messages.error(request, "These filters are too long to be kept. Nothing was saved.")
    else:
        actions.save_search(query=query, by=request.user, **form.cleaned_data)
        messages.success(request, "The search is saved: it stands above the history.")
    answer = redirect("history")
    answer.headers["Location"] += f"?{query}" if query else ""
    return answer


@requires(*HISTORY)
@require_POST
def search_drop(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop_search(search=get_object_or_404(SavedSearch, pk=pk, user=request.user), by=request.user)
    messages.success(request, "The search is removed. The history is as it was.")
    return redirect("history")
