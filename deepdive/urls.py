from django.urls import path

from deepdive import views

urlpatterns = [
    path("", views.delivery_plan, name="delivery-plan"),
    path("actions/<int:pk>/", views.action_detail, name="delivery-action-detail"),
    path("actions/<int:pk>/edit/", views.action_edit, name="delivery-action-edit"),
    path("actions/<int:pk>/redate/", views.action_redate, name="delivery-action-redate"),
    path("updates/<int:pk>/", views.update_edit, name="delivery-update-edit"),
    path("updates/<int:pk>/move/", views.update_move, name="delivery-update-move"),
]
