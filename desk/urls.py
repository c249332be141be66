"""Addresses of the pages that put the apps together."""

from django.urls import path

from core.audit import health
from desk.views import home, measure, quarter, scorecard

urlpatterns = [
    path("", home.home, name="home"),
    path("quarter/open/", quarter.quarter_open, name="quarter-open"),
    path("quarter/<slug:code>/", quarter.quarter_detail, name="quarter-detail"),
    path("scorecard/", scorecard.scorecard_page, name="scorecard"),
    path("scorecard/table.csv", scorecard.scorecard_csv, name="scorecard-csv"),
    path("measures/<slug:slug>/", measure.measure_detail, name="measure-detail"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
