"""Every address, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("desk.urls")),
    path("", include("core.accounts.urls")),
    path("", include("core.jobs.urls")),
    path("", include("core.documents.urls")),
    path("", include("measures.urls")),
    path("delivery/", include("deepdive.urls")),
    path("", include("governance.boards.urls")),
    path("", include("governance.papers.urls")),
    path("api/v1/", include("config.api")),
]
handler400 = "desk.errors.bad_request"
handler403 = "desk.errors.forbidden"
handler404 = "desk.errors.not_found"
handler500 = "desk.errors.server_error"
