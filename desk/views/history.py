"""Who changed what, when and why."""

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.audit import log_read
from core.audit.context import ACTIONS
from core.audit.kinds import not_logged
from core.audit.models import AuditEvent, AuditEventQuerySet, ReadEvent, Verification
from core.audit.proof import standing
from core.audit.reading import as_of, described, model_of, why_unknown
from core.documents.stamp import stamp_now
from desk.auditing.forms import SearchForm
from desk.auditing.records import SavedSearch
from desk.history import links, report, story, telling
from desk.history.export import csv_lines
from desk.history.filters import HistoryFilter
from desk.history.scope import HISTORY, REDACTIONS, events_seen_by, is_restricted, may_see_record

ROWS = 50  # changes of one record on a page
READS = 100
STOPS = 200  # changes whose days are offered as stops
LOOKS = 14  # verifications: two weeks of nights


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _filter(request: HttpRequest) -> HistoryFilter:
    form = HistoryFilter(request.GET, user=request.user, actions=sorted(ACTIONS))
    form.is_valid()
    return form


@require_safe
@requires(*HISTORY)
def history(request: HttpRequest) -> HttpResponse:
    form = _filter(request)
    events = events_seen_by(request.user)
    page = telling.page_of(events if form.errors else form.applied(events), _number(request.GET.get("before")))
    sees_all = request.user.has(Permission.HISTORY_ALL)
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "page": page,
        "entries": [_entry(sentence, page) for sentence in page.sentences],
        "narrowed": not form.errors and form.is_narrowed,
        "query": query.urlencode(),
        "is_newest": "before" not in request.GET,
        "sees_all": sees_all,
        "unattributed": AuditEvent.objects.unattributed().count() if sees_all else 0,
        "one_request": form.cleaned_data.get("request", ""),
        "standing": standing(),
        "searches": SavedSearch.objects.filter(Q(user=request.user) | Q(shared=True)).select_related("user"),
        "search_form": SearchForm(),
        "draws": request.user.has(Permission.AUDIT_TEST),
    }
    return render(request, "desk/history_list.html", context, status=422 if form.errors else 200)


def _entry(sentence: telling.Sentence, page: telling.Page) -> dict:
    """A sentence with the rows it folds, each with the address of its own story."""
    rows = [page.events[one.id] for one in sentence.happenings]
    shown = list(zip(sentence.happenings, rows, strict=True))[: telling.FOLDED]
    return {
        "sentence": sentence,
        "first": rows[0],
        "rows": shown,
        "more": len(rows) - len(shown),
        "folds": len(rows) > 1,
    }


@require_safe
@requires(*HISTORY)
def history_proof(request: HttpRequest) -> HttpResponse:
    """What the log can prove and what it cannot, how far it has come and when it was looked over."""
    context = {
        "standing": standing(),
        "looks": Verification.objects.order_by("-pk")[:LOOKS],
        "signs": bool(settings.CHECKPOINT_KEY or settings.CHECKPOINT_PUBLIC_KEY),
        "not_logged": not_logged(),
        "reads_redactions": request.user.has(*REDACTIONS),
    }
    return render(request, "desk/history_proof.html", context)


@require_safe
@requires(*HISTORY)
def history_object(request: HttpRequest, table: str, key: str) -> HttpResponse:
    model = model_of(table) if "\x00" not in key else None
    events = events_seen_by(request.user).for_object(table, key)
    if model is None or not events.exists():
        raise Http404("No such record, or none of its history is yours to see.")
    record = links.record_of(table, key)
    if is_restricted(table, key):
        log_read(what=record or f"history of {model._meta.verbose_name} {key}", request=request, by=request.user)
    whole = may_see_record(request.user, table, key)
    before = _number(request.GET.get("before"))
    rows = list((events.filter(pk__lt=before) if before else events)[: ROWS + 1])
    shown = rows[:ROWS]
    names = story.names_for(shown)
    told = telling.told_each(shown, events_seen_by(request.user), names)
    context = {
        "noun": model._meta.verbose_name,
        "table": table,
        "key": key,
        "record": record,
        "record_href": links.page_of(record, request.user) if record and whole else "",
        "whole": whole,
        "entries": list(zip(shown, told, [story.changes_of(event, names) for event in shown], strict=True)),
        "older": rows[ROWS - 1].pk if len(rows) > ROWS else None,
        "reads": _reads_of(request, table, key) if whole else [],
        "days": _days(events) if whole else [],
        **(_standing(request, table, key, names) if whole else {}),
    }
    return render(request, "desk/history_object.html", context)


def _days(events: AuditEventQuerySet) -> list[dt.date]:
    """The days on which it changed, oldest first: the stops of the way through its states."""
    moments = events.order_by("-pk").values_list("at", flat=True)[:STOPS]
    return sorted({timezone.localtime(at).date() for at in moments})


def _standing(request: HttpRequest, table: str, key: str, names: story.Names) -> dict:
    """How the record stood at the end of the day that was asked for."""
    asked = request.GET.get("as_of", "")
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    if day is None:
        return {"as_of_asked": asked, "as_of_wrong": bool(asked)}
    end = timezone.make_aware(dt.datetime.combine(day, dt.time.max))
    held = as_of(table, key, end)
    stood = story.stood(table, described(table, held, names)) if held is not None else None
    unknown = "" if held is not None else why_unknown(table, key, end)
    return {"as_of_asked": asked, "as_of": day, "stood": stood, "unknown": unknown}


@require_safe
@requires(*HISTORY)
def history_report(request: HttpRequest, table: str, key: str) -> HttpResponse:
    """One record from its source to its signature, to be printed."""
    record = links.record_of(table, key) if "\x00" not in key else None
    if record is None or not may_see_record(request.user, table, key):
        raise Http404("No such record, or none of its history is yours to see.")
    if is_restricted(table, key):
        log_read(what=record, request=request, by=request.user)
    entries, whole = report.entries_of(record, events_seen_by(request.user))
    context = {
        "record": record,
        "noun": record._meta.verbose_name,
        "entries": entries,
        "all": whole,
        "reads": _reads_of(request, table, key),
        "standing": standing(),
        "stamp": stamp_now(),
        "made_at": timezone.now(),
        "record_href": links.page_of(record, request.user),
    }
    return render(request, "desk/history_report.html", context)


def _reads_of(request: HttpRequest, table: str, key: str) -> list[ReadEvent]:
    """Who read or exported it; for those who see all history."""
    if not request.user.has(Permission.HISTORY_ALL):
        return []
    return list(ReadEvent.objects.for_object(table, key).order_by("-pk")[:READS])


@require_safe
@requires(*HISTORY)
def history_csv(request: HttpRequest) -> HttpResponse:
    """The events the same filters show, one line each."""
    form = _filter(request)
    if form.errors:
        raise Http404("These filters ask for nothing.")
    events = form.applied(events_seen_by(request.user))
    log_read(what="history", how="export", rows=events.count(), request=request, by=request.user)
    answer = StreamingHttpResponse(csv_lines(events), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="history-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


@require_safe
@requires(Permission.HISTORY_ALL)
def history_reads(request: HttpRequest) -> HttpResponse:
    """Who read or exported what is restricted."""
    before = _number(request.GET.get("before"))
    reads = ReadEvent.objects.order_by("-pk")
    rows = list((reads.filter(pk__lt=before) if before else reads)[: READS + 1])
    context = {"reads": rows[:READS], "older": rows[READS - 1].pk if len(rows) > READS else None}
    return render(request, "desk/history_reads.html", context)
