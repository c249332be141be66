"""Addresses of the pages that put the apps together."""

from django.urls import path

from core.audit import health
from desk.views import (
    charts,
    delivery,
    figures,
    history,
    home,
    measure,
    people,
    quarter,
    revisions,
    rules,
    scorecard,
    search,
    withdrawal,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("quarter/open/", quarter.quarter_open, name="quarter-open"),
    path("quarter/<slug:code>/", quarter.quarter_detail, name="quarter-detail"),
    path("scorecard/", scorecard.scorecard_page, name="scorecard"),
    path("scorecard/table.csv", scorecard.scorecard_csv, name="scorecard-csv"),
    path("scorecard/table.xlsx", scorecard.scorecard_xlsx, name="scorecard-xlsx"),
    path("rules/", rules.ruleset_comparison, name="ruleset-comparison"),
    path("data/", rules.data_hub, name="data-hub"),
    path("measures/<slug:slug>/", measure.measure_detail, name="measure-detail"),
    path("measures/<slug:slug>/figures/", figures.figure_list, name="figure-list"),
    path("measures/<slug:slug>/figures/<slug:name>/", figures.figure_detail, name="figure-detail"),
    path("measures/<slug:slug>/charts/<slug:name>.<slug:form>", charts.chart_file, name="chart-file"),
    path("measures/<slug:slug>/revisions/", revisions.measure_revisions, name="measure-revisions"),
    path("imports/<int:pk>/withdrawal/", withdrawal.import_withdrawal, name="import-withdrawal"),
    path("delivery/actions/<int:pk>/", delivery.action_detail, name="delivery-action-detail"),
    path("history/", history.history, name="history"),
    path("history/export.csv", history.history_csv, name="history-csv"),
    path("history/readings/", history.history_reads, name="history-reads"),
    path("history/<slug:table>/<str:key>/", history.history_object, name="history-object"),
    path("search/", search.search, name="search"),
    path("users/", people.user_list, name="user-list"),
    path("users/new/", people.user_create, name="user-create"),
    path("users/<int:pk>/", people.user_detail, name="user-detail"),
    path("users/<int:pk>/move/", people.user_move, name="user-move"),
    path("users/<int:pk>/password/", people.user_password, name="user-password"),
    path("users/<int:pk>/roles/", people.role_give, name="role-give"),
    path("users/<int:pk>/roles/<int:assignment>/end/", people.role_end, name="role-end"),
    path("office/", people.office_edit, name="office-edit"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
