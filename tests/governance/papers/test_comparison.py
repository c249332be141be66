"""Two papers beside each other."""

from dataclasses import replace

from governance.papers.content.comparison import compare
from governance.papers.content.numbering import numbered
from governance.papers.content.shapes import Priority
from tests.factories.content import section, small_paper, text, unnumbered_paper


def paper_of(*sections):
    return numbered(unnumbered_paper(priorities=(Priority(1, "Prevent crime", sections),)))


def test_the_same_paper_has_no_part_that_differs():
    paper = small_paper()
    assert [one.title for one in compare(paper, paper)] == [
        "Introduction",
        "Burglary",
        "Hate crime",
        "Domestic abuse",
        "Deep dive: Protect the vulnerable",
    ]
    assert [one.title for one in compare(paper, paper) if one.is_changed] == []


def test_a_part_says_its_words_paragraphs_and_figures_now_and_before():
    before = paper_of(section("burglary", "Burglary", "<p>There were 310.</p>"))
    now = paper_of(section("burglary", "Burglary", "<p>There were 320.</p><ul><li>of homes</li></ul><p>No more.</p>"))
    (part,) = [one for one in compare(before, now) if one.is_changed]
    assert (part.before, part.now) == (
        "There were 310.\nI asked for a report by December.",
        "There were 320.\nof homes\nNo more.\nI asked for a report by December.",
    )
    assert (part.paragraphs_before, part.paragraphs, part.figures_before, part.figures) == (2, 3, 2, 2)
    assert part.anchor == "s-burglary"


def test_a_number_that_moves_up_is_no_change_of_words():
    """A paragraph more in one measure gives every later one another number, and every later note."""
    one = section("burglary", "Burglary", "<p>There were 310.</p>")
    longer = section(
        "burglary", "Burglary", '<p>First<span class="footnote">A source.</span>.</p><p>There were 310.</p>'
    )
    after = section("hate", "Hate crime", '<p>There were 12<span class="footnote">B.</span>.</p>')
    assert [part.title for part in compare(paper_of(one, after), paper_of(longer, after)) if part.is_changed] == [
        "Burglary"
    ]


def test_parts_that_stand_in_one_paper_alone_are_shown_with_nothing_beside_them():
    first, second = section("burglary", "Burglary", "<p>Old.</p>"), section("hate", "Hate crime", "<p>New.</p>")
    found = {one.title: (bool(one.before), bool(one.now)) for one in compare(paper_of(first), paper_of(second))}
    assert found["Hate crime"] == (False, True)
    assert found["Burglary"] == (True, False)


def test_two_measures_in_one_row_are_two_parts_that_lead_to_the_row():
    row = section("response", "Response time", "<p>One.</p>")
    two = replace(row, measures=tuple(replace(row.measures[0], slug=slug, title=slug) for slug in ("first", "second")))
    found = [(one.title, one.anchor) for one in compare(paper_of(two), paper_of(two))]
    assert found[1:3] == [("Response time: first", "s-response"), ("Response time: second", "s-response")]


def test_an_introduction_counts_its_topics():
    before, now = small_paper(), small_paper()
    topic = replace(now.introduction.topics[0], text=text("<p>Fifty are promised.</p>", "topic", is_numbered=False))
    now = replace(now, introduction=replace(now.introduction, topics=(topic,)))
    assert [one.title for one in compare(before, now) if one.is_changed] == ["Introduction"]
