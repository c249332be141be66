"""The parts the checker is made of: places in the source, numbers, periods, facts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.papers.checking import periods
from governance.papers.checking.check import check
from governance.papers.checking.facts import NotFacts, named_in, read_csv
from governance.papers.checking.numbers import Sort, numbers
from governance.papers.checking.prose import blocks_of

PIECES = st.sampled_from(
    ["# Part\n\n", "1. ", "- ", "**", "*", "<p>", "</p>", "<td>", "</td>", "<sup>1</sup>", "&nbsp;", "&amp;", "\n\n", "\n", "\t"]
    + ["|", "[site](https://a.example/b)", "<https://a.example>", "12 months to September", "Q2: 1,204", "6 of 26", "(", ")"]
    + ["per cent", " 33%", "quarter two 2019-20", "from 3 to 4", "$\\pm 3.5$", "\\*", "<script>x</script>", "31 April 2019"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join))
def test_any_text_is_read_and_every_place_lies_in_it(source):
    for block in blocks_of(source):
        assert len(block.text) == len(block.places)
        assert block.places == sorted(block.places)
        assert all(0 <= place < len(source) for place in block.places)
    for one in check(source):
        assert 0 <= one.start <= one.end <= len(source)
        assert one.severity in "ABCDE"


def test_plain_characters_keep_their_places():
    source = "A **bold** word, R&amp;D and [a link](https://a.example)."
    (block,) = blocks_of(source)
    assert block.text == "A bold word, R&D and a link."
    assert [source[place] for place in block.places[:6]] == list("A bold")
    assert source[slice(*block.span(block.text.index("link"), block.text.index("link") + 4))] == "link"


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("11,856 crimes", Sort.COUNT, 11856),
        ("2.9 per cent", Sort.PERCENT, 2.9),
        ("98.7%", Sort.PERCENT, 98.7),
        ("-0.3 per cent", Sort.PERCENT, -0.3),
        ("ten per cent", Sort.PERCENT, 10),
        ("6.6 percentage points", Sort.POINTS, 6.6),
        ("5.8pp", Sort.POINTS, 5.8),
        ("12 minutes and 47 seconds", Sort.DURATION, 767),
        ("3 minutes 49 seconds", Sort.DURATION, 229),
        ("five seconds", Sort.DURATION, 5),
        ("00:01:20", Sort.DURATION, 80),
        ("12:47", Sort.DURATION, 767),
        ("±3.5 per cent", Sort.MARGIN, 3.5),
        ("(+/- 10.52)", Sort.MARGIN, 10.52),
        ("one in five", Sort.PERCENT, 20),
        ("more than doubled", Sort.TIMES, 2),
        ("up by a quarter", Sort.PERCENT, 25),
        ("two thirds", Sort.PERCENT, 200 / 3),
        ("the fourth lowest", Sort.RANK, 4),
        ("£750 million", Sort.MONEY, 750),
        ("twenty-one appeals", Sort.COUNT, 21),
    ],
)
def test_a_number_is_read_as_it_is_meant(text, sort, value):
    (one, *_) = numbers(text)
    assert (one.sort, one.value) == (sort, pytest.approx(value))


def test_a_printed_number_stands_for_what_rounds_to_it():
    (said,) = numbers("2.9 per cent")
    assert [said.fits(value) for value in (2.84, 2.85, 2.95, 2.96)] == [False, True, True, False]
    (near,) = numbers("nearly 16 per cent")
    assert [near.fits(value) for value in (13.0, 15.4, 16.4, 17.5)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in the 12 months to September 2019", "the 12 months to September 2019"),
        ("year ending 31 March 2019", "the 12 months to March 2019"),
        ("quarter four of 2017-18", "quarter four 2017-18"),
        ("Q2 2019/20", "quarter two 2019-20"),
        ("1 July to 30 September 2019", "quarter two 2019-20"),
        ("from April 2016 to October 2017", "April 2016 to October 2017"),
        ("01 Oct 2018 - 30 Sep 2019", "the 12 months to September 2019"),
        ("in September 2019", "September 2019"),
        ("in 2018/19", "2018-19"),
    ],
)
def test_a_period_is_read_as_it_is_meant(text, said):
    (phrase,) = periods.phrases(text)
    assert str(phrase.period) == said


@pytest.mark.parametrize("text", ["2019-20Q2", "Q2 2019-20", "quarter two 2019-20"])
def test_a_quarter_is_read_however_it_is_written(text):
    quarter = periods.parse_quarter(text)
    assert (periods.month_name(quarter.first), periods.month_name(quarter.last)) == ("July 2019", "September 2019")


def test_facts_are_placed_by_what_their_statistic_says():
    facts = read_csv(
        'measure,statistic,period,value\nburglary,rolling12_year_ago,2019-20Q2,"4,382"\nburglary,quarter,2019-09,801\n'
    )
    assert [(str(fact.period), fact.value) for fact in facts.levels] == [
        ("the 12 months to September 2018", 4382.0),
        ("quarter two 2019-20", 801.0),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("measure,period,value\n", "The file of facts has no column statistic. It needs measure, statistic, period and value."),
        (
            "measure,statistic,period,value\nburglary,quarter,someday,3\n",
            "Line 2 of the file of facts cannot be read: 'someday' is no period. "
            "Write 2019-20Q2, 2019-09, or the 12 months to September 2019.",
        ),
    ],
)  # fmt: skip
def test_facts_that_cannot_be_read_are_refused_with_their_line(text, said):
    with pytest.raises(NotFacts) as refused:
        read_csv(text)
    assert str(refused.value) == said


def test_the_longest_name_in_a_sentence_is_its_measure():
    names = ["crime-volume", "hate-crime", "Burglary (residential)"]
    assert named_in("There were 619 hate crimes.", names) == "hate-crime"
    assert named_in("Residential burglaries fell.", names) == "Burglary (residential)"
    assert named_in("Nothing of that here.", names) is None
