"""How forms look and what they say."""

import datetime as dt

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html as lxml_html

from core.accounts.models import Person
from core.documents.forms import (
    OfficeDateField,
    OfficeForm,
    OfficeModelForm,
    OfficeRenderer,
    RichTextField,
    VersionField,
)
from core.documents.widgets import DateParts, LongSelect


class EveryField(OfficeForm):
    name = forms.CharField(label="Measure name", max_length=5, help_text="As printed")
    unit = forms.ChoiceField(choices=[("", "Choose one"), ("n", "Number")])
    group = forms.ChoiceField(choices=[("Force", [("a", "A")])], required=False)
    way = forms.ChoiceField(label="Polarity", choices=[("u", "Up"), ("d", "Down")], widget=forms.RadioSelect)
    boards = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple)
    provisional = forms.BooleanField(label="Is it provisional?")
    begins = forms.DateField(label="Start date", help_text="First month")
    due = OfficeDateField(label="Due date")
    lag = forms.IntegerField(label="Lag", min_value=2)
    sheet = forms.FileField(label="Spreadsheet")
    email = forms.EmailField(label="E-mail address")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    remarks = forms.CharField(widget=forms.Textarea)
    text = RichTextField(label="Commentary", max_words=3)
    version = VersionField(initial=4)
    why = forms.CharField(error_messages={"required": "Say why"})


def parsed(form):
    return lxml_html.fragment_fromstring(str(form), create_parent="form")


def test_every_field_has_its_label_and_class():
    page = parsed(EveryField())
    classes = {
        element.get("name"): element.get("class").split()[0]
        for element in page.xpath("//input[@type!='hidden']|//select|//textarea")
    }
    assert classes == {
        "name": "govuk-input",
        "unit": "govuk-select",
        "group": "govuk-select",
        "way": "govuk-radios__input",
        "boards": "govuk-checkboxes__input",
        "provisional": "govuk-checkboxes__input",
        "begins_day": "govuk-input",
        "begins_month": "govuk-input",
        "begins_year": "govuk-input",
        "due_day": "govuk-input",
        "due_month": "govuk-input",
        "due_year": "govuk-input",
        "lag": "govuk-input",
        "sheet": "govuk-file-upload",
        "email": "govuk-input",
        "secret": "govuk-input",
        "remarks": "govuk-textarea",
        "text": "govuk-textarea",
        "why": "govuk-input",
    }
    labelled = {label.get("for") for label in page.xpath("//label")}
    ids = {element.get("id") for element in page.xpath("//input[@type!='hidden']|//select|//textarea")}
    assert labelled == ids
    assert page.xpath("//legend/text()") == ["Polarity", "Boards", "Start date", "Due date"]
    assert page.xpath("//*[@style or @onclick or self::script or self::style]") == []
    assert page.xpath("//input[@type='hidden']/@value") == ["4"]


def test_hint_and_error_describe_their_field():
    page = parsed(EveryField({"name": "too long", "begins_day": "32", "begins_month": "1", "begins_year": "2019"}, {}))
    (name,) = page.xpath("//input[@name='name']")
    assert (name.get("aria-describedby"), name.get("aria-invalid")) == ("id_name_helptext id_name_error", "true")
    assert "govuk-input--error" in name.get("class")
    (error,) = page.xpath("//*[@id='id_name_error']")
    assert (
        " ".join(error.text_content().split()) == "Error: The measure name must be 5 characters or fewer. It is now 8."
    )
    (begins,) = page.xpath("//fieldset[legend='Start date']")
    assert begins.get("aria-describedby") == "id_begins_helptext id_begins_error"
    assert page.xpath("//input[@name='begins_day']/@value") == ["32"]


def test_messages_say_what_to_do():
    given = {
        "lag": "1",
        "email": "x",
        "due_day": "3",
        "text": "<p>one two three four</p>",
        "unit": "z",
        "begins_year": "x",
    }
    form = EveryField(given, {})
    assert {name: [str(error) for error in errors] for name, errors in form.errors.items()} == {
        "name": ["Enter the measure name"],
        "unit": ["Select the unit"],
        "way": ["Select the polarity"],
        "boards": ["Select the boards"],
        "provisional": ["Answer the question “Is it provisional?”"],
        "begins": ["The start date must be a real date, such as 27 3 2025"],
        "due": ["The due date must include a month and a year"],
        "lag": ["The lag must be 2 or more"],
        "sheet": ["Choose the spreadsheet"],
        "email": ["The e-mail address must be an e-mail address, such as name@example.org"],
        "secret": ["Enter the password"],
        "remarks": ["Enter the remarks"],
        "text": ["The commentary must be 3 words or fewer. It is now 4."],
        "version": ["Enter the version"],
        "why": ["Say why"],
    }


