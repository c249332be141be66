"""Home: what is due from me, and how the quarter is going."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.accounts.access import signed_in
from core.accounts.clock import today
from core.accounts.permissions import Permission
from desk.due import due_from
from desk.first_steps import first_steps
from desk.following import changes
from desk.mails.words import unsettled_words
from desk.quarter_strip import strip_items
from desk.recent import recent_sentences
from desk.views.quarter import SEES_QUARTER
from governance.papers.models import Paper, Publication, Quarter

GROUPS = (("overdue", "Overdue"), ("soon", "In the next seven days"), ("later", "Later"))


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    day = today()
    due = due_from(request.user)
    quarter = Quarter.objects.latest_open() if request.user.has(Permission.MEASURE_VIEW) else None
    context = {
        "groups": [
            (label, [(one, one.late_words(day)) for one in due if one.when(day) == when]) for when, label in GROUPS
        ],
        "due_count": len(due),
        "late_count": sum(one.when(day) == "overdue" for one in due),
        "open_quarter": quarter,
        "strip": strip_items(quarter, day, request.user) if quarter else None,
        "sees_quarter": request.user.has(*SEES_QUARTER),
        "may_open": request.user.has(Permission.QUARTER_OPEN),
        "first_steps": first_steps(request.user) if quarter is None else [],
        "published": _published(),
        "administers": request.user.has(Permission.USER_MANAGE),
        "mails_unsettled": unsettled_words() if request.user.has(Permission.USER_MANAGE) else "",
        "sets_office": request.user.has(Permission.OFFICE_MANAGE),
        "changes": changes(request.user),
        "recent": recent_sentences(request.user),
    }
    return render(request, "desk/home.html", context)


def _published() -> QuerySet[Paper]:
    """Papers anybody may read, the latest quarter first; one that is being corrected is still among them."""
    standing = Publication.objects.filter(withdrawal__isnull=True)
    papers = Paper.objects.filter(versions__publication__in=standing).distinct()
    return papers.select_related("quarter__period").order_by("-quarter__period__end")
