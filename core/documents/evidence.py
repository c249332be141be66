"""The boxes for files that show what was done, the same wherever something ends with evidence."""

from django import forms
from django.conf import settings

from core.documents.forms import OfficeForm

MEGABYTE = 1_000_000  # bytes


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """One file or several; `clean` gives a list."""

    widget = ManyFiles

    def clean(self, data, initial=None) -> list:
        given = data if isinstance(data, list | tuple) else [data]
        files = [one for one in (super(EvidenceField, self).clean(part, initial) for part in given) if one]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        most = settings.UPLOAD_LIMIT_BYTES
        for one in files:
            if one.size > most:
                raise forms.ValidationError(
                    f"“{one.name}” is larger than {most // MEGABYTE} MB. Send a smaller file; the others were not kept"
                )
        return files


class EvidenceForm(OfficeForm):
    files = EvidenceField(label="Files that show what was done", help_text="A report, a letter, a picture.")


class EvidenceFields(forms.Form):
    """For a form that ends something: files that show what was done, or why there are none.

    Mix it in before the office's form, and say with `ask_evidence` whether this end asks for them.
    """

    files = EvidenceField(label="Files that show what was done", required=False)
    no_evidence = forms.CharField(
        label="Or why there is no file",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Such as: it was done in the meeting and stands in its minutes.",
    )
    asks_evidence = True

    def ask_evidence(self, asked: bool) -> None:
        self.asks_evidence = asked
        if not asked:
            del self.fields["files"], self.fields["no_evidence"]

    def clean(self) -> dict:
        given = super().clean()
        if self.asks_evidence and not self.errors and not (given.get("files") or given.get("no_evidence", "").strip()):
            self.add_error("files", "Choose a file that shows what was done, or say below why there is none")
        return given
