"""What is asked of a decision: its words, its reasons, and its publication."""

from django import forms

from core.documents.forms import OfficeDateField, OfficeForm, OfficeModelForm, VersionField
from governance.boards.decision_content import publish_by
from governance.boards.models import AgendaItem, Board, Decision

YES_NO = [("", "Not said yet"), ("yes", "Yes"), ("no", "No")]


class DecisionForm(OfficeModelForm):
    decided_by = forms.CharField(
        label="Who decided", max_length=120, help_text="Such as the Commissioner, or the board."
    )

    class Meta:
        model = Decision
        fields = ["text", "decided_by"]
        labels = {"text": "What was decided"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class OutsideForm(DecisionForm):
    """A decision taken outside a meeting."""

    decided_on = OfficeDateField(label="When it was decided")
    board = forms.ModelChoiceField(
        label="Whose business it is", queryset=Board.objects.all(), required=False, empty_label="No board"
    )
    exemption = forms.ChoiceField(
        label="Is it exempt",
        choices=[("", "No, it is public"), *AgendaItem.Exemption.choices],
        required=False,
        help_text="The paragraph of Schedule 12A to the Local Government Act 1972 that makes it so.",
    )


class CompleteForm(OfficeModelForm):
    """The record in full. What was decided in a meeting is worded by the minutes and is not asked again."""

    version = VersionField()
    is_significant = forms.ChoiceField(label="Is it of significant public interest", choices=YES_NO)
    publish_by = OfficeDateField(
        label="To be published by",
        required=False,
        help_text="Left empty, a decision of significant public interest is due within ten working days.",
    )

    class Meta:
        model = Decision
        fields = [
            "version",
            "title",
            "options",
            "advice",
            "reasons",
            "legal_basis",
            "marking",
            "is_significant",
            "publish_by",
        ]
        labels = {
            "options": "Options considered",
            "advice": "Advice taken, and from whom",
            "reasons": "Reasons",
            "legal_basis": "Legal basis",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("options", "advice", "reasons")} | {
            "legal_basis": forms.Textarea(attrs={"rows": 2})
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.instance.is_significant
        self.initial["is_significant"] = "" if held is None else ("yes" if held else "no")
        self.fields["title"].required = self.fields["reasons"].required = True

    def clean(self) -> dict:
        given = super().clean()
        if given.get("is_significant") and not given.get("publish_by"):
            given["publish_by"] = publish_by(self.instance.day)
        return given

    def clean_is_significant(self) -> bool | None:
        said = self.cleaned_data["is_significant"]
        return None if said == "" else said == "yes"


class ReasonForm(OfficeForm):
    reason = forms.CharField(label="Why it is corrected", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)


class NoticeForm(OfficeForm):
    published_on = OfficeDateField(label="Date of publication")
    place = forms.CharField(
        label="Where it is published", max_length=200, help_text="The page or register where the public finds it."
    )
