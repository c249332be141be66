"""The ledger of actions and commitments: a list, a board by state, and files of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.models import Person
from core.accounts.permissions import Permission
from governance.boards import ledger_rows as presenters
from governance.boards import log_files, logs
from governance.boards.ledger import COLUMNS, KINDS, SHOWS, SORTS, Ledger, Mark, Wanted
from governance.boards.logs import boards_for, ledger_wanted, people_for
from governance.boards.models import Board, LogFile

SEES = (
    Permission.BOARD_VIEW,
    Permission.ACTION_UPDATE,
    Permission.DELIVERY_VIEW,
    Permission.DELIVERY_UPDATE_ASSIGNED,
)
CARDS = 25  # in a column of the board view


def _query(wanted: Wanted, **changes: str) -> str:
    """The address of the same list with something else about it."""
    held = {
        "show": wanted.show,
        "kind": wanted.kind,
        "board": wanted.board.slug if wanted.board else "",
        "state": wanted.column,
        "sort": "" if wanted.sort == "due" else wanted.sort,
        "whose": str(wanted.person.pk) if wanted.person else "",
    } | changes
    return "?" + urlencode({name: value for name, value in held.items() if value})


def _asked(wanted: Wanted, boards: list[Board], people: list[Person]) -> dict[str, object]:
    """What the controls above the list show."""
    return {
        "wanted": wanted,
        "boards": boards,
        "people": people,
        "kinds": KINDS.items(),
        "columns": COLUMNS.items(),
        "sorts": SORTS.items(),
        "query": _query(wanted),
    }


@require_safe
@requires(*SEES)
def action_list(request: HttpRequest) -> HttpResponse:
    ledger, boards, people = Ledger(request.user, today()), boards_for(request.user), people_for(request.user)
    counts = ledger.counts(ledger_wanted(request.GET, boards, people, "open"))
    wanted = ledger_wanted(request.GET, boards, people, "mine" if counts["mine"] else "open")
    after, before = Mark.read(request.GET.get("after", "")), Mark.read(request.GET.get("before", ""))
    page = ledger.page(wanted, after=after, before=before)
    tabs = [
        {
            "text": words,
            "href": _query(wanted, show=name, state=""),
            "count": presenters.counted(name, counts[name]),
            "current": name == wanted.show and not wanted.column,
        }
        for name, words in SHOWS.items()
    ]
    context = _asked(wanted, boards, people) | {
        "tabs": tabs,
        "counts": counts,
        "lead": presenters.lead(counts),
        "rows": presenters.rows_of(page.entries, ledger.day),
        "before": page.before and _query(wanted, before=page.before),
        "after": page.after and _query(wanted, after=page.after),
    }
    return render(request, "boards/action_list.html", context)


@require_safe
@requires(*SEES)
def action_board(request: HttpRequest) -> HttpResponse:
    ledger, boards, people = Ledger(request.user, today()), boards_for(request.user), people_for(request.user)
    wanted = ledger_wanted(request.GET, boards, people, "open")
    counts, held = ledger.column_counts(wanted), ledger.columns(wanted, CARDS)
    columns = [
        (
            name,
            words,
            presenters.counted(name, counts[name]),
            [(row, row.moves(request.user)) for row in presenters.rows_of(held[name], ledger.day)],
            presenters.beyond(name, counts[name], CARDS),
            _query(wanted, state=name, show="closed" if name == "closed" else "open"),
        )
        for name, words in COLUMNS.items()
    ]
    context = _asked(wanted, boards, people) | {"cards": columns}
    return render(request, "boards/action_board.html", context)


@requires(*SEES)
@require_safe
def action_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is filtered, as a file; a file that cannot hold it all says so on its first lines."""
    if kind not in log_files.KINDS:
        raise Http404("No such file.")
    day = today()
    rows = logs.LOGS[LogFile.Log.ACTIONS].rows(request.user, request.GET, day)
    title = "Actions and commitments"
    return log_files.answer(kind, "actions", title, presenters.HEADINGS, rows, day)
