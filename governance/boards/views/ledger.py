"""The ledger of actions and commitments: a list, a board by state, and files of it."""

import csv
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.clock import now, today
from core.accounts.permissions import Permission
from core.documents.render import RenderFailed, render_pdf
from governance.boards import ledger_rows as presenters
from governance.boards.ledger import COLUMNS, KINDS, SHOWS, SORTS, Ledger, Mark, Wanted
from governance.boards.models import Board
from governance.boards.presenters import day_words
from measures.presenters.table import safe
from measures.presenters.workbook import CONTENT_TYPE, Sheet, workbook

SEES = (
    Permission.BOARD_VIEW,
    Permission.ACTION_UPDATE,
    Permission.DELIVERY_VIEW,
    Permission.DELIVERY_UPDATE_ASSIGNED,
)
CARDS = 25  # in a column of the board view
MOST = {"csv": 200_000, "xlsx": 20_000, "pdf": 300}  # rows of a file
CSV_MARK = "\ufeff"  # by which Excel knows UTF-8


def _boards(request: HttpRequest) -> list[Board]:
    return list(Board.objects.all()) if request.user.has(Permission.BOARD_VIEW) else []


def _wanted(request: HttpRequest, boards: list[Board], show: str) -> Wanted:
    given = request.GET
    return Wanted(
        show=given["show"] if given.get("show") in SHOWS else show,
        kind=given["kind"] if given.get("kind") in KINDS else "",
        board=next((one for one in boards if one.slug == given.get("board")), None),
        column=given["state"] if given.get("state") in COLUMNS else "",
        sort=given["sort"] if given.get("sort") in SORTS else "due",
    )


def _query(wanted: Wanted, **changes: str) -> str:
    """The address of the same list with something else about it."""
    held = {
        "show": wanted.show,
        "kind": wanted.kind,
        "board": wanted.board.slug if wanted.board else "",
        "state": wanted.column,
        "sort": "" if wanted.sort == "due" else wanted.sort,
    } | changes
    return "?" + urlencode({name: value for name, value in held.items() if value})


def _asked(request: HttpRequest, wanted: Wanted, boards: list[Board]) -> dict[str, object]:
    """What the controls above the list show."""
    return {
        "wanted": wanted,
        "boards": boards,
        "kinds": KINDS.items(),
        "columns": COLUMNS.items(),
        "sorts": SORTS.items(),
        "query": _query(wanted),
    }


@requires(*SEES)
def action_list(request: HttpRequest) -> HttpResponse:
    ledger, boards = Ledger(request.user, today()), _boards(request)
    counts = ledger.counts(_wanted(request, boards, "open"))
    wanted = _wanted(request, boards, "mine" if counts["mine"] else "open")
    after, before = Mark.read(request.GET.get("after", "")), Mark.read(request.GET.get("before", ""))
    page = ledger.page(wanted, after=after, before=before)
    tabs = [
        {
            "text": words,
            "href": _query(wanted, show=name, state=""),
            "count": counts[name],
            "current": name == wanted.show and not wanted.column,
        }
        for name, words in SHOWS.items()
    ]
    context = _asked(request, wanted, boards) | {
        "tabs": tabs,
        "counts": counts,
        "lead": presenters.lead(counts),
        "rows": presenters.rows_of(page.entries, ledger.day),
        "before": page.before and _query(wanted, before=page.before),
        "after": page.after and _query(wanted, after=page.after),
    }
    return render(request, "boards/action_list.html", context)


@requires(*SEES)
def action_board(request: HttpRequest) -> HttpResponse:
    ledger, boards = Ledger(request.user, today()), _boards(request)
    wanted = _wanted(request, boards, "open")
    counts, held = ledger.column_counts(wanted), ledger.columns(wanted, CARDS)
    columns = [
        (
            name,
            words,
            counts[name],
            [(row, row.moves(request.user)) for row in presenters.rows_of(held[name], ledger.day)],
            max(counts[name] - CARDS, 0),
            _query(wanted, state=name, show="closed" if name == "closed" else "open"),
        )
        for name, words in COLUMNS.items()
    ]
    context = _asked(request, wanted, boards) | {"cards": columns}
    return render(request, "boards/action_board.html", context)


@requires(*SEES)
@require_safe
def action_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is filtered, as a file; a file that cannot hold it all says so on its first lines."""
    if kind not in MOST:
        raise Http404("No such file.")
    ledger, boards = Ledger(request.user, today()), _boards(request)
    wanted = _wanted(request, boards, "open")
    entries = ledger.every(wanted, MOST[kind])
    rows = (presenters.LedgerRow(entry, ledger.day) for entry in entries)
    if kind == "csv":
        response = StreamingHttpResponse(_csv_lines(rows), content_type="text/csv; charset=utf-8")
    else:
        total = ledger.counts(wanted)[wanted.show]
        above = [f"Actions and commitments on {day_words(ledger.day)}", *_left_out(total, MOST[kind])]
        response = _xlsx(rows, above) if kind == "xlsx" else _pdf(request, rows, above)
    response["Content-Disposition"] = f'attachment; filename="actions-{ledger.day:%Y-%m-%d}.{kind}"'
    return response


def _left_out(total: int, most: int) -> list[str]:
    if total <= most:
        return []
    return [f"This file holds the first {most:,} of {total:,}; the CSV file holds them all."]


class _Line:
    """What csv.writer writes to when each line leaves at once."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(rows: Iterator[presenters.LedgerRow]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield CSV_MARK
    yield writer.writerow(presenters.HEADINGS)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row.line()])


def _xlsx(rows: Iterator[presenters.LedgerRow], above: list[str]) -> HttpResponse:
    sheet = Sheet("Actions", presenters.HEADINGS, [row.line() for row in rows], above)
    return HttpResponse(workbook([sheet]), content_type=CONTENT_TYPE)


def _pdf(request: HttpRequest, rows: Iterator[presenters.LedgerRow], above: list[str]) -> HttpResponse:
    html = render_to_string("boards/action_print.html", {"rows": list(rows), "title": above[0], "above": above[1:]})
    try:
        made = render_pdf(html, title=above[0], stylesheets=("ledger-print.css",), at=now())
    except RenderFailed as problem:
        raise Http404(str(problem)) from problem
    return HttpResponse(made, content_type="application/pdf")
