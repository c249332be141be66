"""What is typed into a margin."""

from typing import Any

from django import forms
from django.urls import reverse

from core.documents.forms import OfficeForm, RichTextField
from governance.papers.forms.figures import with_live_figures
from governance.papers.models import Quarter
from governance.papers.states import MOST_SAID


class _WithWords(OfficeForm):
    """Words for a paragraph of a quarter's text, with live figures."""

    def __init__(self, *args: Any, quarter: Quarter, own: str = "", numbered: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarter, self.own = quarter, own
        attrs = self.fields["replacement"].widget.attrs
        attrs["data-figures"] = f"{reverse('figure-search', args=[quarter.code])}?own={own}"
        if not numbered:
            attrs["data-unnumbered"] = "true"

    def clean_replacement(self) -> str:
        return with_live_figures(self.cleaned_data["replacement"], period=self.quarter.period, own=self.own)


class CommentForm(OfficeForm):
    text = forms.CharField(
        label="Comment",
        max_length=MOST_SAID,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Seen by everybody who makes the paper. It is never printed and never published.",
    )


class ParagraphForm(_WithWords):
    """A comment on a paragraph, other words for it, or both."""

    text = forms.CharField(
        label="Comment",
        required=False,
        max_length=MOST_SAID,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Seen by everybody who makes the paper. It is never printed and never published.",
    )
    replacement = RichTextField(
        label="Other words for this paragraph",
        required=False,
        help_text="Change them here to suggest something else, and leave them as they are to comment only. "
        "Leave nothing to suggest that the paragraph goes.",
    )


class AcceptForm(_WithWords):
    """Suggested words beside a paragraph that has changed; `version` is that of the paragraph."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    replacement = RichTextField(label="The paragraph", required=False)
