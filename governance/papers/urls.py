from django.urls import path

from governance.papers.views import commentary

urlpatterns = [
    path("commentary/<slug:code>/", commentary.commentary_list, name="commentary-list"),
    path("commentary/<slug:code>/<slug:slug>/", commentary.commentary_detail, name="commentary-detail"),
    path("commentary/<slug:code>/<slug:slug>/move/", commentary.commentary_move, name="commentary-move"),
]
