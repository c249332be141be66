"""Actions arising: the list across boards, and each with its progress."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, presenters, reading, states
from governance.boards.forms.meetings import CloseForm, ProgressForm
from governance.boards.models import Board, BoardAction

SEES = (Permission.BOARD_VIEW, Permission.ACTION_UPDATE)
WRITES = (Permission.MEETING_RUN, Permission.ACTION_UPDATE)
PAGE = 50  # actions
VIEWS = (("mine", "Mine"), ("overdue", "Overdue"), ("open", "All open"), ("closed", "Closed"))


def _seen(request: HttpRequest, pk: int) -> BoardAction:
    return get_object_or_404(reading.actions_seen_by(request.user).select_related("closed_by"), pk=pk)


@requires(*SEES)
def action_list(request: HttpRequest) -> HttpResponse:
    user, day = request.user, today()
    boards = list(Board.objects.all()) if user.has(Permission.BOARD_VIEW) else []
    board = next((one for one in boards if one.slug == request.GET.get("board")), None)
    found = BoardAction.objects.seen_by(user)
    if board:
        found = found.filter(item__meeting__board=board)
    is_open = Q(status=BoardAction.Status.OPEN)
    wanted = {
        "mine": is_open & Q(owner__user=user),
        "overdue": is_open & Q(due__lt=day),
        "open": is_open,
        "closed": ~is_open,
    }
    counts = found.order_by().aggregate(**{name: Count("pk", filter=only) for name, only in wanted.items()})
    show = request.GET.get("show", "mine" if counts["mine"] else "open")
    show = show if show in wanted else "open"
    rows = found.filter(wanted[show]).select_related("owner", "item__meeting__board")
    rows = rows.order_by("-closed_at", "ref") if show == "closed" else rows.order_by("due", "ref")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    kept = f"&board={board.slug}" if board else ""
    tabs = [
        {"text": text, "href": f"?show={name}{kept}", "count": counts[name], "current": name == show}
        for name, text in VIEWS
    ]
    context = {
        "tabs": tabs,
        "show": show,
        "counts": counts,
        "boards": boards,
        "board": board,
        "page": page,
        "rows": [presenters.ArisingRow(one, day) for one in page],
    }
    return render(request, "boards/action_list.html", context)


def _page(request: HttpRequest, found: BoardAction, form: ProgressForm | None = None) -> HttpResponse:
    user = request.user
    may_write = user.has(Permission.MEETING_RUN) or (
        user.has(Permission.ACTION_UPDATE) and found.owner.user_id == user.pk
    )
    context = {
        "action": found,
        "row": presenters.ArisingRow(found, today()),
        "form": form or ProgressForm(instance=found),
        "may_write": may_write,
        "moves": states.ACTION.moves(found.status, by=user) if may_write else [],
        "carried": list(found.carried_items.select_related("meeting__board").order_by("meeting__date")),
        "may_see_meeting": user.has(Permission.BOARD_VIEW),
        "may_see_item": not found.item.is_exempt or user.has(Permission.RESTRICTED_VIEW),  # an owner may not
    }
    status = 422 if form and form.errors else 200
    return render(request, "boards/action_detail.html", context, status=status)


@requires(*SEES)
def action_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


@requires(*WRITES)
@require_POST
def action_progress(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = ProgressForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.report_progress(board_action=found, by=request.user, **form.cleaned_data)
    except Stale as stale:
        back = reverse("board-action-detail", args=[pk])
        title = f"Progress on action {found.ref}"
        return conflict_response(request, stale=stale, form=form, fields=["progress"], title=title, back=back)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Progress on action {found.ref} is saved.")
    return redirect("board-action-detail", pk)


@requires(*WRITES)
@require_POST
def action_move(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise Http404("No such state.")
    try:
        moved = actions.move_action(board_action=found, by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Action {found.ref} is now “{moved.get_status_display()}”.")
    return redirect("board-action-detail", pk)
