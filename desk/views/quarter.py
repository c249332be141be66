"""Opening a quarter, and running it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from desk.quarter_strip import deadline_words, strip_items
from governance.boards.models import Board, Meeting
from governance.papers import commentaries
from governance.papers.actions.commentary import assign_commentary
from governance.papers.actions.quarters import deadlines, open_quarter
from governance.papers.completeness import empty_deep_dive
from governance.papers.forms.commentary import AssignForm, OpenQuarterForm
from governance.papers.models import Quarter
from governance.papers.presenters import SlotRow, by_priority
from governance.papers.quarter_codes import quarter_or_404
from measures.models import Period, Plan
from measures.models.period import month_index
from measures.reading import QuarterChoice, quarter_ends

SEES_QUARTER = (Permission.QUARTER_OPEN, Permission.COMMENTARY_WRITE, Permission.PAPER_VIEW)
OFFERED = 4  # quarters: the one just over and those before it


def _periods_to_open() -> list[Period]:
    """Quarters over by today that nobody has opened, the latest first. Some are not stored: looking stores nothing."""
    over = [QuarterChoice(end).period for end in quarter_ends(month_index(today()) - 1, OFFERED)]
    opened = set(Quarter.objects.values_list("period__end", flat=True))
    return [period for period in over if period.end not in opened]


@requires(Permission.QUARTER_OPEN)
def quarter_open(request: HttpRequest) -> HttpResponse:
    waiting = _periods_to_open()
    meetings = (
        Meeting.objects.standing()
        .filter(date__gte=today(), board__relation=Board.Relation.SCRUTINY)
        .select_related("board")
    )
    meeting, plan = meetings.order_by("date").first(), Plan.objects.current()
    form = OpenQuarterForm(
        request.POST or None,
        periods=waiting,
        meetings=meetings.order_by("date"),
        initial={"period": waiting[0].code if waiting else None, "meeting": meeting, "plan": plan},
    )
    if request.method == "POST" and form.is_valid():
        quarter = open_quarter(by=request.user, **form.cleaned_data)
        slots = quarter.commentaries.count()
        messages.success(request, f"{str(quarter.period).capitalize()} is open: {slots} commentaries are asked for.")
        if empty := empty_deep_dive(quarter.paper):
            messages.warning(request, empty)
        return redirect("quarter-detail", quarter.code)
    context = {"form": form, "due": deadlines(meeting) if meeting else None, "meeting": meeting, "waiting": waiting}
    return render(request, "desk/quarter_open.html", context, status=422 if form.errors else 200)


@requires(*SEES_QUARTER)
def quarter_detail(request: HttpRequest, code: str) -> HttpResponse:
    quarter = quarter_or_404(code)
    may_assign = request.user.has(Permission.QUARTER_OPEN)
    form = AssignForm(request.POST or None, quarter=quarter, writers=commentaries.writers()) if may_assign else None
    if request.method == "POST" and form is not None and form.is_valid():
        to = form.cleaned_data["to"]
        for slot in form.cleaned_data["slots"]:
            assign_commentary(commentary=slot, to=to, by=request.user)
        given = len(form.cleaned_data["slots"])
        messages.success(
            request, f"{given} {'commentary was' if given == 1 else 'commentaries were'} given to {to or 'nobody yet'}."
        )
        return redirect("quarter-detail", code)
    day = today()
    rows = [SlotRow(one, day) for one in commentaries.of_quarter(quarter)]
    context = {
        "shown_quarter": quarter,
        "quarter": {"value": quarter.code, "label": str(quarter.period)},
        "quarters": [
            {"value": one.code, "label": str(one.period).capitalize()}
            for one in Quarter.objects.select_related("period").order_by("-period__end")
        ],
        "strip": strip_items(quarter, day, request.user),
        "dates": [
            ("Commentary due", quarter.commentary_due, deadline_words(quarter.commentary_due, day)),
            ("Approval due", quarter.approval_due, deadline_words(quarter.approval_due, day)),
            ("Paper due", quarter.paper_due, deadline_words(quarter.paper_due, day)),
            ("Panel meets", quarter.meeting.date, deadline_words(quarter.meeting.date, day)),
        ],
        "groups": by_priority(rows),
        "form": form,
    }
    return render(request, "desk/quarter_detail.html", context, status=422 if form and form.errors else 200)
