"""Which board or decision an action of the service delivery plan is tied to."""

from django import forms

from core.documents.forms import OfficeForm
from governance.boards.models import Board, Decision


class DecisionField(forms.ModelChoiceField):
    def label_from_instance(self, decision: Decision) -> str:
        return f"{decision.ref} {decision.text[:90]}"


class DeliveryLinkForm(OfficeForm):
    board = forms.ModelChoiceField(
        label="A board that looks after it", queryset=Board.objects.all(), required=False, empty_label="No board"
    )
    decision = DecisionField(
        label="Or a decision that touched it",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="No decision",
    )

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions

    def clean(self) -> dict:
        given = super().clean()
        if bool(given.get("board")) == bool(given.get("decision")) and not self.errors:
            self.add_error("board", "Choose a board or a decision, one at a time")
        return given
