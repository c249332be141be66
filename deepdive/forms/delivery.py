"""What is typed about one action of the plan."""

from django import forms

from core.accounts.clock import today
from core.accounts.models import Person, User
from core.documents.evidence import EvidenceFields
from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from core.documents.owning import OwnerFields
from deepdive.models import DeliveryAction, Objective, Rag
from deepdive.plan_sheet import REFERENCE
from deepdive.states import Needs
from measures.models import Measure


class LinesField(forms.CharField):
    """Several names, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else "\n".join(str(one) for one in value)

    def to_python(self, value):
        text = super().to_python(value) or ""
        return [line for line in (" ".join(one.split()) for one in text.splitlines()) if line]

    def validate(self, value):
        super().validate(value)
        if long := [line for line in value if len(line) > 120]:
            raise forms.ValidationError(f"“{long[0][:40]}…” is longer than 120 characters")


class WhoAndWhatForm(OwnerFields, OfficeModelForm):
    """Who answers for an action, who works on it, and what it is measured by."""

    version = VersionField()
    owner = forms.ModelChoiceField(label="Owner", queryset=Person.objects.all(), required=False, empty_label="No owner")
    agencies = LinesField(
        label="Partner agencies",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line. A name that is not on record yet is added.",
    )
    start = forms.DateField(label="Start", required=False)
    contributors = forms.ModelMultipleChoiceField(
        label="People in the force who update it",
        queryset=User.objects.filter(is_active=True, role_assignments__role="contributor").distinct(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    measures = forms.ModelMultipleChoiceField(
        label="Measures it should move",
        queryset=Measure.objects.headline().order_by("short_name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = DeliveryAction
        fields = ["version", "owner", "owner_role", "deputy", "leads", "agencies", "start", "contributors", "measures"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["agencies"] = [one.name for one in self.instance.agencies.all()]
            shown = Measure.objects.headline() | Measure.objects.filter(delivery_actions=self.instance)
            self.fields["measures"].queryset = shown.distinct().order_by("short_name")

    def _post_clean(self) -> None:
        """The agencies are names, which the model could not take; the action stores them, and all else."""

    def clean(self) -> dict:
        given = super().clean()
        due = given.get("due", self.instance.due)
        if given.get("start") and due and given["start"] > due:
            self.add_error("start", f"The start must not be after the day it is due, {due.day} {due:%B %Y}")
        return given


class NewActionForm(WhoAndWhatForm):
    version = None
    ref = forms.CharField(
        label="Reference",
        max_length=8,
        help_text="It stands for this action in this plan for good and is never reused.",
    )
    statement = forms.CharField(label="Action", widget=forms.Textarea(attrs={"rows": 3}))
    due = forms.DateField(label="Due", required=False, help_text="Later changes are counted, each with its reason.")
    field_order = ["ref", "statement", "owner", "owner_role", "deputy", "leads", "agencies", "start", "due"]

    class Meta(WhoAndWhatForm.Meta):
        fields = ["ref", "statement", *WhoAndWhatForm.Meta.fields[1:], "due"]

    def __init__(self, *args, objective: Objective, **kwargs):
        super().__init__(*args, **kwargs)
        self.objective = objective

    def clean_ref(self) -> str:
        ref, number = self.cleaned_data["ref"], self.objective.priority.number
        matched = REFERENCE.fullmatch(ref)
        if not matched or int(matched[1]) != number:
            raise forms.ValidationError(f"Write the priority, a point and two digits, as {number}.01")
        if self.objective.delivery_plan.actions.filter(ref=ref).exists():
            raise forms.ValidationError(f"{ref} stands for another action of this plan, and does so for good")
        return ref


class CorrectForm(OfficeForm):
    """The words of an action put right. What it promises stays: for another promise there is another reference."""

    statement = forms.CharField(label="Action", widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label="Why the words are put right",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It is shown beside the words as they were.",
    )
    version = VersionField()

    def __init__(self, *args, held: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_statement(self) -> str:
        if self.cleaned_data["statement"] == self.held:
            raise forms.ValidationError("These are the words it has already")
        return self.cleaned_data["statement"]


class RedateForm(OfficeForm):
    due = forms.DateField(label="New due date")
    reason = forms.CharField(label="Why it moves", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, held=None, start=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.held, self.start = held, start

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due == self.held:
            raise forms.ValidationError("That is the due date it has already")
        if self.start and due < self.start:
            raise forms.ValidationError(f"It starts on {self.start.day} {self.start:%B %Y} and cannot be due before")
        return due


class MoveForm(EvidenceFields, OfficeForm):
    """What a move of an action asks for: a reason, a rating, a day, files, each only where the move needs it."""

    version = VersionField()

    def __init__(self, *args, needs: Needs, has_evidence: bool, **kwargs):
        super().__init__(*args, **kwargs)
        own = {}
        if needs.reason:
            own["reason"] = forms.CharField(label=needs.reason, widget=forms.Textarea(attrs={"rows": 3}))
        if needs.rating:
            choices = [(one.value, one.label) for one in Rag if one in needs.rating]
            own["rag"] = forms.ChoiceField(label="Rating from now on", choices=choices, widget=forms.RadioSelect)
        if needs.day:
            own["day"] = forms.DateField(label=needs.day, initial=today)
        self.ask_evidence(needs.evidence and not has_evidence)
        self.fields = {**own, **self.fields}
        self.dress_all()

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > today():
            raise forms.ValidationError("Give a day that is not in the future")
        return day
