"""The boxes for who answers for a thing, the same wherever there is an owner."""

from django import forms

from core.accounts.models import Person


class OwnerFields(forms.Form):
    """Mix it in before the office's form, which has a field `owner` of its own."""

    owner_role = forms.CharField(
        label="Owner’s role in this",
        max_length=120,
        required=False,
        help_text="If it is another than their post. It stays when somebody else takes the post.",
    )
    deputy = forms.ModelChoiceField(
        label="Deputy", queryset=Person.objects.all(), required=False, empty_label="No deputy"
    )

    def clean(self) -> dict:
        given = super().clean()
        if given.get("owner") and given.get("owner") == given.get("deputy"):
            self.add_error("deputy", "The deputy must be somebody else than the owner")
        return given
