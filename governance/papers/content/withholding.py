"""Words that are marked OFFICIAL-SENSITIVE taken out of canonical HTML. Pure.

`<mark>` never stands within itself, nor within a live figure (`core.documents.dialect`), so its end is the next one.
What is taken out takes along what leads to it: the link around it, the call of a note within it.
"""

import re
from dataclasses import replace
from html import unescape

from governance.papers.content.shapes import Block

INSTEAD = "[withheld]"
PARAGRAPH = "This paragraph is marked OFFICIAL-SENSITIVE and stands in the restricted version only."
MARKED = re.compile(r"<mark>.*?</mark>", re.DOTALL)
REPEATED = re.compile(r"\[withheld\]((?:\s|</?(?:strong|em|sub|sup)>)*\[withheld\])+")
LINKED = re.compile(r"<a [^>]*>((?:(?!</a>).)*\[withheld\](?:(?!</a>).)*)</a>", re.DOTALL)
CALL = re.compile(r'<span data-note="([1-9][0-9]*)"></span>')
REFERENCE = re.compile(r'<data data-figure="([^"<>]*)">')
TAG = re.compile(r"<[^>]*>")


def is_marked(html: str) -> bool:
    return "<mark>" in html


def words(html: str) -> str:
    """The text with a word in place of what is marked."""
    if not is_marked(html):
        return html
    left = MARKED.sub(INSTEAD, html)
    return LINKED.sub(r"\1", REPEATED.sub(_once, left))


def _once(found: re.Match[str]) -> str:
    """One word for several pieces; tags that were open or closed between them stay in balance."""
    return INSTEAD + "".join(TAG.findall(found[0]))


def block(one: Block) -> Block:
    """The block without what is marked; of one that is marked altogether its number is left, and what it is."""
    if not is_marked(one.html):
        return one
    left = words(one.html)
    said = unescape(TAG.sub("", CALL.sub("", left))).replace(INSTEAD, "")
    if said.strip(" .,;:\n\xa0"):
        return replace(one, html=left)
    if one.kind in ("heading", "subheading"):
        return replace(one, html=INSTEAD)
    return replace(one, kind="paragraph", html=PARAGRAPH, style="", start=1)


def calls(html: str) -> list[int]:
    """The numbers of the notes called from a text."""
    return [int(number) for number in CALL.findall(html)]


def references(html: str) -> list[str]:
    """The references of the live figures of a text."""
    return REFERENCE.findall(html)
