"""Meetings and actions arising in the read API."""

from django.db.models import Prefetch
from rest_framework import serializers, viewsets

from core.accounts.api import api_requires
from core.accounts.permissions import Permission
from governance.boards.models import AgendaItem, BoardAction, Decision, Meeting


class DecisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Decision
        fields = ["ref", "text", "decided_by"]


class AgendaItemSerializer(serializers.ModelSerializer):
    number = serializers.IntegerField(source="position", read_only=True)
    exemption = serializers.CharField(source="get_exemption_display", read_only=True)
    minute = serializers.CharField(source="minute.text", read_only=True, allow_null=True)
    decisions = DecisionSerializer(many=True, read_only=True)
    actions = serializers.SlugRelatedField(slug_field="ref", many=True, read_only=True)

    class Meta:
        model = AgendaItem
        fields = ["number", "title", "presenter", "part", "exemption", "minute", "decisions", "actions"]


class MeetingSerializer(serializers.ModelSerializer):
    board = serializers.CharField(source="board.name", read_only=True)
    items = AgendaItemSerializer(source="seen_items", many=True, read_only=True)

    class Meta:
        model = Meeting
        fields = [
            "id",
            "board",
            "date",
            "starts_at",
            "place",
            "is_public",
            "minutes_state",
            "agreed_at",
            "cancelled_at",
            "cancelled_why",
            "items",
        ]


class MeetingViewSet(viewsets.ReadOnlyModelViewSet):
    """Meetings with their agenda, minutes and decisions; exempt items only for those who may see them."""

    serializer_class = MeetingSerializer
    permission_classes = [api_requires(Permission.BOARD_VIEW)]
    filterset_fields = ["board__slug", "date", "minutes_state"]
    queryset = Meeting.objects.none()

    def get_queryset(self):
        seen = AgendaItem.objects.seen_by(self.request.user).select_related("minute").order_by("position")
        items = Prefetch("items", seen.prefetch_related("decisions", "actions"), to_attr="seen_items")
        return Meeting.objects.select_related("board").prefetch_related(items).order_by("-date", "pk")


class BoardActionSerializer(serializers.ModelSerializer):
    owner = serializers.CharField(source="owner.name", read_only=True)
    board = serializers.CharField(source="item.meeting.board.name", read_only=True)
    arose_on = serializers.DateField(source="item.meeting.date", read_only=True)

    class Meta:
        model = BoardAction
        fields = ["id", "ref", "text", "board", "arose_on", "owner", "due", "status", "progress", "closed_at"]


class BoardActionViewSet(viewsets.ReadOnlyModelViewSet):
    """Actions arising; to somebody who does not see boards, those they own."""

    serializer_class = BoardActionSerializer
    permission_classes = [api_requires(Permission.BOARD_VIEW, Permission.ACTION_UPDATE)]
    filterset_fields = ["ref", "status", "due"]
    queryset = BoardAction.objects.none()

    def get_queryset(self):
        seen = BoardAction.objects.seen_by(self.request.user)
        return seen.select_related("owner", "item__meeting__board").order_by("due", "ref")
