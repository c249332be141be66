"""A quotation as it is typed, the sheet it comes from, and what somebody says who has checked it."""

from typing import Any

from django import forms

from core.accounts.clock import today
from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from governance.papers.models import Quotation
from measures.models import Measure


class QuotationForm(OfficeModelForm):
    version = VersionField(required=False)
    measure = forms.ModelChoiceField(
        label="Measure", queryset=Measure.objects.order_by("short_name"), empty_label="Choose a measure"
    )
    theme = forms.CharField(
        label="Theme", max_length=80, help_text="What it is about, in a few words: “Being kept informed”."
    )
    words = forms.CharField(
        label="What was said",
        max_length=1_500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Word for word, without quotation marks. Leave out what names somebody and put … in its place.",
    )
    speaker = forms.CharField(
        label="Who it speaks for",
        max_length=120,
        help_text="Without a name: “A victim of burglary”. Nothing that would tell who it was.",
    )
    kind = forms.ChoiceField(label="Where it was said", choices=Quotation.Kind.choices, widget=forms.RadioSelect)
    source = forms.CharField(
        label="Which survey or consultation",
        max_length=160,
        help_text="With its wave, where it has waves: “Victim satisfaction survey, wave 2”.",
    )
    dated = forms.DateField(label="When it was said", help_text="Any day of the month. Only the month is printed.")
    may_be_public = forms.BooleanField(
        label="It may be printed in public",
        required=False,
        help_text="Otherwise it is marked OFFICIAL-SENSITIVE and stands in the restricted version of a paper only.",
    )

    class Meta:
        model = Quotation
        fields = ["version", "measure", "theme", "words", "speaker", "kind", "source", "dated", "may_be_public"]

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split()).strip("“”\"' ")
        if not words:
            raise forms.ValidationError("Write what was said")
        return words

    def clean_dated(self) -> Any:
        if self.cleaned_data["dated"] > today():
            raise forms.ValidationError("Give the day on which it was said, not a day to come")
        return self.cleaned_data["dated"]


class QuotationSheetForm(OfficeForm):
    file = forms.FileField(
        label="Spreadsheet",
        help_text="CSV, or a workbook (.xlsx or .ods), one row a quotation.",
        allow_empty_file=True,
    )


class CheckedForm(OfficeForm):
    """Approving: whoever does has read the words, and those the software warns of."""

    version = VersionField()
    names_nobody = forms.BooleanField(
        label="I have read it, and nobody can be told from it",
        error_messages={"required": "Say that you have read it and that nobody can be told from it"},
    )
