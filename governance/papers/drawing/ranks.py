"""The force among others over twelve months: most similar forces, every force, a survey with its intervals."""

from types import ModuleType

import numpy as np

from governance.papers.book import Book, Kept, Unavailable
from governance.papers.drawing import series
from governance.papers.drawing.series import Spec
from measures.charts import national, peers, survey
from measures.charts.frame import Frame
from measures.charts.ranking import Bar, Ranking
from measures.models import Area
from measures.models.period import month_index
from measures.trends.peers import DEFAULT_PEERS, PeerSettings, judge_level
from measures.trends.verdicts import likely

LARGEST = 10**9
SHAPES = {peers: peers.PeersChart, national: national.NationalChart, survey: survey.SurveyChart}
OUTLIER = PeerSettings(k=2.0)  # standard deviations: the spread within which a force is no outlier


def others(book: Book, spec: Spec) -> list[Kept]:
    """The series the force is set beside: its most similar group, or every force."""
    held = [one for one in book.areas_of(spec.series[0]) if one.area.kind == Area.Kind.FORCE and not one.area.is_own]
    if spec.areas == "all" or book.own is None:
        return held
    groups = [one for one in book.own.peer_groups.order_by("-valid_from") if month_index(one.valid_from) <= book.month]
    members = set(groups[0].members.values_list("area_id", flat=True)) if groups else set()
    return [one for one in held if one.area.pk in members]


def common_month(book: Book, spec: Spec, last: int) -> int:
    """The last month at which the force and at least half of the others have a twelve-month figure."""
    own, rest = book.series(spec.series[0]), others(book, spec)
    if not rest:
        raise Unavailable("No figures of other forces are held.")
    for month in range(last, last - 12, -1):
        known = sum(series.year_figure(book, one, month) is not None for one in rest)
        if series.year_figure(book, own, month) is not None and 2 * known >= len(rest):
            return month
    raise Unavailable("The force and the others have no twelve months in common.")


def ranking(module: ModuleType, frame: Frame, book: Book, spec: Spec, month: int) -> Ranking:
    """Bars with the mean of the group and the bounds of "in line"."""
    own, rest = book.series(spec.series[0]), others(book, spec)
    bars = [_bar(book, one, month) for one in (own, *rest)]
    values = [np.nan if bar.value is None else bar.value for bar in bars]
    settings = OUTLIER if module is national else DEFAULT_PEERS
    verdict = judge_level([values[0]], [values[1:]], settings)
    mean, lower, upper = (float(one[0]) for one in (verdict.mean, verdict.lower, verdict.upper))
    return SHAPES[module](frame, tuple(bars), mean, max(0.0, lower), upper)


def _bar(book: Book, kept: Kept, month: int) -> Bar:
    """A force's figure with its likely range: a survey's by its margin, a share's or a rate's by its cases."""
    value, margin = series.year_figure(book, kept, month), kept.margin(month)
    if value is None:
        return Bar(kept.area.name, value, kept.area.is_own)
    ends = (value - margin, value + margin) if margin is not None else likely(series.year_amount(kept, month, value))
    return Bar(kept.area.name, value, kept.area.is_own, *(ends or (None, None)))
