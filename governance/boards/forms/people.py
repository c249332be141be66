"""Choosing somebody the office knows, or adding somebody it does not know yet, in one go."""

from django import forms

from core.accounts.models import Person
from core.documents.forms import OfficeForm, OfficeModelForm, VersionField
from governance.boards.models import AgendaItem, Membership


class WhoForm(OfficeForm):
    """`cleaned_data` holds either `person` or the words for a new one: `new_person()`."""

    person = forms.ModelChoiceField(label="Person", queryset=Person.objects.all(), required=False, empty_label="Choose")
    new_name = forms.CharField(label="Name of somebody who is not listed", max_length=120, required=False)
    new_job_title = forms.CharField(label="Their role", max_length=120, required=False)
    new_organisation = forms.CharField(label="Their organisation", max_length=120, required=False)

    def clean(self) -> dict:
        given = super().clean()
        name = given.get("new_name", "").strip()
        if given.get("person") and name:
            self.add_error("new_name", "Either choose somebody from the list or give a new name, not both")
        elif not given.get("person") and not name:
            self.add_error("person", "Choose a person, or give the name of somebody who is not listed")
        elif name and Person.objects.filter(name__iexact=name).exists():
            self.add_error("new_name", f"{name} is on the list already. Choose them there")
        return given

    def new_person(self) -> dict[str, str]:
        """What `add_person` takes."""
        return {field: self.cleaned_data[f"new_{field}"].strip() for field in ("name", "job_title", "organisation")}


SUBSTITUTES = {
    "label": "Who may sit in their place",
    "required": False,
    "widget": forms.CheckboxSelectMultiple,
    "help_text": "Named substitutes are offered in the meeting when this member is away.",
}


class MemberForm(WhoForm):
    capacity = forms.CharField(
        label="Sits as", max_length=80, initial="Member", help_text="Such as Chair, Deputy chair, Member, Adviser."
    )
    starts = forms.DateField(label="First day", required=False, help_text="Leave it empty if it is not known.")

    def __init__(self, *args, board=None, **kwargs):
        super().__init__(*args, **kwargs)
        seated = Membership.objects.filter(board=board, ends__isnull=True).values("person")
        self.fields["person"].queryset = Person.objects.exclude(pk__in=seated)


class SeatForm(OfficeModelForm):
    """A member's seat: in what capacity, from when to when, and who may sit in it instead."""

    version = VersionField()
    capacity = forms.CharField(label="Sits as", max_length=80)
    starts = forms.DateField(label="First day", required=False, help_text="Leave it empty if it is not known.")
    ends = forms.DateField(
        label="Last day", required=False, help_text="Leave it empty while they sit. Who has left stays on the record."
    )
    substitutes = forms.ModelMultipleChoiceField(queryset=Person.objects.none(), **SUBSTITUTES)

    class Meta:
        model = Membership
        fields = ["version", "capacity", "starts", "ends", "substitutes"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["substitutes"].queryset = Person.objects.exclude(pk=self.instance.person_id)

    def _post_clean(self) -> None:
        """The days are for `clean` to judge in the office's words, and for the action to store."""

    def clean(self) -> dict:
        given = super().clean()
        first, last = given.get("starts"), given.get("ends")
        if first and last and last < first:
            self.add_error("ends", "The last day must not be before the first")
        return given


class HoldForm(OfficeForm):
    reason = forms.CharField(
        label="Why nothing may be taken away",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Such as a claim, an inquiry, or a request for information, with its reference.",
    )


class LiftHoldForm(OfficeForm):
    why = forms.CharField(label="Why it is lifted", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class AttendeeForm(WhoForm):
    """Somebody at the meeting who is not a member."""

    def __init__(self, *args, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        expected = Membership.objects.on(meeting.date).filter(board=meeting.board_id).values("person")
        noted = meeting.attendances.values("person")
        self.fields["person"].queryset = Person.objects.exclude(pk__in=expected).exclude(pk__in=noted)


class ActionForm(WhoForm):
    """An action arising: what, who, by when."""

    text = forms.CharField(label="What is to be done", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    due = forms.DateField(label="Due date")
    field_order = ("text", "person", "new_name", "new_job_title", "new_organisation", "due")

    def __init__(self, *args, item: AgendaItem, **kwargs):
        self.item = item
        super().__init__(*args, **kwargs)
        self.fields["person"].label = "Owner"

    def clean_due(self):
        due = self.cleaned_data["due"]
        held = self.item.meeting.date
        if due < held:
            raise forms.ValidationError(
                f"The due date must not be before the meeting on {held.day} {held:%B %Y}", "too_early"
            )
        return due
