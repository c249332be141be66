"""How a quarter is going, as one strip: data in, commentary, delivery updates, days to the paper."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse

from core.accounts.clock import working_days_until
from core.accounts.models import User
from core.accounts.permissions import Permission as P
from deepdive.models import ActionUpdate
from governance.papers.models import Commentary, Quarter
from measures.models import Series
from measures.models.period import month_index


def strip_items(quarter: Quarter, today: dt.date, user: User) -> list[dict]:
    """Items for the `strip` part of a page, each leading to its page where this person may open it."""
    said = Commentary.objects.filter(quarter=quarter).aggregate(
        total=Count("pk"), done=Count("pk", filter=Q(state=Commentary.State.APPROVED))
    )
    updates = ActionUpdate.objects.progress(quarter.period)
    data = data_in(quarter)
    code = quarter.code
    sees_papers = user.has(P.PAPER_VIEW)
    scorecard, plan = (f"{reverse(name)}?quarter={code}" for name in ("scorecard", "delivery-plan"))
    writing, paper = (reverse(name, args=[code]) for name in ("commentary-list", "paper-detail"))
    return [
        {"label": "Data in", **data, "unit": "measures", "href": scorecard},
        {"label": "Commentary approved", **said, "href": writing if sees_papers else ""},
        {"label": "Delivery updates approved", **updates, "href": plan if user.has(P.DELIVERY_VIEW) else ""},
        {"label": "Paper due", **deadline_words(quarter.paper_due, today), "href": paper if sees_papers else ""},
    ]


def data_in(quarter: Quarter) -> dict[str, int]:
    """Headline measures of the plan whose own figures reach the end of the quarter less their lag."""
    last = month_index(quarter.period.end)
    own = Series.objects.own_force().filter(
        measure__headline=True, measure__retired_on__isnull=True, measure__plan_measures__priority__plan=quarter.plan
    )
    rows = own.values_list("measure_id", "measure__lag_months", "current_values__period__end")
    total, there = set(), set()
    for measure, lag, end in rows:
        total.add(measure)
        if end is not None and month_index(end) >= last - lag:
            there.add(measure)
    return {"done": len(there), "total": len(total)}


def deadline_words(due: dt.date, today: dt.date) -> dict[str, str]:
    """How far off a day is in `words` that name it and `soon` that do not, with the tone that says how pressing."""
    days, named = working_days_until(today, due), f"{due.day} {due:%B}"
    counted = f"{abs(days)} working {'day' if abs(days) == 1 else 'days'}"
    if days < 0:
        return {"words": f"{named}: {counted} ago", "soon": f"{counted} ago", "tone": "red"}
    if days == 0:
        return {"words": f"today, {named}", "soon": "today", "tone": "amber"}
    return {"words": f"in {counted}, on {named}", "soon": f"in {counted}", "tone": "amber" if days <= 3 else "blue"}
