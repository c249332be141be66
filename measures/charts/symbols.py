"""The dashboard key's sixteen symbols and "not enough data": one family, 20 units square.

Up and down are mirror images. Tone shows without colour too: concern is drawn white on a solid plate, improvement
inside an outlined plate, neutral on no plate at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from measures.charts.palette import TONES, WHITE, Tone
from measures.charts.svg import escape, num, tag

SIDE = 20.0  # user units and pixels


@dataclass(frozen=True, slots=True)
class Symbol:
    """One picture: a short label for beside it, letters for plain text. What it means is in `measures.trends.key`,
    whose slugs these are, because that depends on the ruleset.
    """

    slug: str
    label: str
    letters: str


SYMBOLS = {
    symbol.slug: symbol
    for symbol in (
        Symbol("peers-greater", "Higher than peers", "P++"),
        Symbol("peers-in-line-above", "In line, upper half", "P+"),
        Symbol("peers-in-line-below", "In line, lower half", "P-"),
        Symbol("peers-less", "Lower than peers", "P--"),
        Symbol("spike-up", "Unusually high latest month", "S+"),
        Symbol("spike-down", "Unusually low latest month", "S-"),
        Symbol("short-run-up", "Three high months together", "3+"),
        Symbol("short-run-down", "Three low months together", "3-"),
        Symbol("long-run-up", "Eight months above average", "8+"),
        Symbol("long-run-down", "Eight months below average", "8-"),
        Symbol("trend-up", "Monthly figures rising", "T+"),
        Symbol("trend-down", "Monthly figures falling", "T-"),
        Symbol("rolling-up", "Rolling twelve-month figure rising", "R+"),
        Symbol("rolling-down", "Rolling twelve-month figure falling", "R-"),
        Symbol("peers-apart", "Moves apart from peers", "PX"),
        Symbol("no-data", "No data", "ND"),
        Symbol("not-enough-data", "Not enough data", "NE"),
    )
}


def symbol(slug: str, tone: Tone | str = Tone.NEUTRAL, title: str | None = None) -> str:
    """The picture as SVG, 20 px. `title` names it (label and tone unless given); "" where words stand beside it.

    Raises KeyError for a slug that is not in SYMBOLS and ValueError for an unknown tone.
    """
    entry, tone = SYMBOLS[slug], Tone(tone)
    if title is None:
        title = entry.label if tone is Tone.NEUTRAL else f"{entry.label}: {tone}"
    colour = TONES[tone]
    marks = WHITE if tone is Tone.CONCERN else colour
    named = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    heading = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20" {named}>{heading}'
        f"{_plate(tone)}{_draw(slug, marks)}</svg>"
    )


def _plate(tone: Tone) -> str:
    if tone is Tone.CONCERN:
        return tag("rect", width=SIDE, height=SIDE, rx=3.0, fill=TONES[tone])
    if tone is Tone.IMPROVEMENT:
        edge = {"x": 0.8, "y": 0.8, "width": 18.4, "height": 18.4}
        return tag("rect", **edge, rx=3.0, fill=WHITE, stroke=TONES[tone], stroke_width=1.6)
    return tag("rect", width=SIDE, height=SIDE, rx=3.0, fill=WHITE)


def _draw(slug: str, marks: str) -> str:
    kind, _, direction = slug.rpartition("-")
    if kind in MIRRORED:
        return MIRRORED[kind](marks, direction == "down")
    if slug in STILL:
        return STILL[slug](marks)
    return _peers(slug, marks)


def _y(value: float, down: bool) -> str:
    return num(SIDE - value if down else value)


def _stroke(d: str, colour: str, width: float = 1.6, dash: str | None = None) -> str:
    return tag(
        "path", d=d, fill="none", stroke=colour, stroke_width=width, stroke_dasharray=dash, stroke_linejoin="round"
    )


def _dots(places: list[tuple[float, float]], colour: str, down: bool, size: float) -> str:
    d = "".join(f"M{num(x)} {_y(y, down)}h.01" for x, y in places)
    return tag("path", d=d, stroke=colour, stroke_width=size, stroke_linecap="round")


def _peers(slug: str, marks: str) -> str:
    """A bar from the mean of a band: beyond it, or within it."""
    reach = PEER_REACH[slug]
    band = _stroke("M3 6H17M3 14H17", marks, 1.2) + _stroke("M3 10H17", marks, 1, "1.5 1.5")
    top = min(reach, 10.0)
    return band + tag("rect", x=7.5, y=top, width=5.0, height=abs(reach - 10.0), fill=marks)


def _spike(marks: str, down: bool) -> str:
    lines = _stroke(f"M3 {_y(11.5, down)}H17M3 {_y(15, down)}H17", marks)
    return lines + _dots([(10, 5.5)], marks, down, 5.2)


def _three(marks: str, down: bool) -> str:
    return _stroke(f"M3 {_y(14, down)}H17", marks) + _dots([(4.6, 7), (10, 7), (15.4, 7)], marks, down, 4)


def _run(marks: str, down: bool) -> str:
    places = [(3.7 + 1.8 * number, 5.0 if number % 2 else 9.2) for number in range(8)]
    return _stroke(f"M3 {_y(14.5, down)}H17", marks) + _dots(places, marks, down, 2.5)


def _discrete(marks: str, down: bool) -> str:
    shaft = _stroke(f"M4 {_y(16, down)}L13.5 {_y(6.5, down)}", marks, 2.2)
    return shaft + tag("path", d=f"M16.5 {_y(3.5, down)}V{_y(10.5, down)}L9.5 {_y(3.5, down)}z", fill=marks)


def _rolling(marks: str, down: bool) -> str:
    curve = f"M3 {_y(15.5, down)}C8.5 {_y(16.5, down)} 13 {_y(14.5, down)} 13.6 {_y(8.5, down)}"
    head = f"M13.9 {_y(2.8, down)}L17.3 {_y(9, down)}H10z"
    return _stroke(curve, marks, 2.2) + tag("path", d=head, fill=marks)


def _apart(marks: str) -> str:
    return _stroke("M3 10.5L17 4", marks, 2.2) + _stroke("M3 10.5L17 16.5", marks, 2.2, "2.6 1.6")


def _no_data(marks: str) -> str:
    return _stroke("M4 4H16V16H4z", marks, 1.5, "2.4 1.6")


def _not_enough(marks: str) -> str:
    ring = "a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0z"
    return _stroke("".join(f"M{num(x - 1.8)} 10{ring}" for x in (5, 10, 15)), marks, 1.2)


MIRRORED: dict[str, Callable[[str, bool], str]] = {
    "spike": _spike,
    "short-run": _three,
    "long-run": _run,
    "trend": _discrete,
    "rolling": _rolling,
}
STILL: dict[str, Callable[[str], str]] = {
    "no-data": _no_data,
    "not-enough-data": _not_enough,
    "peers-apart": _apart,
}
PEER_REACH = {  # how far the bar reaches from the middle of the band, user units from the top
    "peers-greater": 2.5,
    "peers-in-line-above": 7.0,
    "peers-in-line-below": 13.0,
    "peers-less": 17.5,
}
