"""Plans, measures, figures and signals in the read API."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from core.accounts.api import api_requires
from core.accounts.permissions import Permission
from measures import disclosure, release
from measures.models import CurrentValue, Measure, Observation, Period, Plan, PlanMeasure, Priority, TrendSignal
from measures.models.period import month_index
from measures.trends.disclosure import NOT_SHOWN, Cover
from measures.trends.ruleset import RULES

SEES = [api_requires(Permission.MEASURE_VIEW)]


class PrioritySerializer(serializers.ModelSerializer):
    measures = serializers.SerializerMethodField()

    class Meta:
        model = Priority
        fields = ["number", "title", "measures"]

    def get_measures(self, priority: Priority) -> list[str]:
        """Slugs in the plan's order."""
        return [place.measure.slug for place in priority.plan_measures.all()]


class PlanSerializer(serializers.ModelSerializer):
    priorities = PrioritySerializer(many=True, read_only=True)

    class Meta:
        model = Plan
        fields = ["slug", "title", "starts", "ends", "priorities"]


class PlanViewSet(viewsets.ReadOnlyModelViewSet):
    """Police and crime plans, newest first, with their priorities and the measures under each."""

    serializer_class = PlanSerializer
    permission_classes = SEES
    lookup_field = "slug"
    queryset = Plan.objects.order_by("-starts").prefetch_related(
        Prefetch("priorities", Priority.objects.order_by("number")),
        Prefetch("priorities__plan_measures", PlanMeasure.objects.select_related("measure").order_by("position")),
    )


class MeasureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Measure
        fields = ["slug", "name", "short_name", "definition", "kind", "unit", "precision", "polarity"]
        fields += ["frequency", "lag_months", "source_system", "owner_role", "scrutinised_by", "target_text"]
        fields += ["proxy_for", "stock_denominator", "suppress_small", "zeros_shown"]
        fields += ["small_numbers_reason", "fewest_answers", "headline", "retired_on"]


class MeasureViewSet(viewsets.ReadOnlyModelViewSet):
    """What is counted, and how. `suppress_small`: counts below five, and what would give them away, are hidden."""

    serializer_class = MeasureSerializer
    permission_classes = SEES
    lookup_field = "slug"
    filterset_fields = ["kind", "frequency", "headline"]
    queryset = Measure.objects.order_by("slug")


class MonthFilter(filters.DateFilter):
    """A month as "2019-09"; any day of it will do."""

    def __init__(self, *, ends: bool = False, **kwargs):
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)
        self.ends = ends

    def filter(self, queryset, value):
        if value is None:
            return queryset
        place = month_index(value) + (1 if self.ends else 0)
        edge = value.replace(year=place // 12, month=place % 12 + 1, day=1)
        return queryset.filter(**{f"{self.field_name}__{self.lookup_expr}": edge})


class ObservationFilter(filters.FilterSet):
    measure = filters.CharFilter(field_name="series__measure__slug")
    area = filters.CharFilter(field_name="series__area__slug")
    series = filters.NumberFilter(field_name="series_id")
    breakdown = filters.CharFilter(field_name="series__breakdown")
    kind = filters.ChoiceFilter(field_name="period__kind", choices=Period.Kind.choices)
    since = MonthFilter(field_name="period__end", lookup_expr="gte")
    until = MonthFilter(field_name="period__end", lookup_expr="lt", ends=True)

    class Meta:
        model = CurrentValue
        fields = ["measure", "area", "series", "breakdown", "kind", "since", "until", "provisional"]


class PeriodSerializer(serializers.ModelSerializer):
    class Meta:
        model = Period
        fields = ["kind", "start", "end"]


class Disclosed(viewsets.ReadOnlyModelViewSet):
    """Rows of series without what may not be shown to everybody, unless `figures=exact` asks for it.

    `disclosure` of a row says which it is: "public", or "restricted" for true values that are not for everybody.
    """

    def paginate_queryset(self, queryset: QuerySet[Any]) -> list[Any] | None:
        rows = super().paginate_queryset(queryset)
        self._cover(rows or [])
        return rows

    def get_object(self) -> Any:
        row = super().get_object()
        self._cover([row])
        return row

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"covers": getattr(self, "covers", {}), "exact": self._is_exact()}

    def _is_exact(self) -> bool:
        return bool(self.request) and disclosure.asks_exact(self.request)

    def _cover(self, rows: Iterable[Any]) -> None:
        series = {row.series_id: row.series for row in rows}
        self.covers = disclosure.covers(series.values())


class DisclosedSerializer(serializers.ModelSerializer):
    """Empties the fields `small` of a row that may not be shown, and says in `withheld` what stands in their place."""

    withheld = serializers.SerializerMethodField()
    disclosure = serializers.SerializerMethodField()
    small: tuple[str, ...] = ()

    def words(self, row: Any, cover: Cover) -> str:
        """What stands in place of the row's figures; "" where they may be shown. Who says nothing else hides all."""
        return NOT_SHOWN

    def _words(self, row: Any) -> str:
        cover = self.context.get("covers", {}).get(row.series_id)
        return self.words(row, cover) if cover else ""

    def get_withheld(self, row: Any) -> str:
        return "" if self.context["exact"] else self._words(row)

    def get_disclosure(self, row: Any) -> str:
        return "restricted" if self.context["exact"] and self._words(row) else "public"

    def to_representation(self, row: Any) -> dict[str, Any]:
        shown = super().to_representation(row)
        return shown | dict.fromkeys(self.small) if shown["withheld"] else shown


