"""Addresses of the pages that put the apps together."""

from django.urls import path

from core.audit import health
from desk.views import history, home, measure, quarter, scorecard

urlpatterns = [
    path("", home.home, name="home"),
    path("quarter/open/", quarter.quarter_open, name="quarter-open"),
    path("quarter/<slug:code>/", quarter.quarter_detail, name="quarter-detail"),
    path("scorecard/", scorecard.scorecard_page, name="scorecard"),
    path("scorecard/table.csv", scorecard.scorecard_csv, name="scorecard-csv"),
    path("measures/<slug:slug>/", measure.measure_detail, name="measure-detail"),
    path("history/", history.history, name="history"),
    path("history/export.csv", history.history_csv, name="history-csv"),
    path("history/readings/", history.history_reads, name="history-reads"),
    path("history/<slug:table>/<str:key>/", history.history_object, name="history-object"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
