"""Papers in the read API: the published ones to whoever reads papers, the others to those who make them."""

import json
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.api import api_requires
from core.accounts.permissions import Permission
from governance.papers.content import canonical, reading
from governance.papers.models import FrozenPaper, Paper
from governance.papers.quarter_codes import quarter_or_404


class VersionSerializer(serializers.ModelSerializer):
    published_on = serializers.DateField(source="publication_or_none.published_on", default=None, allow_null=True)
    withdrawn_at = serializers.DateTimeField(source="withdrawal_or_none.withdrawn_at", default=None, allow_null=True)
    signed_at = serializers.DateTimeField(source="signature_or_none.signed_at", default=None, allow_null=True)

    class Meta:
        model = FrozenPaper
        fields = ["number", "sha256", "template_version", "reason", "submitted_at"]
        fields += ["signed_at", "published_on", "withdrawn_at"]


class PaperSerializer(serializers.ModelSerializer):
    code = serializers.CharField(read_only=True)
    quarter = serializers.CharField(source="quarter.period", read_only=True)
    meeting = serializers.DateField(source="agenda_item.meeting.date", read_only=True)
    agenda_item = serializers.IntegerField(source="agenda_item.position", read_only=True)
    versions = VersionSerializer(source="shown_versions", many=True, read_only=True)

    class Meta:
        model = Paper
        fields = ["code", "title", "quarter", "meeting", "agenda_item", "versions"]


class ContentSerializer(serializers.Serializer):
    """One version as data, and the hashes of it: of what is given here, and of what was signed."""

    number = serializers.IntegerField()
    signed_sha256 = serializers.CharField()
    sha256 = serializers.CharField()
    content = serializers.JSONField()


class PaperViewSet(viewsets.ReadOnlyModelViewSet):
    """Papers with their versions and hashes; `content` is the public content of a version as data."""

    serializer_class = PaperSerializer
    permission_classes = [api_requires(Permission.PUBLISHED_VIEW, Permission.PAPER_VIEW)]
    queryset = Paper.objects.none()
    lookup_field = "code"
    lookup_value_regex = "[0-9]{4}-[0-9]{2}-q[1-4]"

    def get_queryset(self) -> QuerySet[Paper]:
        versions = FrozenPaper.objects.select_related("publication__withdrawal", "signature").defer("content")
        if not self.request.user.has(Permission.PAPER_VIEW):
            versions = versions.filter(publication__isnull=False)
        papers = Paper.objects.visible_to(self.request.user).with_places().order_by("-quarter__period__end")
        return papers.prefetch_related(Prefetch("versions", versions.order_by("number"), to_attr="shown_versions"))

    def get_object(self) -> Paper:
        quarter = quarter_or_404(self.kwargs["code"])
        return get_object_or_404(self.get_queryset(), quarter=quarter)

    @extend_schema(responses=ContentSerializer)
    @action(detail=True, url_path=r"versions/(?P<number>[0-9]{1,5})")
    def content(self, request: Request, code: str, number: str) -> Response:
        """The public content of one version, with the hash of what was signed. A withdrawn one is not given out."""
        paper = self.get_object()
        held = next((one for one in paper.shown_versions if one.number == int(number)), None)
        hidden = held is None or (held.withdrawal_or_none and not request.user.has(Permission.PAPER_VIEW))
        if held is None or hidden:
            return Response({"detail": "There is no such version."}, status=404)
        text = canonical.to_json(reading.public(canonical.from_json(held.content)))
        facts: dict[str, Any] = {"number": held.number, "signed_sha256": held.sha256}
        return Response(facts | {"sha256": canonical.sha256_of(text), "content": json.loads(text)})
