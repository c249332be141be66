"""A measure's workbench: how sure its verdict is, what it moves with, where it is heading. For analysts."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from measures import disclosure, projecting, reading, release, side_by_side
from measures.comparing import Years, years_of
from measures.figures import MeasureFigures, quarter_figures
from measures.models import DataNote, Measure, PeerGroup, PeerVerdict, Projection
from measures.presenters import comparison, outlook, workbench
from measures.provenance import attributions, attributions_of_measures, provenance
from measures.recompute import QUARTERS_KEPT
from measures.trends.contributions import explain
from measures.trends.disclosure import RESTRICTED_WORDS
from measures.trends.periods import month_words
from measures.trends.projection import LONGEST, VERSION

COUNTED = (Measure.Kind.RATE, Measure.Kind.RATIO, Measure.Kind.DAYS_PER_PERSON)


def _asked(request: HttpRequest, slug: str) -> tuple[dict[str, object], MeasureFigures | None]:
    """The measure and the quarter the address names, for every page of the workbench."""
    measure = get_object_or_404(Measure, slug=slug)
    quarters = reading.quarters(QUARTERS_KEPT)
    asked = request.GET.get("quarter", "")
    quarter = next((one for one in quarters if one.value == asked), quarters[0] if quarters else None)
    context = {"measure": measure, "quarters": quarters, "quarter": quarter}
    if quarter is None:
        return context, None
    held = quarter_figures([measure], quarter.end, exact=disclosure.may_see_exact(request.user))[measure.pk]
    return context | {"restricted": RESTRICTED_WORDS if held.is_restricted else ""}, held


def _as_at(held: MeasureFigures) -> str:
    newest = provenance(held.series, held.as_of, 1) if held.series else []
    day = max((one.observation.batch.as_at for one in newest), default=None)
    return f"{day.day} {day:%B %Y}" if day else ""


@require_safe
@requires(Permission.MEASURE_VIEW)
def measure_workbench(request: HttpRequest, slug: str) -> HttpResponse:
    context, held = _asked(request, slug)
    verdict = held.peer if held else None
    if held and verdict and held.peer_measure:
        context |= _verdict(held, verdict, held.peer_measure)
    return render(request, "measures/workbench.html", context)


def _verdict(held: MeasureFigures, verdict: PeerVerdict, compared: Measure) -> dict[str, object]:
    month = int(verdict.statistics.get("month", verdict.as_of))
    group = PeerGroup.objects.filter(pk=verdict.statistics.get("group")).prefetch_related("members").first()
    years = years_of(compared, month, exact=held.exact)
    credits = attributions_of_measures([compared])
    standing = _standing(years, compared, month, group)
    if standing is None:
        return {"group": group, "compared": compared}
    return {
        "group": group,
        "compared": compared,
        "members": sorted(standing.names.values()),
        "month": month,
        "bench": workbench.workbench(standing, _counted(held, compared), verdict.statistics, verdict.apart),
        "table_caption": f"{compared.unit.capitalize()}, twelve months to {month_words(month)}",
        "rank": workbench.rank_sentence(compared, years, month),
        "drawings": [one.credited(credits) for one in workbench.bar_charts(years, standing, _as_at(held))],
        "one_in_three": workbench.ONE_IN_THREE,
        "sampling_asks": workbench.SAMPLING_ASKS,
    }


def _standing(years: Years, compared: Measure, month: int, group: PeerGroup | None) -> workbench.Standing | None:
    held = years.among(month, [one.area_id for one in group.members.all()] if group else [])
    if years.own is None or years.own not in held:
        return None
    others = {pk: amount for pk, amount in held.items() if pk != years.own}
    names = {pk: years.areas[pk].name for pk in others}
    return workbench.Standing(compared, month, held[years.own], others, names)


def _counted(held: MeasureFigures, compared: Measure) -> str:
    """What the compared measure's numerator counts."""
    if compared.kind not in COUNTED:
        return ""
    if compared.kind == Measure.Kind.DAYS_PER_PERSON:
        return "days"
    return held.measure.unit if held.measure.kind == Measure.Kind.COUNT else "cases"


