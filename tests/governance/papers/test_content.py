"""What a paper says: its numbers, its canonical text, its hash, its public part."""

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.papers.content import canonical, markup, reading
from governance.papers.content.numbering import blocks_of, numbered, place_charts
from governance.papers.content.shapes import Block, Chart, Measure, Priority
from tests.factories.content import section, small_paper, text, unnumbered_paper

KINDS = {
    "numbered": "<p>A paragraph{note}.</p>",
    "heading": "<h3>A heading</h3>",
    "subheading": "<h4>Plain</h4>",
    "unnumbered": "<p class='unnumbered'>Outside{note}.</p>",
    "list": "<ul><li>One{note}</li><li>Two</li></ul>",
    "quote": "<blockquote><p>Said{note}.</p></blockquote>",
    "table": "<table><tr><th>A</th></tr><tr><td>1{note}</td></tr></table>",
}
NOTE = '<span class="footnote">From a source.</span>'
texts = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.booleans()), max_size=12)


def html_of(parts: list[tuple[str, bool]]) -> str:
    return "".join(KINDS[kind].format(note=NOTE if noted else "") for kind, noted in parts)


@given(st.lists(texts, min_size=1, max_size=5))
def test_paragraphs_figures_and_footnotes_each_run_from_one_without_a_gap(measures):
    sections = tuple(section(f"m{place}", f"Measure {place}", html_of(one)) for place, one in enumerate(measures))
    halves = (Priority(1, "First", sections[::2]), Priority(2, "Second", sections[1::2]))
    paper = numbered(unnumbered_paper(priorities=halves))
    sequence = [block.number for block in reading.sequence(paper)]
    figures = [chart.number for chart in reading.charts(paper)]
    notes = [note.number for note in paper.footnotes]
    due = sum(kind in ("numbered", "heading") for one in measures for kind, _ in one) + len(measures)
    assert sequence == list(range(1, due + 1))
    assert figures == list(range(1, 2 * len(measures) + 1))
    assert notes == list(range(1, len(notes) + 1))


@given(st.lists(texts, min_size=1, max_size=4))
def test_every_block_and_chart_has_a_place_of_its_own(measures):
    """Even where a text was copied whole from one measure to the next."""
    sections = tuple(section("same", f"Measure {place}", html_of(one)) for place, one in enumerate(measures))
    paper = numbered(unnumbered_paper(priorities=(Priority(1, "First", sections),)))
    places = [block.pid for block in reading.all_blocks(paper)] + [chart.pid for chart in reading.charts(paper)]
    assert len(places) == len(set(places))
    assert all(places)


def test_headings_take_a_number_and_subheadings_quotes_and_lists_do_not():
    blocks = text("<h3>Overall</h3><p>One</p><h4>Plain</h4><ul><li>x</li></ul><p class='unnumbered'>y</p>", "s")
    paper = numbered(
        unnumbered_paper(
            priorities=(Priority(1, "P", (replace(section("m", "M"), measures=(Measure("m", "", blocks),)),)),)
        )
    )
    assert [(block.kind, block.number) for block in paper.priorities[0].sections[0].measures[0].text] == [
        ("heading", 1),
        ("paragraph", 2),
        ("subheading", None),
        ("bullets", None),
        ("paragraph", None),
    ]


def test_paragraph_ids_stay_through_numbering():
    blocks = text("<p>One</p><p>Two</p>", "kept")
    paper = numbered(
        unnumbered_paper(
            priorities=(Priority(1, "P", (replace(section("m", "M"), measures=(Measure("m", "", blocks),)),)),)
        )
    )
    assert [one.pid for one in reading.sequence(paper)] == [one.pid for one in blocks]


def test_a_footnote_is_called_where_it_stood_and_knows_its_paragraph():
    paper = small_paper()
    first = next(block for block in reading.sequence(paper) if "burglaries" in block.html)
    assert first.html == 'There were 320 burglaries in the quarter<span data-note="1"></span>.'
    assert (paper.footnotes[0].html, paper.footnotes[0].pid) == ("Counted by the day of the report.", first.pid)


