"""How sure a verdict among peers is: every other method, each peer left out, what would change it, ranks."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from measures.charts import national, peers
from measures.charts.frame import Frame
from measures.charts.ranking import Bar, Ranking, place_words
from measures.charts.symbols import SYMBOLS
from measures.comparing import Years
from measures.models import Area, Measure
from measures.presenters.charts import Drawing, drawing
from measures.presenters.measure import peer_text
from measures.presenters.values import chart_unit
from measures.trends import words
from measures.trends.formatting import number_text
from measures.trends.key import PEER_SYMBOLS, in_words
from measures.trends.peers import DEFAULT_PEERS
from measures.trends.periods import month_words
from measures.trends.ruleset import CANNOT_SAY
from measures.trends.verdicts import (
    Amount,
    Answer,
    change_needed,
    every_method,
    likely,
    next_points,
    turning_points,
    with_value,
    without_each,
)
from measures.trends.verdicts import band as judged

CANNOT_BE_SAID = "Cannot say"
SHOWN = "spread1"  # the method behind the symbol
METHOD_WORDS = {  # method: its name, and what it asks
    "spread1": ("Spread of forces, one standard deviation", "The symbol: is ours outside the usual spread of forces?"),
    "spread1_without": ("The same, ours left out of the average", "A force does not move its own yardstick."),
    "spread2": ("Two standard deviations", "Is ours far outside? In so small a group this is seldom shown."),
    "spread2_without": ("Two standard deviations, ours left out", "Is ours far from where the others are?"),
    "prediction": (
        "Where one more such force would lie",
        "Nineteen in twenty further forces would lie within (Student’s t).",
    ),
    "interval": (
        "Margin of our own figure",
        "Could chance in our own figure explain the gap to the average? The margin is ours, 95 in 100.",
    ),
    "interval_without": ("Margin of our own figure, ours left out", "The same, against the average of the others."),
    "funnel95": ("Funnel, 95 in 100", "Would chance alone put a force of our size so far from its peers together?"),
    "funnel998": ("Funnel, 998 in 1,000", "The same, more cautiously."),
}
ONE_IN_THREE = (
    "With a band of one standard deviation about one in three perfectly ordinary forces lies outside it. "
    "It ranks; it does not test."
)
SAMPLING_ASKS = (
    "The margin and the funnel ask whether chance in the counting explains a gap. Forces record so many cases that it "
    "seldom does, and nearly every force would be “different”. That is why they are not the symbol."
)


@dataclass(frozen=True)
class Standing:
    """The own force and its group over one year, in one measure."""

    measure: Measure
    month: int
    own: Amount
    group: Mapping[int, Amount]  # by area, own force left out
    names: Mapping[int, str]

    @property
    def amounts(self) -> list[Amount]:
        return list(self.group.values())

    def say(self, value: float | None) -> str:
        return "–" if value is None or math.isnan(value) else peer_text(self.measure, value)


@dataclass(frozen=True)
class Workbench:
    """What the page shows of one verdict."""

    lead: str
    methods: list[tuple[str, str, str, str, str]]  # name, average, from, to, verdict
    asks: list[tuple[str, str]]
    without: list[tuple[str, str, str]]  # peer, average, verdict
    without_words: str
    turning: list[str]
    trend: str


def level_words(level: int) -> str:
    return CANNOT_BE_SAID if level == CANNOT_SAY else SYMBOLS[PEER_SYMBOLS[level]].label


def workbench(standing: Standing, counted: str, trend: Mapping[str, float], apart: int | None) -> Workbench:
    """`counted` is the noun of the numerator ("crimes"); `trend` the verdict's statistics, `apart` its flag."""
    answers = every_method(standing.own, standing.amounts)
    shown = next(one for one in answers if one.method == SHOWN)
    left_out = without_each(standing.own, standing.amounts)
    return Workbench(
        lead=_lead(answers, shown),
        methods=[_method_row(standing, one) for one in answers],
        asks=[METHOD_WORDS[one.method] for one in answers],
        without=[
            (standing.names[area], chart_unit(standing.measure).format(one.mean), level_words(one.level))
            for area, one in zip(standing.group, left_out, strict=True)
        ],
        without_words=_without_words(standing, shown, left_out),
        turning=_turning(standing, shown, counted),
        trend=_trend_words(trend, apart),
    )


def _lead(answers: Sequence[Answer], shown: Answer) -> str:
    if shown.level == CANNOT_SAY:
        return "It cannot be said where the force stands: fewer than four of its peers have a figure for the period."
    sayable = [one for one in answers if one.level != CANNOT_SAY]
    others = [one for one in sayable if one is not shown]
    outside = abs(shown.level) == 2
    alike = [one for one in others if one.level == shown.level or (not outside and abs(one.level) != 2)]
    verdict = level_words(shown.level).lower() if outside else "in line"
    number = "all" if len(alike) == len(others) else in_words(len(alike)) if alike else "none"
    says = "says" if len(alike) == 1 else "say"
    return f"The symbol says {verdict}. Of {in_words(len(others))} other ways of judging, {number} {says} the same."


def _method_row(standing: Standing, one: Answer) -> tuple[str, str, str, str, str]:
    name = METHOD_WORDS[one.method][0] + (" (the symbol)" if one.method == SHOWN else "")
    unit = chart_unit(standing.measure)
    numbers = ("–" if value is None else unit.format(value) for value in (one.mean, one.lower, one.upper))
    return name, *numbers, level_words(one.level)


