"""What is typed about accounts, their roles, and the office itself."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from core.accounts.models import Office, User
from core.accounts.permissions import Role
from core.documents.forms import OfficeForm, OfficeModelForm


class AccountForm(OfficeForm):
    name = forms.CharField(label="Name", max_length=120)
    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    email = forms.EmailField(label="E-mail address", max_length=254, help_text="They sign in with it.")
    roles = forms.MultipleChoiceField(label="Roles", choices=Role.choices, widget=forms.CheckboxSelectMultiple)
    password = forms.CharField(
        label="First password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Tell it to them in person or by telephone; they can change it once they have signed in.",
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("There is already an account with this e-mail address")
        return email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        given = {name: self.cleaned_data.get(name, "") for name in ("name", "email")}
        validate_password(password, User(**given))
        return password


class PasswordForm(OfficeForm):
    password = forms.CharField(label="New password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class RoleForm(OfficeForm):
    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *Role.choices])
    starts = forms.DateField(label="First day", initial=timezone.localdate)
    ends = forms.DateField(label="Last day, if it is known", required=False)

    def clean(self) -> dict:
        given = super().clean()
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", "The last day must be the first day or after it")
        return given


class WhyForm(OfficeForm):
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
