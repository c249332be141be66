"""What is typed of a measure, and what opens a quarter."""

from django import forms

from core.accounts.models import User
from core.documents.forms import OfficeForm, OfficeModelForm, RichTextField, VersionField
from governance.boards.models import Meeting
from governance.papers.models import Commentary
from measures.models import Period, Plan


class CommentaryForm(OfficeModelForm):
    version = VersionField()
    text = RichTextField(
        label="Commentary",
        required=False,
        help_text="What happened, why, and what it means. Paragraphs number themselves.",
    )
    did = RichTextField(
        label="What the commissioner did",
        required=False,
        help_text="The panel scrutinises the commissioner: say what was asked, set or decided.",
    )

    class Meta:
        model = Commentary
        fields = ["version", "text", "did"]


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