def _without_words(standing: Standing, shown: Answer, left_out: Sequence[Answer]) -> str:
    if shown.level == CANNOT_SAY:
        return ""
    other = [
        (standing.names[area], one)
        for area, one in zip(standing.group, left_out, strict=True)
        if one.level != shown.level
    ]
    if not other:
        return "The verdict hangs on no single force: it is the same whichever of them is left out."
    said = "; ".join(f"without {name} it would be “{level_words(one.level).lower()}”" for name, one in other)
    return f"The verdict hangs on {'one force' if len(other) == 1 else 'some of the forces'}: {said}."


def _turning(standing: Standing, shown: Answer, counted: str) -> list[str]:
    if shown.level == CANNOT_SAY:
        return []
    own, group = standing.own, standing.amounts
    below, above = next_points(own, turning_points(group))
    said = []
    for point, way, nudge in ((above, "above", 1), (below, "below", -1)):
        if point is None:
            continue
        beyond = with_value(own, point + nudge * 1e-6 * max(1.0, abs(point)))
        level = judged("", beyond, group, DEFAULT_PEERS).level
        said.append(
            f"It would change to “{level_words(level).lower()}” if our figure were {way} {standing.say(point)}"
            f"{_cases(own, point, counted)}, the others being as they are."
        )
    return said


def _cases(own: Amount, point: float, counted: str) -> str:
    needed = change_needed(own, point)
    if needed is None or not counted:
        return ""
    more = "more" if needed > 0 else "fewer"
    return f", that is {number_text(math.ceil(abs(needed)))} {counted} {more} in the twelve months"


def _trend_words(trend: Mapping[str, float], apart: int | None) -> str:
    said = words.peer_trend_sentence(CANNOT_SAY if apart is None else apart)
    if "apart_p" in trend and apart is not None:
        said += f" If nothing were changing, a gap moving so would be seen {words.chance_of(trend['apart_p'])}."
    return said


def bars_of(years: Years, held: Mapping[int, Amount]) -> tuple[Bar, ...]:
    """One bar a force."""
    return tuple(
        Bar(years.areas[pk].name, one.value, years.areas[pk].is_own, *(likely(one) or (None, None)))
        for pk, one in held.items()
    )


def ranks(years: Years, month: int) -> list[str]:
    """ "4th lowest of 43 forces whose figures we hold", "2nd lowest of 6 in the West"; none among fewer than three."""
    found: list[str] = []
    own = years.areas.get(years.own or 0)
    nation = years.among(month)
    if len(nation) > 2:
        found.append(f"{_rank(years, nation)} forces whose figures we hold")
    region = own.region if own else None
    inside = _of_region(years, month, region)
    if region and 2 < len(inside) < len(nation):
        found.append(f"{_rank(years, inside)} in {region.name}")
    return found


def rank_sentence(measure: Measure, years: Years, as_of: int) -> str:
    """The ranks in a sentence, at the latest month that half of the forces have; empty where there is nobody else."""
    month = years.common_month(as_of)
    found = [] if month is None else ranks(years, month)
    if month is None or not found:
        return ""
    own = years.at[month][years.own or 0]
    return (
        f"Over the twelve months to {month_words(month)} our {peer_text(measure, own.value)} was the "
        f"{' and the '.join(found)}."
    )


def _rank(years: Years, held: Mapping[int, Amount]) -> str:
    return place_words(Ranking(Frame("rank", ""), bars_of(years, held)))


def _of_region(years: Years, month: int, region: Area | None) -> dict[int, Amount]:
    if region is None:
        return {}
    return years.among(month, [pk for pk, area in years.areas.items() if area.region_id == region.pk])


def bar_charts(years: Years, standing: Standing, as_at: str) -> list[Drawing]:
    """The group, the region and the nation as bars, where there is somebody to stand beside."""
    made = [_group_chart(years, standing, as_at)]
    own = years.areas[years.own or 0]
    common = years.common_month(standing.month)
    if common is None:
        return made
    nation, region = years.among(common), _of_region(years, common, own.region)
    if own.region and len(region) > 2:
        frame = _frame(standing, "region", f"{own.name} in {own.region.name}", common, as_at)
        made.append(drawing(peers, peers.PeersChart(frame, bars_of(years, region)), f"Forces of {own.region.name}"))
    if len(nation) > max(len(standing.group) + 1, len(region)):
        frame = _frame(standing, "nation", f"{own.name} among every force", common, as_at)
        mean = math.fsum(one.value for one in nation.values()) / len(nation)
        made.append(drawing(national, national.NationalChart(frame, bars_of(years, nation), mean), "Every force"))
    return made


def _group_chart(years: Years, standing: Standing, as_at: str) -> Drawing:
    shown = judged(SHOWN, standing.own, standing.amounts, DEFAULT_PEERS)
    held = {years.own or 0: standing.own, **standing.group}
    own = years.areas[years.own or 0]
    frame = _frame(standing, "group", f"{level_words(shown.level)}: {own.name} and its group", standing.month, as_at)
    data = peers.PeersChart(frame, bars_of(years, held), shown.mean, shown.lower, shown.upper)
    return drawing(peers, data, "Most similar forces")


def _frame(standing: Standing, uid: str, title: str, month: int, as_at: str) -> Frame:
    measure = standing.measure
    return Frame(
        uid=uid,
        title=title,
        subtitle=f"{measure.short_name}, twelve months to {month_words(month)}",
        unit=chart_unit(measure),
        source=measure.source_system,
        as_at=as_at,
        interactive=True,
    )
