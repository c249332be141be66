"""What is typed about delivery actions and their updates."""

from django import forms

from core.accounts.models import Person, User
from core.documents.forms import OfficeForm, OfficeModelForm, RichTextField, VersionField
from deepdive.models import ActionStatus, ActionUpdate, DeliveryAction, Rag


class UpdateForm(OfficeModelForm):
    version = VersionField()
    text = RichTextField(
        label="Update",
        required=False,
        numbered=False,
        help_text="What was done this quarter, and what comes next.",
    )
    status = forms.ChoiceField(label="Status", choices=ActionStatus.choices)
    rag = forms.ChoiceField(label="Rating", choices=Rag.choices, widget=forms.RadioSelect)
    rag_reason = forms.CharField(
        label="Reason for the rating", max_length=300, required=False, help_text="Needed for amber and red."
    )

    class Meta:
        model = ActionUpdate
        fields = ["version", "text", "status", "rag", "rag_reason"]

    def clean(self) -> dict:
        given = super().clean()
        if given.get("rag") in (Rag.AMBER, Rag.RED) and not given.get("rag_reason", "").strip():
            self.add_error("rag_reason", "Say why the action is rated amber or red")
        return given


class RedateForm(OfficeForm):
    due = forms.DateField(label="New due date")
    reason = forms.CharField(label="Why it moves", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, held=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due == self.held:
            raise forms.ValidationError("That is the due date it has already")
        return due


class PeopleForm(OfficeModelForm):
    version = VersionField()
    owner = forms.ModelChoiceField(label="Owner", queryset=Person.objects.all(), required=False, empty_label="No owner")
    contributors = forms.ModelMultipleChoiceField(
        label="People in the force who update it",
        queryset=User.objects.filter(is_active=True, role_assignments__role="contributor").distinct(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = DeliveryAction
        fields = ["version", "owner", "leads", "partners", "contributors"]
