"""The tags that draw templates/_components/: `part` without a body, `component` with one, and what those files need.

A component sees only what it is given, never the page's own variables, so a page with a `title` does not give one to
every component on it. All text is escaped by Django; only SVG drawn by the project itself goes in as markup, and only
after `inline_svg` has looked at it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context, RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

register = template.Library()

# What the strict Content-Security-Policy would refuse, or what would run.
NOT_IN_SVG = re.compile(r"<\s*(?:script|style|foreignobject|iframe)|<[^>]*\s(?:on[a-z]+|style)\s*=|javascript:", re.I)
TONES = {"grey", "blue", "green", "amber", "red", "violet"}
NAME = re.compile(r"^[a-z][a-z_]*$")


class SlotNode(Node):
    """Part of a component's body that the component places by name."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        return self.nodelist.render(context)


class ComponentNode(Node):
    def __init__(self, name: str, params: dict[str, FilterExpression], body: NodeList | None) -> None:
        self.name = name
        self.params = params
        slots = [node for node in body or () if isinstance(node, SlotNode)]
        self.slots = {slot.name: slot for slot in slots}
        self.nodelist = NodeList(node for node in body or () if not isinstance(node, SlotNode))

    def render(self, context: Context) -> str:
        values: dict[str, Any] = {key: value.resolve(context) for key, value in self.params.items()}
        values["content"] = SafeString(self.nodelist.render(context).strip())  # rendered and escaped just now
        values["slots"] = {name: SafeString(slot.render(context).strip()) for name, slot in self.slots.items()}
        inner = context.new(values)
        if "csrf_token" in context:
            inner["csrf_token"] = context["csrf_token"]
        return context.template.engine.get_template(f"_components/{self.name}.html").render(inner)


def _name_and_params(parser: Parser, token: Token) -> tuple[str, dict[str, FilterExpression]]:
    tag, *bits = token.split_contents()
    name = bits.pop(0).strip("\"'") if bits else ""
    if not NAME.match(name):
        raise template.TemplateSyntaxError(f"'{tag}' needs the quoted name of a component first, not {name!r}.")
    params = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"'{tag}' takes its parameters as name=value; it does not know {bits[0]!r}.")
    return name, params


@register.tag
def part(parser: Parser, token: Token) -> ComponentNode:
    """{% part "tag" text="Late" tone="red" %}: a component without a body."""
    name, params = _name_and_params(parser, token)
    return ComponentNode(name, params, None)


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """{% component "details" summary="How" %}...{% endcomponent %}: a component round a body, its `content`."""
    name, params = _name_and_params(parser, token)
    body = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, params, body)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """{% slot "table" %}...{% endslot %} straight inside a component: a second body, which it sees as `slots.table`."""
    name, _ = _name_and_params(parser, token)
    body = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, body)


@register.simple_tag
def address(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page, or nothing where this installation has no such page."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def kept_query(context: RequestContext, *dropped: str) -> list[tuple[str, str]]:
    """The name and value of each parameter in the address but those named: what a filter form must hand on."""
    query = context.request.GET
    return [(name, value) for name in query if name not in dropped for value in query.getlist(name)]


@register.simple_tag(takes_context=True)
def page_address(context: RequestContext, number: int, param: str = "") -> str:
    """This page's address with another page number, its other parameters kept."""
    query = context.request.GET.copy()
    query[param or "page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def asked_with(context: RequestContext, **changes: object) -> str:
    """This page's address with some parameters changed, the others and their order kept; an empty one is left out.

    Pages of a list begin again: a changed list is read from its first page.
    """
    query = context.request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
    for name in [one for one in query if not query[one]]:
        del query[name]
    return f"?{query.urlencode()}"


@register.filter
def inline_svg(svg: str) -> SafeString:
    """A picture the project drew, as markup. Refuses anything that could run or that the CSP would block."""
    text = str(svg).strip()
    if text and (not text.startswith("<svg") or NOT_IN_SVG.search(text)):
        raise ValueError("This is not a picture drawn with presentation attributes only; it must start with <svg.")
    return SafeString(text)


@register.filter
def tone(value: str) -> str:
    """A tone the style sheet knows; grey for anything else."""
    return value if value in TONES else "grey"


@register.filter
def notice_tone(value: str) -> str:
    """A tone of notice.html; Django's own names for the levels of a message are understood."""
    return value if value in {"success", "warning", "error"} else "info"


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """The item at a place in a list; nothing beyond its end."""
    return items[index] if index < len(items) else None


@register.simple_tag(takes_context=True)
def table_rows(context: Context, rows: Iterable[Sequence[Any]], columns: Sequence[Mapping[str, Any]]) -> SafeString:
    """The rows of table.html. Made here: a paper has 7,000 cells, and a template takes many times as long for each."""
    more = context.template.engine.get_template("_components/table_cell.html")
    starts = [_start_of(column, place) for place, column in enumerate(columns)]

    def cell(shown: Any, start: str) -> str:
        text = more.render(context.new({"cell": shown})) if isinstance(shown, Mapping) else conditional_escape(shown)
        return f"{start}{text}</{start[1:3]}>"

    lines = ("".join(map(cell, row, starts)) for row in rows)
    return SafeString("\n    ".join(f"<tr>{line}</tr>" for line in lines))  # all of it escaped just now


def _start_of(column: Mapping[str, Any], place: int) -> str:
    number = SafeString(' class="num"' if column.get("numeric") else "")
    if place == 0:
        return format_html('<th scope="row"{}>', number)
    return format_html('<td data-label="{}"{}>', column["text"], number)


@register.filter
def share(done: float | None, total: float | None) -> int:
    """`done` of `total` as a whole percentage from 0 to 100, for the length of a bar."""
    if not total:
        return 0
    return round(100 * min(max((done or 0) / total, 0), 1))


@register.filter
def form_problems(form: Any) -> list[dict[str, str]]:
    """Every problem of a form or formset, each with the address of its field on the page."""
    if hasattr(form, "forms"):
        whole = [{"text": text, "href": ""} for text in form.non_form_errors()]
        return whole + [problem for each in form.forms for problem in form_problems(each)]
    return [
        {"text": text, "href": _field_href(form, name)} for name, texts in form.errors.items() for text in _texts(texts)
    ]


def _texts(texts: Iterable[object]) -> list[str]:
    return [str(text) for text in texts]


def _field_href(form: Any, name: str) -> str:
    if name not in form.fields:
        return ""
    field = form[name]
    # A group of radios or checkboxes has no one input: its first is the one to go to.
    return f"#{field.id_for_label or f'{field.auto_id}_0'}"
