"""Which forces the own force is compared with, and which lie in its region."""

from typing import Any

from django import forms

from core.documents.forms import OfficeForm
from measures.models import Area, AreaAlias, PeerGroup

SMALL_BOXES = {"class": "govuk-checkboxes--small"}


class PeerGroupForm(OfficeForm):
    """`cleaned_data["names"]` are forces that the record does not know yet."""

    valid_from = forms.DateField(
        label="In use from", help_text="Quarters that ended before this day keep the group they were judged with."
    )
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="Who published the group, and when: for example “HMICFRS, most similar forces, 2021”.",
    )
    members = forms.ModelMultipleChoiceField(
        Area.objects.none(),
        label="Forces in the group",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL_BOXES),
        help_text="Without the own force, which is always compared. Seven is usual; fewer than four give no symbol.",
    )
    others = forms.CharField(
        label="Forces that are not in the list",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One name a line. Their figures come with the next import that names them.",
    )

    def __init__(self, *args: Any, own: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["members"].queryset = Area.objects.filter(kind=Area.Kind.FORCE).exclude(pk=own.pk)

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if PeerGroup.objects.filter(area=self.own, valid_from=day).exists():
            raise forms.ValidationError("A group from that day is recorded already: take it back first", "taken")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen, new = {one.pk: one for one in cleaned.get("members") or ()}, []
        for line in cleaned.get("others", "").splitlines():
            if name := line.strip():
                known = _known(name)
                if known is None:
                    new.append(name)
                elif known.kind != Area.Kind.FORCE or known == self.own:
                    self.add_error("others", f"“{name}” is {known}, which cannot be one of the group")
                else:
                    chosen[known.pk] = known
        if not chosen and not new and not self.errors:
            self.add_error("members", "Choose the forces of the group")
        return cleaned | {"members": list(chosen.values()), "names": list(dict.fromkeys(new))}


def _known(name: str) -> Area | None:
    alias = AreaAlias.objects.filter(name__iexact=name).select_related("area").first()
    return alias.area if alias else Area.objects.filter(name__iexact=name).first()


class RegionForm(OfficeForm):
    region = forms.ModelChoiceField(
        Area.objects.filter(kind=Area.Kind.REGION), label="Region", empty_label="Choose a region"
    )
    forces = forms.ModelMultipleChoiceField(
        Area.objects.filter(kind=Area.Kind.FORCE),
        label="Forces in it",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL_BOXES),
    )


class DropForm(OfficeForm):
    reason = forms.CharField(label="Why it is taken back", max_length=300)
