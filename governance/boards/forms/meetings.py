"""What is typed in and for a meeting."""

from django import forms

from core.documents.forms import OfficeModelForm, RichTextField, VersionField
from governance.boards.models import AgendaItem, Minute


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

    class Meta:
        model = AgendaItem
        fields = ["version", "title", "presenter", "part", "exemption"]
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
            given["exemption"] = ""
        return given


class MinuteForm(OfficeModelForm):
    version = VersionField()
    text = RichTextField(label="Minute", required=False, tools="simple")

    class Meta:
        model = Minute
        fields = ["version", "text"]
