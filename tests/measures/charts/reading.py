"""Reads a drawing back: its elements, its subpaths, and the box everything in it lies in."""

import re
from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree as etree

from measures.charts.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"
PIECE = re.compile(r"([A-Za-z])|(-?\d*\.?\d+(?:e-?\d+)?)")
NUMBERS_TAKEN = {"m": 2, "l": 2, "h": 1, "v": 1, "a": 7, "c": 6, "z": 0}


def parse(drawing: str) -> etree.Element:
    """The drawing's root; raises where it is not well-formed XML."""
    return etree.fromstring(drawing)


def paths(root: etree.Element, name: str) -> list[str]:
    """The `d` of every path of a class."""
    return [path.get("d") for path in root.iter(f"{SVG}path") if path.get("class") == name]


def subpaths(root: etree.Element, name: str) -> int:
    """How many separate marks or lines a class has."""
    return sum(d.count("M") for d in paths(root, name))


def words(root: etree.Element) -> list[str]:
    """Every piece of text drawn."""
    return [element.text for element in root.iter(f"{SVG}text")]


def attributes(root: etree.Element) -> set[str]:
    """The names of all attributes in use."""
    return {name for element in root.iter() for name in element.attrib}


def places(d: str) -> Iterator[tuple[float, float]]:
    """Every point a path goes through, absolute."""
    command, numbers = "", []
    x = y = start_x = start_y = 0.0
    for letter, number in PIECE.findall(d):
        if letter:
            command, numbers = letter, []
        else:
            numbers.append(float(number))
        if command.lower() == "z":
            x, y = start_x, start_y
            continue
        if len(numbers) < NUMBERS_TAKEN[command.lower()]:
            continue
        from_x, from_y = (x, y) if command.islower() else (0.0, 0.0)
        if command in "hH":
            x = from_x + numbers[0]
        elif command in "vV":
            y = from_y + numbers[0]
        else:
            x, y = from_x + numbers[-2], from_y + numbers[-1]
        if command in "mM":
            start_x, start_y, command = x, y, "l" if command == "m" else "L"
        numbers = []
        yield x, y


def _number(element: etree.Element, name: str) -> float:
    return float(element.get(name, 0))


def extent(root: etree.Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all that is drawn; words at their estimated width."""
    found: list[tuple[float, float]] = []
    for element in root.iter():
        get = partial(_number, element)
        if element.tag == f"{SVG}path":
            found += places(element.get("d"))
        elif element.tag == f"{SVG}rect":
            found += [(get("x"), get("y")), (get("x") + get("width"), get("y") + get("height"))]
        elif element.tag == f"{SVG}text":
            wide = text_width(element.text, get("font-size"))
            back = {"middle": wide / 2, "end": wide}.get(element.get("text-anchor"), 0.0)
            found += [(get("x") - back, get("y")), (get("x") - back + wide, get("y") - get("font-size") * 0.75)]
    return min(x for x, _ in found), min(y for _, y in found), max(x for x, _ in found), max(y for _, y in found)


def leaves(root: etree.Element, slack: float = 0.6) -> list[str]:
    """The sides of the view box that something is drawn beyond."""
    _, _, width, height = (float(part) for part in root.get("viewBox").split())
    left, top, right, bottom = extent(root)
    beyond = {
        "left": left < -slack,
        "top": top < -slack,
        "right": right > width + slack,
        "bottom": bottom > height + slack,
    }
    return [side for side, outside in beyond.items() if outside]