class ProvenanceSerializer(serializers.ModelSerializer):
    """The import a figure came from, and the observation it replaced."""

    file = serializers.CharField(source="batch.file_name")
    source = serializers.CharField(source="batch.source")
    as_at = serializers.DateField(source="batch.as_at")
    accepted_at = serializers.DateTimeField(source="batch.accepted_at", allow_null=True)
    accepted_by = serializers.CharField(source="batch.accepted_by.name", default=None, allow_null=True)

    class Meta:
        model = Observation
        fields = ["batch", "file", "row", "source", "as_at", "accepted_at", "accepted_by", "supersedes"]


class CurrentValueSerializer(DisclosedSerializer):
    id = serializers.IntegerField(source="observation_id")
    measure = serializers.CharField(source="series.measure.slug")
    area = serializers.CharField(source="series.area.slug")
    breakdown = serializers.CharField(source="series.breakdown")
    period = PeriodSerializer()
    margin = serializers.FloatField(source="observation.margin", allow_null=True)
    sample_size = serializers.IntegerField(source="observation.sample_size", allow_null=True)
    provenance = ProvenanceSerializer(source="observation")

    class Meta:
        model = CurrentValue
        fields = ["id", "series", "measure", "area", "breakdown", "period", "value", "denominator", "margin"]
        fields += ["sample_size", "provisional", "withheld", "disclosure", "provenance"]

    small = ("value", "denominator", "margin", "sample_size")

    def words(self, row: CurrentValue, cover: Cover) -> str:
        return disclosure.words_of_reading(row.series, cover, row.period, row.value)


class ObservationViewSet(Disclosed):
    """The figure held now for each series and period, with where it came from. `id` names it for a citation.

    A count below five, and whatever would give one away, is null; `withheld` says what to print. `figures=exact` gives
    true values to those who may see them, and is refused to others.
    A figure under embargo is not listed for who may not see it, until it is released.
    """

    serializer_class = CurrentValueSerializer
    permission_classes = SEES
    filterset_class = ObservationFilter
    lookup_field = "observation_id"
    lookup_value_converter = "int"
    queryset = (
        CurrentValue.objects.filter(observation__isnull=False)
        .select_related("series__measure", "series__area", "period", "observation__batch__accepted_by")
        .order_by("series_id", "period__end", "period__start", "pk")
    )

    def get_queryset(self) -> QuerySet[CurrentValue]:
        return release.released_values(super().get_queryset())


def of_month(queryset: QuerySet, day: dt.date) -> QuerySet:
    """What was said as of the month of a day."""
    return queryset.filter(as_of=month_index(day))


class SignalFilter(filters.FilterSet):
    measure = filters.CharFilter(field_name="series__measure__slug")
    area = filters.CharFilter(field_name="series__area__slug")
    ruleset = filters.CharFilter(field_name="ruleset__name")
    month = filters.DateFilter(input_formats=["%Y-%m"], method="of_month")

    class Meta:
        model = TrendSignal
        fields = ["measure", "area", "ruleset", "month", "series"]

    def of_month(self, queryset, name, value):
        return of_month(queryset, value)


class TrendSignalSerializer(DisclosedSerializer):
    measure = serializers.CharField(source="series.measure.slug")
    area = serializers.CharField(source="series.area.slug")
    as_of = serializers.DateField(source="as_of_date")
    ruleset = serializers.CharField(source="ruleset.name")
    ruleset_version = serializers.IntegerField(source="ruleset.version")

    class Meta:
        model = TrendSignal
        fields = ["id", "series", "measure", "area", "as_of", "ruleset", "ruleset_version"]
        fields += [*RULES, "no_data", "not_enough", "statistics", "withheld", "disclosure"]

    small = (*RULES, "not_enough", "statistics")

    def words(self, row: TrendSignal, cover: Cover) -> str:
        return "" if cover.shows_history(row.as_of) else NOT_SHOWN


class SignalViewSet(Disclosed):
    """Each rule's answer: 1 up, -1 down, 0 nothing found, null where it cannot be said or `withheld` says it is hidden.

    `figures=exact` gives the answers to those who may see small numbers, and is refused to others.
    """

    serializer_class = TrendSignalSerializer
    permission_classes = SEES
    filterset_class = SignalFilter
    queryset = TrendSignal.objects.select_related("series__measure", "series__area", "ruleset").order_by(
        "series_id", "-as_of", "ruleset_id"
    )

    def get_queryset(self) -> QuerySet[TrendSignal]:
        return release.released_signals(super().get_queryset())
