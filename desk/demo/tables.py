"""The paper's tables as data: which series stand in which cells, and the court's reason codes in plain words.

A cell is a series and the last month of its twelve; what is printed is worked out when the table is drawn, the row of
changes included. Reason codes are the courts' own; their descriptions are ours.
"""

from dataclasses import dataclass
from datetime import date

SEPTEMBERS = (date(2017, 9, 30), date(2018, 9, 30), date(2019, 9, 30))


@dataclass(frozen=True)
class PaperTable:
    """Series against twelve-month periods, with a row of changes (last less first) where `with_change`."""

    under: str  # slug of the headline measure it belongs to
    caption: str
    series: tuple[tuple[str, str], ...]  # heading, slug
    periods: tuple[date, ...]  # last days of the twelve months
    series_down: bool  # series as rows and periods as columns
    with_change: bool = False


CALL_WAITS = PaperTable(
    under="satisfaction-whole",
    caption="Average wait for an answer, 12 months to September",
    series=(
        ("101 calls", "answer-101"),
        ("999 calls", "answer-999"),
        ("Crime and Incident Bureau calls", "answer-crib"),
    ),
    periods=SEPTEMBERS,
    series_down=True,
)

INDICATORS = PaperTable(
    under="satisfaction-whole",
    caption="What victims said, 12 months to September, and the change in percentage points over two years",
    series=(
        ("Whole experience", "satisfaction-whole"),
        ("Ease of contact", "satisfaction-contact"),
        ("Time to arrive", "satisfaction-arrival"),
        ("Actions taken", "satisfaction-actions"),
        ("Investigation", "satisfaction-investigation"),
        ("Kept informed", "satisfaction-informed"),
        ("Treatment", "satisfaction-treatment"),
    ),
    periods=SEPTEMBERS,
    series_down=False,
    with_change=True,
)

TABLES = (CALL_WAITS, INDICATORS)

PROSECUTION_REASONS: tuple[tuple[str, str], ...] = (
    ("B", "A guilty plea the prosecution had earlier refused is accepted late"),
    ("D", "A guilty plea to a different charge, earlier refused, is accepted"),
    ("F", "A binding over the prosecution had earlier refused is accepted"),
    ("I", "The prosecution stops the case: too little evidence"),
    ("J", "The prosecution stops the case: a witness is absent or has withdrawn"),
    ("K", "The prosecution stops the case: no longer in the public interest"),
    ("L", "The prosecution stops the case: the court would not adjourn"),
    ("M1", "Prosecution not ready: further evidence was served late on the defence"),
    ("M2", "Prosecution not ready: another reason, given in the comments"),
    ("M3", "The prosecution did not disclose unused material"),
    ("N1", "A prosecution witness is absent: police"),
    ("N2", "A prosecution witness is absent: professional or expert"),
    ("N3", "A prosecution witness is absent: anyone else"),
    ("O1", "The prosecution advocate is held up in another trial"),
    ("O2", "The prosecution advocate did not come"),
    ("P", "The prosecution now needs longer than there is time for"),
)
