"""The symbols of the dashboard key."""

import pytest

from measures.charts.palette import TONES, Tone
from measures.charts.symbols import SYMBOLS, symbol
from measures.trends.key import key
from measures.trends.ruleset import DEFAULT

from .reading import SVG, attributes, extent, leaves, parse, places

SLUGS = [
    "peers-greater", "peers-in-line-above", "peers-in-line-below", "peers-less", "spike-up", "spike-down",
    "short-run-up", "short-run-down", "long-run-up", "long-run-down", "trend-up", "trend-down",
    "rolling-up", "rolling-down", "peers-apart", "no-data", "not-enough-data",
]  # fmt: skip
MIRRORS = [(slug, slug.replace("-up", "-down")) for slug in SLUGS if slug.endswith("-up")]


def ink(drawing: str) -> list[tuple[float, float]]:
    """Every point of the picture itself, its plate left out."""
    root = parse(drawing)
    found = [place for path in root.iter(f"{SVG}path") for place in places(path.get("d"))]
    for box in list(root.iter(f"{SVG}rect"))[1:]:
        x, y, width, height = (float(box.get(name)) for name in ("x", "y", "width", "height"))
        found += [(x, y), (x + width, y + height)]
    return found


def test_the_key_has_sixteen_symbols_and_not_enough_data():
    assert list(SYMBOLS) == SLUGS


def test_every_line_of_the_key_has_its_picture_under_its_own_name():
    assert {entry.symbol: entry.title for entry in key(DEFAULT)} == {slug: one.label for slug, one in SYMBOLS.items()}


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("tone", Tone)
def test_symbol_is_a_named_picture_within_its_square(slug, tone):
    root = parse(symbol(slug, tone))
    name = SYMBOLS[slug].label + ("" if tone is Tone.NEUTRAL else f": {tone}")
    assert (root.get("role"), root.get("aria-label"), root.find(f"{SVG}title").text) == ("img", name, name)
    assert leaves(root, slack=0) == []
    assert "style" not in attributes(root)


@pytest.mark.parametrize(
    ("up", "down"), [*MIRRORS, ("peers-greater", "peers-less"), ("peers-in-line-above", "peers-in-line-below")]
)
def test_down_is_up_turned_over(up, down):
    turned = sorted((round(x, 1), round(20 - y, 1)) for x, y in ink(symbol(up)))
    if up.startswith("peers"):  # the bar's corners are named from the top either way
        assert extent_of(turned) == extent_of(ink(symbol(down)))
    else:
        assert turned == sorted((round(x, 1), round(y, 1)) for x, y in ink(symbol(down)))


def extent_of(points) -> tuple[float, float, float, float]:
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


def test_every_symbol_is_told_from_every_other_without_colour():
    pictures = {slug: [round(part, 1) for place in ink(symbol(slug)) for part in place] for slug in SLUGS}
    assert len({tuple(picture) for picture in pictures.values()}) == len(SLUGS)


def test_tone_shows_as_a_plate_and_not_as_colour_alone():
    plates = {tone: next(parse(symbol("spike-up", tone)).iter(f"{SVG}rect")) for tone in Tone}
    assert (plates[Tone.CONCERN].get("fill"), plates[Tone.CONCERN].get("stroke")) == (TONES[Tone.CONCERN], None)
    assert (plates[Tone.IMPROVEMENT].get("fill"), plates[Tone.IMPROVEMENT].get("stroke")) == (
        "#ffffff",
        TONES[Tone.IMPROVEMENT],
    )
    assert (plates[Tone.NEUTRAL].get("fill"), plates[Tone.NEUTRAL].get("stroke")) == ("#ffffff", None)


def test_symbol_beside_its_words_is_silent():
    root = parse(symbol("spike-up", "concern", title=""))
    assert (root.get("aria-hidden"), root.get("role"), root.find(f"{SVG}title")) == ("true", None, None)


def test_title_is_escaped():
    assert parse(symbol("no-data", title='"<&')).get("aria-label") == '"<&'


def test_each_has_words_and_letters_of_its_own():
    assert len({entry.letters for entry in SYMBOLS.values()}) == len(SYMBOLS)
    assert extent(parse(symbol("no-data")))[2:] == (20, 20)


@pytest.mark.parametrize(("slug", "tone", "error"), [("spike", "concern", KeyError), ("no-data", "bad", ValueError)])
def test_unknown_slug_or_tone_is_refused(slug, tone, error):
    with pytest.raises(error):
        symbol(slug, tone)
