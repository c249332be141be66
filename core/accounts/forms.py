"""The forms of signing in and of one's own account."""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm

from core.accounts.models import ApiToken, User
from core.accounts.spending import spend


class SignInForm(AuthenticationForm):
    """E-mail address and password; the answer never says which of the two was wrong."""

    error_messages = {
        "invalid_login": "The e-mail address and password do not match an account. Check both and try again.",
        "inactive": "This account has been closed. Ask your administrator.",
    }

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "E-mail address"
        self.fields["username"].error_messages = {"required": "Enter your e-mail address"}
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].error_messages = {"required": "Enter your password"}


class NewPasswordForm(SetPasswordForm):
    """A password chosen by whoever it belongs to, in the office's words."""

    error_messages = {"password_mismatch": "The two new passwords are not the same. Type them again."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        new, again = (self.fields[name] for name in ("new_password1", "new_password2"))
        new.label, again.label = "New password", "New password again"
        new.help_text = (
            "At least 12 characters: three words that have nothing to do with each other are good. Nothing like your "
            "name or e-mail address, and not made of one or two common passwords."
        )
        again.help_text = ""
        new.error_messages["required"] = "Enter a new password"
        again.error_messages["required"] = "Enter the new password again"


class OwnPasswordForm(NewPasswordForm, PasswordChangeForm):
    """Somebody's own password, changed by themselves."""

    error_messages = NewPasswordForm.error_messages | {
        "password_incorrect": "That is not your present password. Type it again.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Present password"
        self.fields["old_password"].error_messages["required"] = "Enter your present password"


class FactorCodeForm(AuthenticateForm):
    """The code of an app, or one of the recovery codes. No code works twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"], "Code from your app, or a recovery code")

    def clean_code(self) -> str:
        code = super().clean_code()
        spend(self.user, code)
        return code


class AppForm(ActivateTOTPForm):
    """The first code of an app that is being set up."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"], "Code the app shows")

    def clean_code(self) -> str:
        code = super().clean_code()
        spend(self.user, code)
        return code


class KeyForm(AddWebAuthnForm):
    """The answer of a security key or of this device, and what its owner calls it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What you call it"
        self.initial["name"] = ""
        self.fields["name"].max_length = 60
        self.fields["name"].help_text = "For example: office laptop, or the key on my key ring."
        self.fields["credential"].error_messages = {
            "required": "Your browser has not sent a key. Press the button and follow what it says."
        }

    def clean_name(self) -> str:
        return self.cleaned_data["name"].strip()[:60] or "Key"


class KeyAnswerForm(AuthenticateWebAuthnForm):
    """A key that is known already, shown again."""


class PasskeyForm(LoginWebAuthnForm):
    """A key that signs in by itself: it holds who it belongs to, and asks its owner for a finger or a PIN."""


class PasswordAgainForm(forms.Form):
    """Whoever changes how they sign in says once more who they are."""

    password = forms.CharField(
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("That is not your password. Type it again.")
        return self.cleaned_data["password"]


def _dress_code(field: forms.Field, label: str) -> None:
    field.label = label
    field.max_length = 20
    field.error_messages = {"required": "Enter the code"}
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class TokenForm(forms.Form):
    """What a token is for, what it opens, and how long."""

    name = forms.CharField(
        label="What it is for", max_length=60, error_messages={"required": "Say what the token is for"}
    )
    areas = forms.MultipleChoiceField(
        label="What it reads",
        choices=ApiToken.Area.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what the token reads"},
    )
    days = forms.TypedChoiceField(
        label="How long it is good",
        choices=[(7, "A week"), (30, "A month"), (92, "A quarter"), (366, "A year")],
        coerce=int,
        initial=92,
    )

    use_required_attribute = False
