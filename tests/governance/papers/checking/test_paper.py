"""A whole paper: the real one with the slips that a reader found in it, and the command that checks a file."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from governance.papers.checking.check import check

SEED = Path(__file__).resolve().parents[5] / "shared" / "seed" / "panel-report-q2-2019-20.txt"

SLIPS = [  # rule, words
    ("share-and-its-parts", "33 per cent"),
    ("months-counted", "18"),
    ("comparator-period", "year to June 2018"),
    ("another-quarter", "quarter one"),
    ("one-value-two-periods", "64.8 per cent"),
    ("one-value-two-periods", "90.4 per cent"),
    ("footnote-number-twice", "1"),
    ("mark-without-footnote", "2"),
    ("period-without-year", "12 months to September"),
    ("date-past", "1st December"),
    ("caption-twice", "Police officer – national sickness comparison"),
    ("marking-above-paper", "OFFICIAL SENSITIVE"),
    ("record-against-data", "lowest levels experienced in"),
    ("not-in-contents", "Deep Dive Element of Performance Report"),
    ("appendix-missing", "Appendix A"),
]
RIGHT = ["2.9 per cent", "1,258 more", "7,296", "5,611", "1,685", "16.5 per cent", "2.6 per cent", "16,369", "39 crimes",
         "5.9 per cent", "18.8 per cent", "45 arrests", "10.4 per cent", "621 DA", "6.1 per cent", "1,703", "89 per cent of",
         "4,437", "16.9 per cent", "39.7 per cent", "30.94%", "23 per cent", "0.8 per cent"]  # fmt: skip


@pytest.fixture(scope="module")
def real():
    if not SEED.exists():
        pytest.skip("NOT RUN: the real paper is not here")
    return SEED.read_text()


@pytest.fixture(scope="module")
def findings(real):
    return check(real)


def test_the_slips_of_the_real_paper_are_found(findings):
    found = {(one.rule, one.said) for one in findings}
    assert [slip for slip in SLIPS if slip not in found] == []


@pytest.mark.parametrize("words", RIGHT)
def test_what_is_right_in_the_real_paper_is_not_called_wrong(real, findings, words):
    places = [at for at in range(len(real)) if real.startswith(words, at)]
    assert places
    grave = [one for one in findings if one.severity in "AB"]
    assert [one for one in grave for at in places if one.start < at + len(words) and at < one.end] == []


def test_the_real_paper_has_no_flood_of_findings(findings):
    assert len([one for one in findings if one.severity != "E"]) <= 40


PAPER = """# Agenda item 7: performance, quarter two 2019-20

For the panel's meeting of 19 December 2019

## Hate crime

| Hate crime | Q1: 163 crimes – 624 rolling 12 months Q2: 178 crimes – 619 rolling 12 months |

1. There were 187 hate crimes in quarter two.<sup>1</sup>
2. The unit will open on 1 December.<sup>2</sup>

*Hate crime to September 2019*

*Hate crime to September 2019*

<sup>1</sup> Police records.
"""


def run(tmp_path: Path, text: bytes, *words: str) -> str:
    file = tmp_path / "paper.md"
    file.write_bytes(text)
    out = io.StringIO()
    call_command("check_figures", str(file), *words, stdout=out)
    return out.getvalue()


def test_a_paper_is_checked_from_its_own_first_page_and_header_rows(tmp_path):
    found = json.loads(run(tmp_path, PAPER.encode(), "--json"))
    assert [(one["rule"], one["severity"], one["said"], one["suggestion"]) for one in found] == [
        ("value-against-record", "A", "187", "178"),
        ("date-past", "B", "1 December", ""),
        ("mark-without-footnote", "D", "2", ""),
        ("caption-twice", "D", "Hate crime to September 2019", ""),
    ]
    assert [PAPER[one["start"] : one["end"]] for one in found][:2] == ["187", "1 December"]


def test_a_quarter_and_a_meeting_that_are_given_count_more_than_the_first_page(tmp_path):
    found = json.loads(run(tmp_path, PAPER.encode(), "--json", "--meeting", "2019-11-21"))
    assert "date-past" not in {one["rule"] for one in found}


def test_facts_are_read_beside_the_paper(tmp_path):
    (tmp_path / "facts.csv").write_text("measure,statistic,period,value\nrobbery,quarter,2019-20Q2,41\n")
    told = run(tmp_path, b"There were 14 robberies in quarter two 2019-20.", "--facts", str(tmp_path / "facts.csv"))
    assert told == (
        "A (wrong) line 1: '14'. The figure for quarter two 2019-20 is 41. Better: 41 [value-against-record]\n1 finding.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.md"], "nowhere.md cannot be read: No such file or directory."),
        (["paper.md", "--period", "second"], "second is no quarter. Write it as 2019-20Q2."),
        (["paper.md", "--meeting", "19/12/2019"], "19/12/2019 is no day. Write it as 2019-12-19."),
        (["latin.md"], "latin.md is not UTF-8 text (byte 3). Save it as UTF-8 and try again."),
    ],
)
def test_what_cannot_be_checked_is_refused_in_words(tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    Path("paper.md").write_text("Words.")
    Path("latin.md").write_bytes("caf\xe9".encode("latin-1"))
    with pytest.raises(CommandError) as refused:
        call_command("check_figures", *words)
    assert str(refused.value) == said
