"""What is typed about a question or a recommendation and its answer."""

import datetime as dt

from django import forms

from core.accounts.models import Person
from core.documents.forms import OfficeDateField, OfficeForm, OfficeModelForm, VersionField
from governance.boards.forms.people import WhoForm
from governance.boards.models import AgendaItem, Board, Question

LONGEST = 4000  # characters


class QuestionForm(WhoForm):
    """What was asked under an item: by whom, in what words, and who promised an answer by when."""

    kind = forms.ChoiceField(label="What it is", choices=Question.Kind.choices)
    text = forms.CharField(
        label="The words", widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST, help_text="As it was put."
    )
    asked_by = forms.ModelChoiceField(
        label="Who asked", queryset=Person.objects.all(), required=False, empty_label="The board as a whole"
    )
    due = OfficeDateField(label="Answer promised by")
    field_order = ("kind", "text", "asked_by", "person", "new_name", "new_job_title", "new_organisation", "due")

    def __init__(self, *args, asked_on: dt.date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked_on = asked_on
        self.fields["person"].label = "Who promised an answer"
        self.dress_all()

    def clean(self) -> dict:
        given = super().clean()
        day, due = self.asked_on or given.get("asked_on"), given.get("due")
        if day and due and due < day:
            words = f"{day.day} {day:%B %Y}"
            self.add_error("due", f"The answer must not be promised for a day before it was asked, {words}")
        return given

    def asked(self) -> dict:
        """What the actions take, but for who promised."""
        names = ("kind", "text", "asked_by", "due", "board", "asked_on", "exemption")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class BetweenForm(QuestionForm):
    """What was asked between meetings."""

    board = forms.ModelChoiceField(label="Which board asks", queryset=Board.objects.all(), empty_label="Choose")
    asked_on = OfficeDateField(label="When it was asked")
    exemption = forms.ChoiceField(
        label="Is it exempt",
        choices=[("", "No, it is public"), *AgendaItem.Exemption.choices],
        required=False,
        help_text="The paragraph of Schedule 12A to the Local Government Act 1972 that makes it so.",
    )
    field_order = (
        "board", "kind", "text", "asked_by", "asked_on", "person", "new_name", "new_job_title", "new_organisation",
        "due", "exemption",
    )  # fmt: skip

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_asked_on(self) -> dt.date:
        day = self.cleaned_data["asked_on"]
        if day > self.today:
            raise forms.ValidationError("The day it was asked must be today or earlier")
        return day


class QuestionEditForm(OfficeModelForm):
    """What was asked, put right; another day for the answer gives its reason."""

    version = VersionField()
    asked_by = forms.ModelChoiceField(
        label="Who asked", queryset=Person.objects.all(), required=False, empty_label="The board as a whole"
    )
    promised_by = forms.ModelChoiceField(
        label="Who promised an answer", queryset=Person.objects.all(), empty_label=None
    )
    due = OfficeDateField(label="Answer promised by")
    why = forms.CharField(
        label="If the day is another, why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="It stays on the record beside the day that was promised before.",
    )

    class Meta:
        model = Question
        fields = ["version", "text", "asked_by", "promised_by", "due"]
        labels = {"text": "The words"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = self.instance.due

    def clean(self) -> dict:
        given = super().clean()
        if given.get("due") and given["due"] != self.held and not given.get("why", "").strip():
            self.add_error("why", "Say why the answer is put off to another day")
        return given


class AnswerForm(OfficeModelForm):
    """The answer; to a recommendation, whether it is accepted and, where it is not, why."""

    version = VersionField()
    outcome = forms.ChoiceField(label="Is it accepted", choices=[("", "Choose"), *Question.Outcome.choices])
    answer = forms.CharField(label="The answer", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)
    reasons = forms.CharField(
        label="Why it is not accepted, or not in full",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
    )
    answered_by = forms.ModelChoiceField(label="Who answers", queryset=Person.objects.all(), empty_label="Choose")
    answered_on = OfficeDateField(label="Date of the answer")

    class Meta:
        model = Question
        fields = ["version", "outcome", "answer", "reasons", "answered_by", "answered_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_advice:
            del self.fields["outcome"], self.fields["reasons"]

    def _post_clean(self) -> None:
        """What an answer may not be without is for `clean` to say, and for the action to store."""

    def clean(self) -> dict:
        given = super().clean()
        refused = given.get("outcome") in (Question.Outcome.PARTLY, Question.Outcome.REFUSED)
        if refused and not given.get("reasons", "").strip():
            self.add_error("reasons", "Give the reasons why it is not accepted, or not in full")
        return given


class WhyForm(OfficeForm):
    """Why a question moves, where the move asks for it."""

    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)

    def __init__(self, *args, asks: str, **kwargs):
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["why"].label = asks
        else:
            del self.fields["why"]
        self.dress_all()
