"""The quarter that an address names: "2019-20-q2"."""

from django.http import Http404

from governance.papers.models import Quarter
from measures.models.period import month_end
from measures.quarter_codes import last_month_of


def quarter_or_404(code: str) -> Quarter:
    """The opened quarter of an address."""
    last = last_month_of(code)
    if last is not None:
        found = Quarter.objects.select_related("period", "plan", "meeting__board").filter(period__end=month_end(last))
        if quarter := found.first():
            return quarter
    raise Http404("No such quarter has been opened.")
