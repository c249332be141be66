"""Addresses of the pages that put the apps together."""

from django.urls import path

from core.audit import health
from desk.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
