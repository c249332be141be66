"""What is typed about an action arising and about a commitment."""

import datetime as dt

from django import forms
from django.conf import settings

from core.accounts.models import Person
from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from governance.boards.models import BoardAction
from governance.boards.states import Needs

MEGABYTE = 1_000_000  # bytes


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


class ActionEditForm(OfficeModelForm):
    """What is asked, and of whom. The day it is due moves on a page of its own, with a reason."""

    version = VersionField()
    owner = forms.ModelChoiceField(label="Owner", queryset=Person.objects.all(), empty_label=None)
    owner_role = forms.CharField(
        label="Owner’s role in this",
        max_length=120,
        required=False,
        help_text="If it is another than their post. It stays when somebody else takes the post.",
    )
    deputy = forms.ModelChoiceField(
        label="Deputy", queryset=Person.objects.all(), required=False, empty_label="No deputy"
    )

    class Meta:
        model = BoardAction
        fields = ["version", "text", "owner", "owner_role", "deputy"]
        labels = {"text": "What is to be done"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict:
        given = super().clean()
        if given.get("owner") and given.get("owner") == given.get("deputy"):
            self.add_error("deputy", "The deputy must be somebody else than the owner")
        return given


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


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """One file or several; `clean` gives a list."""

    widget = ManyFiles

    def clean(self, data, initial=None) -> list:
        given = data if isinstance(data, list | tuple) else [data]
        files = [one for one in (super(EvidenceField, self).clean(part, initial) for part in given) if one]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        most = settings.UPLOAD_LIMIT_BYTES
        for one in files:
            if one.size > most:
                raise forms.ValidationError(
                    f"“{one.name}” is larger than {most // MEGABYTE} MB. Send a smaller file; the others were not kept"
                )
        return files


class EvidenceForm(OfficeForm):
    files = EvidenceField(label="Files that show what was done", help_text="A report, a letter, a picture.")


class ActionMoveForm(OfficeForm):
    """What a move asks for: a reason, files that show what was done, or why there are none."""

    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    files = EvidenceField(label="Files that show what was done", required=False)
    no_evidence = forms.CharField(
        label="Or why there is no file",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Such as: it was done in the meeting and stands in its minutes.",
    )

    def __init__(self, *args, needs: Needs, has_evidence: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_evidence = needs.evidence and not has_evidence
        if needs.reason:
            self.fields["reason"].label = needs.reason
        else:
            del self.fields["reason"]
        if not self.asks_evidence:
            del self.fields["files"], self.fields["no_evidence"]
        self.dress_all()

    def clean(self) -> dict:
        given = super().clean()
        if self.asks_evidence and not self.errors and not (given.get("files") or given.get("no_evidence", "").strip()):
            self.add_error("files", "Choose a file that shows what was done, or say below why there is none")
        return given
