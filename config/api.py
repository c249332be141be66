"""The read API at /api/v1/: every app's routes and the description of them all."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", include("measures.api_urls")),
    path("", include("deepdive.api_urls")),
    path("", include("governance.boards.api_urls")),
    path("", include("governance.papers.api_urls")),
]
