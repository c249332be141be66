"""The office's Word template, as it is sent."""

from django import forms

from core.documents.forms import OfficeForm
from governance.papers.word.template import LARGEST, BadTemplate, check_template


class WordTemplateForm(OfficeForm):
    file = forms.FileField(
        label="The template",
        help_text="A Word document (.docx). Its styles, margins, header and footer are used; its text is not.",
    )

    def clean_file(self) -> object:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1_000_000} megabytes")
        data = sent.read()
        sent.seek(0)
        try:
            check_template(data)
        except BadTemplate as problem:
            raise forms.ValidationError(str(problem)) from problem
        return sent
