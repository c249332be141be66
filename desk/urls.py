"""Addresses of the pages that put the apps together."""

from django.urls import path

from core.audit import health
from desk.views import home, quarter

urlpatterns = [
    path("", home.home, name="home"),
    path("quarter/open/", quarter.quarter_open, name="quarter-open"),
    path("quarter/<slug:code>/", quarter.quarter_detail, name="quarter-detail"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
