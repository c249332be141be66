"""How a file is to be opened, and what an official format asks of the person who brought it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.documents.forms import OfficeForm
from measures.models import Area
from measures.parsing import csv_file
from measures.parsing.months import MONTH_NAMES


class ReadingForm(OfficeForm):
    """How the file is to be opened, where the first guess was wrong, and what an official format asks."""

    sheet = forms.ChoiceField(label="Sheet", required=False)
    encoding = forms.ChoiceField(
        label="Text encoding", required=False, choices=[("", "Recognise it"), *csv_file.ENCODINGS.items()]
    )
    heading_row = forms.IntegerField(label="Row of the headings", required=False, min_value=1, max_value=1_000)
    by_hand = forms.BooleanField(
        label="It is something else: let me say what each column holds",
        required=False,
        help_text="The file is then read as an ordinary table, whatever it was recognised as.",
    )

    def __init__(
        self,
        *args: Any,
        sheets: Sequence[Mapping[str, Any]] = (),
        recognised: Mapping[str, Any] | None = None,
        refused: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [(one["name"], _answer(one)) for one in (recognised or {}).get("questions", [])]
        for name, field in self.questions:
            self.fields[f"answer_{name}"] = field
        if recognised:
            del self.fields["heading_row"], self.fields["encoding"]
        elif not (refused or kwargs.get("initial", {}).get("by_hand")):
            del self.fields["by_hand"]
        if len(sheets) > 1:
            named = [(one["name"], one["name"] + (" (hidden)" if one["hidden"] else "")) for one in sheets]
            self.fields["sheet"].choices = [("", "The first"), *named]
        else:
            del self.fields["sheet"]
        if sheets:
            self.fields.pop("encoding", None)

    def asked(self) -> list[forms.BoundField]:
        return [self[f"answer_{name}"] for name, _ in self.questions]

    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("answer_")]

    def options(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The options of the import: what was chosen here, and every answer given so far."""
        said = {name: value for name, value in self.cleaned_data.items() if not name.startswith("answer_")}
        given = {name: self.cleaned_data[f"answer_{name}"] for name, _ in self.questions}
        answers = {**before.get("answers", {}), **{name: text for name, text in given.items() if text}}
        return said | ({"answers": answers} if answers else {})


MONTHS_OF_YEAR = [(str(number), name) for number, name in enumerate(MONTH_NAMES, 1)]


def _answer(question: Mapping[str, Any]) -> forms.Field:
    """The field of one question. Nothing is chosen beforehand: a guess is not an answer."""
    said = {"label": question["label"], "help_text": question["help"]}
    if question["kind"] == "force":
        forces = [(area.slug, area.name) for area in Area.objects.filter(kind=Area.Kind.FORCE)]
        field: forms.Field = forms.ChoiceField(choices=[("", "Choose the force"), *forces], **said)
    elif question["kind"] == "month_name":
        field = forms.ChoiceField(choices=[("", "Choose the month"), *MONTHS_OF_YEAR], **said)
    else:
        field = forms.CharField(max_length=80, **said)
    field.error_messages["required"] = f"Answer this: {question['label']}"
    return field
