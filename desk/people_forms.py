"""What is typed about accounts, their roles, and the office itself."""

from django import forms
from django.utils import timezone

from core.accounts.models import Office, User
from core.accounts.permissions import EMERGENCY_ROLES, Role
from core.documents.forms import OfficeForm, OfficeModelForm


def _not_taken(email: str, but: User | None = None) -> str:
    if User.objects.filter(email__iexact=email).exclude(pk=but.pk if but else None).exists():
        raise forms.ValidationError("There is already an account with this e-mail address")
    return email.lower()


class Days(OfficeForm):
    """The first and the last day of a role."""

    starts = forms.DateField(label="First day", initial=timezone.localdate)
    ends = forms.DateField(label="Last day, if it is known", required=False)

    def clean(self) -> dict:
        given = super().clean()
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", "The last day must be the first day or after it")
        return given


class InvitationForm(Days):
    name = forms.CharField(label="Name", max_length=120)
    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    email = forms.EmailField(
        label="E-mail address", max_length=254, help_text="The invitation goes there, and they sign in with it."
    )
    roles = forms.MultipleChoiceField(label="Roles", choices=Role.choices, widget=forms.CheckboxSelectMultiple)
    field_order = ["name", "job_title", "email", "roles", "starts", "ends"]

    def clean_email(self) -> str:
        return _not_taken(self.cleaned_data["email"])


class AddressForm(OfficeForm):
    email = forms.EmailField(label="E-mail address", max_length=254)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        return _not_taken(self.cleaned_data["email"], but=self.user)


class RoleForm(Days):
    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *Role.choices])
    field_order = ["role", "starts", "ends"]


class WhyForm(OfficeForm):
    reason = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why"})


class EmergencyForm(OfficeForm):
    role = forms.ChoiceField(
        label="Role", choices=[("", "Choose a role"), *((one.value, one.label) for one in EMERGENCY_ROLES)]
    )
    hours = forms.TypedChoiceField(
        label="How long",
        choices=[(1, "An hour"), (2, "Two hours"), (4, "Four hours"), (8, "Eight hours"), (12, "Twelve hours")],
        coerce=int,
        initial=2,
    )
    reason = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why"})


class OfficeSettingsForm(OfficeModelForm):
    class Meta:
        model = Office
        fields = ["name", "short_name", "force_name", "commissioner_title", "panel_name", "today_override"]
        labels = {
            "name": "Name of the office",
            "short_name": "Short name",
            "force_name": "Name of the force",
            "commissioner_title": "What the commissioner is called",
            "panel_name": "Name of the panel",
            "today_override": "The date shown as today",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_demo:
            del self.fields["today_override"]
