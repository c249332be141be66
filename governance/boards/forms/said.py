"""What is typed of declared interests and of papers that are cited."""

from typing import Any

from django import forms

from core.accounts.models import Person
from core.documents.forms import OfficeForm
from governance.boards import links
from governance.boards.models import AgendaItem, Declaration


class DeclarationForm(OfficeForm):
    person = forms.ModelChoiceField(label="Who declares it", queryset=Person.objects.none(), empty_label="Choose")
    interest = forms.CharField(label="What the interest is", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    conduct = forms.ChoiceField(
        label="While the item was taken they", choices=Declaration.Conduct.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Person.objects.filter(attendances__meeting=item.meeting_id, attendances__kind="present")
        self.fields["person"].queryset = here.order_by("name")
        if not here.exists():
            self.fields["person"].help_text = "Nobody is noted as present yet: note first who is there."


class CitationForm(OfficeForm):
    """A published paper and the number of a paragraph in it; `cleaned_data["paragraph"]` is that paragraph."""

    paper = forms.ChoiceField(label="Which paper")
    number = forms.IntegerField(label="Number of the paragraph", min_value=1, max_value=9999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = links.titles()
        if not self.fields["paper"].choices:
            self.fields["paper"].help_text = "No paper is published yet."

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.errors:
            return given
        given["paragraph"] = links.paragraph(given["paper"], given["number"])
        if given["paragraph"] is None:
            self.add_error("number", f"There is no paragraph {given['number']} in that paper")
        return given
