"""The PNG of a chart shows what its SVG shows."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from measures.charts.raster import SCALE, Faces, dashed, png, subpaths
from measures.charts.svg import document

from . import samples
from .reading import parse

FACE = Path(__file__).parents[3] / "static" / "vendor" / "atkinson-hyperlegible"
FACES = Faces(
    FACE / "atkinson-hyperlegible-latin-400-normal.woff2", FACE / "atkinson-hyperlegible-latin-700-normal.woff2"
)


def picture(body: str, width: float = 40, height: float = 20) -> Image.Image:
    drawn = document(uid="one", width=width, height=height, title="A", description="B", body=body)
    return Image.open(BytesIO(png(drawn, FACES))).convert("RGB")


def at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    return image.getpixel((round(x * SCALE), round(y * SCALE)))


@pytest.mark.parametrize("kind", samples.charts())
def test_every_kind_is_drawn_at_its_own_size_and_keeps_its_words(kind):
    module, data = samples.charts()[kind]
    drawn = module.draw(data)
    image = Image.open(BytesIO(png(drawn, FACES)))
    root = parse(drawn)
    assert image.size == tuple(round(SCALE * float(root.get(side))) for side in ("width", "height"))
    assert image.text["Title"] == root.findtext("{http://www.w3.org/2000/svg}title")
    assert image.text["Description"] == module.alt(data)
    assert len(image.convert("RGB").getcolors(100_000)) > 10


def test_a_box_a_line_and_a_dot_lie_where_the_drawing_has_them():
    image = picture(
        '<rect x="2" y="2" width="10" height="6" fill="#b84a00"/>'
        '<path d="M20 5H30" stroke="#12355b" stroke-width="4"/>'
        '<path d="M33 14a3 3 0 1 0 6 0a3 3 0 1 0-6 0z" fill="#0b69b7"/>'
    )
    assert [at(image, 7, 5), at(image, 25, 5), at(image, 36, 14)] == [(184, 74, 0), (18, 53, 91), (11, 105, 183)]
    assert {at(image, 14, 5), at(image, 25, 9), at(image, 32, 10), at(image, 1, 1)} == {(255, 255, 255)}


def test_words_stand_where_their_anchor_puts_them():
    image = picture('<text x="38" y="15" font-size="12" text-anchor="end">ll</text>')
    dark = [x for x in range(image.width) if min(image.getpixel((x, y))[0] for y in range(image.height)) < 128]
    assert 30 * SCALE < min(dark) < max(dark) <= 38 * SCALE


def test_a_part_seen_through_is_paler():
    image = picture('<rect x="0" y="0" width="40" height="20" fill="#000000" fill-opacity="0.4"/>')
    assert at(image, 20, 10) == (153, 153, 153)


@pytest.mark.parametrize("body", ['<circle r="3"/>', '<path d="M0 0C1 1 2 2 3 3" stroke="#000000"/>'])
def test_what_it_does_not_know_is_refused(body):
    with pytest.raises(ValueError, match="A chart"):
        picture(body)


def test_lines_are_read_in_every_way_they_are_written():
    assert subpaths("M1 1h2v3l-1 1zM5 5L6 6 7 7") == [
        [(1, 1), (3, 1), (3, 4), (2, 5), (1, 1)],
        [(5, 5), (6, 6), (7, 7)],
    ]


def test_an_arc_keeps_its_distance_from_its_centre():
    (points,) = subpaths("M0 0a5 5 0 1 1 10 0")
    assert {round((x - 5) ** 2 + y**2, 6) for x, y in points} == {25.0}
    assert min(y for _, y in points) == pytest.approx(-5, abs=0.1)


def test_dashes_go_on_round_corners():
    assert dashed([(0, 0), (3, 0), (3, 3)], [2, 1]) == [[(0, 0), (2, 0)], [(3, 0), (3, 2)]]
    assert dashed([(0, 0), (4, 0)], [3, 2]) == [[(0, 0), (3, 0)]]
