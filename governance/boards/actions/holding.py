"""Taking hold of a meeting before anything under it is written."""

from core.accounts.models import Office
from governance.boards.models import Meeting
from governance.boards.states import check_not_locked


def hold(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the action ends; refused when its minutes are agreed.

    Whoever agrees the minutes holds the same row, so nothing slips in between the check and the lock.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_not_locked(held)
    return held


def hold_references() -> None:
    """One reference at a time, whichever meeting it comes from: two would otherwise take the same number."""
    Office.objects.select_for_update().first()
