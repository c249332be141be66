"""What Word puts on the clipboard, made plain HTML before it is cleaned. Pure.

Cleaning alone would keep every word, and some are not the author's: the text of comments and their marks, what tracked
changes took out. Notes come as a mark here and a text at the end; list entries as paragraphs that know their level.
Whatever is done here, `dialect` cleans the result as it cleans anything.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

IS_WORD = re.compile(r"\bmso|urn:schemas-microsoft-com", re.IGNORECASE)
LONGEST = 4_000_000  # characters; anything longer is cleaned as it is
NOT_THE_AUTHORS = {"msocomanchor", "MsoCommentReference", "msocomtxt", "msocomoff", "MsoCommentText"}
COMMENTS = re.compile(r"mso-element:\s*(?:comment-list|comment\b)", re.IGNORECASE)
NOTE = re.compile(r"mso-element:\s*(?:footnote|endnote)\s*(?:;|$)", re.IGNORECASE)
NOTES = re.compile(r"mso-element:\s*(?:footnote|endnote)-list", re.IGNORECASE)
LEVEL = re.compile(r"mso-list:[^;]*\blevel([1-9])", re.IGNORECASE)
MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
NUMBER = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)]?", re.IGNORECASE)
MOST_LEVELS = 3


def from_word(html: str) -> str:
    """The same text without what is Word's own; HTML of any other origin as it came."""
    if not IS_WORD.search(html) or len(html) > LONGEST:
        return html
    try:
        root = lxml_html.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return html
    for one in list(root.iter()):
        if isinstance(one.tag, str) and one is not root and _is_words_own(one):
            one.drop_tree()
    _bring_notes_home(root)
    for run in list(_runs(root)):
        _as_list(run)
    made = lxml_html.tostring(root, encoding="unicode")
    return str(made).removeprefix("<div>").removesuffix("</div>")


def _style(one: lxml_html.HtmlElement) -> str:
    return str(one.get("style", ""))


def _is_words_own(one: lxml_html.HtmlElement) -> bool:
    """Comments, their marks, and what a tracked change has taken out."""
    classes = set(str(one.get("class", "")).split())
    return one.tag == "del" or bool(classes & NOT_THE_AUTHORS) or bool(COMMENTS.search(_style(one)))


def _bring_notes_home(root: lxml_html.HtmlElement) -> None:
    """Each note's text to where its mark stands; a note that nothing calls stays where it was."""
    notes: dict[str, lxml_html.HtmlElement] = {}
    for one in root.iter("div"):
        name = re.fullmatch(r"(?:ftn|edn)\d+", str(one.get("id", "")))
        if name and NOTE.search(_style(one)):
            notes[name[0]] = one
    for mark in list(root.iter("a")):
        called = str(mark.get("href", "")).removeprefix("#_")
        if called not in notes or mark.getparent() is None:
            continue
        note = notes.pop(called)
        words = " ".join(re.sub(r"^\s*\[?\w{1,4}\]?\s+", "", " ".join(note.text_content().split())).split())
        home = lxml_html.Element("span", {"class": "footnote"})
        home.text, home.tail = words, mark.tail
        mark.getparent().replace(mark, home)
        note.drop_tree()
    for one in list(root.iter("div")):
        if NOTES.search(_style(one)) and not one.text_content().strip():
            one.drop_tree()


def _runs(root: lxml_html.HtmlElement) -> Iterator[list[lxml_html.HtmlElement]]:
    """Entries that follow one another: paragraphs that know their level in a list."""
    run: list[lxml_html.HtmlElement] = []
    for one in root.iter("p"):
        is_entry = LEVEL.search(_style(one)) is not None and _marker(one) is not None
        if run and (not is_entry or not _follows(run[-1], one)):
            yield run
            run = []
        if is_entry:
            run.append(one)
    if run:
        yield run


def _follows(one: lxml_html.HtmlElement, other: lxml_html.HtmlElement) -> bool:
    return one.getnext() is other and not (one.tail or "").strip()


def _marker(one: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    return next((inner for inner in one.iter("span") if MARKER.search(_style(inner))), None)


def _as_list(run: list[lxml_html.HtmlElement]) -> None:
    """Lists within lists in the place of a run of entries, as deep as the levels say."""
    parent, place = run[0].getparent(), run[0].getparent().index(run[0])
    tail = run[-1].tail
    stack: list[lxml_html.HtmlElement] = []
    tops: list[lxml_html.HtmlElement] = []
    for entry in run:
        level = min(int(LEVEL.search(_style(entry))[1]), MOST_LEVELS, len(stack) + 1)  # type: ignore[index]
        kind = _kind(entry)
        del stack[level:]
        if len(stack) == level and stack[-1].attrib.get("type") != kind:
            stack.pop()
        if len(stack) < level:
            made = lxml_html.Element("ol", {"type": kind}) if kind else lxml_html.Element("ul")
            if stack and len(stack[-1]):
                stack[-1][-1].append(made)
            else:
                tops.append(made)
            stack.append(made)
        marker = _marker(entry)
        if marker is not None:
            marker.drop_tree()
        item = lxml_html.Element("li")
        item.text = entry.text
        item.extend(list(entry))
        stack[-1].append(item)
        parent.remove(entry)
    for offset, made in enumerate(tops):
        parent.insert(place + offset, made)
    tops[-1].tail = tail


def _kind(entry: lxml_html.HtmlElement) -> str | None:
    """How the entries of its list are counted: None for bullets."""
    marker = _marker(entry)
    found = NUMBER.fullmatch(" ".join(marker.text_content().split())) if marker is not None else None
    if found is None or found[0].lower() == "o":  # Word's second bullet is the letter o
        return None
    said = found[1].lower()
    return "1" if said.isdigit() else "i" if set(said) <= set("ivx") else "a"
