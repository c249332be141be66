"""Where figures come in, and what is said about them."""

from django.urls import path

from measures.views import imports, notes, observations, peers, series, workbench

urlpatterns = [
    path("imports/", imports.import_list, name="import-list"),
    path("imports/new/", imports.import_create, name="import-create"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/read/", imports.import_read, name="import-read"),
    path("imports/<int:pk>/columns/", imports.import_map, name="import-map"),
    path("imports/<int:pk>/names/", imports.import_names, name="import-names"),
    path("imports/<int:pk>/series/", imports.import_series, name="import-series"),
    path("imports/<int:pk>/check/", imports.import_check, name="import-check"),
    path("imports/<int:pk>/accept/", imports.import_accept, name="import-accept"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import-discard"),
    path("imports/<int:pk>/withdraw/", imports.import_withdraw, name="import-withdraw"),
    path("imports/<int:pk>/problems.csv", imports.import_problems_csv, name="import-problems-csv"),
    path("imports/<int:pk>/changes.csv", imports.import_changes_csv, name="import-changes-csv"),
    path("imports/<int:pk>/file/", imports.import_file, name="import-file"),
    path("measures/<slug:slug>/value/", observations.observation_create, name="observation-create"),
    path("measures/<slug:slug>/workbench/", workbench.measure_workbench, name="measure-workbench"),
    path("measures/<slug:slug>/compare/", workbench.measure_compare, name="measure-compare"),
    path("measures/<slug:slug>/projection/", workbench.measure_projection, name="measure-projection"),
    path("similar-forces/", peers.peer_groups, name="peer-groups"),
    path("similar-forces/new/", peers.peer_group_create, name="peer-group-create"),
    path("similar-forces/<int:pk>/drop/", peers.peer_group_drop, name="peer-group-drop"),
    path("similar-forces/region/", peers.region_edit, name="region-edit"),
    path("series/", series.series_list, name="series-list"),
    path("series/<int:pk>/", series.series_detail, name="series-detail"),
    path("series/<int:pk>/figures.csv", series.series_csv, name="series-csv"),
    path("data-notes/", notes.note_list, name="note-list"),
    path("data-notes/new/", notes.note_create, name="note-create"),
    path("data-notes/<int:pk>/", notes.note_edit, name="note-edit"),
    path("phase-changes/new/", notes.phase_create, name="phase-create"),
    path("phase-changes/<int:pk>/approve/", notes.phase_approve, name="phase-approve"),
    path("phase-changes/<int:pk>/drop/", notes.phase_drop, name="phase-drop"),
]
