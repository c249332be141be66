"""A chart of this package as a PNG: the same drawing, for a slide or a message that cannot take SVG.

Knows what `measures.charts.svg` writes and no more: rect, path (M L H V A Z), text and groups with presentation
attributes; anything else is refused, so that a picture is never quietly short of something. Drawn several times too
large and reduced, which smooths the edges.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as etree

from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from measures.charts.palette import INK

SVG = "{http://www.w3.org/2000/svg}"
UNSEEN = {f"{SVG}title", f"{SVG}desc"}
SCALE = 2  # pixels a user unit: sharp on a projector, 1,440 wide
FINER = 2  # times larger than that while drawing
STEP = math.pi / 16  # of an arc, one straight piece
PIECE = re.compile(r"([A-Za-z])|(-?\d*\.?\d+(?:e-?\d+)?)")
TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "a": 7, "z": 0}
Point = tuple[float, float]


@dataclass(frozen=True)
class Faces:
    """The files of the page's typeface, in any form FreeType reads."""

    regular: Path
    bold: Path

    def at(self, size: float, *, bold: bool) -> ImageFont.FreeTypeFont:
        return _face(str(self.bold if bold else self.regular), size)


@lru_cache(maxsize=32)
def _face(path: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def png(drawing: str, faces: Faces) -> bytes:
    """The drawing at `SCALE` pixels a unit, its title and description kept in the file. ValueError: not one of ours."""
    root = etree.fromstring(drawing)  # noqa: S314 - our own drawing, never a file from elsewhere
    canvas = _Canvas(root, faces)
    for element in root:
        canvas.draw(element, {"fill": root.get("fill", INK)})
    kept = PngInfo()
    for name, key in (("title", "Title"), ("desc", "Description")):
        kept.add_itxt(key, root.findtext(f"{SVG}{name}") or "", "en")
    held = BytesIO()
    made = canvas.picture.reduce(FINER)
    made.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(held, "PNG", pnginfo=kept)
    return held.getvalue()


class _Canvas:
    def __init__(self, root: etree.Element, faces: Faces) -> None:
        self.size = tuple(float(part) for part in (root.get("viewBox") or "0 0 1 1").split()[2:])
        self.faces = faces
        self.by = SCALE * FINER
        width, height = self.size
        self.picture = Image.new("RGB", (round(width * self.by), round(height * self.by)), "#ffffff")
        self.pen = ImageDraw.Draw(self.picture)

    def draw(self, element: etree.Element, given: dict[str, str]) -> None:
        """One element with what it inherits."""
        if element.tag in UNSEEN:
            return
        style = given | {key: value for key, value in element.attrib.items() if key != "id"}
        match element.tag.removeprefix(SVG):
            case "g":
                for inner in element:
                    self.draw(inner, style)
            case "rect":
                self._rect(element, style)
            case "path":
                self._path(element.get("d", ""), style)
            case "text":
                self._text(element, style)
            case other:
                raise ValueError(f"A chart has no {other}.")

    def _colour(self, style: dict[str, str], name: str) -> tuple[int, ...] | None:
        said = style.get(name, "none")
        if said in ("none", "transparent"):
            return None
        colour = ImageColor.getrgb(said)[:3]
        share = float(style.get(f"{name}-opacity", 1))
        return tuple(round(255 + (part - 255) * share) for part in colour) if share else None  # on white

    def _rect(self, element: etree.Element, style: dict[str, str]) -> None:
        colour = self._colour(style, "fill")
        x, y, width, height = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
        if colour and width > 0 and height > 0:
            self.pen.rectangle(
                [x * self.by, y * self.by, (x + width) * self.by - 1, (y + height) * self.by - 1], colour
            )

    def _path(self, d: str, style: dict[str, str]) -> None:
        fill, stroke = self._colour(style, "fill"), self._colour(style, "stroke")
        width = max(1, round(float(style.get("stroke-width", 1)) * self.by))
        dashes = [float(part) * self.by for part in style.get("stroke-dasharray", "").split()]
        for points in subpaths(d):
            run = [(x * self.by, y * self.by) for x, y in points]
            if fill and len(run) > 2:
                self.pen.polygon(run, fill)
            if stroke:
                for piece in dashed(run, dashes) if dashes else [run]:
                    self._stroke(piece, stroke, width, rounded=style.get("stroke-linecap") == "round")

    def _stroke(self, run: list[Point], colour: tuple[int, ...], width: int, *, rounded: bool) -> None:
        self.pen.line(run, colour, width, joint="curve")
        if rounded:
            for x, y in (run[0], run[-1]):
                self.pen.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], colour)

    def _text(self, element: etree.Element, style: dict[str, str]) -> None:
        face = self.faces.at(float(style["font-size"]) * self.by, bold=style.get("font-weight") == "700")
        anchor = {"middle": "ms", "end": "rs"}.get(style.get("text-anchor", ""), "ls")
        place = (float(element.get("x", 0)) * self.by, float(element.get("y", 0)) * self.by)
        self.pen.text(place, element.text or "", self._colour(style, "fill"), face, anchor)


