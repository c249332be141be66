"""What is typed of how the paper is put together."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.documents.forms import OfficeForm, RichTextField
from governance.papers.content.outline import ALONE, ANCHORS, Section

PLACES = 50
OWN = re.compile(rf"{ALONE}[0-9]{{1,4}}")


class OutlineForm(OfficeForm):
    """A place, a heading and standing text for each section, and room for one more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    keys = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    why = forms.CharField(
        label="Why it changes", max_length=300, help_text="Kept with the version, for whoever comes after you."
    )

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        self.fields["keys"].initial = ",".join(one.key for one in sections)
        for place, one in enumerate(sections, start=1):
            self._add(one, place)
        taken = [int(one.key.removeprefix(ALONE)) for one in sections if one.kind == ALONE]
        self.new_key = f"{ALONE}{max(taken, default=0) + 1}"
        self._add(Section(self.new_key, ""), len(sections) + 1)
        self.dress_all()

    def _add(self, one: Section, place: int) -> None:
        said = one.title or ("the priorities" if one.key == "priorities" else "a new section")
        self.fields[f"place_{one.key}"] = forms.IntegerField(
            label=f"Place of {said}", initial=place, min_value=1, max_value=PLACES, required=one in self.sections
        )
        if one.key == "priorities":
            return
        self.fields[f"title_{one.key}"] = forms.CharField(
            label=f"Heading of {said}",
            initial=one.title,
            max_length=160,
            required=one.kind != ALONE,
            help_text="Leave it empty to take the section out." if one.kind == ALONE and one.title else "",
        )
        self.fields[f"text_{one.key}"] = RichTextField(
            label=f"Standing text of {said}", initial=one.text, required=False, tools="simple", numbered=False
        )

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields of each section together, for the page."""
        names = [[f"{part}_{one.key}" for part in ("place", "title", "text")] for one in self.sections]
        names.append([f"{part}_{self.new_key}" for part in ("place", "title", "text")])
        return [[self[name] for name in held if name in self.fields] for held in names]

    def chosen(self) -> tuple[Section, ...]:
        """The sections as they were typed, in the order of their places."""
        keys = [*(one.key for one in self.sections), self.new_key]
        said = self.cleaned_data
        places = {key: said.get(f"place_{key}") or PLACES + 1 for key in keys}
        found = [Section(key, said.get(f"title_{key}", ""), said.get(f"text_{key}", "")) for key in keys]
        kept = [one for one in found if one.title or one.key == "priorities" or one.text]
        moved = set(self.changed_data)  # of two at one place the one that was put there comes first
        return tuple(sorted(kept, key=lambda one: (places[one.key], f"place_{one.key}" not in moved)))


def sections_sent(data: Mapping[str, str]) -> tuple[Section, ...]:
    """The sections a form that was sent spoke of, whatever has been made of the outline since it was opened."""
    keys = [key for key in data.get("keys", "").split(",") if key in ANCHORS or OWN.fullmatch(key)]
    return tuple(Section(key, data.get(f"title_{key}", "")) for key in dict.fromkeys(keys))
