"""What is typed about a board's assurance."""

from django import forms

from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from governance.boards.models import Assurance


def _check_wants(form: forms.Form, given: dict) -> dict:
    level = given.get("level")
    if level and level != Assurance.Level.ASSURED and not given.get("wants", "").strip():
        form.add_error("wants", "Say what would satisfy the board")
    return given


class AssuranceForm(OfficeForm):
    """Under an item; `waiting` is what earlier meetings left open and this one may take up."""

    follows = forms.ModelChoiceField(
        label="Does it take up what an earlier meeting left open",
        queryset=Assurance.objects.none(),
        required=False,
        empty_label="No, it is new",
    )
    level = forms.ChoiceField(label="How far is the board assured", choices=[("", "Choose"), *Assurance.Level.choices])
    text = forms.CharField(label="Of what, and why", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    wants = forms.CharField(
        label="What would satisfy the board",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        help_text="If it is not fully assured. It stands on its next meetings until they take it up.",
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        if waiting.exists():
            self.fields["follows"].queryset = waiting
        else:
            del self.fields["follows"]

    def clean(self) -> dict:
        return _check_wants(self, super().clean())


class AssuranceEditForm(OfficeModelForm):
    version = VersionField()

    class Meta:
        model = Assurance
        fields = ["version", "level", "text", "wants"]
        labels = {
            "level": "How far is the board assured",
            "text": "Of what, and why",
            "wants": "What would satisfy the board",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "wants": forms.Textarea(attrs={"rows": 2})}

    def _post_clean(self) -> None:
        """What is missing is for `clean` to say, in the office's words, and for the action to store."""

    def clean(self) -> dict:
        return _check_wants(self, super().clean())
