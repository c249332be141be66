"""The header row of each measure in the paper: which statistics it shows and how they are worded, never a figure.

Twenty-eight measures make twenty-seven rows, for the two response times share one. A row says what stands in its
figure cell line by line, and what stands in its trend cells: symbols of the key, or words where the office chose words.
Statistics are named as in the registry (`measures.trends.statistics`); `sample` and `previous_sample` are the audit's.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from desk.demo.plan import HEADLINE, MEASURE_BY_SLUG


class Layout(StrEnum):
    """The shapes a header's figure cell takes."""

    QUARTERS_AND_ROLLING = "quarters_and_rolling"
    QUARTERS = "quarters"
    QUARTERS_WITH_PARTS = "quarters_with_parts"
    ROLLING = "rolling"
    SURVEY = "survey"
    SAMPLES = "samples"


class Part(StrEnum):
    """Which part of a figure is printed."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MARGIN = "margin"
    PERIOD = "period"


@dataclass(frozen=True)
class Ref:
    """One live figure: a series, a statistic of the registry, and the part of it to print."""

    series: str
    statistic: str
    part: Part = Part.VALUE


@dataclass(frozen=True)
class Line:
    """One line of a figure cell: `label` is a measure's short name or a quarter; `{0}`, `{1}` take the figures."""

    label: str
    template: str
    figures: tuple[Ref, ...]


@dataclass(frozen=True)
class SymbolCell:
    """One trend cell of symbols: whose, and of which families of rules (see `FAMILIES`)."""

    series: str
    families: tuple[str, ...]


@dataclass(frozen=True)
class HeaderRow:
    """One row of the dashboard: its measures (two for response times), figure lines, and symbols or words."""

    measures: tuple[str, ...]
    layout: Layout
    lines: tuple[Line, ...]
    symbols: tuple[SymbolCell, ...] = ()
    words: str = ""


PEERS = ("peers", "apart")
LEVEL = ("spike", "three", "run")
TREND = ("discrete", "rolling")
FAMILIES = (*PEERS, *LEVEL, *TREND, "no_data")
THIS, LAST = "Q{quarter}", "Q{previous_quarter}"
COMPARED_BY = {  # the series whose standing among peers a row shows, where it is not the measure's own
    "crime-volume": "crime-rate",
    "sexual-offences": "sexual-offences-rate",
}
WORDS = {
    "satisfaction-informed": "A year's fall has settled at a new level, below the average of the last twelve months",
    "satisfaction-treatment": "Rising again after a year of decline",
}
UNIT_WORDS = {
    "crime-volume": "crimes",
    "cyber-flagged": "crimes",
    "hate-crime": "hate crimes",
    "asb-volume": "incidents",
    "domestic-abuse": "crimes",
    "sexual-offences": "crimes",
    "cse-crimes": "crimes",
    "specials-hours": "hours deployed",
    "section-136": "detentions",
    "complaints": "recorded",
}


def _symbols(slug: str, cells: int = 1) -> tuple[SymbolCell, ...]:
    """Trend cells of a measure: one with everything, or level and trend apart, or peers, level and trend apart."""
    if cells == 1:
        own = SymbolCell(slug, (*LEVEL, *TREND, "no_data"))
        return (SymbolCell(COMPARED_BY[slug], PEERS), own) if slug in COMPARED_BY else (SymbolCell(slug, FAMILIES),)
    if cells == 2:
        return SymbolCell(slug, (*LEVEL, "no_data")), SymbolCell(slug, TREND)
    return SymbolCell(slug, PEERS), SymbolCell(slug, (*LEVEL, "no_data")), SymbolCell(slug, TREND)


def _rolling_too(slug: str) -> HeaderRow:
    """Both quarters, each with its rolling twelve months."""
    words = f"{{0}} {UNIT_WORDS[slug]}; {{1}} in the rolling 12 months"
    lines = (
        Line(LAST, words, (Ref(slug, "previous_quarter"), Ref(slug, "rolling12_quarter_ago"))),
        Line(THIS, words, (Ref(slug, "quarter"), Ref(slug, "rolling12"))),
    )
    return HeaderRow((slug,), Layout.QUARTERS_AND_ROLLING, lines, _symbols(slug))


def _quarters(slug: str, cells: int = 1, rolling: bool = False) -> HeaderRow:
    """Both quarters; with `rolling` the latest year beneath them."""
    words = f"{{0}} {UNIT_WORDS[slug]}" if slug in UNIT_WORDS else "{0}"
    lines = [Line(LAST, words, (Ref(slug, "previous_quarter"),)), Line(THIS, words, (Ref(slug, "quarter"),))]
    if rolling:
        lines.append(Line("12 months", "{0} to {1}", (Ref(slug, "rolling12"), Ref(slug, "rolling12", Part.PERIOD))))
    return HeaderRow((slug,), Layout.QUARTERS, tuple(lines), _symbols(slug, cells))


