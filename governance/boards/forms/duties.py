"""What is typed when somebody has looked whether a duty to publish is met."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.documents.forms import OfficeDateField, OfficeForm
from governance.boards.models import DutyCheck
from governance.boards.proofs import is_proof

_is_outside = URLValidator(schemes=["http", "https"])


class DutyForm(OfficeForm):
    found = forms.ChoiceField(label="What you found", choices=[("", "Choose"), *DutyCheck.Found.choices])
    address = forms.CharField(
        label="Where it is published",
        required=False,
        max_length=500,
        help_text="An address that begins with https://, or a page of this portal that anybody can open, such as "
        "/notices/12/.",
    )
    note = forms.CharField(
        label="What is missing, or anything to add",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    checked_on = OfficeDateField(label="When you looked")
    next_on = OfficeDateField(label="Look again by")

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        if not address:
            return address
        if address.startswith("/"):
            if not is_proof(address):
                raise ValidationError(
                    "This address of the portal shows nothing that is published. Give one that anybody can open"
                )
            return address
        try:
            _is_outside(address)
        except ValidationError as wrong:
            raise ValidationError(
                "Give an address that begins with https://, or with / for a page of this portal"
            ) from wrong
        return address

    def clean_checked_on(self) -> dt.date:
        day = self.cleaned_data["checked_on"]
        if day > self.today:
            raise ValidationError("The day you looked must be today or earlier")
        return day

    def clean(self) -> dict:
        given = super().clean()
        found = given.get("found")
        is_there = found in (DutyCheck.Found.PUBLISHED, DutyCheck.Found.PARTLY)
        if is_there and "address" not in self.errors and not given.get("address"):
            self.add_error("address", "Give the address where it is published")
        if found in (DutyCheck.Found.PARTLY, DutyCheck.Found.MISSING) and not given.get("note", "").strip():
            self.add_error("note", "Say what is missing")
        if given.get("checked_on") and given.get("next_on") and given["next_on"] <= given["checked_on"]:
            self.add_error("next_on", "The day to look again must be later than the day you looked")
        return given
