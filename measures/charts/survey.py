"""Survey results by area as bars, each with its likely range."""

from dataclasses import dataclass

from measures.charts.peers import draw_rows
from measures.charts.ranking import Ranking, ranking_alt, ranking_table
from measures.charts.tables import Table


@dataclass(frozen=True, slots=True)
class SurveyChart(Ranking):
    """Give each bar `low` and `high`, the ends of the survey's own margin."""

    bounds_words: str = "In line with peers"
    mean_words: str = "Peer mean"


def draw(data: SurveyChart) -> str:
    """The chart as SVG."""
    return draw_rows(data, alt(data))


def table(data: SurveyChart) -> Table:
    """Place, area, value and interval, then mean and bounds."""
    return ranking_table(data)


def alt(data: SurveyChart) -> str:
    """Own value with its interval, place, mean and bounds."""
    return ranking_alt(data, "Bars with likely ranges")
