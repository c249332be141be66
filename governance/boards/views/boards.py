"""The pages of boards."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.models import Person
from core.accounts.permissions import Permission
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, ledger_rows, planning, presenters, reading
from governance.boards.forms.boards import BoardForm
from governance.boards.forms.people import WhoForm
from governance.boards.ledger import Ledger
from governance.boards.models import Board, DeliveryLink

DECISIONS_SHOWN = 20
MEETINGS_SHOWN = 12


def person_of(form: WhoForm, request: HttpRequest) -> Person:
    """Whom the form names, added to the people the office knows when new."""
    return form.cleaned_data["person"] or actions.add_person(by=request.user, **form.new_person())


@require_safe
@requires(Permission.BOARD_VIEW)
def board_list(request: HttpRequest) -> HttpResponse:
    day = today()
    boards = reading.boards_with_work(request.user, day)
    rows = [
        (board, presenters.countdown(board.next_date, day) if board.next_date else ("", "grey")) for board in boards
    ]
    context = {
        "rows": rows,
        "open_actions": sum(board.open_actions for board in boards),
        "overdue_actions": sum(board.overdue_actions for board in boards),
        "may_run": request.user.has(Permission.MEETING_RUN),
        "year": planning.year_of(day),
    }
    return render(request, "boards/board_list.html", context)


@require_safe
@requires(Permission.BOARD_VIEW)
def board_detail(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.select_related("chair", "parent"), slug=slug)
    day = today()
    meetings = list(board.meetings.order_by("-date")[:MEETINGS_SHOWN])
    coming = board.meetings.standing().filter(date__gte=day).order_by("date").first()
    deadlines = []
    if coming:
        coming.board = board
        deadlines = [
            presenters.Deadline("Papers due", reading.paper_deadline(coming), day),
            presenters.Deadline("Agenda public", reading.agenda_deadline(coming), day),
        ]
    open_actions = list(reading.open_actions_of(board, request.user))
    holds = list(board.holds.select_related("placed_by", "lifted_by"))
    context = {
        "board": board,
        "coming": coming,
        "countdown": presenters.countdown(coming.date, day) if coming else None,
        "deadlines": deadlines,
        "open_count": len(open_actions),
        "overdue": sum(one.due < day for one in open_actions),
        "ages": presenters.by_age(open_actions, day),
        "escalated": ledger_rows.rows_of(Ledger(request.user, day).before(board), day),
        "decisions": reading.decisions_of(board, request.user)[:DECISIONS_SHOWN],
        "meetings": meetings,
        "seats": reading.seats_of(board, day),
        "series": list(board.series.all()),
        "year": planning.year_of(day),
        "papers": reading.papers_counted(board, *planning.bounds(planning.year_of(day))),
        "commitments": list(reading.commitments_of(board, request.user)),
        "holds": holds,
        "is_held": any(one.lifted_at is None for one in holds),
        "aliases": list(board.aliases.order_by("name")),
        "children": list(board.children.all()),
        "measures": list(board.measures.order_by("name")),
        "delivery": DeliveryLink.objects.actions_of(board),
        "may_run": request.user.has(Permission.MEETING_RUN),
    }
    return render(request, "boards/board_detail.html", context)


@requires(Permission.MEETING_RUN)
def board_create(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        board = actions.create_board(by=request.user, **form.changes())
        messages.success(request, f"{board} has been added.")
        return redirect("board-detail", board.slug)
    return render(request, "boards/board_form.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def board_edit(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board, slug=slug)
    name = board.name
    form = BoardForm(request.POST or None, instance=board)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_board(board=board, version=form.cleaned_data["version"], by=request.user, **form.changes())
        except Stale as stale:
            fields = [one for one in form.Meta.fields if one != "version"]
            return conflict_response(
                request, stale=stale, form=form, fields=fields, title=name, back=f"/boards/{slug}/"
            )
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect("board-detail", slug)
    context = {"form": form, "board": board, "name": name}
    return render(request, "boards/board_form.html", context, status=422 if form.errors else 200)
