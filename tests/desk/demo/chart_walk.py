"""Walks the charts of an office and says what is wrong with them."""

from collections.abc import Iterator
from xml.etree import ElementTree as etree

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from desk.measure_page.charts import offered
from desk.measure_page.page import MeasurePage, quarter_asked
from measures.charts.svg import text_width
from measures.models import Measure
from measures.presenters.drawings import Drawing

SVG = "{http://www.w3.org/2000/svg}"
SAFE_SIDE = 0.86  # the builder's widths are a little more than the face needs
ASCENT, DESCENT = 0.72, 0.2  # of a letter's size
SMALLEST = 9.0  # pixels
SHOWN = {"wide": (720.0, 640.0), "narrow": (320.0, 280.0)}  # user units, and the least pixels a page gives them
Box = tuple[float, float, float, float, str]


def page_charts() -> Iterator[tuple[str, Drawing]]:
    """Every chart of every headline measure's page at the latest quarter, with the measure's slug."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    _, quarter = quarter_asked(request)
    for measure in Measure.objects.headline().order_by("slug"):
        page = MeasurePage(request, measure, quarter)
        if page.held.series:
            for drawn in offered(page).values():
                yield measure.slug, drawn


def kind_of(drawn: Drawing) -> str:
    return drawn.kind.__name__.rpartition(".")[2]


def faults(drawn: Drawing) -> list[str]:
    """What a chart lacks: words, its table's values, room for its words, or their size."""
    frame = drawn.frame
    wanted = {"title": frame.title, "source": frame.source, "as-at": frame.as_at, "caption": drawn.caption}
    found = [f"has no {name}" for name, words in wanted.items() if not words]
    found += [] if drawn.rows and len(drawn.table.values) == len(drawn.rows) else ["has no table"]
    for name, picture in (("wide", drawn.still), ("narrow", drawn.narrow)):
        root = etree.fromstring(picture)
        if not (root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")):
            found.append(f"{name}: no title or description")
        found += [f"{name}: {fault}" for fault in _crowded(root)]
        units, pixels = SHOWN[name]
        smallest = min(float(one.get("font-size")) for one in root.iter(f"{SVG}text"))
        if smallest * pixels / units < SMALLEST:
            found.append(f"{name}: words of {smallest * pixels / units:.1f} pixels")
    return found


def _crowded(root: etree.Element) -> list[str]:
    width = float(root.get("viewBox").split()[2])
    boxes = [_box(one) for one in root.iter(f"{SVG}text")]
    found = [f"{one[4]!r} leaves the picture" for one in boxes if one[0] < -1 or one[2] > width + 1]
    for place, one in enumerate(boxes):
        found += [f"{one[4]!r} lies over {other[4]!r}" for other in boxes[place + 1 :] if _meet(one, other)]
    return found


def _box(one: etree.Element) -> Box:
    size, x, y = (float(one.get(name)) for name in ("font-size", "x", "y"))
    width = SAFE_SIDE * text_width(one.text, size)
    left = x - {"middle": width / 2, "end": width}.get(one.get("text-anchor"), 0)
    return left, y - ASCENT * size, left + width, y + DESCENT * size, one.text


def _meet(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1
