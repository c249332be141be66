"""Figures kept back until a day and time, and notes on why figures were revised."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from core.accounts.models import User
from core.documents.forms import OfficeForm, VersionField
from measures.forms.notes import MonthField
from measures.models import Measure


class EmbargoForm(OfficeForm):
    """Until when and why; for months of a measure also which. `of_import` leaves the months out."""

    measure = forms.ModelChoiceField(Measure.objects.in_use(), label="Measure", empty_label="Choose a measure")
    first_month = MonthField(label="First month")
    last_month = MonthField(label="Last month", ends=True)
    until_day = forms.DateField(label="Released on", help_text="Until then everybody else sees the record as it was.")
    until_time = forms.TimeField(label="At", help_text="By the office’s clock, for example 09:30.")
    reason = forms.CharField(label="Why they are kept back", max_length=300)
    cleared = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True),
        label="Others who may see them already",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        help_text="Analysts and the commissioner may see them anyway.",
    )

    def __init__(self, *args: Any, of_import: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_import:
            for name in ("measure", "first_month", "last_month"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_month"), cleaned.get("last_month")
        if first and last and last < first:
            self.add_error("last_month", "The last month must not be before the first month")
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the actions take."""
        given = dict(self.cleaned_data)
        day, time = given.pop("until_day"), given.pop("until_time")
        return given | {"until": timezone.make_aware(dt.datetime.combine(day, time))}


class RevisionNoteForm(OfficeForm):
    version = VersionField(required=False)
    text = forms.CharField(
        label="Why the figures moved",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands wherever a figure of this import is shown against the one that was printed before.",
    )
