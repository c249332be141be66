"""What pages and other apps read of boards, in a fixed number of queries."""

import datetime as dt

from django.db.models import QuerySet

from core.accounts.clock import clear_working_days_before, working_days_before
from core.accounts.models import User
from core.accounts.permissions import Permission
from governance.boards.models import AgendaItem, Board, BoardAction, Meeting


def items_seen_by(user: User) -> QuerySet[AgendaItem]:
    """Exempt items are hidden from those who may not see what is restricted."""
    items = AgendaItem.objects.select_related("meeting__board")
    return items if user.has(Permission.RESTRICTED_VIEW) else items.filter(part=AgendaItem.Part.PUBLIC)


def actions_seen_by(user: User) -> QuerySet[BoardAction]:
    """Everything to those who see boards, but for exempt items; otherwise only what one owns."""
    actions = BoardAction.objects.select_related("owner", "item__meeting__board")
    if not user.has(Permission.BOARD_VIEW):
        return actions.filter(owner__user=user)
    if not user.has(Permission.RESTRICTED_VIEW):
        return actions.filter(item__part=AgendaItem.Part.PUBLIC)
    return actions


def actions_owned_by(user: User) -> QuerySet[BoardAction]:
    """The open actions this person owns, the most pressing first."""
    return BoardAction.objects.open().filter(owner__user=user).select_related("item__meeting__board").order_by("due")


def open_actions_of(board: Board) -> QuerySet[BoardAction]:
    return BoardAction.objects.open().filter(item__meeting__board=board).select_related("owner", "item__meeting")


def next_meetings(today: dt.date) -> QuerySet[Meeting]:
    return Meeting.objects.filter(date__gte=today).select_related("board").order_by("date")


def paper_deadline(meeting: Meeting) -> dt.date:
    """The day papers for a meeting are due: for 19 December 2019 and seven working days, 10 December."""
    return working_days_before(meeting.date, meeting.board.paper_days)


def agenda_deadline(meeting: Meeting) -> dt.date:
    """The day the agenda must be public: for 19 December 2019 and five clear working days, 11 December."""
    return clear_working_days_before(meeting.date, meeting.board.notice_days)


def previous_meeting(meeting: Meeting) -> Meeting | None:
    return Meeting.objects.filter(board_id=meeting.board_id, date__lt=meeting.date).order_by("-date").first()
