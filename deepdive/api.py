"""Delivery actions in the read API."""

from rest_framework import serializers, viewsets

from core.accounts.api import api_requires
from core.accounts.permissions import Permission
from deepdive.models import ActionUpdate, DeliveryAction, DeliveryEvidence, Milestone


class ActionUpdateSerializer(serializers.ModelSerializer):
    quarter = serializers.CharField(source="period.code", read_only=True)

    class Meta:
        model = ActionUpdate
        fields = ["quarter", "status", "rag", "rag_reason", "text", "approved_at"]


class MilestoneSerializer(serializers.ModelSerializer):
    class Meta:
        model = Milestone
        fields = ["text", "first_due", "due", "reached_on", "evidence", "dropped_why"]


class EvidenceSerializer(serializers.ModelSerializer):
    sha256 = serializers.CharField(source="file.sha256", read_only=True)

    class Meta:
        model = DeliveryEvidence
        fields = ["name", "at", "sha256"]


class DeliveryActionSerializer(serializers.ModelSerializer):
    objective = serializers.CharField(source="objective.title", read_only=True)
    priority = serializers.IntegerField(source="objective.priority.number", read_only=True)
    owner = serializers.CharField(source="owner.name", read_only=True, default=None, allow_null=True)
    deputy = serializers.CharField(source="deputy.name", read_only=True, default=None, allow_null=True)
    year = serializers.IntegerField(source="delivery_plan.year", read_only=True)
    carries_on = serializers.IntegerField(source="forebear_id", read_only=True, allow_null=True)
    milestones = MilestoneSerializer(many=True, read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)
    partners = serializers.SerializerMethodField()
    updates = ActionUpdateSerializer(source="approved_updates", many=True, read_only=True)

    class Meta:
        model = DeliveryAction
        fields = ["id", "year", "ref", "statement", "first_statement", "priority", "objective", "carries_on"]
        fields += ["owner", "owner_role", "deputy", "leads", "partners", "status", "rag", "rag_reason"]
        fields += ["start", "due", "ended_on", "ended_why", "evidence", "no_evidence_why", "milestones", "updates"]

    def get_partners(self, action: DeliveryAction) -> str:
        return "; ".join(one.name for one in action.agencies.all())


class DeliveryActionViewSet(viewsets.ReadOnlyModelViewSet):
    """Actions of the service delivery plan, each with its approved updates."""

    serializer_class = DeliveryActionSerializer
    permission_classes = [api_requires(Permission.DELIVERY_VIEW, Permission.DELIVERY_UPDATE_ASSIGNED)]
    filterset_fields = ["ref", "status", "rag", "delivery_plan__year"]
    queryset = DeliveryAction.objects.none()

    def get_queryset(self):
        return (
            DeliveryAction.objects.seen_by(self.request.user)
            .select_related("objective__priority", "owner", "deputy", "delivery_plan")
            .prefetch_related("agencies", "evidence__file", "milestones", ActionUpdate.prefetch_approved())
            .order_by("ref", "pk")
        )
