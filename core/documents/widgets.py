"""Form widgets the office needs beside Django's own: a date in three boxes, and the rich text editor."""

import datetime as dt
from calendar import month_abbr, month_name
from typing import Any

from django import forms
from django.utils.html import format_html_join
from js_asset import ImportMap, Media

EDITOR = ImportMap(
    {
        "django-prose-editor/editor": "django_prose_editor/editor.js",
        "reckoner/editor-dialect": "js/editor-dialect.js",
    }
)
MONTHS = {
    name.lower(): str(number) for names in (month_name, month_abbr) for number, name in enumerate(names) if name
} | {"sept": "9"}


class DateParts(forms.Widget):
    """Day, month and year typed into three boxes; the month as a number or by its name."""

    template_name = "documents/forms/date_parts.html"
    use_fieldset = True
    parts = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = self.format_value(value)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["subwidgets"] = [
            {"name": f"{name}_{part}", "id": f"{base}_{part}", "label": label, "width": width, "value": shown[part]}
            for part, label, width in self.parts
        ]
        return context

    def format_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, dt.date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        given = (str(value).split("-", 2) + ["", "", ""])[:3] if value else ["", "", ""]
        return {"day": given[2].removeprefix("0"), "month": given[1].removeprefix("0"), "year": given[0]}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        given = {part: str(data.get(f"{name}_{part}") or "").strip() for part, _, _ in self.parts}
        if not any(given.values()):
            return data.get(name) or None
        given["month"] = MONTHS.get(given["month"].lower(), given["month"])
        return "-".join(given[part].zfill(2) if given[part] else "" for part in ("year", "month", "day"))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part, _, _ in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else ""


class LongSelect(forms.Select):
    """A choice among hundreds, as Django writes it but without a template for each: that takes a tenth of a second."""

    template_name = "documents/forms/long_select.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        held = self.format_value(value)
        context = forms.Widget.get_context(self, name, value, attrs)
        options = ((option, label, " selected" if str(option) in held else "") for option, label in self.choices)
        context["widget"]["options"] = format_html_join("\n", '<option value="{0}"{2}>{1}</option>', options)
        return context


class RichText(forms.Textarea):
    """A text area that becomes the office's editor where scripts run, and stays one that takes HTML where not."""

    template_name = "documents/forms/rich_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, tools: str = "full") -> None:
        super().__init__({"rows": 12} | (attrs or {}))
        self.tools = tools

    @property
    def media(self) -> Media:
        """Pass through `Media.from_media(form.media, nonce=request.csp_nonce)` before it is put on a page."""
        return Media(
            importmap=EDITOR,
            css={"all": ["css/editor.css"]},
            js=[forms.Script("js/editor.js", type="module")],
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-rich-text"] = self.tools
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # the browser would ask for text in a box that the editor hides
