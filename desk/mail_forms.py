"""What is chosen about mails."""

from django import forms

from core.documents.forms import OfficeForm
from desk.mails.words import WHAT
from desk.models import Mail


class MailChoiceForm(OfficeForm):
    """A box for each kind of mail that may be declined."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in Mail.CHOSEN:
            self.fields[kind.value] = forms.BooleanField(label=kind.label, help_text=WHAT[kind], required=False)
        self.dress_all()

    @property
    def wanted(self) -> set[str]:
        return {kind for kind in Mail.CHOSEN if self.cleaned_data[kind]}
