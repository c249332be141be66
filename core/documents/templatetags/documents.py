"""Tags for pages that hold a form or show rich text."""

from typing import Any

from django import forms, template
from django.template.context import Context
from django.utils.safestring import SafeString
from js_asset import Media

from core.documents import richtext, worddiff

register = template.Library()


@register.simple_tag(takes_context=True)
def form_media(context: Context, form: forms.BaseForm) -> str:
    """The scripts and styles a form's widgets need, with this page's CSP nonce; for the `head` block."""
    return Media.from_media(form.media, nonce=context["request"].csp_nonce).render()


@register.filter
def rich(html: str | None) -> SafeString:
    """Stored rich text as it may be shown, cleaned once more on the way out."""
    return SafeString(richtext.clean(html or ""))


@register.simple_tag
def word_diff(old: str, new: str) -> SafeString:
    """What changed between two rich texts, as paragraphs with `<ins>` and `<del>`."""
    return SafeString(worddiff.as_html(worddiff.diff_html(old, new)))


@register.simple_tag
def word_changes(old: str, new: str) -> SafeString:
    """What changed between two texts that are plain already, in the same form."""
    return SafeString(worddiff.as_html(worddiff.diff(old, new)))


@register.filter
def sentence(said: str) -> str:
    """Words that more words follow: with a full stop where whoever wrote them gave none."""
    said = said.strip()
    return f"{said}." if said and said[-1] not in ".!?…" else said


@register.filter
def words(html: Any) -> int:
    """How many words a rich text has, its footnotes not counted."""
    return richtext.word_count(str(html or ""))
