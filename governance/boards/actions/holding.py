"""Taking hold of a meeting before anything under it is written."""

from django.db.models import Model
from django.db.models.functions import Length

from core.accounts.models import Office
from governance.boards.checks import check_not_cancelled
from governance.boards.models import Meeting
from governance.boards.states import check_not_locked


def hold(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the action ends; refused when its minutes are agreed or it is cancelled.

    Whoever agrees the minutes holds the same row, so nothing slips in between the check and the lock.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    check_not_locked(held)
    check_not_cancelled(held)
    return held


def hold_references() -> None:
    """One reference at a time, whichever meeting it comes from: two would otherwise take the same number."""
    Office.objects.select_for_update().first()


def next_in_year(model: type[Model], letter: str, year: int) -> str:
    """A2019-007: references count up within a year and are never used again."""
    hold_references()
    start = f"{letter}{year}-"
    # A2019-1000 comes after A2019-999 only when the longer one counts as the later.
    last = model._default_manager.filter(ref__startswith=start).order_by(Length("ref").desc(), "-ref").first()
    return f"{start}{int(last.ref.removeprefix(start)) + 1 if last else 1:03d}"
