"""What is typed about a commitment."""

import datetime as dt

from django import forms

from core.accounts.models import Person
from core.documents.evidence import EvidenceField
from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from core.documents.owning import OwnerFields
from governance.boards.models import Board, Commitment


class KeeperFields(OwnerFields):
    """What a commitment is, who keeps it and which board hears of it."""

    kind = forms.ChoiceField(label="What it is", choices=Commitment.Kind.choices)
    owner = forms.ModelChoiceField(
        label="Who will keep it", queryset=Person.objects.all(), required=False, empty_label="Nobody is named"
    )
    unowned_why = forms.CharField(label="If nobody, why", max_length=300, required=False)
    board = forms.ModelChoiceField(
        label="Which board hears of it", queryset=Board.objects.all(), required=False, empty_label="No board"
    )

    def clean(self) -> dict:
        given = super().clean()
        if not given.get("owner") and not given.get("unowned_why", "").strip():
            self.add_error("unowned_why", "Choose who will keep it, or say why nobody is named")
        if given.get("deputy") and not given.get("owner"):
            self.add_error("deputy", "Choose who will keep it before their deputy")
        return given


class KeeperForm(KeeperFields, OfficeModelForm):
    """Who keeps a commitment and which board hears of it."""

    version = VersionField()
    undated_why = forms.CharField(label="Why it has no day", max_length=300, required=False)

    class Meta:
        model = Commitment
        fields = ["version", "kind", "owner", "owner_role", "deputy", "unowned_why", "board", "undated_why"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.due:
            del self.fields["undated_why"]

    def _post_clean(self) -> None:
        """What it may not be without is for `clean` to say, in the office's words, and for the action to store."""

    def clean(self) -> dict:
        given = super().clean()
        if "undated_why" in self.fields and not given.get("undated_why", "").strip():
            self.add_error("undated_why", "Say why it has no day. To give it one, carry it on")
        return given


class PromiseForm(KeeperFields, OfficeForm):
    """A sentence of a paper held as a commitment."""

    due = forms.DateField(label="By when", required=False)
    undated_why = forms.CharField(label="If no day, why", max_length=300, required=False)
    field_order = ["kind", "owner", "owner_role", "deputy", "unowned_why", "due", "undated_why", "board"]

    def clean(self) -> dict:
        given = super().clean()
        if "due" not in self.errors and not given.get("due") and not given.get("undated_why", "").strip():
            self.add_error("undated_why", "Give the day by which it will be kept, or say why there is none")
        return given


class GoingForm(OfficeForm):
    """How a commitment is going."""

    text = forms.CharField(
        label="How it is going",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="What was said before stays below.",
    )


class DisposeForm(OfficeForm):
    """What became of a commitment."""

    version = VersionField()
    why = forms.CharField(label="What became of it", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    due = forms.DateField(label="New day by which it will be kept")
    files = EvidenceField(
        label="Files that show it",
        required=False,
        help_text="The report that was promised, a letter, a picture. If there is none, the words above stand alone.",
    )

    QUESTIONS = {
        Commitment.Status.KEPT: "How it was kept",
        Commitment.Status.CARRIED: "Why it is carried on",
        Commitment.Status.DROPPED: "Why it is no longer intended",
        Commitment.Status.OPEN: "Why it is opened again",
    }

    def __init__(self, *args, to: str, held: dt.date | None, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.held, self.today = held, today
        self.fields["why"].label = self.QUESTIONS[to]
        if to != Commitment.Status.OPEN:
            self.fields["why"].help_text = "The next paper prints this beside the promise."
        if to != Commitment.Status.CARRIED:
            del self.fields["due"]
        if to != Commitment.Status.KEPT:
            del self.fields["files"]
        self.dress_all()

    def clean_due(self) -> dt.date:
        due = self.cleaned_data["due"]
        if due <= self.today or due == self.held:
            raise forms.ValidationError("Give a day that is still to come and is not the one it had")
        return due