def _with_parts(slug: str, words: str) -> HeaderRow:
    """Both quarters with the counts behind each percentage, so that three of six can be seen to be a half."""

    def line(label: str, statistic: str) -> Line:
        refs = (
            Ref(slug, statistic),
            Ref(slug, statistic, Part.DENOMINATOR),
            Ref(slug, statistic, Part.NUMERATOR),
        )
        return Line(label, words, refs)

    lines = (line(LAST, "previous_quarter"), line(THIS, "quarter"))
    return HeaderRow((slug,), Layout.QUARTERS_WITH_PARTS, lines, _symbols(slug))


def _rolling(slug: str, words: str = "{0}, 12 months to {1}") -> HeaderRow:
    """The rolling twelve months and the month they end with; the period follows the measure's own lag."""
    line = Line("", words, (Ref(slug, "rolling12"), Ref(slug, "rolling12", Part.PERIOD)))
    return HeaderRow((slug,), Layout.ROLLING, (line,), _symbols(slug))


def _survey(slug: str) -> HeaderRow:
    """A survey with its margin and the twelve months it covers; words in the trend cell where the office wrote some."""
    refs = (Ref(slug, "rolling12"), Ref(slug, "rolling12", Part.MARGIN), Ref(slug, "rolling12", Part.PERIOD))
    line = Line("", "{0} (±{1}), 12 months to {2}", refs)
    words = WORDS.get(slug, "")
    return HeaderRow((slug,), Layout.SURVEY, (line,), () if words else _symbols(slug), words)


def _samples(slug: str) -> HeaderRow:
    lines = (
        Line(LAST, "{0}", (Ref(slug, "previous_sample"),)),
        Line(THIS, "{0}", (Ref(slug, "sample"),)),
    )
    return HeaderRow((slug,), Layout.SAMPLES, lines, _symbols(slug))


def _response() -> HeaderRow:
    """The one row of two measures: Immediate and Priority side by side."""
    pair = ("response-immediate", "response-priority")
    lines = tuple(
        Line(f"{name} {label}", "{0}", (Ref(slug, statistic),))
        for slug, name in zip(pair, ("Immediate", "Priority"), strict=True)
        for label, statistic in ((LAST, "previous_quarter"), (THIS, "quarter"))
    )
    return HeaderRow(pair, Layout.QUARTERS, lines, tuple(cell for slug in pair for cell in _symbols(slug)))


HEADERS: tuple[HeaderRow, ...] = (
    _rolling_too("crime-volume"),
    _samples("compliance-rate"),
    _rolling_too("cyber-flagged"),
    _rolling_too("hate-crime"),
    _rolling("outcome-ratio"),
    _rolling_too("asb-volume"),
    _survey("confidence"),
    _rolling("ksi-collisions", "{0} collisions, 12 months to {1}"),
    _quarters("specials-hours"),
    _quarters("section-136"),
    _quarters("cse-crimes"),
    _rolling_too("domestic-abuse"),
    _rolling_too("sexual-offences"),
    _survey("satisfaction-whole"),
    _survey("satisfaction-informed"),
    _survey("satisfaction-treatment"),
    _rolling("conviction-rate"),
    _quarters("cracked-trials"),
    _response(),
    _quarters("answer-999", cells=2),
    _quarters("answer-crib", cells=2),
    _quarters("abandonment-crib", rolling=True),
    _quarters("full-file-errors", cells=3),
    _quarters("complaints", cells=3),
    _quarters("complaints-10-days", cells=3),
    _with_parts("appeals-upheld", "{0} ({1} appeals completed and {2} upheld)"),
    _rolling("days-lost", "{0} days lost per person, 12 months to {1}"),
)


def header_of(slug: str) -> dict[str, Any]:
    """The header row that shows a headline measure, as plain data for the record. KeyError: not a headline measure."""
    for row in HEADERS:
        if slug in row.measures:
            return asdict(row)
    raise KeyError(slug)


def name_of(row: HeaderRow) -> str:
    """The name a row is printed under: the measure's, or what the two names share."""
    return MEASURE_BY_SLUG[row.measures[0]].name.split(":")[0]


def rows_under(priority: int) -> tuple[HeaderRow, ...]:
    """The header rows of one priority, in the order of the paper."""
    held = {measure.slug for measure in HEADLINE if measure.priority == priority}
    return tuple(row for row in HEADERS if row.measures[0] in held)