def test_numbering_twice_is_refused():
    with pytest.raises(ValueError, match="numbered already"):
        numbered(small_paper())


def test_introduction_and_deep_dive_stay_outside_the_sequence():
    paper = small_paper()
    outside = [*paper.introduction.text, *paper.deep_dive.objectives[0].updates[0].text]
    assert [block.number for block in outside] == [None, None]


def test_charts_stand_after_paragraphs_that_nothing_belongs_to():
    blocks = text("<p>One</p><p>Two:</p><ul><li>x</li></ul><p>Three</p>", "spread")
    charts = tuple(Chart(f"c{n}", "c", "<svg/>", "a", (), ()) for n in range(3))
    placed = place_charts(blocks, charts)
    assert ["chart" if isinstance(one, Chart) else one.kind for one in placed] == [
        "paragraph",
        "chart",
        "chart",
        "paragraph",
        "bullets",
        "paragraph",
        "chart",
    ]
    assert place_charts((), charts) == charts


@pytest.mark.parametrize(("rows", "is_long"), [(9, False), (10, True)])
def test_a_table_of_more_than_ten_rows_may_be_parted_between_pages(rows, is_long):
    cells = "<tr><td>1</td></tr>" * rows
    (block,) = text(f"<table><tr><th>A</th></tr>{cells}</table>", "long")
    html = markup.block_html(block, {}, markup.note_printed)
    assert ("para-table--long" in html) is is_long


def test_a_chart_on_paper_has_nothing_to_point_at():
    drawn = (
        '<svg><path d="M0 0h1"/><g class="chart-points" fill="none"><path data-label="May: 3"/></g><text>a</text></svg>'
    )
    address = markup.still_address(drawn).removeprefix("data:image/svg+xml;base64,")
    assert base64.b64decode(address).decode() == '<svg><path d="M0 0h1"/><text>a</text></svg>'


def test_canonical_text_reads_back_as_the_same_paper():
    paper = small_paper()
    written = canonical.to_json(paper)
    assert canonical.from_json(written) == paper
    assert canonical.to_json(canonical.from_json(written)) == written


def test_canonical_text_is_the_same_whatever_the_order_of_keys_it_was_read_from():
    written = canonical.to_json(small_paper())
    shuffled = json.dumps(dict(reversed(json.loads(written).items())))
    assert canonical.to_json(canonical.from_json(shuffled)) == written


def test_the_hash_is_the_sha_256_of_the_text_and_changes_with_one_letter():
    assert canonical.sha256_of("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    paper = small_paper()
    other = replace(paper, key_note=paper.key_note + " ")
    assert canonical.sha256_of(canonical.to_json(paper)) != canonical.sha256_of(canonical.to_json(other))


@pytest.mark.parametrize(
    "text_read",
    ["", "[]", "{}", '{"schema":99}', '{"schema":1}', '{"schema":1,"cover":3}'],
)
def test_what_is_not_the_content_of_a_paper_is_refused_in_words(text_read):
    with pytest.raises(canonical.UnreadableContent):
        canonical.from_json(text_read)


def test_the_public_part_keeps_numbers_and_captions_and_loses_what_is_marked():
    paper = small_paper()
    public = reading.public(paper)
    assert reading.marking(paper) == "OFFICIAL-SENSITIVE"
    assert [(one.number, one.caption) for one in reading.charts(public)] == [
        (one.number, one.caption) for one in reading.charts(paper)
    ]
    assert [one.withheld for one in reading.charts(public)] == [False, True] * 3
    assert [bool(one.svg or one.rows or one.alt) for one in reading.charts(public)] == [True, False] * 3
    assert list(reading.sequence(public)) == list(reading.sequence(paper))


def test_blocks_of_nothing_are_none():
    assert blocks_of("<p> </p>", numbered=True) == ()
    assert blocks_of("<p>x</p>", numbered=False) == (Block("paragraph", "", "x"),)
