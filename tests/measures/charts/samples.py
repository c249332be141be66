"""One chart of every kind, with what is awkward about real series: gaps, noughts, notes, phases, intervals."""

from math import sin
from types import ModuleType

from measures.charts import (
    compare,
    control,
    level,
    monthly,
    national,
    peers,
    projection,
    sparkline,
    survey,
    survey_trend,
    volume,
    zscore,
)
from measures.charts.frame import Frame
from measures.charts.months import MonthSeries
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.palette import Tone
from measures.charts.ranking import Bar
from measures.charts.units import COUNT, Kind, Unit

END = 12 * 2019 + 8  # September 2019
RATE = Unit(Kind.NUMBER, 1, "per 1,000")
SHARE = Unit(Kind.PERCENT, 1)
CLOCK = Unit(Kind.DURATION)


def last_months(count: int) -> tuple[int, ...]:
    """The months up to September 2019."""
    return tuple(range(END - count + 1, END + 1))


def frame(uid: str = "chart", unit: Unit = COUNT, **more) -> Frame:
    """A frame with every line of words in use."""
    given = {"title": "Within its usual range", "subtitle": "A measure, number a month", "source": "the force"}
    return Frame(uid=uid, unit=unit, **{**given, "as_at": "14 October 2019", **more})


def series(*values: float | None, name: str = "Each month") -> MonthSeries:
    """The values as the months up to September 2019."""
    return MonthSeries(name, last_months(len(values)), values)


def ranking() -> tuple[Bar, ...]:
    """Eight areas, one without a value, two with an interval."""
    named = [
        Bar(f"Peer {letter}", value) for letter, value in zip("ABCDE", (73.4, 88.1, 79.9, 58.8, None), strict=True)
    ]
    return (*named, Bar("Peer F", 66.0, low=60.5, high=71.5), Bar("Our force", 61.2, own=True, low=58.0, high=64.4))


def month_charts(**more) -> dict[str, tuple[ModuleType, object]]:
    """Charts of one series, 72 months with a gap and a nought."""
    values = [round(50 + 10 * sin(number / 2)) for number in range(72)]
    values[20], values[30] = None, 0
    months = series(*values)
    rolling = MonthSeries("Twelve months", months.months, tuple(600.0 + number for number in range(72)))
    notes = (
        MonthNote((END,), NoteKind.PROVISIONAL, "late returns may change it"),
        MonthNote((END - 9,), NoteKind.EXCLUDED, "system outage"),
        MonthNote((END - 51,), NoteKind.SUPPRESSED, "fewer than 5"),
    )
    phases = (control.Phase(END - 71, END - 30, 48, 30, 66), control.Phase(END - 29, END, 52, 33, 71, "new rules"))
    signals = (
        control.Signal((END - 2, END - 1), Tone.CONCERN, "two above"),
        control.Signal((END - 9,), Tone.IMPROVEMENT, "below"),
    )
    seconds = series(*(None if value is None else value * 13.0 for value in values))
    return {
        "monthly": (monthly, monthly.MonthlyChart(frame("monthly", **more), months, rolling, notes)),
        "control": (control, control.ControlChart(frame("control", **more), months, phases, signals, notes)),
        "level": (
            level,
            level.LevelChart(frame("level", CLOCK, **more), seconds, level.Target(900, "Standard"), 640.0, notes=notes),
        ),
        "volume": (volume, volume.VolumeChart(frame("volume", **more), months, rolling, notes)),
    }


def line_charts(**more) -> dict[str, tuple[ModuleType, object]]:
    """Charts of several lines."""
    own, nation = series(60.0, 61.5, None, 63.0, name="Our force"), series(70.0, 71.0, 72.0, 73.5, name="England")
    quarters = tuple(range(END - 9, END + 1, 3))
    informed = MonthSeries("Kept informed", quarters, (70.6, 65.2, None, 64.8), 3)
    lines = (survey_trend.SurveyLine(informed, (3.5, 3.4, None, 3.6)), survey_trend.SurveyLine(nation))
    ahead = tuple(range(END + 1, END + 4))
    fan = projection.Fan(
        ahead, (63.0, 63.5, 64.0), (62.0, 61.0, 60.0), (64.0, 66.0, 68.0), (61.0, 59.0, 57.0), (65.0, 68.0, 71.0)
    )
    earlier = MonthSeries("Earlier projection", quarters, (60.0, 61.0, 62.0, 63.0), 3)
    outage = (MonthNote((END - 1,), NoteKind.EXCLUDED, "system outage"),)
    return {
        "compare": (compare, compare.CompareChart(frame("compare", RATE, **more), own, (nation,))),
        "zscore": (
            zscore,
            zscore.ZScoreChart(
                frame("zscore", **more),
                series(-1.2, None, 0.4, 2.1),
                series(0.1, 0.2, -0.3, 0.0, name="Crime"),
                "r = 0.74, n = 4",
            ),
        ),
        "survey_trend": (survey_trend, survey_trend.SurveyTrend(frame("trend", SHARE, **more), lines, outage)),
        "projection": (projection, projection.ProjectionChart(frame("projection", **more), own, fan, earlier, outage)),
    }


def ranked_charts(**more) -> dict[str, tuple[ModuleType, object]]:
    """Charts of areas in order."""
    bounds = {"mean": 71.2, "lower": 61.0, "upper": 81.4}
    return {
        "peers": (peers, peers.PeersChart(frame("peers", RATE, **more), ranking(), **bounds)),
        "national": (national, national.NationalChart(frame("national", RATE, **more), ranking(), **bounds)),
        "survey": (survey, survey.SurveyChart(frame("survey", SHARE, **more), ranking(), **bounds)),
    }


def charts(**more) -> dict[str, tuple[ModuleType, object]]:
    """Every kind that has a frame."""
    return {**month_charts(**more), **line_charts(**more), **ranked_charts(**more)}


def spark(*values: float | None, tone: Tone | None = None) -> sparkline.Sparkline:
    """A sparkline of the values."""
    return sparkline.Sparkline("spark", "Hate crime", series(*values, name="Hate crime"), COUNT, tone)


def empty_charts() -> dict[str, tuple[ModuleType, object]]:
    """Every kind without a single value."""
    none, gaps = MonthSeries("Each month"), series(None, float("nan"))
    return {
        "monthly": (monthly, monthly.MonthlyChart(frame(), none, none)),
        "control": (control, control.ControlChart(frame(), gaps, (control.Phase(END - 1, END, 5, 1, 9),))),
        "level": (level, level.LevelChart(frame(), gaps, level.Target(10, "Standard"))),
        "volume": (volume, volume.VolumeChart(frame(), gaps)),
        "compare": (compare, compare.CompareChart(frame(), none, (gaps,))),
        "zscore": (zscore, zscore.ZScoreChart(frame(), none, gaps)),
        "survey_trend": (survey_trend, survey_trend.SurveyTrend(frame(), (survey_trend.SurveyLine(gaps),))),
        "projection": (projection, projection.ProjectionChart(frame(), none)),
        "peers": (peers, peers.PeersChart(frame(), (Bar("Our force", None, own=True),), 5.0)),
        "national": (national, national.NationalChart(frame(), ())),
        "survey": (survey, survey.SurveyChart(frame(), ())),
        "sparkline": (sparkline, spark(None, None)),
    }
