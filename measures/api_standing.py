"""Standing among similar forces and projections in the read API."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from measures import release
from measures.api import SEES, Disclosed, DisclosedSerializer, of_month
from measures.figures import PEERS_LOOK_BACK
from measures.models import PeerVerdict, Projection
from measures.trends.disclosure import NOT_SHOWN, Cover
from measures.trends.projection import LINES, LONGEST


class MonthlyFilter(filters.FilterSet):
    measure = filters.CharFilter(field_name="series__measure__slug")
    month = filters.DateFilter(input_formats=["%Y-%m"], method="of_month")

    def of_month(self, queryset, name, value):
        return of_month(queryset, value)


class VerdictFilter(MonthlyFilter):
    class Meta:
        model = PeerVerdict
        fields = ["measure", "month", "state", "series"]


class ProjectionFilter(MonthlyFilter):
    class Meta:
        model = Projection
        fields = ["measure", "month", "method", "series"]


class PeerVerdictSerializer(DisclosedSerializer):
    measure = serializers.CharField(source="series.measure.slug")
    as_of = serializers.DateField(source="as_of_date")
    ruleset = serializers.CharField(source="ruleset.name")
    ruleset_version = serializers.IntegerField(source="ruleset.version")

    class Meta:
        model = PeerVerdict
        fields = ["id", "series", "measure", "as_of", "ruleset", "ruleset_version", "state", "apart", "statistics"]
        fields += ["withheld", "disclosure"]

    small = ("state", "apart", "statistics")

    def words(self, row: PeerVerdict, cover: Cover) -> str:
        return NOT_SHOWN if cover.touches(row.as_of - PEERS_LOOK_BACK, row.as_of) else ""


class PeerVerdictViewSet(Disclosed):
    """Where the own force stands among its most similar forces: above, upper, lower, below, or null for cannot say.

    `apart` is 1 where the force has risen against its peers over the year, -1 where it has fallen, 0 for neither.
    """

    serializer_class = PeerVerdictSerializer
    permission_classes = SEES
    filterset_class = VerdictFilter
    queryset = PeerVerdict.objects.select_related("series__measure", "series__area", "ruleset").order_by(
        "series_id", "-as_of", "pk"
    )

    def get_queryset(self) -> QuerySet[PeerVerdict]:
        return release.released_signals(super().get_queryset())


class FanSerializer(serializers.Serializer):
    """Twelve rolling totals a line, the first to the month after `as_of`."""

    def get_fields(self):
        return {line: serializers.ListField(child=serializers.FloatField()) for line in LINES}


class ProjectionSerializer(DisclosedSerializer):
    measure = serializers.CharField(source="series.measure.slug")
    as_of = serializers.DateField(source="as_of_date")
    fan = serializers.SerializerMethodField()

    class Meta:
        model = Projection
        fields = ["id", "series", "measure", "as_of", "version", "method", "months_used", "made_on", "fan"]
        fields += ["withheld", "disclosure"]

    small = ("fan",)

    def words(self, row: Projection, cover: Cover) -> str:
        return NOT_SHOWN if cover.touches(row.as_of - LONGEST + 1, row.as_of) else ""

    @extend_schema_field(FanSerializer)
    def get_fan(self, projection: Projection) -> dict[str, list[float]]:
        return projection.fan


class ProjectionViewSet(Disclosed):
    """What was projected of each count, as it was made: what would follow if nothing changed, never a target."""

    serializer_class = ProjectionSerializer
    permission_classes = SEES
    filterset_class = ProjectionFilter
    queryset = Projection.objects.select_related("series__measure", "series__area").order_by(
        "series_id", "-as_of", "pk"
    )

    def get_queryset(self) -> QuerySet[Projection]:
        return release.released_signals(super().get_queryset())