def subpaths(d: str) -> list[list[Point]]:
    """The points of every subpath, arcs as short straight pieces."""
    found: list[list[Point]] = []
    here: Point = (0.0, 0.0)
    for command, numbers in _commands(d):
        across, down = here if command.islower() else (0.0, 0.0)
        match command.lower():
            case "m":
                here = (across + numbers[0], down + numbers[1])
                found.append([here])
                continue
            case "z":
                found[-1].append(found[-1][0])
                here = found[-1][0]
                continue
            case "h":
                here = (across + numbers[0], here[1])
            case "v":
                here = (here[0], down + numbers[0])
            case "l":
                here = (across + numbers[0], down + numbers[1])
            case "a":
                start, here = here, (across + numbers[5], down + numbers[6])
                found[-1] += _arc(start, here, numbers)
                continue
        found[-1].append(here)
    return found


def _commands(d: str) -> Iterator[tuple[str, list[float]]]:
    command = ""
    numbers: list[float] = []
    for letter, number in PIECE.findall(d):
        if letter:
            if letter.lower() not in TAKES:
                raise ValueError(f"A chart's lines have no {letter!r}.")
            command, numbers = letter, []
        else:
            numbers.append(float(number))
        if len(numbers) == TAKES[command.lower()]:
            yield command, numbers
            numbers = []
            command = {"m": "l", "M": "L"}.get(command, command)


def _arc(start: Point, end: Point, numbers: list[float]) -> list[Point]:
    """Points of a circle's arc, as SVG says it; the two radii are the same in every chart."""
    radius, large, sweep = numbers[0], bool(numbers[3]), bool(numbers[4])
    across, down = (end[0] - start[0]) / 2, (end[1] - start[1]) / 2
    half = math.hypot(across, down)
    if not half or not radius:
        return [end]
    radius = max(radius, half)
    off = math.sqrt(max(0.0, radius**2 - half**2)) / half
    side = -1 if large == sweep else 1
    centre = (start[0] + across + side * off * -down, start[1] + down + side * off * across)
    begins = math.atan2(start[1] - centre[1], start[0] - centre[0])
    turn = math.atan2(end[1] - centre[1], end[0] - centre[0]) - begins
    turn = turn % math.tau if sweep else -((-turn) % math.tau)
    pieces = max(2, math.ceil(abs(turn) / STEP))
    angles = [begins + turn * place / pieces for place in range(1, pieces)]
    return [*((centre[0] + radius * math.cos(one), centre[1] + radius * math.sin(one)) for one in angles), end]


def dashed(run: list[Point], dashes: list[float]) -> list[list[Point]]:
    """The pieces of a line that are drawn where it is dashed: on, off, on and so on along its length."""
    pieces: list[list[Point]] = []
    place, left, drawn = 0, dashes[0], True
    piece = [run[0]]
    for begin, end in zip(run, run[1:], strict=False):
        length = math.hypot(end[0] - begin[0], end[1] - begin[1])
        gone = 0.0
        while length - gone > left:
            gone += left
            at = (begin[0] + (end[0] - begin[0]) * gone / length, begin[1] + (end[1] - begin[1]) * gone / length)
            if drawn:
                pieces.append([*piece, at])
            place, drawn, piece = (place + 1) % len(dashes), not drawn, [at]
            left = dashes[place]
        left -= length - gone
        if drawn:
            piece.append(end)
    return [*pieces, piece] if drawn and len(piece) > 1 else pieces
