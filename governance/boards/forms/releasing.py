"""What is said of an exempt item when its day has come."""

from django import forms

from core.accounts.clock import today
from core.documents.forms import OfficeDateField, OfficeForm, VersionField


class ReleaseForm(OfficeForm):
    version = VersionField()
    outcome = forms.ChoiceField(
        label="What becomes of it?",
        choices=[("release", "It need no longer be exempt: release it"), ("keep", "It stays exempt until a later day")],
        widget=forms.RadioSelect,
    )
    until = OfficeDateField(label="When is it looked at again?", required=False, help_text="Only if it stays exempt.")
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="Shown beside the minutes, so it gives nothing away of what stays exempt.",
    )

    def clean(self) -> dict:
        given = super().clean()
        if given.get("outcome") == "keep" and "until" not in self.errors:
            if not given.get("until"):
                self.add_error("until", "Give the day on which it is looked at again")
            elif given["until"] <= today():
                self.add_error("until", "Give a day to come")
        return given
