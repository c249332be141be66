"""How a quarter is going, as one strip: data in, commentary, delivery updates, days to the paper."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse

from core.accounts.clock import working_days_until
from deepdive.models import ActionUpdate
from governance.papers.models import Commentary, Quarter
from measures.models import Series
from measures.models.period import month_index


def strip_items(quarter: Quarter, today: dt.date) -> list[dict]:
    """Items for the `strip` part of a page."""
    said = Commentary.objects.filter(quarter=quarter).aggregate(
        total=Count("pk"), done=Count("pk", filter=Q(state=Commentary.State.APPROVED))
    )
    updates = ActionUpdate.objects.progress(quarter.period)
    data = data_in(quarter)
    code = quarter.code
    return [
        {"label": "Data in", **data, "unit": "measures", "href": reverse("scorecard") + f"?quarter={code}"},
        {"label": "Commentary approved", **said, "href": reverse("commentary-list", args=[code])},
        {"label": "Delivery updates approved", **updates, "href": reverse("delivery-plan") + f"?quarter={code}"},
        {
            "label": "Paper due",
            **deadline_words(quarter.paper_due, today),
            "href": reverse("paper-detail", args=[code]),
        },
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
    days = working_days_until(today, due)
    if days < 0:
        return {"words": f"{due.day} {due:%B}: {-days} working {'day' if days == -1 else 'days'} ago", "tone": "red"}
    if days == 0:
        return {"words": f"today, {due.day} {due:%B}", "tone": "amber"}
    tone = "amber" if days <= 3 else "blue"
    return {"words": f"in {days} working {'day' if days == 1 else 'days'}, on {due.day} {due:%B}", "tone": tone}
