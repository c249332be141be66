"""The office's dialect of HTML: which tags it has, what keeps others out, and its inline content. Pure.

nh3 (an HTML 5 parser) first throws away scripts, styles, comments and every tag not named here; `reading` turns the
rest into the block tree, which can hold nothing but the dialect; nh3 has the last word over what is written from that.

Blocks: p (numbered), p.unnumbered, h3 (takes a number), h4, blockquote of p with a last p.source, ul, ol (type 1, a or
i; start), table with caption. Inline: strong, em, sub, sup, a, br, span.footnote (the text of the note stands where its
mark will), data[data-figure] (a live figure), mark (words of a paper that are not for its public version). Every block
may carry `data-pid`.
"""

import re
from dataclasses import dataclass, field
from html import escape

import nh3
from lxml import html as lxml_html

FIGURE = re.compile(r"[a-z0-9][a-z0-9_.:/-]{0,199}")
LINK = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@[^\s@])[^\s]*", re.IGNORECASE)
MAX_LINK = 2000  # characters
MAX_DEPTH = 60  # nested elements; anything deeper is read as plain text

SAME_AS = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
MARKS = {"strong", "em", "sub", "sup", "mark"}
NOTE = '<span class="footnote">'
LISTS = {"ul", "ol"}
BLOCKS = {"p", "h3", "h4", "blockquote", "ul", "ol", "li", "table", "div", "pre", "dl", "dt", "dd"} | {
    "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "section", "article", "figure", "figcaption", "center",
}  # fmt: skip
UNSEEN = {"script", "style", "title", "iframe", "object", "svg", "math", "template", "noscript", "select", "textarea"}
# Control characters, soft hyphens, invisible joiners, marks that turn the reading direction, halves of characters.
DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
SPACES = re.compile(r"[ \t\n\r\u00a0\u2028\u2029\x85]+")
BREAKS = re.compile(r"(?:\s|<br>)*<br>(?:\s|<br>)*")
EDGES = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")

first_pass = nh3.Cleaner(
    tags=BLOCKS | MARKS | set(SAME_AS) | {"a", "br", "span", "data", "hr"},
    clean_content_tags=UNSEEN,
    attributes={
        "*": {"data-pid"}, "a": {"href"}, "p": {"class"}, "span": {"class"}, "data": {"data-figure"},
        "ol": {"type", "start"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)  # fmt: skip
_last_pass = nh3.Cleaner(
    tags=MARKS | {
        "p", "h3", "h4", "blockquote", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td",
        "a", "br", "span", "data",
    },
    attributes={
        "*": {"data-pid"}, "a": {"href"}, "data": {"data-figure"}, "ol": {"start"},
        "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"},
    },
    tag_attribute_values={"ol": {"type": {"1", "a", "i"}}, "th": {"scope": {"col", "row", "colgroup", "rowgroup"}}},
    allowed_classes={"p": {"unnumbered", "source"}, "span": {"footnote"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)  # fmt: skip


def guard(canonical: str) -> str:
    """The last word before HTML is stored or shown: nh3 with the dialect and nothing else."""
    return _last_pass.clean(canonical)


@dataclass
class Line:
    """Inline HTML gathered so far."""

    parts: list[str] = field(default_factory=list)

    def html(self) -> str:
        text = BREAKS.sub("<br>", SPACES.sub(_one_space, "".join(self.parts)))
        return EDGES.sub("", text)


def _one_space(found: re.Match[str]) -> str:
    # A single no-break space was meant ("2.9 per cent" kept on one line); a run of them is Word's indent.
    return "\u00a0" if found[0] == "\u00a0" else " "


def name_of(element: lxml_html.HtmlElement) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return SAME_AS.get(tag, tag)


def holds_blocks(element: lxml_html.HtmlElement) -> bool:
    return any(name_of(inner) in BLOCKS for inner in element.iterdescendants())


def inline(element: lxml_html.HtmlElement, depth: int = 0, within: frozenset[str] = frozenset()) -> str:
    """What is inside an element, as inline HTML; blocks inside are joined by line breaks.

    `within` names the marks that already hold: one does not stand inside itself, and nothing breaks a note's line.
    """
    if depth > MAX_DEPTH:
        return escape("".join(element.itertext()), quote=False)
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        parts.append(inline_of(child, depth + 1, within))
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def inline_of(child: lxml_html.HtmlElement, depth: int, within: frozenset[str] = frozenset()) -> str:
    """One element and what is inside it, as inline HTML."""
    name = name_of(child)
    if name == "br":
        return " " if NOTE in within else "<br>"
    opening = _opening(child, name, within)
    inner = inline(child, depth, within | {opening} if opening else within)
    if name in BLOCKS:
        return f" {inner} " if NOTE in within else f"<br>{inner}<br>"
    text = Line([inner]).html()
    if not opening or not text and name != "data":
        return inner
    return f"{opening}{text if opening == NOTE else inner}</{name}>"


def _opening(element: lxml_html.HtmlElement, name: str, within: frozenset[str]) -> str:
    """The tag that opens this element in the dialect; empty where it has no place."""
    opening = ""
    if name in MARKS:
        opening = f"<{name}>"
    elif name == "span" and "footnote" in element.get("class", "").split():
        opening = NOTE
    elif name == "data" and FIGURE.fullmatch(element.get("data-figure", "")):
        opening = f'<data data-figure="{element.get("data-figure")}">'
    elif name == "a":
        href = element.get("href", "").strip()
        opening = f'<a href="{escape(href)}">' if len(href) <= MAX_LINK and LINK.fullmatch(href) else ""
    alone = name in {"a", "data"} and any(held.startswith(f"<{name} ") for held in within)
    alone |= name == "mark" and any(held.startswith("<data ") for held in within)  # a figure is marked as a whole
    return "" if opening in within or alone else opening
