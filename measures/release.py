"""Who is reading, and what of the record is kept from them until it is released.

Everybody who may not see figures under embargo reads the record as it was before: for an embargo on an import, the
figures it superseded; for one on months of a measure, nothing of those months. A figure
given again by a later import, while the embargo on the earlier one lasts, is kept back with it. An embargo ends by the
office's clock: what is kept back is asked at every reading and nothing of it is stored.

A request reads as whoever makes it, and somebody unknown sees nothing under embargo. Outside requests the whole record
is read: signals are derived from it. What is printed for anybody is read `as_published`, whoever asks for it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Exists, Min, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.accounts.clock import now
from core.accounts.models import User
from core.accounts.permissions import Permission
from measures.models import CurrentValue, Embargo, ImportBatch, Observation
from measures.models.period import month_index

IN_ONE_QUERY = 500  # series named in one query: SQLite limits the parameters of a statement
M = TypeVar("M", bound=Model)
Cell = tuple[int, int]  # primary keys of a series and a period


@dataclass
class _Reader:
    """Who reads in this context, and the embargoes that hold for them once they have been looked up."""

    user: Callable[[], User | None]
    everything: bool = False
    held: list[Embargo] | None = None
    live: list[Embargo] | None = None  # for anybody, once looked up

    def embargoes(self) -> list[Embargo]:
        if self.everything:
            return []
        if self.held is None:
            self.held = self._found()
        return self.held

    def _found(self) -> list[Embargo]:
        live = self.live = live_embargoes()
        user = self.user() if live else None
        if user is None or not user.is_authenticated:
            return live
        if user.has(Permission.EMBARGO_VIEW):
            return []
        let = set(Embargo.cleared.through.objects.filter(user_id=user.pk).values_list("embargo_id", flat=True))
        return [one for one in live if one.pk not in let]


def _nobody() -> None:
    return None


_reader: ContextVar[_Reader | None] = ContextVar("reader_of_figures", default=None)


@contextmanager
def _reading(reader: _Reader) -> Iterator[None]:
    token = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(token)


def read_by(request: HttpRequest):
    """Inside, figures are read by whoever makes the request; who that is is asked only where an embargo holds."""
    return _reading(_Reader(lambda: getattr(request, "user", None)))


def read_for(user: User):
    return _reading(_Reader(lambda: user))


def reading_everything():
    """Inside, the whole record is read: to derive signals from it, and to write to it."""
    return _reading(_Reader(_nobody, everything=True))


def reading_as_published():
    """Inside, nothing under embargo is read, whoever asks: for what is printed."""
    return _reading(_Reader(_nobody))


def live_embargoes() -> list[Embargo]:
    """Embargoes that have not been ended, by anybody or by time. The clock is asked only where there are any."""
    kept = list(Embargo.objects.filter(ended_at__isnull=True).select_related("batch", "measure"))
    moment = now() if kept else None
    return [one for one in kept if one.until > moment]


def held_back() -> list[Embargo]:
    """The embargoes that hold for who is reading. One query, in a request at its first asking only."""
    reader = _reader.get()
    return reader.embargoes() if reader else []


def is_anything_embargoed() -> bool:
    """Whether figures are kept from anybody at all: where not, everybody reads what is published. A query at most."""
    reader = _reader.get()
    live = live_embargoes() if reader is None or reader.live is None else reader.live
    return bool(live)


@dataclass(frozen=True)
class Withheld:
    """By series and period, what is read in place of the figure held: an earlier observation, or None for nothing."""

    cells: Mapping[Cell, Observation | None] = field(default_factory=dict)
    first: Mapping[int, int] = field(default_factory=dict)  # by series, the first month index that anything is of
    of_months: Mapping[Cell, tuple[int, Observation | None]] = field(default_factory=dict)  # with their month index

    def __bool__(self) -> bool:
        return bool(self.cells)

    def touches(self, series: int, month: int) -> bool:
        """Whether something kept back lies at or before a month of a series, so that its signals would tell of it."""
        return series in self.first and self.first[series] <= month

    def months(self) -> dict[int, dict[int, Observation | None]]:
        """The cells that are whole months, by series and month index."""
        made: dict[int, dict[int, Observation | None]] = defaultdict(dict)
        for (series, _), (month, shown) in self.of_months.items():
            made[series][month] = shown
        return made


NOTHING = Withheld()


def withheld(series: Iterable[int]) -> Withheld:
    """What of these series is kept from who is reading. No query more where no embargo holds for them, else three."""
    held = held_back()
    if not held:
        return NOTHING
    cells: dict[Cell, Observation | None] = {}
    places: dict[Cell, tuple[int, int, str]] = {}
    pks = sorted(set(series))
    for start in range(0, len(pks), IN_ONE_QUERY):
        found, where = _of_series(pks[start : start + IN_ONE_QUERY], held)
        cells |= found
        places |= where
    return _together(cells, places)


def _of_series(
    pks: list[int], held: list[Embargo]
) -> tuple[dict[Cell, Observation | None], dict[Cell, tuple[int, int, str]]]:
    first_held: dict[Cell, int] = {}
    batches = [one.batch_id for one in held if one.batch_id]
    standing = Observation.objects.filter(series_id__in=pks, batch__state=ImportBatch.State.ACCEPTED)
    if batches:
        marked = standing.filter(batch_id__in=batches).values("series_id", "period_id").annotate(first=Min("pk"))
        first_held = {(one["series_id"], one["period_id"]): one["first"] for one in marked}
    months = [one for one in held if one.measure_id]
    nothing: set[Cell] = set()
    if months:
        which = Q()
        for one in months:
            which |= Q(
                series__measure=one.measure_id, period__end__gte=one.first_month, period__start__lte=one.last_month
            )
        current = CurrentValue.objects.filter(which, series_id__in=pks)
        nothing = set(current.values_list("series_id", "period_id"))
    cells: dict[Cell, Observation | None] = dict.fromkeys([*first_held, *nothing])
    if not cells:
        return {}, {}
    periods = {period for _, period in cells}
    where: dict[Cell, tuple[int, int, str]] = {}
    every = standing.filter(period_id__in=periods).select_related("period", "batch").order_by("pk")
    for one in every:
        cell = (one.series_id, one.period_id)
        if cell in cells:
            where[cell] = (month_index(one.period.start), month_index(one.period.end), one.period.kind)
            if cell not in nothing and one.pk < first_held[cell]:
                cells[cell] = one
    return cells, where


def _together(cells: dict[Cell, Observation | None], places: dict[Cell, tuple[int, int, str]]) -> Withheld:
    first: dict[int, int] = {}
    by_month: dict[Cell, tuple[int, Observation | None]] = {}
    for cell, shown in cells.items():
        start, end, kind = places[cell]
        first[cell[0]] = min(end, first.get(cell[0], end))
        if kind == "month":
            by_month[cell] = (start, shown)
    return Withheld(cells, first, by_month)


def seen(rows: Iterable[CurrentValue]) -> list[CurrentValue]:
    """Rows of what is held now as who is reading may see them: earlier figures in place, the rest left away."""
    held = list(rows)
    hidden = withheld({one.series_id for one in held})
    if not hidden:
        return held
    made = []
    for one in held:
        cell = (one.series_id, one.period_id)
        if cell in hidden.cells:
            shown = hidden.cells[cell]
            if shown is None:
                continue
            one.observation, one.value, one.denominator = shown, shown.value, shown.denominator
            one.provisional = shown.provisional
        made.append(one)
    return made


def _kept_back(held: list[Embargo]) -> Q:
    """Rows of what is held now that something is kept back of."""
    batches = [one.batch_id for one in held if one.batch_id]
    chain = Observation.objects.filter(
        series=OuterRef("series"), period=OuterRef("period"), batch__in=batches, batch__state=ImportBatch.State.ACCEPTED
    )
    which = Q(Exists(chain)) if batches else Q(pk__in=[])
    for one in held:
        if one.measure_id:
            overlaps = Q(period__end__gte=one.first_month, period__start__lte=one.last_month)
            which |= Q(series__measure=one.measure_id) & overlaps
    return which


def released_values(rows: QuerySet[CurrentValue]) -> QuerySet[CurrentValue]:
    """Rows of what is held now without those of which something is kept from who is reading."""
    held = held_back()
    return rows.exclude(_kept_back(held)) if held else rows


def released_signals(rows: QuerySet[M]) -> QuerySet[M]:
    """Signals or verdicts without those in which a figure kept from who is reading has a part, its own or another's."""
    held = held_back()
    if not held:
        return rows
    hidden = CurrentValue.objects.filter(_kept_back(held), month__isnull=False).values("series__measure_id")
    earliest = dict(hidden.annotate(first=Min("month")).values_list("series__measure_id", "first"))
    for measure, first in earliest.items():
        rows = rows.exclude(series__measure_id=measure, as_of__gte=first)
    return rows


def until_words(moment: dt.datetime) -> str:
    """ "9.30 am on 17 October 2019"."""
    local = timezone.localtime(moment)
    hour = local.hour % 12 or 12
    return f"{hour}.{local:%M} {'am' if local.hour < 12 else 'pm'} on {local.day} {local:%B %Y}"
