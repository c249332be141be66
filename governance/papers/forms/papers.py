"""What is typed of a paper: introduction, topics, signature, publication, withdrawal."""

from typing import Any

from django import forms
from django.urls import reverse

from core.accounts.models import User
from core.documents.forms import OfficeDateField, OfficeForm, OfficeModelForm, RichTextField, VersionField
from governance.papers.forms.figures import with_live_figures
from governance.papers.models import Paper, SignificantTopic
from governance.papers.models.paper import CRITERIA
from measures.models import Priority


class IntroductionForm(OfficeModelForm):
    version = VersionField()
    introduction = RichTextField(
        label="Introduction",
        required=False,
        numbered=False,
        help_text="In the commissioner's own words. Its paragraphs take no numbers.",
    )
    deep_dive = forms.ModelChoiceField(
        label="Deep dive",
        queryset=Priority.objects.none(),
        required=False,
        empty_label="None this quarter",
        help_text="The priority whose delivery actions are set out in full.",
    )

    class Meta:
        model = Paper
        fields = ["version", "introduction", "deep_dive"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deep_dive"].queryset = self.instance.quarter.plan.priorities.order_by("number")
        search = reverse("figure-search", args=[self.instance.code])
        self.fields["introduction"].widget.attrs["data-figures"] = search

    def clean_introduction(self) -> str:
        return with_live_figures(self.cleaned_data["introduction"], period=self.instance.quarter.period)


class TopicForm(OfficeModelForm):
    version = VersionField()
    title = forms.CharField(label="Topic", max_length=160)
    text = RichTextField(label="What the panel should know", numbered=False)
    criteria = forms.MultipleChoiceField(
        label="It is raised because it is",
        choices=[(letter, f"{letter}) {words}") for letter, words in CRITERIA.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one reason why this topic is raised"},
    )

    class Meta:
        model = SignificantTopic
        fields = ["version", "title", "text", "criteria"]

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        self.fields["text"].widget.attrs["data-figures"] = reverse("figure-search", args=[paper.code])

    def clean_text(self) -> str:
        return with_live_figures(self.cleaned_data["text"], period=self.paper.quarter.period)


class SignForm(OfficeForm):
    """A signature: the hash that was shown, and the password again."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="To show that it is you who signs.",
    )
    on_behalf_of = forms.CharField(
        label="On behalf of",
        required=False,
        max_length=120,
        help_text="Only if you sign as a named deputy: the office holder you sign for.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("That is not your password. Nothing was signed.")
        return ""


class PublishForm(OfficeForm):
    published_on = OfficeDateField(label="Date of publication")
    place = forms.CharField(
        label="Where it is published", max_length=200, help_text="The page or register where the public finds it."
    )
    notice = forms.CharField(
        label="Notice", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Shown above the paper."
    )


class WithdrawForm(OfficeForm):
    notice = forms.CharField(
        label="Notice of withdrawal",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What people who come for the paper will read in its place: why it is withdrawn, what comes instead.",
    )
