"""Addresses of the service delivery plan."""

from django.urls import path

from deepdive.views import delivery, making, milestones, plan, updates

urlpatterns = [
    path("", plan.delivery_plan, name="delivery-plan"),
    path("board/", plan.plan_board, name="delivery-board"),
    path("timeline/", plan.plan_timeline, name="delivery-timeline"),
    path("print/", plan.plan_print, name="delivery-print"),
    path("plan.csv", plan.plan_csv, name="delivery-csv"),
    path("plan.xlsx", plan.plan_xlsx, name="delivery-xlsx"),
    path("plans/new/", making.plan_create, name="delivery-plan-create"),
    path("plans/<int:year>/edit/", making.plan_edit, name="delivery-plan-edit"),
    path("plans/<int:year>/import/", making.plan_import, name="delivery-plan-import"),
    path("plans/<int:year>/roll-over/", making.plan_roll_over, name="delivery-plan-roll-over"),
    path("plans/<int:year>/ask/", updates.updates_ask, name="delivery-updates-ask"),
    path("plans/<int:year>/objectives/new/", making.objective_create, name="delivery-objective-create"),
    path("objectives/<int:pk>/edit/", making.objective_edit, name="delivery-objective-edit"),
    path("objectives/<int:pk>/actions/new/", delivery.action_create, name="delivery-action-create"),
    path("actions/<int:pk>/edit/", delivery.action_edit, name="delivery-action-edit"),
    path("actions/<int:pk>/correct/", delivery.action_correct, name="delivery-action-correct"),
    path("actions/<int:pk>/redate/", delivery.action_redate, name="delivery-action-redate"),
    path("actions/<int:pk>/move/<slug:to>/", delivery.action_move, name="delivery-action-move"),
    path("actions/<int:pk>/evidence/", delivery.action_evidence, name="delivery-action-evidence"),
    path("actions/<int:pk>/milestones/new/", milestones.milestone_create, name="delivery-milestone-create"),
    path("milestones/<int:pk>/edit/", milestones.milestone_edit, name="delivery-milestone-edit"),
    path("milestones/<int:pk>/reach/", milestones.milestone_reach, name="delivery-milestone-reach"),
    path("milestones/<int:pk>/drop/", milestones.milestone_drop, name="delivery-milestone-drop"),
    path("updates/<int:pk>/", updates.update_edit, name="delivery-update-edit"),
    path("updates/<int:pk>/move/", updates.update_move, name="delivery-update-move"),
]
