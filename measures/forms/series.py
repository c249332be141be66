"""What a reader may narrow the list of series to."""

from django import forms

from core.documents.forms import OfficeForm
from measures.browsing import Narrowed
from measures.models import Area, Measure

EITHER = ("", "Any")


class SeriesFilter(OfficeForm):
    words = forms.CharField(label="Words", required=False, max_length=100)
    measure = forms.ChoiceField(label="Measure", required=False)
    area = forms.ChoiceField(label="Area", required=False)
    breakdown = forms.ChoiceField(
        label="Breakdown", required=False, choices=[EITHER, ("whole", "The whole"), ("part", "Parts")]
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=[EITHER, *Measure.Kind.choices])
    reaches = forms.ChoiceField(
        label="Last month", required=False, choices=[EITHER, ("current", "Up to date"), ("behind", "Behind, or none")]
    )
    signal = forms.ChoiceField(
        label="Signal", required=False, choices=[EITHER, ("yes", "Shows one"), ("no", "Shows none")]
    )
    gaps = forms.ChoiceField(label="Gaps", required=False, choices=[EITHER, ("yes", "Has gaps"), ("no", "Has none")])

    def __init__(self, *args: object, exact: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not exact:  # a signal of a series whose small numbers are hidden says something of them
            del self.fields["signal"]
        measures = Measure.objects.filter(series__isnull=False).distinct().values_list("slug", "short_name")
        areas = Area.objects.filter(series__isnull=False).distinct().values_list("slug", "name")
        self.fields["measure"].choices = [("", "All"), *measures.order_by("short_name")]
        self.fields["area"].choices = [("", "All"), *areas.order_by("name")]

    @property
    def asked(self) -> Narrowed:
        """What was chosen; a choice that there is not narrows nothing."""
        self.is_valid()
        return Narrowed(**{name: self.cleaned_data.get(name, "") for name in self.fields})
