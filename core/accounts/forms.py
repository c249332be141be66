"""The forms of signing in and of one's own account."""

from django.contrib.auth.forms import AuthenticationForm


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
