"""The meetings of a year, board by board, and the rhythms they are fixed from."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.once import once
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, planning, presenters, reading
from governance.boards.forms.boards import CancelForm, ReinstateForm, SeriesForm
from governance.boards.models import Board, MeetingSeries
from governance.boards.views.meetings import found_meeting


def _year(year: int) -> int:
    if not planning.EARLIEST <= year < planning.LATEST:
        raise Http404("No such year.")
    return year


@require_safe
@requires(Permission.BOARD_VIEW)
def meeting_year(request: HttpRequest, year: int) -> HttpResponse:
    """Every board's meetings from April to March; one board's where the address names it."""
    first, last = planning.bounds(_year(year))
    boards = list(Board.objects.prefetch_related("series").order_by("name"))
    chosen = request.GET.get("board", "")
    shown = [one for one in boards if one.slug == chosen] or boards
    meetings = reading.meetings_between(first, last).select_related(None)  # the boards are read already
    by_board, day = defaultdict(list), today()
    for one in meetings if shown is boards else meetings.filter(board__in=shown):
        by_board[one.board_id].append(presenters.year_row(one, day))
    context = {
        "boards": [
            (one, by_board[one.pk]) for one in shown if by_board[one.pk] or one.series.all() or one.slug == chosen
        ],
        "empty": [one for one in shown if not by_board[one.pk] and not one.series.all() and one.slug != chosen],
        "count": sum(not row.meeting.is_cancelled for one in shown for row in by_board[one.pk]),
        "chosen": chosen,
        "year": year,
        "words": planning.year_words(year),
        "may_run": request.user.has(Permission.MEETING_RUN),
    }
    return render(request, "boards/meeting_year.html", context)


@requires(Permission.MEETING_RUN)
@once
def series_create(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board, slug=slug)
    form = SeriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data.copy()
        given.pop("version")
        made = actions.create_series(board=board, by=request.user, **given)
        messages.success(request, "The rhythm is saved. These are the meetings it makes.")
        return redirect("series-fix", made.pk, planning.year_of(max(today(), made.starts)))
    context = {"board": board, "form": form}
    return render(request, "boards/series_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def series_edit(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(MeetingSeries.objects.select_related("board"), pk=pk)
    form = SeriesForm(request.POST or None, instance=series)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.edit_series(series=series, by=request.user, **form.cleaned_data)
        except Stale as stale:
            fields = [one for one in form.Meta.fields if one not in ("version", "is_public")]
            back = reverse("board-detail", args=[series.board.slug])
            return conflict_response(request, stale=stale, form=form, fields=fields, title=str(series), back=back)
        messages.success(request, "The rhythm is saved. Meetings that were fixed stay as they are.")
        return redirect("series-fix", pk, planning.year_of(max(today(), saved.starts)))
    context = {"board": series.board, "series": series, "form": form}
    return render(request, "boards/series_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def series_fix(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The days of a rhythm in a year, shown before they are fixed by one press."""
    series = get_object_or_404(MeetingSeries.objects.select_related("board"), pk=pk)
    first, last = planning.bounds(_year(year))
    if request.method == "POST":
        made = actions.fix_series(series=series, first=first, last=last, by=request.user)
        counted = "1 meeting is" if len(made) == 1 else f"{len(made)} meetings are"
        messages.success(request, f"{counted} fixed for {planning.year_words(year)}.")
        return redirect(f"{reverse('meeting-year', args=[year])}?board={series.board.slug}")
    rows = planning.planned(series, first, last)
    context = {
        "series": series,
        "board": series.board,
        "rows": rows,
        "new": sum(one.is_new for one in rows),
        "year": year,
        "words": planning.year_words(year),
    }
    return render(request, "boards/series_fix.html", context)


@requires(Permission.MEETING_RUN)
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = found_meeting(pk)
    form = CancelForm(request.POST or None, initial={"version": meeting.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_meeting(meeting=meeting, by=request.user, **form.cleaned_data)
        except Stale:
            messages.error(request, "Somebody changed this meeting meanwhile. Look at it again. Nothing was cancelled.")
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The meeting is cancelled. Calendars that are followed say so.")
        return redirect("meeting-detail", pk)
    context = {"meeting": meeting, "board": meeting.board, "form": form}
    return render(request, "boards/meeting_cancel.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def meeting_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = found_meeting(pk)
    form = ReinstateForm(request.POST or None, initial={"version": meeting.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.reinstate_meeting(meeting=meeting, by=request.user, **form.cleaned_data)
        except Stale:
            messages.error(request, "Somebody changed this meeting meanwhile. Look at it again. Nothing was changed.")
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The meeting is held after all. Calendars that are followed say so.")
        return redirect("meeting-detail", pk)
    context = {"meeting": meeting, "board": meeting.board, "form": form}
    return render(request, "boards/meeting_reinstate.html", context, status=422 if form.errors else 200)