def test_valid_form_gives_clean_values():
    data = {
        "name": "a", "unit": "n", "way": "u", "boards": ["x", "y"], "provisional": "on", "lag": "2", "email": "a@b.uk", "secret": "s",
        "begins_day": "3", "begins_month": "Sept", "begins_year": "2019", "due_day": "03", "due_month": "04", "due_year": "2020",
        "remarks": "r", "text": "<p onclick=x>one <b>two</b></p>", "version": "4", "why": "w",
    }  # fmt: skip
    form = EveryField(data, {"sheet": SimpleUploadedFile("a.csv", b"x")})
    assert form.errors == {}
    assert (form.cleaned_data["begins"], form.cleaned_data["due"]) == (dt.date(2019, 9, 3), dt.date(2020, 4, 3))
    pid = form.cleaned_data["text"][13:21]
    assert form.cleaned_data["text"] == f'<p data-pid="{pid}">one <strong>two</strong></p>'


@pytest.mark.parametrize("sent", ["", "<p></p>", "<p> <br></p>", "<script>x</script>"])
def test_rich_text_with_nothing_to_read_is_missing(sent):
    class Form(OfficeForm):
        text = RichTextField(label="Commentary")

    assert Form({"text": sent}).errors["text"] == ["Enter the commentary"]


def test_rich_text_has_changed_only_when_its_words_or_marks_have():
    field = RichTextField()
    assert not field.has_changed("<p>a</p><ul><li>b</li></ul>", "<p>a</p><ul><li><p>b</p></li></ul>")
    assert field.has_changed("<p>a</p>", "<p><strong>a</strong></p>")


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ({}, None),
        ({"d_day": " ", "d_month": "", "d_year": ""}, None),
        ({"d_day": "3", "d_month": "4", "d_year": "2020"}, "2020-04-03"),
        ({"d_day": "3", "d_month": "april", "d_year": "2020"}, "2020-04-03"),
        ({"d_day": "", "d_month": "4", "d_year": ""}, "-04-"),
        ({"d": "2020-04-03"}, "2020-04-03"),
    ],
)
def test_date_parts_read_three_boxes(sent, value):
    assert DateParts().value_from_datadict(sent, {}, "d") == value


def test_date_parts_show_a_date_and_what_was_typed():
    assert DateParts().format_value(dt.date(2020, 4, 3)) == {"day": "3", "month": "4", "year": "2020"}
    assert DateParts().format_value("-04-") == {"day": "", "month": "4", "year": ""}
    assert DateParts().format_value(None) == {"day": "", "month": "", "year": ""}


def test_model_form_names_what_is_missing(db):
    class PersonForm(OfficeModelForm):
        class Meta:
            model = Person
            fields = ["name", "email"]

    form = PersonForm({"email": "x"})
    assert form.errors == {
        "name": ["Enter the name"],
        "email": ["The e-mail address must be an e-mail address, such as name@example.org"],
    }


def test_date_field_of_a_model_form_keeps_its_value():
    class Form(OfficeForm):
        day = forms.DateField()

    page = parsed(Form(initial={"day": dt.date(2019, 12, 19)}))
    assert page.xpath("//input/@value") == ["19", "12", "2019"]


@pytest.mark.parametrize("chosen", [None, "", 1, "1", "x", "unknown"])
def test_a_long_choice_is_written_as_any_other(chosen):
    choices = [("", "Anyone"), (1, "Wren & <b>Owen</b>"), ("x", "“X”")]
    attrs, renderer = {"id": "id_who", "required": True, "aria-invalid": "true"}, OfficeRenderer()
    plain, long = (kind(choices=choices).render("who", chosen, attrs, renderer) for kind in (forms.Select, LongSelect))
    assert "govuk-select--error" in long
    assert "".join(long.split()) == "".join(plain.split())
