"""Bars, lines and points. Marks of one look are one path, however many they are: a PDF pays by the node."""

from collections.abc import Iterable, Sequence

from measures.charts.palette import INK, OWN, TONES, WHITE, Tone
from measures.charts.svg import num, tag

POINT = 3.2  # radius of an ordinary point, user units
SIGNAL = 5.0  # radius of a signalled point
TONE_SHAPES = {Tone.CONCERN: "diamond", Tone.IMPROVEMENT: "square", Tone.NEUTRAL: "triangle"}

Place = tuple[float, float]  # x, y in user units
Box = tuple[float, float, float, float]  # x, y, width, height


def shape_path(shape: str, x: float, y: float, radius: float) -> str:
    """One closed outline: dot, diamond, square or triangle."""
    r = num(radius)
    if shape == "dot":
        return f"M{num(x - radius)} {num(y)}a{r} {r} 0 1 0 {num(2 * radius)} 0a{r} {r} 0 1 0 {num(-2 * radius)} 0z"
    if shape == "diamond":
        d = radius * 1.2
        return f"M{num(x)} {num(y - d)}l{num(d)} {num(d)}l{num(-d)} {num(d)}l{num(-d)} {num(-d)}z"
    if shape == "square":
        d = radius * 0.9
        return f"M{num(x - d)} {num(y - d)}h{num(2 * d)}v{num(2 * d)}h{num(-2 * d)}z"
    d = radius * 1.1
    return f"M{num(x)} {num(y - d)}l{num(d)} {num(1.8 * d)}h{num(-2 * d)}z"


def shapes(places: Iterable[Place], shape: str, *, radius: float, fill: str, stroke: str, name: str) -> str:
    """The same shape at every place, as one path; nothing for no places."""
    d = "".join(shape_path(shape, x, y, radius) for x, y in places)
    return tag("path", d=d, fill=fill, stroke=stroke, stroke_width=1.6, class_=name) if d else ""


def dots(places: Iterable[Place], *, fill: str = OWN, radius: float = POINT, name: str = "points") -> str:
    """Filled points: a line too short to see with a round pen, which is a quarter of the text of a circle."""
    d = "".join(f"M{num(x)} {num(y)}h.01" for x, y in places)
    return tag("path", d=d, stroke=fill, stroke_width=2 * radius, stroke_linecap="round", class_=name) if d else ""


def rings(places: Iterable[Place], *, stroke: str = OWN, radius: float = POINT, name: str = "hollow") -> str:
    """Hollow points, for months left out or not yet final."""
    return shapes(places, "dot", radius=radius, fill=WHITE, stroke=stroke, name=name)


def tone_shapes(places: Iterable[Place], tone: Tone, *, hollow: bool = False) -> str:
    """Signalled points: the shape and the colour say the same."""
    fill = WHITE if hollow else TONES[tone]
    return shapes(places, TONE_SHAPES[tone], radius=SIGNAL, fill=fill, stroke=TONES[tone], name=f"signal-{tone}")


def line_path(
    runs: Sequence[Sequence[Place]], *, stroke: str, width: float = 2.4, dash: str | None = None, name: str = "line"
) -> str:
    """A line broken between runs; a run of one place is a dot as wide as the line."""
    d = ""
    for run in runs:
        (x, y), *rest = run
        d += f"M{num(x)} {num(y)}" + ("L" + " ".join(f"{num(a)} {num(b)}" for a, b in rest) if rest else "h.01")
    if not d:
        return ""
    cap = "round" if dash is None else None
    return tag(
        "path",
        d=d,
        fill="none",
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=dash,
        stroke_linejoin="round",
        stroke_linecap=cap,
        class_=name,
    )


def area_path(upper: Sequence[Place], lower: Sequence[Place], *, fill: str, opacity: float | None = None) -> str:
    """The area between two lines over the same months."""
    if not upper:
        return ""
    round_trip = [*upper, *reversed(lower)]
    d = "M" + "L".join(f"{num(x)} {num(y)}" for x, y in round_trip) + "z"
    return tag("path", d=d, fill=fill, fill_opacity=opacity, class_="area")


def bar_path(boxes: Iterable[Box], *, fill: str, name: str, stroke: str = "none") -> str:
    """Boxes (x, y, width, height) of one look as one path."""
    d = "".join(f"M{num(x)} {num(y)}h{num(w)}v{num(h)}h{num(-w)}z" for x, y, w, h in boxes)
    return tag("path", d=d, fill=fill, stroke=None if stroke == "none" else stroke, class_=name) if d else ""


HATCH = 9.0  # between the strokes of a hatching, user units


def hatching(boxes: Iterable[Box], *, stroke: str, name: str) -> str:
    """Slanting strokes across boxes, as one path: what tells a shaded box from any other where there is no colour."""
    d = ""
    for left, top, width, height in boxes:
        rise = min(width, height)
        start = top + rise
        while start <= top + height:
            d += f"M{num(left)} {num(start)}l{num(rise)} {num(-rise)}"
            start += HATCH
    return tag("path", d=d, stroke=stroke, stroke_width=1, class_=name) if d else ""


def whisker_paths(d: str) -> list[str]:
    """Thin lines over bars. White beneath black: seen on the navy bar and on the page alike."""
    if not d:
        return []
    return [
        tag("path", d=d, stroke="#ffffff", stroke_width=4),
        tag("path", d=d, stroke=INK, stroke_width=1.5, class_="intervals"),
    ]
