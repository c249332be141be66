"""What is typed about an action arising and about a commitment."""

import datetime as dt

from django import forms

from core.accounts.models import Person
from core.documents.evidence import EvidenceFields
from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from core.documents.owning import OwnerFields
from governance.boards.models import BoardAction
from governance.boards.states import Needs


class ProgressForm(OfficeModelForm):
    version = VersionField()
    progress = forms.CharField(
        label="How it is going",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="What was said before stays below.",
    )

    class Meta:
        model = BoardAction
        fields = ["version", "progress"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["progress"] = ""


class ActionEditForm(OwnerFields, OfficeModelForm):
    """What is asked, and of whom. The day it is due moves on a page of its own, with a reason."""

    version = VersionField()
    owner = forms.ModelChoiceField(label="Owner", queryset=Person.objects.all(), empty_label=None)

    class Meta:
        model = BoardAction
        fields = ["version", "text", "owner", "owner_role", "deputy"]
        labels = {"text": "What is to be done"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class ActionRedateForm(OfficeForm):
    version = VersionField()
    due = forms.DateField(label="New due date")
    why = forms.CharField(
        label="Why it is given another day",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="It stays on the record beside the day it was due before.",
    )

    def __init__(self, *args, held: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_due(self) -> dt.date:
        due = self.cleaned_data["due"]
        if due == self.held:
            raise forms.ValidationError("That is the day it is due already")
        return due


class ActionMoveForm(EvidenceFields, OfficeForm):
    """What a move asks for: a reason, files that show what was done, or why there are none."""

    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    field_order = ["reason", "files", "no_evidence"]

    def __init__(self, *args, needs: Needs, has_evidence: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if needs.reason:
            self.fields["reason"].label = needs.reason
        else:
            del self.fields["reason"]
        self.ask_evidence(needs.evidence and not has_evidence)
        self.dress_all()
