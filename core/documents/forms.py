"""How every form of the office looks and speaks: the renderer, the base forms, and rich text as a form field."""

import datetime as dt
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

from core.documents import richtext, wording
from core.documents.widgets import DateParts, RichText

WIDGETS = "django/forms/widgets/"
OURS = "documents/forms/"
# Django's template for a widget, and the office's in its place.
TEMPLATES = {
    **{
        f"{WIDGETS}{name}.html": f"{OURS}input.html"
        for name in ("text", "number", "email", "url", "tel", "search", "password", "date", "datetime", "time", "color")
    },
    f"{WIDGETS}textarea.html": f"{OURS}textarea.html",
    f"{WIDGETS}select.html": f"{OURS}select.html",
    f"{WIDGETS}radio.html": f"{OURS}radios.html",
    f"{WIDGETS}checkbox_select.html": f"{OURS}checkboxes.html",
    f"{WIDGETS}checkbox.html": f"{OURS}checkbox.html",
    f"{WIDGETS}file.html": f"{OURS}file.html",
    f"{WIDGETS}clearable_file_input.html": f"{OURS}file.html",
}
KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DateField, "date"),
    (forms.DateTimeField, "date"),
    (forms.TimeField, "time"),
    (forms.DecimalField, "number"),
    (forms.FloatField, "number"),
    (forms.IntegerField, "whole number"),
    (forms.EmailField, "email"),
    (forms.URLField, "url"),
    (forms.FileField, "file"),
)
SELECTS = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField)


class OfficeBoundField(BoundField):
    """A field with the office's classes, and what the field template asks of it."""

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_rich(self) -> bool:
        return isinstance(self.field.widget, RichText)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        if self.is_rich:
            attrs["data-label"] = f"{self.auto_id}_label"
        return attrs


class OfficeRenderer(DjangoTemplates):
    """govuk-frontend's markup for every form, by swapping the templates of Django's widgets."""

    form_template_name = f"{OURS}form.html"
    formset_template_name = f"{OURS}formset.html"
    field_template_name = f"{OURS}field.html"
    bound_field_class = OfficeBoundField

    @cached_property
    def engine(self) -> Any:
        django_forms = Path(forms.__file__).parent / self.backend.app_dirname
        folders = [settings.BASE_DIR / "templates", django_forms]
        return self.backend({"APP_DIRS": True, "DIRS": folders, "NAME": "office", "OPTIONS": {}})

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if widget := context.get("widget"):
            context = context | {
                "invalid": widget.get("attrs", {}).get("aria-invalid") == "true",
                "widget": _typed(widget),
            }
        return super().render(TEMPLATES.get(template_name, template_name), context, request)


def _typed(widget: dict[str, Any]) -> dict[str, Any]:
    """A box for a number as a box for text: the browser's own turns by accident under the scroll wheel."""
    if widget.get("type") != "number":
        return widget
    attrs = {name: value for name, value in widget["attrs"].items() if name not in {"min", "max", "step"}}
    return widget | {"type": "text", "attrs": {"inputmode": "decimal"} | attrs}


class _Office:
    """Messages made from labels, dates in three boxes, no `required` attributes: the server says what is missing."""

    fields: dict[str, forms.Field]
    data: Any
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.dress_all()

    def dress_all(self) -> None:
        """Call it again where a form adds fields of its own as it is made."""
        for name, field in self.fields.items():
            dress(field, field.label or name.replace("_", " ").capitalize())


def dress(field: forms.Field, label: str) -> None:
    """Give one field the office's messages, except where the form has said its own, and the office's date boxes."""
    verb = "Choose" if isinstance(field, forms.FileField) else "Select" if isinstance(field, SELECTS) else "Enter"
    kind = next((kind for one, kind in KINDS if isinstance(field, one)), "choice")
    said = wording.messages_for(label, verb)
    if isinstance(field, SELECTS) or kind != "choice":
        said |= {"invalid": wording.invalid_for(label, kind), "invalid_choice": wording.invalid_for(label, "choice")}
    own = {code for code, text in field.error_messages.items() if text != _default(field, code)}
    field.error_messages |= {code: text for code, text in said.items() if code not in own}
    if isinstance(field, forms.DateField) and type(field.widget) is forms.DateInput:
        field.widget = DateParts(attrs=field.widget.attrs)
        field.widget.is_required = field.required


def _default(field: forms.Field, code: str) -> Any:
    """What Django would say, to tell it from what a form has said for itself."""
    for one in type(field).__mro__:
        defaults = getattr(one, "default_error_messages", {})
        if code in defaults:
            return defaults[code]
    return None


class OfficeForm(_Office, forms.Form):
    """The base of every plain form."""


class OfficeModelForm(_Office, forms.ModelForm):
    """The base of every form for a model."""


class VersionField(forms.IntegerField):
    """The version of the record a form was opened on, carried hidden; see `versions.save_if_unchanged`."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "required": True} | kwargs)


class RichTextField(forms.CharField):
    """Text in the office's dialect. What comes out is clean and every block has its paragraph id.

    `tools` is "full" or "simple" (no headings, quotations or tables). Where paragraphs take no numbers, `numbered` is
    False and the editor does not speak of them. `figures`, when given, adds a button for live figures: it is the
    address the picker asks, found on the text area as `data-figures`.
    """

    widget = RichText

    def __init__(
        self,
        *,
        tools: str = "full",
        numbered: bool = True,
        figures: str = "",
        max_words: int | None = None,
        **kwargs: Any,
    ) -> None:
        attrs = {"data-figures": figures} if figures else {}
        if not numbered:
            attrs["data-unnumbered"] = "true"
        kwargs.setdefault("widget", RichText(attrs, tools=tools))
        super().__init__(**kwargs)
        self.max_words = max_words

    def to_python(self, value: Any) -> str:
        return richtext.ensure_ids(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        words = richtext.word_count(value) if self.max_words else 0
        if self.max_words and words > self.max_words:
            named = wording.in_sentence(self.label or "text")
            raise forms.ValidationError(
                f"{named[0].upper()}{named[1:]} must be {self.max_words} words or fewer. It is now {words}.",
                "max_words",
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return richtext.clean(initial or "") != richtext.clean(data or "")


class OfficeDateField(forms.DateField):
    """A date in three boxes that says which box is empty."""

    widget = DateParts

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str) and value.count("-") == 2:
            year, month, day = value.split("-")
            boxes = (("day", day), ("month", month), ("year", year))
            missing = [name for name, part in boxes if not part.strip("0")]
            if missing:
                named = wording.in_sentence(self.label or "date")
                raise forms.ValidationError(
                    f"{named[0].upper()}{named[1:]} must include a {' and a '.join(missing)}", "incomplete"
                )
        return super().to_python(value)
