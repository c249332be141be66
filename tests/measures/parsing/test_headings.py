"""What the columns of a file seem to be."""

import pytest

from measures.parsing import formats, headings, layout


def proposed(text):
    return headings.propose(formats.read(text.encode()).table)


@pytest.mark.parametrize(
    ("text", "kind", "columns"),
    [
        (
            "Month,Measure,Value\n2019-09,Theft,5\n",
            "long",
            {"Month": "month", "Measure": "measure", "Value": "value"},
        ),
        (
            "DATE,Indicator,Numerator,Denominator\n01/09/2019,Answered in time,5,9\n",
            "long",
            {"DATE": "month", "Indicator": "measure", "Numerator": "numerator", "Denominator": "denominator"},
        ),
        (
            "period,series,value,n\n2019-09,Feels safe,71,400\n",
            "long",
            {"period": "month", "series": "measure", "value": "value", "n": "sample_size"},
        ),
        (
            "month,offence,n\n2019-09,Theft,5\n",
            "long",
            {"month": "month", "offence": "measure", "n": "value"},
        ),
        (
            "rownames,Month,Type,Count\n1,1995 Jan,Arson,5\n",
            "long",
            {"rownames": "ignore", "Month": "month", "Type": "measure", "Count": "value"},
        ),
        (
            "when,what,how many\nSep 2019,Theft,5\nOct 2019,Arson,6\n",
            "long",
            {"when": "month", "what": "measure", "how many": "value"},
        ),
        (
            "month,force,crime_type,count\n2019-09,kent,Theft,5\n",
            "long",
            {"month": "month", "force": "area", "crime_type": "measure", "count": "value"},
        ),
        (
            "Measure,Sep-19,Oct-19\nTheft,5,6\n",
            "months_across",
            {"Measure": "measure"},
        ),
        (
            ",2019-09,2019-10,Total\nTheft,5,6,11\n",
            "months_across",
            {"column A": "measure", "Total": "ignore"},
        ),
        (
            "Month,Theft,Arson\n2019-09,5,6\n",
            "measures_across",
            {"Month": "month"},
        ),
    ],
)  # fmt: skip
def test_layout_and_roles_are_recognised(text, kind, columns):
    mapping = proposed(text).mapping
    assert (mapping["layout"], mapping["columns"]) == (kind, columns)


def test_one_column_of_figures_without_a_measure_asks_for_the_measure():
    proposal = proposed("Month,Number of thefts\n2019-09,5\n")
    assert proposal.needs_measure
    assert proposal.mapping["columns"] == {"Month": "month", "Number of thefts": "value"}


def test_headings_below_a_title_are_found():
    proposal = proposed(
        "Recorded crime,,\nsource: the force,,\n\nMonth,Measure,Value\n2019-09,Theft,5\n2019-10,Theft,6\n"
    )
    assert proposal.mapping["heading_row"] == 4
    assert proposal.headings == ("Month", "Measure", "Value")


def test_what_is_left_out_is_listed():
    proposal = proposed("Month,Measure,Value,Note,Checked by\n2019-09,Theft,5,a,b\n")
    assert proposal.ignored == ("Note", "Checked by")
    assert proposal.notes == ("Left out unless you say otherwise: “Note”, “Checked by”.",)


def test_a_rolling_total_is_not_taken_for_a_month():
    proposal = proposed("12 months ending,Offence,Count\n31-03-2003,Theft,5\n30-06-2003,Theft,6\n")
    assert proposal.mapping["columns"]["12 months ending"] == "ignore"
    assert proposal.notes[0] == (
        "“12 months ending” sounds like a period longer than a month. Single months cannot be recovered from rolling "
        "or yearly totals; to import those as they are, give each row the start and the end of its period."
    )


@pytest.mark.parametrize("text", ["a\n", "Month,Value\n", "1,2,3\n4,5,6\n", "x,x\n1,2\n", ",,\nx,,\n"])
def test_any_table_gets_a_proposal_and_a_sentence_when_it_cannot_be_used(text):
    table = formats.read(text.encode()).table
    applied = layout.apply(table, headings.propose(table).mapping)
    assert applied.report.errors >= 1
    assert all(problem.message.endswith(".") for problem in applied.report.held)
