"""Tying actions of the service delivery plan to boards and decisions."""

from core.accounts.models import User
from core.audit import action
from deepdive.models import DeliveryAction
from governance.boards.models import Board, Decision, DeliveryLink


@action
def link_delivery_action(
    *, delivery_action: DeliveryAction, board: Board | None = None, decision: Decision | None = None, by: User | None
) -> DeliveryLink:
    """Tie it to a board or to a decision; what is tied already is given back."""
    return DeliveryLink.objects.get_or_create(action=delivery_action, board=board, decision=decision)[0]


@action
def unlink_delivery_action(*, link: DeliveryLink, by: User) -> None:
    """The log keeps what was tied and until when."""
    link.delete()
