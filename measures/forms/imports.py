"""What is typed about imports: the file, its columns, the names in it, and why one is withdrawn."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from core.accounts.clock import today
from core.documents.forms import OfficeForm
from measures.forms.notes import MonthField
from measures.models import Area, Measure
from measures.parsing import formats, guard
from measures.parsing.mapping import IGNORE, LONG, MEASURES_ACROSS, MONTHS_ACROSS, ROLES, check_roles, is_letter
from measures.parsing.official import areas as official
from measures.parsing.official import recognising
from measures.parsing.problems import Unreadable

LEAVE, NEW = "leave", "new"
ROLE_WORDS = {
    "month": "Month",
    "start": "First day of the period",
    "end": "Last day of the period",
    "period": "Kind of period",
    "measure": "Measure",
    "area": "Area",
    "breakdown": "Breakdown",
    "value": "Value",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "margin": "Margin of error",
    "sample_size": "Sample size",
    IGNORE: "Leave out",
}
ACROSS_WORDS = {MONTHS_ACROSS: "One month's figures", MEASURES_ACROSS: "One measure's figures"}
LAYOUT_WORDS = {
    LONG: "One row for each measure and month",
    MONTHS_ACROSS: "One row for each measure, one column for each month",
    MEASURES_ACROSS: "One row for each month, one column for each measure",
}


class UploadForm(OfficeForm):
    file = forms.FileField(
        label="File",
        help_text=(
            "CSV, or a workbook (.xlsx or .ods) with values and no formulas. "
            f"At most {guard.UPLOAD_BYTES // guard.MB} MB for a CSV, {guard.WORKBOOK_BYTES // guard.MB} MB for a "
            f"workbook, {guard.OFFICIAL_BYTES // guard.MB} MB for an official file of single incidents."
        ),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label="Where the figures come from",
        max_length=160,
        help_text="The system or body, such as Crime recording system. Columns are remembered by this name.",
    )
    as_at = forms.DateField(
        label="Figures as at", help_text="The day on which the figures were taken from their source."
    )
    provisional = forms.BooleanField(
        label="These figures are provisional", required=False, help_text="Their source may still change them."
    )
    provisional_from = MonthField(
        label="Provisional from",
        required=False,
        help_text="Only if earlier months of the file are final. For example 2019-09.",
    )

    def __init__(self, *args: Any, sources: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["list"] = "sources"
        self.sources = list(sources)

    def clean_as_at(self) -> dt.date:
        said: dt.date = self.cleaned_data["as_at"]
        if said > today():
            raise forms.ValidationError("The day the figures were taken must not be in the future", "future")
        return said

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if not sent.size:
            raise forms.ValidationError("The file is empty. Export it again and check that it holds a table.", "empty")
        incidents = recognising.of_incidents(sent.read(formats.HEAD_BYTES))
        sent.seek(0)
        limit = guard.OFFICIAL_BYTES if incidents else guard.UPLOAD_BYTES
        if sent.size > limit:
            raise forms.ValidationError(
                f"The file is {sent.size / guard.MB:,.1f} MB; the largest that can be read is "
                f"{limit // guard.MB} MB. Split it, or leave out what is not needed.",
                "too_large",
            )
        return sent


class ColumnsForm(OfficeForm):
    """One choice a column. A column that is neither given a role nor left out is one of those turned into rows."""

    layout = forms.ChoiceField(label="How the table is laid out", choices=list(LAYOUT_WORDS.items()))
    measure = forms.ModelChoiceField(
        Measure.objects.all(),
        label="Measure",
        to_field_name="slug",
        required=False,
        empty_label="A column names it",
        help_text="Only where no column says which measure a row is for.",
    )
    last_row = forms.IntegerField(
        label="Last row of the table",
        required=False,
        min_value=2,
        help_text="Only where notes stand below the table.",
    )
    month_first = forms.BooleanField(
        label="In dates the month comes before the day", required=False, help_text="09/01/2019 is then 1 September."
    )

    def __init__(self, *args: Any, headings: Sequence[str], mapping: Mapping[str, Any], **kwargs: Any) -> None:
        self.headings, self.mapping = headings, mapping
        kwargs.setdefault("initial", _initial(headings, mapping))
        super().__init__(*args, **kwargs)
        choices = [("", "Figures, one column each"), *((role, ROLE_WORDS[role]) for role in ROLES)]
        for index, heading in enumerate(headings):
            self.fields[f"column_{index}"] = forms.ChoiceField(label=heading, choices=choices, required=False)

    def columns(self) -> list[forms.BoundField]:
        return [self[f"column_{index}"] for index in range(len(self.headings))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["mapping"] = mapping = self._mapping(cleaned)
        try:
            check_roles(mapping)
        except Unreadable as found:
            self.add_error("layout", str(found))
        return cleaned

    def _mapping(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """The mapping as `measures.parsing.mapping` describes it; whether the file has its columns, the check says."""
        chosen = {heading: cleaned.get(f"column_{index}", "") for index, heading in enumerate(self.headings)}
        across = cleaned.get("layout") != LONG
        columns = {
            heading: role or IGNORE for heading, role in chosen.items() if role or not (across or is_letter(heading))
        }
        kept = {name: self.mapping[name] for name in ("measures", "areas", "only") if name in self.mapping}
        said = {
            "measure": cleaned["measure"].slug if cleaned.get("measure") else None,
            "last_row": cleaned.get("last_row"),
        }
        return {
            "version": self.mapping["version"],
            "layout": cleaned.get("layout"),
            "heading_row": self.mapping["heading_row"],
            "columns": columns,
            "day_first": not cleaned.get("month_first"),
            **kept,
            **{name: value for name, value in said.items() if value},
        }


def _initial(headings: Sequence[str], mapping: Mapping[str, Any]) -> dict[str, Any]:
    columns = mapping["columns"]
    otherwise = IGNORE if mapping["layout"] == LONG else ""
    said = {f"column_{index}": columns.get(heading, otherwise) for index, heading in enumerate(headings)}
    return said | {
        "layout": mapping["layout"],
        "measure": mapping.get("measure"),
        "last_row": mapping.get("last_row"),
        "month_first": not mapping.get("day_first", True),
    }


class NamesForm(OfficeForm):
    """What each name that stands for nothing in the record is: one that is there, a new one, or left out."""

    def __init__(
        self,
        *args: Any,
        measures: Sequence[Sequence[Any]],
        areas: Sequence[Sequence[Any]],
        proposed: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.measures, self.areas = [one[0] for one in measures], [one[0] for one in areas]
        initial = self._initial(proposed or {})
        self.proposed = {name for name in initial if name.startswith("area_")}
        super().__init__(*args, initial=initial, **kwargs)
        known = [(measure.slug, measure.name) for measure in Measure.objects.all()]
        places = [(area.slug, area.name) for area in Area.objects.all()]
        new_areas = [(f"{NEW}:{kind}", f"A new {label}") for kind, label in Area.Kind.choices]
        for index, text in enumerate(self.measures):
            self.fields[f"measure_{index}"] = _choice(text, known, [(NEW, "A new measure")])
            self.fields[f"kind_{index}"] = forms.ChoiceField(
                label=f"Kind of the new measure {text}", choices=Measure.Kind.choices, required=False
            )
            self.fields[f"unit_{index}"] = forms.CharField(
                label=f"Unit of the new measure {text}", max_length=60, required=False
            )
        for index, text in enumerate(self.areas):
            self.fields[f"area_{index}"] = _choice(text, places, new_areas)
        if self.data.get("rest") == LEAVE:
            for index in range(len(self.areas)):
                self.fields[f"area_{index}"].required = False

    def _initial(self, proposed: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """What an official format says of its measures, and official areas; anything else a person must decide."""
        said: dict[str, str] = {}
        for index, text in enumerate(self.measures):
            if text in proposed:
                kind, unit = proposed[text]
                said |= {f"measure_{index}": NEW, f"kind_{index}": kind, f"unit_{index}": unit}
        for index, text in enumerate(self.areas):
            found = official.named(text)
            if found and found is not official.TRANSPORT and found.name == text:
                said[f"area_{index}"] = f"{NEW}:{found.kind}"
        return said

    def measure_rows(self) -> list[tuple[Any, Any, Any]]:
        return [
            (self[f"measure_{index}"], self[f"kind_{index}"], self[f"unit_{index}"])
            for index in range(len(self.measures))
        ]

    def area_rows(self) -> list[Any]:
        """Those that a person must decide; see `proposed_rows`."""
        return [field for field in self._area_fields() if field.name not in self.proposed]

    def proposed_rows(self) -> list[Any]:
        """Official areas, of which it is proposed that they are what they are."""
        return [field for field in self._area_fields() if field.name in self.proposed]

    def _area_fields(self) -> list[Any]:
        return [self[f"area_{index}"] for index in range(len(self.areas))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slugs = [slugify(text)[:60] for text in self.measures]
        for index, (text, slug) in enumerate(zip(self.measures, slugs, strict=True)):
            if cleaned.get(f"measure_{index}") == NEW:
                if not cleaned.get(f"unit_{index}"):
                    self.add_error(f"unit_{index}", "Enter the unit of the new measure, such as crimes")
                if not slug or slug in slugs[:index] or Measure.objects.filter(slug=slug).exists():
                    self.add_error(f"measure_{index}", f"No measure can be made from the name {text}: define it first")
        return cleaned

    def decided(self) -> dict[str, Any]:
        """Arguments of `actions.place_names`."""
        found: dict[str, Any] = {"measures": {}, "areas": {}, "new_measures": {}, "new_areas": {}}
        for index, text in enumerate(self.measures):
            choice = self.cleaned_data[f"measure_{index}"]
            if choice == NEW:
                found["new_measures"][text] = {
                    "kind": self.cleaned_data[f"kind_{index}"] or Measure.Kind.COUNT,
                    "unit": self.cleaned_data[f"unit_{index}"],
                }
            else:
                found["measures"][text] = None if choice == LEAVE else choice
        for index, text in enumerate(self.areas):
            if self.data.get("rest") == LEAVE:
                found["areas"][text] = None
                continue
            choice, _, kind = self.cleaned_data[f"area_{index}"].partition(":")
            if choice == NEW:
                found["new_areas"][text] = kind
            else:
                found["areas"][text] = None if choice == LEAVE else choice
        return found


def _choice(text: str, known: list[tuple[str, str]], new: list[tuple[str, str]]) -> forms.ChoiceField:
    choices = [("", "Choose what it is"), (LEAVE, "Leave its rows out"), *new, *known]
    field = forms.ChoiceField(label=text or "(blank)", choices=choices)
    field.error_messages["required"] = f"Say what {text or 'the blank name'} is, or leave its rows out"
    return field


class WithdrawForm(OfficeForm):
    reason = forms.CharField(
        label="Why it is withdrawn",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept in the history and shown beside the import.",
    )
