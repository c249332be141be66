"""What is typed at the auditor's desk, and about redactions."""

import re

from django import forms

from core.accounts.models import User
from core.documents.forms import OfficeForm
from desk.auditing.records import SampleItem
from desk.auditing.sampling import AT_MOST

NUMBERS = re.compile(r"[\s,;]+")


def numbers_of(text: str) -> list[int]:
    parts = [one for one in NUMBERS.split(text) if one]
    if not all(one.isdecimal() and len(one) < 19 for one in parts):
        raise forms.ValidationError("Give the numbers of the changes as digits, such as 1204, 1310")
    return [int(one) for one in parts]


class RedactionForm(OfficeForm):
    events = forms.CharField(
        label="Numbers of the changes",
        max_length=5_000,
        help_text="As the history shows them, with spaces or commas between. Later changes of the record repeat them.",
    )
    basis = forms.CharField(
        label="Legal basis",
        max_length=300,
        help_text="Such as article 17(1)(d) of the UK GDPR, or a court's order.",
    )
    reason = forms.CharField(
        label="Reason",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Why it has to go. Do not repeat here what is to be taken out: this stays for ever.",
    )

    def clean_events(self) -> list[int]:
        return numbers_of(self.cleaned_data["events"])


class RefusalForm(OfficeForm):
    answer = forms.CharField(label="Why it is refused", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))


class SearchForm(OfficeForm):
    name = forms.CharField(label="Save these filters as", max_length=80)
    shared = forms.BooleanField(label="For everybody who may read the history", required=False)


class NoteForm(OfficeForm):
    note = forms.CharField(label="What you make of it", max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))


class SampleForm(OfficeForm):
    title = forms.CharField(label="Title", max_length=120)
    objective = forms.CharField(
        label="What is to be tested", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    size = forms.IntegerField(
        label="How many changes",
        min_value=1,
        max_value=AT_MOST,
        required=False,
        help_text="Drawn at random from all changes that the filters pick.",
    )
    seed = forms.IntegerField(
        label="Seed",
        min_value=0,
        max_value=10**12,
        required=False,
        help_text="A number to draw with. Leave it empty to have one made; it is shown, so that others can draw again.",
    )
    events = forms.CharField(
        label="Or the numbers of the changes, for a targeted sample",
        max_length=5_000,
        required=False,
        help_text="As the history shows them, with spaces or commas between.",
    )

    def clean_events(self) -> list[int]:
        return numbers_of(self.cleaned_data["events"])

    def clean(self) -> dict:
        given = super().clean()
        if "events" in given and not self.errors.get("size"):
            if bool(given["events"]) == bool(given.get("size")):
                self.add_error("size", "Say how many to draw at random, or give the numbers of the changes")
            elif len(set(given["events"])) > AT_MOST:
                self.add_error("events", f"Give at most {AT_MOST} changes")
        return given


class TestForm(OfficeForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    test = forms.CharField(
        label="How it was tested", max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    result = forms.ChoiceField(label="Result", choices=SampleItem.Result.choices, widget=forms.RadioSelect)
    finding = forms.CharField(
        label="What was found", max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    owner = forms.ModelChoiceField(label="Who answers", queryset=User.objects.none(), required=False)
    due = forms.DateField(label="Answer due", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name")

    def clean(self) -> dict:
        given = super().clean()
        if given.get("result") in (SampleItem.Result.SATISFIED, SampleItem.Result.FINDING) and not given.get("test"):
            self.add_error("test", "Say how it was tested")
        if given.get("result") == SampleItem.Result.FINDING:
            for name, words in (
                ("finding", "Say what was found"),
                ("owner", "Say who answers"),
                ("due", "Say by when the answer is due"),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return given


class AnswerForm(OfficeForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    response = forms.CharField(label="Your answer", max_length=4_000, widget=forms.Textarea(attrs={"rows": 6}))


class CloseForm(OfficeForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    conclusion = forms.CharField(label="Conclusion", max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}))