@require_safe
@requires(Permission.MEASURE_VIEW)
def measure_compare(request: HttpRequest, slug: str) -> HttpResponse:
    context, held = _asked(request, slug)
    if held and held.series and held.data.kind != "survey":
        measure = held.measure
        choices = side_by_side.choices_beside(measure)
        names = comparison.named(choices, measure)
        chosen = next((one for one in choices if str(one.pk) == request.GET.get("with", "")), None)
        context |= {
            "choices": [
                {"value": str(one.pk), "name": name, "elsewhere": one.measure_id == measure.pk}
                for one, name in zip(choices, names, strict=True)
            ],
            "chosen": chosen,
            "warning": comparison.SHARED_WARNING,
        }
        if chosen:
            name = names[choices.index(chosen)]
            end = held.as_of + measure.lag_months
            own = held.series.area.name if chosen.measure_id == measure.pk else measure.short_name
            pair = side_by_side.sides([held.series, chosen], [own, name], end, exact=held.exact)
            credits = attributions([held.series.pk, chosen.pk])
            context |= {"beside": comparison.beside(*pair, credits), "names": [own, name]}
            if held.exact and disclosure.covers([chosen]):
                context["restricted"] = RESTRICTED_WORDS
        context |= _parts(request, held)
    return render(request, "measures/compare.html", context)


def _parts(request: HttpRequest, held: MeasureFigures) -> dict[str, object]:
    """What explains the change of the year: by what is recorded as its parts, or by what the reader says they are."""
    measure, recorded = held.measure, side_by_side.parts_held(held.measure)
    offered = [] if recorded else side_by_side.candidates(measure)
    if measure.kind not in side_by_side.PARTS_OF or held.series is None:
        return {}
    by = request.GET.get("by", next(iter(recorded), ""))
    asked = set(request.GET.getlist("part"))
    chosen = recorded.get(by) or [one for one in offered if str(one.pk) in asked]
    context: dict[str, object] = {
        "offered": [{"value": str(one.pk), "name": one.measure.short_name, "on": one in chosen} for one in offered],
        "recorded": list(recorded),
        "by": by,
    }
    if chosen:
        names = [one.area.name if by == "team" else one.breakdown or one.measure.short_name for one in chosen]
        end = held.as_of + measure.lag_months
        whole, *sides = side_by_side.sides([held.series, *chosen], ["", *names], end, exact=held.exact)
        pairs = {one.name: side_by_side.year_pair(one, held.as_of) for one in sides}
        total = side_by_side.year_pair(whole, held.as_of)
        context["unsaid"] = [name for name, pair in pairs.items() if pair is None]
        if total:
            parts = {name: (pair.before, pair.after) for name, pair in pairs.items() if pair}
            explained = explain(total.before, total.after, parts, total.divisors)
            context["parts"] = comparison.parts_of(measure, explained, held.as_of)
    return context


def _notes(held: MeasureFigures) -> QuerySet[DataNote]:
    return DataNote.objects.filter(measures=held.measure, exclude=True)


@requires(Permission.MEASURE_VIEW)
def measure_projection(request: HttpRequest, slug: str) -> HttpResponse:
    context, held = _asked(request, slug)
    if held and held.series and held.measure.kind in reading.ADDITIVE:
        kept = {
            one.as_of: one
            for one in release.released_signals(Projection.objects.filter(series=held.series, version=VERSION))
        }
        made = kept.get(held.as_of)
        context["counts"] = True
        hides = not held.exact and held.cover.touches(held.as_of - LONGEST + 1, held.as_of)
        if hides:
            context["hides"] = True
            return render(request, "measures/projection.html", context)
        if made:
            credits = attributions([held.series.pk])
            context |= {
                "made": made,
                "outlook": outlook.outlook(held.measure, made),
                "basis": outlook.basis(held.measure, made, held),
                "method": outlook.method_words(made),
                "drawing": outlook.projection_chart(
                    held, made, kept.get(held.as_of - 12), _notes(held), _as_at(held)
                ).credited(credits),
            }
        end = held.as_of + held.measure.lag_months
        everything = projecting.outcomes(end, exact=held.exact)
        mine = [one for one in everything if one.series == held.series.pk]
        context |= {
            "outcomes": outlook.outcome_rows(mine),
            "coverage": outlook.coverage_words(mine, "of this measure"),
            "coverage_of_all": outlook.coverage_words(everything, "of all measures"),
        }
    return render(request, "measures/projection.html", context)
