from django.urls import path, re_path

from core.documents import views

urlpatterns = [
    re_path(r"^files/(?P<sha256>[0-9a-f]{64})/$", views.file_download, name="file-download"),
    path("drafts/<slug:key>/", views.draft_detail, name="draft-detail"),
]
