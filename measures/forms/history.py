"""Which imports of all are to be listed."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from core.documents.forms import OfficeForm
from measures.models import ImportBatch


class HistoryForm(OfficeForm):
    """Which imports to list."""

    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *ImportBatch.State.choices])
    source = forms.ChoiceField(label="Source", required=False)
    person = forms.ChoiceField(label="Begun by", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = ImportBatch.objects.order_by("source").values_list("source", flat=True).distinct()
        people = ImportBatch.objects.exclude(created_by=None).order_by("created_by__name")
        named = people.values_list("created_by", "created_by__name").distinct()
        self.fields["source"].choices = [("", "Any"), *((one, one) for one in sources)]
        self.fields["person"].choices = [("", "Anybody"), *((str(pk), name) for pk, name in named)]

    def chosen(self, batches: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
        """The imports that are meant; a choice that is none of those offered is left aside."""
        fields = {"state": "state", "source": "source", "person": "created_by"}
        said = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return batches.filter(**{fields[name]: value for name, value in said.items() if value})
