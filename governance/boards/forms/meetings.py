"""What is typed in and for a meeting."""

from django import forms
from django.conf import settings

from core.accounts.clock import today
from core.documents.forms import OfficeDateField, OfficeForm, OfficeModelForm, RichTextField, VersionField
from governance.boards.models import AgendaItem, Minute, StandingItem


class ItemForm(OfficeModelForm):
    version = VersionField()
    part = forms.ChoiceField(
        label="Part of the meeting",
        choices=[("public", "Public part"), ("exempt", "Exempt part")],
        initial="public",
        widget=forms.RadioSelect,
    )
    exemption = forms.ChoiceField(
        label="Why it is exempt",
        choices=[("", "Choose a paragraph of Schedule 12A"), *AgendaItem.Exemption.choices],
        required=False,
        help_text="Only for the exempt part. It is named on the agenda.",
    )
    exempt_why = forms.CharField(
        label="The reason in a sentence",
        max_length=300,
        required=False,
        help_text="Only for the exempt part. Anybody may read it, so it gives nothing away.",
    )
    release_on = forms.DateField(
        label="Day it need no longer be exempt",
        required=False,
        help_text="Only for the exempt part, and if it is known. On that day somebody looks at it again.",
    )

    class Meta:
        model = AgendaItem
        fields = ["version", "title", "presenter", "part", "exemption", "exempt_why", "release_on"]
        labels = {"title": "Item", "presenter": "Who presents it"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["version"].initial = 0
        held = self.instance.exemption
        if held and held not in AgendaItem.Exemption.values:
            self.fields["exemption"].choices = [*self.fields["exemption"].choices, (held, held)]

    def clean(self) -> dict:
        given = super().clean()
        if given.get("part") == AgendaItem.Part.EXEMPT and not given.get("exemption"):
            self.add_error("exemption", "Choose the paragraph of Schedule 12A that makes this item exempt")
        if given.get("part") == AgendaItem.Part.PUBLIC:
            given |= {"exemption": "", "exempt_why": "", "release_on": None}
        return given


class StandingItemForm(OfficeModelForm):
    class Meta:
        model = StandingItem
        fields = ["title", "presenter"]
        labels = {"title": "Item", "presenter": "Who presents it"}


class DeferForm(OfficeForm):
    version = VersionField()
    why = forms.CharField(
        label="Why it was not taken",
        max_length=300,
        required=False,
        help_text="It then proposes itself for the next agenda. Leave it empty if the item was taken after all.",
    )


class PaperForm(OfficeForm):
    file = forms.FileField(label="The paper")
    name = forms.CharField(
        label="What it is", max_length=200, required=False, help_text="If the file’s name does not say."
    )
    received_on = OfficeDateField(label="Day it came")
    is_restricted = forms.BooleanField(
        label="It is marked OFFICIAL-SENSITIVE",
        required=False,
        help_text="Only those who may see what is restricted open it, and it goes into the restricted pack alone.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT_BYTES:
            most = settings.UPLOAD_LIMIT_BYTES // 1_000_000
            raise forms.ValidationError(f"“{file.name}” is larger than {most} MB. Send a smaller file")
        return file

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > today():
            raise forms.ValidationError("A paper cannot have come after today")
        return day


class WithdrawPaperForm(OfficeForm):
    why = forms.CharField(label="Why it is taken off", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)


class MinuteForm(OfficeModelForm):
    version = VersionField()
    text = RichTextField(label="Minute", required=False, tools="simple")

    class Meta:
        model = Minute
        fields = ["version", "text"]
