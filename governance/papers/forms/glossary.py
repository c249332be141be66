"""A term of the glossary, as it is typed."""

from django import forms

from core.documents.forms import OfficeModelForm, VersionField
from governance.papers.models import GlossaryTerm


class TermForm(OfficeModelForm):
    version = VersionField(required=False)
    term = forms.CharField(label="Abbreviation or term", max_length=60, help_text="As it is written, such as CPS.")
    expansion = forms.CharField(
        label="In full",
        max_length=160,
        required=False,
        help_text="What the abbreviation stands for. A paper gives it in brackets where the abbreviation first stands.",
    )
    meaning = forms.CharField(
        label="What it means",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In plain words, for somebody who reads such a paper for the first time.",
    )

    class Meta:
        model = GlossaryTerm
        fields = ["version", "term", "expansion", "meaning"]
