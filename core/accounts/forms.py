"""The forms of signing in and of one's own account."""

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm


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


class OwnPasswordForm(PasswordChangeForm):
    """Somebody's own password, changed by themselves, in the office's words."""

    error_messages = {
        "password_incorrect": "That is not your present password. Type it again.",
        "password_mismatch": "The two new passwords are not the same. Type them again.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old, new, again = (self.fields[name] for name in ("old_password", "new_password1", "new_password2"))
        old.label, new.label, again.label = "Present password", "New password", "New password again"
        new.help_text = "At least 12 characters. Nothing like your name or e-mail address, and no common password."
        again.help_text = ""
        old.error_messages["required"] = "Enter your present password"
        new.error_messages["required"] = "Enter a new password"
        again.error_messages["required"] = "Enter the new password again"
