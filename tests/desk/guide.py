"""What the style guide page shows: made-up words and figures for every part."""

import datetime as dt

from django import forms
from django.core.paginator import Paginator

SYMBOL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><rect x="1" y="1" width="18" height="18" rx="3" fill="#fff" stroke="#b84a00" stroke-width="1.6"/><path d="M3 13h14M3 16h14" stroke="#b84a00"/><circle cx="10" cy="6" r="2.5" fill="#b84a00"/></svg>'
MONTHS = [("January 2019", 312), ("February 2019", 290), ("March 2019", 341), ("April 2019", 305)]
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200" width="640" height="200" role="group" aria-label="Residential burglary by month">'
    '<path d="M20 150h600" stroke="#8a939c"/><path d="M80 80L240 110 400 40 560 90" fill="none" stroke="#12355b" stroke-width="3"/>'
    '<g class="chart-points" fill="none" pointer-events="all">'
    '<path data-label="January 2019: 312" d="M0 20h160v140h-160z"/><path data-label="February 2019: 290" d="M160 20h160v140h-160z"/>'
    '<path data-label="March 2019: 341" d="M320 20h160v140h-160z"/>'
    '<path tabindex="0" role="img" aria-label="April 2019: 305" data-label="April 2019: 305" d="M480 20h160v140h-160z"/></g></svg>'
)


class DecisionForm(forms.Form):
    title = forms.CharField(label="Title of the decision", help_text="As it will be published.")
    reasons = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    marking = forms.ChoiceField(choices=[("o", "OFFICIAL"), ("s", "OFFICIAL-SENSITIVE")], widget=forms.RadioSelect)
    board = forms.ChoiceField(choices=[("1", "Performance Board"), ("2", "Police and Crime Panel")])
    public = forms.BooleanField(label="Of significant public interest", required=False)


def guide() -> dict:
    """The context of _components/guide.html."""
    when = dt.datetime(2019, 11, 28, 14, 2, tzinfo=dt.UTC)
    return {
        "quarter": {"value": "2019-q2", "label": "July to September 2019"},
        "quarters": [
            {"value": "2019-q2", "label": "July to September 2019"},
            {"value": "2019-q1", "label": "April to June 2019"},
        ],
        "crumbs": [{"text": "Home", "href": "/"}, {"text": "Guides", "href": "/guides/"}],
        "errors": [
            {"text": "Enter the title of the decision", "href": "#id_title"},
            {"text": "The file is too large", "href": ""},
        ],
        "strip": [
            {"label": "Data in", "done": 26, "total": 28, "unit": "series", "href": "#data"},
            {"label": "Commentary", "done": 12, "total": 28, "unit": "approved", "tone": "amber"},
            {"label": "Delivery updates", "done": 11, "total": 11, "tone": "green"},
            {"label": "Findings", "words": "5 open", "tone": "red"},
            {"label": "Paper due", "words": "in 6 working days"},
        ],
        "due": dt.date(2019, 12, 10),
        "symbol": SYMBOL,
        "chart": CHART,
        "columns": [{"text": "Month"}, {"text": "Recorded crimes", "numeric": True}, {"text": "State"}],
        "rows": [[month, str(value), {"text": "Final", "tag": "green"}] for month, value in MONTHS],
        "key": [
            {
                "svg": SYMBOL,
                "name": "Spike",
                "sentence": "This month lies beyond three limits of its usual range.",
                "id": "key-spike",
            },
            {"svg": SYMBOL, "name": "Eight months above", "sentence": "Eight months in a row lie above the mean."},
        ],
        "tabs": [
            {"text": "Overdue", "href": "?show=overdue", "count": 5, "current": True},
            {"text": "This week", "href": "?show=week", "count": 0},
            {"text": "All", "href": "?show=all"},
        ],
        "page": Paginator(range(95), 20).page(2),
        "when": when,
        "parts": [("same", "Recorded burglary "), ("removed", "rose"), ("added", "fell"), ("same", " in the quarter.")],
        "facts": [
            {"key": "Owner", "value": "Board Secretary", "href": "/people/3/", "change": "/people/3/edit/"},
            {"key": "Baseline", "value": "April 2017 to March 2019", "note": "Fixed; see the reason"},
        ],
        "form": DecisionForm({"title": "", "reasons": "As advised", "marking": "", "board": "1"}),
    }
