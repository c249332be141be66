"""How templates write a paper's content."""

from collections.abc import Iterable

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from governance.papers.content import markup
from governance.papers.content.shapes import Block, Footnote
from measures.quarter_codes import quarter_words

register = template.Library()


@register.simple_tag(takes_context=True)
def printed(context: Context, block: Block, notes: dict[int, Footnote]) -> SafeString:
    """A block for the printed page; with `follow` (following.Follow) in the context its live figures are links."""
    return SafeString(markup.block_html(block, notes, markup.note_printed, context.get("follow")))


@register.simple_tag(takes_context=True)
def paragraph(context: Context, block: Block, notes: dict[int, Footnote]) -> SafeString:
    """A block for the web page, in the same way."""
    return SafeString(markup.block_html(block, notes, markup.note_called, context.get("follow")))


@register.filter
def footnote_text(note: Footnote) -> SafeString:
    return SafeString(markup.inline_html(note.html))


@register.simple_tag
def symbol_address(slug: str, tone: str) -> str:
    """The picture of a symbol, fit for `src`."""
    return markup.symbol_address(slug, tone)


@register.filter
def picture(svg: str) -> str:
    """A chart, fit for `src`."""
    return markup.still_address(svg)


@register.filter
def quarter_of(code: str) -> str:
    """ "2019-20-q2" as "quarter two 2019-20"."""
    return quarter_words(code)


@register.filter
def dotted(number: int, title: str) -> str:
    """ "1. Prevent crime and keep people safe"."""
    return f"{number}. {title}"


@register.filter
def letters(criteria: Iterable[str]) -> str:
    """The letters of criteria: "a and c"."""
    *rest, last = criteria
    return f"{', '.join(rest)} and {last}" if rest else last


@register.filter
def columns(header: Iterable[str]) -> list[dict[str, object]]:
    """The heading of a chart's table, as the table part takes it: all but the first are figures."""
    return [{"text": words, "numeric": place > 0} for place, words in enumerate(header)]
