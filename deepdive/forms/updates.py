"""What is typed about a quarter's update, and about the milestones an action promises."""

from django import forms

from core.accounts.clock import today
from core.documents.forms import OfficeForm, OfficeModelForm, RichTextField, VersionField
from deepdive.models import ActionStatus, ActionUpdate, Milestone, Rag

SAID = [choice for choice in ActionStatus.choices if choice[0] != ActionStatus.CARRIED]


class UpdateForm(OfficeModelForm):
    version = VersionField()
    text = RichTextField(
        label="Update",
        required=False,
        numbered=False,
        help_text="What was done this quarter, and what comes next.",
    )
    status = forms.ChoiceField(label="Status", choices=SAID)
    rag = forms.ChoiceField(label="Rating", choices=Rag.choices, widget=forms.RadioSelect)
    rag_reason = forms.CharField(
        label="Reason for the rating",
        max_length=300,
        required=False,
        help_text="Needed for amber and red, for closing without delivery, and for delivery that no file shows.",
    )

    class Meta:
        model = ActionUpdate
        fields = ["version", "text", "status", "rag", "rag_reason"]

    def clean(self) -> dict:
        given = super().clean()
        if not given.get("rag_reason", "").strip():
            if given.get("rag") in (Rag.AMBER, Rag.RED):
                self.add_error("rag_reason", "Say why the action is rated amber or red")
            elif given.get("status") == ActionStatus.CLOSED:
                self.add_error("rag_reason", "Say why the action is closed without delivery")
        return given


class MilestoneForm(OfficeForm):
    """A new milestone; for one there is already, its version and why it changes as well."""

    text = forms.CharField(label="What will be reached", max_length=300)
    due = forms.DateField(label="By when")

    def __init__(self, *args, action=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.action = action

    def clean(self) -> dict:
        given = super().clean()
        same = Milestone.objects.filter(action=self.action, text=given.get("text"), first_due=given.get("due"))
        if self.action and "version" not in self.fields and same.exists():
            self.add_error("text", "This action has that milestone for that day already")
        return given


class MilestoneEditForm(MilestoneForm):
    reason = forms.CharField(label="Why it changes", widget=forms.Textarea(attrs={"rows": 2}))
    version = VersionField()


class ReachForm(OfficeForm):
    reached_on = forms.DateField(label="Reached on")
    evidence = forms.CharField(
        label="What shows that it was reached",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A report, a minute, a contract: where somebody can see it.",
    )
    version = VersionField()

    def clean_reached_on(self):
        day = self.cleaned_data["reached_on"]
        if day > today():
            raise forms.ValidationError("A milestone is reached on a day that has come")
        return day


class DropForm(OfficeForm):
    reason = forms.CharField(label="Why it is no longer wanted", widget=forms.Textarea(attrs={"rows": 3}))
    version = VersionField()
