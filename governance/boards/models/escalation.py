"""What boards themselves are asked to look at."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from core.audit import frozen
from deepdive.models import DeliveryAction
from governance.boards.models.action import BoardAction
from governance.boards.models.board import Board
from governance.boards.models.commitment import Commitment


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def of(self, *, actions: Iterable[int] = (), promises: Iterable[int] = (), plan: Iterable[int] = ()):
        """Those of things by their keys, with the board that is asked, the first asked first."""
        wanted = Q(action__in=list(actions)) | Q(commitment__in=list(promises)) | Q(delivery__in=list(plan))
        return self.filter(wanted).select_related("board", "action__item__meeting__board").order_by("at", "pk")

    def before(self, board: Board) -> "EscalationQuerySet":
        """What this board is asked, as long as it is a matter of this board."""
        arisen = Q(action__item__meeting__board=board)
        return self.filter(arisen | Q(board=board) & (Q(commitment=None) | Q(commitment__board=F("board"))))


@frozen(log_rows=True)
class Escalation(models.Model):
    """Something a board itself is asked to look at, once for each reason.

    An action arising by the board of its meeting, a commitment by the board that hears of it, an action of the delivery
    plan by each board that looks after it.
    """

    class Kind(models.TextChoices):
        REDATED = "redated", "given another day for the third time"
        OVERDUE = "overdue", "overdue longer than the board allows"

    action = models.ForeignKey(BoardAction, on_delete=models.PROTECT, null=True, blank=True, related_name="escalations")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    delivery = models.ForeignKey(
        DeliveryAction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="escalations",
        verbose_name="delivery action",
    )
    board = models.ForeignKey(  # of an action arising that of its meeting, which rows of old do not name
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="board that is asked"
    )
    kind = models.CharField("why", max_length=7, choices=Kind.choices)
    at = models.DateTimeField()

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = "escalation"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "kind"], name="an_action_is_escalated_once_for_a_reason"),
            models.UniqueConstraint(
                fields=["commitment", "kind", "board"], name="a_commitment_is_escalated_to_a_board_once_for_a_reason"
            ),
            models.UniqueConstraint(
                fields=["delivery", "kind", "board"], name="a_delivery_action_is_escalated_once_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=False, commitment__isnull=True, delivery__isnull=True)
                | Q(action__isnull=True, commitment__isnull=False, delivery__isnull=True, board__isnull=False)
                | Q(action__isnull=True, commitment__isnull=True, delivery__isnull=False, board__isnull=False),
                name="an_escalation_is_of_one_thing_and_asks_a_board",
            ),
        ]

    def __str__(self) -> str:
        before = f", before {self.board}" if self.board else ""
        return f"{self.what}, {self.get_kind_display()}{before}"

    @property
    def what(self) -> str:
        if self.action:
            return self.action.ref
        return str(self.commitment) if self.commitment else self.delivery.ref

    @property
    def asked(self) -> Board:
        return self.board or self.action.item.meeting.board
