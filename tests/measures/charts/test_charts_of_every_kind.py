"""What holds for every chart: well-formed, named, plain attributes, the same each time, within its frame."""

import os
import subprocess
import sys
from hashlib import sha256

import pytest

from measures.charts import sparkline
from measures.charts.palette import Tone

from . import samples
from .reading import SVG, attributes, leaves, parse, words

PLAIN = {
    "aria-hidden", "aria-label", "aria-labelledby", "class", "d", "data-label", "fill", "fill-opacity", "font-family",
    "font-size", "font-weight", "height", "id", "pointer-events", "role", "stroke", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "stroke-width", "tabindex", "text-anchor", "viewBox", "width", "x", "y",
}  # fmt: skip
KINDS = [*samples.charts(), "sparkline"]


def drawn(kind: str, **more) -> str:
    if kind == "sparkline":
        return sparkline.draw(samples.spark(5, None, 0, 7, tone=Tone.CONCERN))
    module, data = samples.charts(**more)[kind]
    return module.draw(data)


@pytest.mark.parametrize("kind", KINDS)
def test_chart_is_named_and_described_by_ids_of_its_own(kind):
    root = parse(drawn(kind))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text and description.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("interactive", [False, True])
def test_chart_uses_plain_presentation_attributes_only(kind, interactive):
    root = parse(drawn(kind, interactive=interactive))
    assert attributes(root) - PLAIN == set()
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags - {"svg", "title", "desc", "rect", "path", "text", "g"} == set()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [320, 720, 1000])
def test_chart_stays_within_its_frame_at_any_width(kind, width):
    assert leaves(parse(drawn(kind, width=width))) == []


@pytest.mark.parametrize("kind", samples.charts())
def test_chart_carries_its_words(kind):
    said = words(parse(drawn(kind)))
    assert said[:2] == ["Within its usual range", "A measure, number a month"]
    assert said[-1] == "Source: the force. As at 14 October 2019."


@pytest.mark.parametrize("kind", samples.charts())
def test_words_are_escaped_and_stripped_of_what_xml_cannot_hold(kind):
    title = 'Crime <b>&amp; "disorder"</b>\x00\x1b'
    root = parse(drawn(kind, title=title, source="a & b"))
    assert root.find(f"{SVG}title").text == 'Crime <b>&amp; "disorder"</b>'
    assert words(root)[-1] == "Source: a & b. As at 14 October 2019."


@pytest.mark.parametrize("kind", samples.charts())
def test_only_an_interactive_chart_has_points_to_reach(kind):
    still, live = parse(drawn(kind)), parse(drawn(kind, interactive=True))
    assert [element for element in still.iter() if element.get("tabindex") or element.get("data-label")] == []
    points = [element for element in live.iter() if element.get("data-label")]
    stops = [point for point in points if point.get("tabindex") == "0"]
    assert stops == [points[-1]]
    assert stops[0].get("aria-label") == stops[0].get("data-label")
    assert live.get("role") == "group"  # an img would hide its points from a screen reader


@pytest.mark.parametrize("kind", samples.charts())
def test_interactive_chart_draws_the_same_marks(kind):
    def marks(root):
        return [(e.tag, e.attrib, e.text) for e in root.iter() if e.get("class") and "data-label" not in e.attrib]

    live = marks(parse(drawn(kind, interactive=True)))
    assert [mark for mark in live if mark[1]["class"] != "chart-points"] == marks(parse(drawn(kind)))


@pytest.mark.parametrize("kind", samples.empty_charts())
def test_chart_of_no_values_says_so(kind):
    module, data = samples.empty_charts()[kind]
    root = parse(module.draw(data))
    assert "No data" in words(root)
    assert "no data" in module.alt(data)
    assert leaves(root) == []
    header = module.table(data).header
    assert {len(row) for row in module.table(data).rows} <= {len(header)}


@pytest.mark.parametrize("kind", samples.charts())
def test_table_and_sentence_go_with_every_chart(kind):
    module, data = samples.charts()[kind]
    table = module.table(data)
    widths = {len(row) for row in (*table.rows, *table.values)}
    assert widths == {len(table.header)}
    assert module.alt(data).endswith(".")
    assert parse(module.draw(data)).find(f"{SVG}desc").text == module.alt(data)


@pytest.mark.parametrize("kind", ["monthly", "control", "peers", "compare", "survey_trend"])
def test_chart_costs_a_pdf_little(kind):
    drawing = drawn(kind)
    assert len(drawing) < 8_000
    assert sum(1 for _ in parse(drawing).iter()) < 70


def test_bytes_do_not_depend_on_the_order_of_sets():
    code = (
        "from tests.measures.charts import samples\n"
        "print([module.draw(data) for module, data in samples.charts(interactive=True).values()])"
    )
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        digests.add(sha256(done.stdout).hexdigest())
    assert len(digests) == 1


def test_ids_that_could_break_a_page_are_refused():
    with pytest.raises(ValueError, match="letter followed by"):
        samples.frame('a" onload="x')
