"""What is asked when minutes are circulated, commented on, agreed, amended, signed and published."""

from typing import Any

from django import forms

from core.accounts.models import Person, User
from core.documents.forms import OfficeDateField, OfficeForm, RichTextField, VersionField
from governance.boards.models import AgendaItem, Meeting, Membership


class CirculateForm(OfficeForm):
    recipients = forms.ModelMultipleChoiceField(
        label="To whom they go", queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    presided_by = forms.ModelChoiceField(
        label="Who presided", queryset=Person.objects.none(), help_text="They sign the minutes once they are agreed."
    )
    comments_by = OfficeDateField(label="Comments are asked for by")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = Membership.objects.on(meeting.date).filter(board=meeting.board_id)
        known = Person.objects.filter(memberships__in=seated)
        came = Person.objects.filter(attendances__meeting=meeting)
        present = Person.objects.filter(attendances__meeting=meeting, attendances__kind="present")
        self.fields["recipients"].queryset = (known | came).distinct().order_by("name")
        self.fields["presided_by"].queryset = present.distinct().order_by("name")

    def clean_recipients(self) -> list[Person]:
        return list(self.cleaned_data["recipients"])


class CommentForm(OfficeForm):
    item = forms.ModelChoiceField(label="Which item", queryset=AgendaItem.objects.none())
    person = forms.ModelChoiceField(label="Whose comment", queryset=Person.objects.none())
    text = forms.CharField(label="Comment", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)

    def __init__(self, *args: Any, items: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items
        self.fields["person"].queryset = people


class SettleForm(OfficeForm):
    answer = forms.CharField(label="What was done about it", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)


class AgreedAtForm(OfficeForm):
    at = forms.ModelChoiceField(
        label="The meeting that agreed them",
        queryset=Meeting.objects.none(),
        empty_label=None,
        help_text="A later meeting of the same board.",
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].queryset = meetings


class AmendForm(AgreedAtForm):
    version = VersionField()
    text = RichTextField(label="Minute", required=False, tools="simple")
    reason = forms.CharField(
        label="Why it is amended",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Shown beside both versions, to the public too.",
    )
    field_order = ["version", "text", "reason", "at"]


class SignMinutesForm(OfficeForm):
    """A signature: the hash that was shown, and the password again."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="To show that it is you who signs.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("That is not your password. Nothing was signed.")
        return ""


class PublishMinutesForm(OfficeForm):
    published_on = OfficeDateField(label="Date of publication")
    place = forms.CharField(
        label="Where they are published", max_length=200, help_text="The page or register where the public finds them."
    )
