"""The cover sheet of a paper, as it is typed."""

from django import forms

from core.documents.forms import OfficeForm, RichTextField, VersionField


class SheetForm(OfficeForm):
    version = VersionField(initial=0)
    purpose = RichTextField(
        label="Purpose", numbered=False, tools="simple", help_text="What the paper is for, in a sentence or two."
    )
    recommendations = RichTextField(
        label="Recommendations",
        numbered=False,
        tools="simple",
        help_text="What the meeting is asked to do. A numbered list can be spoken to by its numbers.",
    )
    implications = RichTextField(
        label="Implications",
        numbered=False,
        tools="simple",
        required=False,
        help_text="Of money, law, equality and risk, as far as there are any.",
    )
    contact = forms.CharField(
        label="Contact", max_length=200, help_text="An office, and how it is reached: better than a person's name."
    )
