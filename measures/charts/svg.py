"""The few pieces of SVG the charts are made of, as text with presentation attributes only.

Coordinates are user units with one decimal. Text is escaped, and characters XML 1.0 cannot carry are left out.
"""

import re
from base64 import b64encode

from measures.charts.palette import INK, WHITE

FONT = "Atkinson Hyperlegible, Verdana, sans-serif"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

THIN = frozenset("ijlI.,:;'|!\u00a0 ")
NARROW = frozenset('ftr()[]/-`"1*')
MIDDLING = frozenset("csvxyzkTJ?")
WIDE = frozenset("mwMWOQG@%&")
# widths in ems, a little more than the face needs: another face may stand in for it
THIN_EM, NARROW_EM, MIDDLING_EM, WIDE_EM, CAPITAL_EM, OTHER_EM = 0.29, 0.41, 0.53, 0.86, 0.7, 0.6


def num(value: float) -> str:
    """A coordinate with at most one decimal, never "-0"."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text in ("-0", "0") else text


def escape(text: str) -> str:
    """Text fit for an element or a double-quoted attribute."""
    clean = NOT_XML.sub("", text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def tag(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """One element. Underscores in attribute names become hyphens; None leaves an attribute out; content is markup."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            shown = escape(value) if isinstance(value, str) else num(value)
            parts.append(f'{key.rstrip("_").replace("_", "-")}="{shown}"')
    opening = " ".join(parts)
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


def text(
    x: float, y: float, words: str, *, size: float = 13, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    """Words with their baseline at y; nothing for no words."""
    shown = escape(words)
    if not shown:
        return ""
    return tag(
        "text",
        shown,
        x=x,
        y=y,
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
        fill=None if fill == INK else fill,
        font_weight="700" if bold else None,
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: float = 1, dash: str | None = None) -> str:
    """A straight line, drawn as a path."""
    d = f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}"
    return tag("path", d=d, stroke=stroke, stroke_width=width, stroke_dasharray=dash)


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A filled box."""
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill)


def text_width(words: str, size: float) -> float:
    """The room words take, in user units: an estimate on the safe side, as no font is at hand here."""
    ems = 0.0
    for character in words:
        if character in THIN:
            ems += THIN_EM
        elif character in NARROW:
            ems += NARROW_EM
        elif character in MIDDLING:
            ems += MIDDLING_EM
        elif character in WIDE or ord(character) > 0x2E7F:  # East Asian and pictures are a full em or so
            ems += WIDE_EM
        elif character.isupper() or ord(character) > 0x24F:
            ems += CAPITAL_EM
        else:
            ems += OTHER_EM
    return ems * size


def shorten(words: str, size: float, room: float) -> str:
    """Words cut to the room there is, the cut shown by an ellipsis."""
    if text_width(words, size) <= room:
        return words
    kept = words
    while kept and text_width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(words: str, size: float, room: float, most: int) -> list[str]:
    """Words in lines no wider than `room`; at most `most` lines, the last cut short where there is more."""
    lines: list[str] = []
    rest = NOT_XML.sub("", words).split()
    while rest and len(lines) < most:
        taken, used = 1, text_width(rest[0], size)
        while taken < len(rest):
            used += THIN_EM * size + text_width(rest[taken], size)
            if used > room:
                break
            taken += 1
        if len(lines) == most - 1:
            taken = len(rest)
        lines.append(shorten(" ".join(rest[:taken]), size, room))
        rest = rest[taken:]
    return lines


def check_identifier(uid: str) -> None:
    """Raise ValueError unless `uid` can be an id in a page and part of another."""
    if not IDENTIFIER.fullmatch(uid):
        raise ValueError(f"A chart's id must be a letter followed by letters, digits, - or _; this is {uid!r}.")


def document(
    *, uid: str, width: float, height: float, title: str, description: str, body: str, role: str = "img"
) -> str:
    """The whole drawing: named by its title, described by its description, on white so that it reads anywhere."""
    labelled = f"{uid}-title {uid}-desc"
    size = f"{num(width)} {num(height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{num(width)}" height="{num(height)}" '
        f'role="{role}" aria-labelledby="{labelled}" font-family="{FONT}" fill="{INK}">'
        f'<title id="{uid}-title">{escape(title)}</title><desc id="{uid}-desc">{escape(description)}</desc>'
        f'<rect width="{num(width)}" height="{num(height)}" fill="{WHITE}"/>{body}</svg>'
    )


def data_uri(drawing: str) -> str:
    """The drawing as the address of an image, for a PDF's `<img src>`."""
    return "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode("ascii")
