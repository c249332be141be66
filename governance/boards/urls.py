from django.urls import path

from governance.boards.views import agenda, arising, boards, delivery, meetings, minutes

urlpatterns = [
    path("boards/", boards.board_list, name="board-list"),
    path("boards/new/", boards.board_create, name="board-create"),
    path("boards/<slug:slug>/", boards.board_detail, name="board-detail"),
    path("boards/<slug:slug>/edit/", boards.board_edit, name="board-edit"),
    path("boards/<slug:slug>/members/", boards.member_create, name="member-create"),
    path("boards/<slug:slug>/members/<int:pk>/remove/", boards.member_remove, name="member-remove"),
    path("boards/<slug:slug>/meetings/new/", meetings.meeting_create, name="meeting-create"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/agenda/", agenda.meeting_agenda, name="meeting-agenda"),
    path("meetings/<int:pk>/carry/", agenda.meeting_carry, name="meeting-carry"),
    path("meetings/<int:pk>/attendance/", meetings.attendance_set, name="attendance-set"),
    path("meetings/<int:pk>/attendance/add/", meetings.attendance_add, name="attendance-add"),
    path("meetings/<int:pk>/minutes/", meetings.meeting_minutes, name="meeting-minutes"),
    path("meetings/<int:pk>/minutes/agree/", minutes.minutes_move, name="minutes-move"),
    path("items/<int:pk>/edit/", agenda.item_edit, name="item-edit"),
    path("items/<int:pk>/move/", agenda.item_move, name="item-move"),
    path("items/<int:pk>/remove/", agenda.item_remove, name="item-remove"),
    path("items/<int:pk>/minute/", minutes.minute_edit, name="minute-edit"),
    path("items/<int:pk>/decisions/new/", minutes.decision_create, name="decision-create"),
    path("items/<int:pk>/actions/new/", minutes.action_create, name="board-action-create"),
    path("delivery/actions/<int:pk>/boards/", delivery.delivery_links, name="delivery-link-list"),
    path("delivery/links/<int:pk>/drop/", delivery.delivery_link_drop, name="delivery-link-drop"),
    path("actions/", arising.action_list, name="action-list"),
    path("actions/<int:pk>/", arising.action_detail, name="board-action-detail"),
    path("actions/<int:pk>/progress/", arising.action_progress, name="board-action-progress"),
    path("actions/<int:pk>/move/", arising.action_move, name="board-action-move"),
]
