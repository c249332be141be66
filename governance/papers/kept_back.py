"""What keeps a signed paper from going out: figures in it under embargo, or from an import that was withdrawn since.

A paper never reads what is under embargo, so this is about an embargo that was set, or an import that was withdrawn,
after the paper was submitted.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.accounts.clock import now
from governance.papers.content import canonical, reading, shapes
from governance.papers.models import FrozenPaper
from governance.papers.revised import moved_figures
from measures import release
from measures.models import Embargo, ImportBatch, Measure, Observation

SENT_BACK = "Send the paper back and submit it again"


def stops(frozen: FrozenPaper, published_on: dt.date) -> list[str]:
    """Sentences, each of which forbids publishing this version on that day; none where nothing does."""
    content = canonical.from_json(frozen.content)
    cited = {pk for figure in content.figures for pk in figure.observations}
    slugs = {figure.reference.partition(".")[0] for figure in content.figures}
    return [*_embargoed(frozen, content, cited, published_on), *_withdrawn(frozen, content, slugs)]


def _embargoed(frozen: FrozenPaper, content: shapes.Paper, cited: set[int], day: dt.date) -> list[str]:
    """Of figures, those that are cited; of what charts draw, what was read before the embargo was set."""
    found = []
    for embargo in _lasting(day):
        held = _of(embargo).filter(period__end__lte=frozen.paper.quarter.period.end)
        names = _names(held, cited)
        if embargo.set_at > frozen.submitted_at:
            read = held.filter(batch__accepted_at__lte=frozen.submitted_at, series__measure__slug__in=_drawn(content))
            names |= set(read.values_list("series__measure__short_name", flat=True))
        until = release.until_words(_end(embargo))
        found += [
            f"Figures of “{one}” that this version prints are under embargo until {until}. "
            "Publish it after that, or have whoever set the embargo end it."
            for one in sorted(names)
        ]
    return list(dict.fromkeys(found))


def _end(embargo: Embargo) -> dt.datetime:
    return min(embargo.until, embargo.ended_at) if embargo.ended_at else embargo.until


def _lasting(day: dt.date) -> list[Embargo]:
    """Embargoes that had not ended on that day, or have not ended yet."""
    begins = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    kept = list(Embargo.objects.filter(until__gte=begins).select_related("batch", "measure"))
    moment = now() if kept else None
    return [one for one in kept if timezone.localdate(_end(one)) > day or _end(one) > moment]


def _of(embargo: Embargo) -> QuerySet[Observation]:
    if embargo.batch_id:
        return Observation.objects.filter(batch=embargo.batch_id)
    months = Q(period__end__gte=embargo.first_month, period__start__lte=embargo.last_month)
    return Observation.objects.filter(months, series__measure=embargo.measure_id)


def _names(held: QuerySet[Observation], cited: set[int]) -> set[str]:
    return {name for pk, name in held.values_list("pk", "series__measure__short_name") if pk in cited}


def _drawn(content: shapes.Paper) -> set[str]:
    """Measures whose charts stand in the paper, and those drawn beside them, as the paper says itself."""
    own = {one.slug for one in reading.measures(content)}
    told = [chart.series for chart in reading.charts(content)]
    if all(told):
        return own.union(*told)
    # Submitted before charts said what they draw: what the layout says today, which may have been changed since.
    laid_out: Iterable[list[dict]] = Measure.objects.filter(slug__in=own).values_list("charts", flat=True)
    return own.union(*told) | {slug for charts in laid_out for chart in charts for slug in chart.get("series", [])}


def _withdrawn(frozen: FrozenPaper, content: shapes.Paper, slugs: set[str]) -> list[str]:
    """A figure whose import was withdrawn may stay where the record says the same without it."""
    taken = Observation.objects.filter(batch__state=ImportBatch.State.WITHDRAWN, series__measure__slug__in=slugs)
    names = dict(taken.values_list("pk", "series__measure__short_name"))
    if not any(pk in names for figure in content.figures for pk in figure.observations):
        return []
    found = {
        names[pk]: f"printed {one.figure.text}, now {one.now}"
        for one in reversed(moved_figures(content, frozen.paper.quarter.period))
        for pk in one.figure.observations
        if pk in names
    }
    return [
        f"Figures of “{name}” that this version prints are from an import that was withdrawn ({words}). {SENT_BACK}."
        for name, words in sorted(found.items())
    ]
