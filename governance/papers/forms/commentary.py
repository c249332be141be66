"""What is typed of a measure, and what opens a quarter."""

from typing import Any

from django import forms
from django.urls import reverse

from core.accounts.models import User
from core.documents.forms import OfficeForm, OfficeModelForm, RichTextField, VersionField
from governance.boards.models import Meeting
from governance.papers.forms.figures import CODES_HELP, with_live_figures
from governance.papers.models import Commentary
from measures.models import Period, Plan


class CommentaryForm(OfficeModelForm):
    version = VersionField()
    text = RichTextField(
        label="Commentary",
        required=False,
        help_text=f"What happened, why, and what it means. Paragraphs number themselves. {CODES_HELP}",
    )
    did = RichTextField(
        label="What the commissioner did",
        required=False,
        help_text="The panel scrutinises the commissioner: say what was asked, set or decided.",
    )

    class Meta:
        model = Commentary
        fields = ["version", "text", "did"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code, slug = self.instance.quarter.code, self.instance.measure.slug
        for name in ("text", "did"):
            self.fields[name].widget.attrs["data-figures"] = f"{reverse('figure-search', args=[code])}?own={slug}"

    def clean_text(self) -> str:
        return self._live("text")

    def clean_did(self) -> str:
        return self._live("did")

    def _live(self, name: str) -> str:
        period, own = self.instance.quarter.period, self.instance.measure.slug
        return with_live_figures(self.cleaned_data[name], period=period, own=own)


class OpenQuarterForm(OfficeForm):
    """Which quarter, for which meeting. Everything else follows from the two."""

    period = forms.ChoiceField(label="Quarter")
    meeting = forms.ModelChoiceField(
        label="Panel meeting", queryset=Meeting.objects.none(), empty_label="Choose a meeting"
    )
    plan = forms.ModelChoiceField(label="Police and crime plan", queryset=Plan.objects.order_by("-starts"))

    def __init__(self, *args, periods, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.periods = {period.code: period for period in periods}
        self.fields["period"].choices = [(code, str(period).capitalize()) for code, period in self.periods.items()]

    def clean_period(self) -> Period:
        return self.periods[self.cleaned_data["period"]]


class AssignForm(OfficeForm):
    """Give the ticked commentaries to one person."""

    to = forms.ModelChoiceField(label="Give to", queryset=User.objects.none(), required=False, empty_label="Nobody yet")
    slots = forms.ModelMultipleChoiceField(label="Commentaries", queryset=Commentary.objects.none())

    def __init__(self, *args, quarter, writers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = writers
        self.fields["slots"].queryset = quarter.commentaries.all()
        self.fields["slots"].error_messages["required"] = "Tick the commentaries to give"
