"""Which board looks after an action of the service delivery plan, and which decision touched it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit import record
from deepdive.models import DeliveryAction
from governance.boards.models.board import Board
from governance.boards.models.decision import Decision


class DeliveryLinkQuerySet(models.QuerySet["DeliveryLink"]):
    def seen_by(self, user: User) -> "DeliveryLinkQuerySet":
        """To those who see boards; decisions on exempt items only to those who are cleared."""
        if not user.has(Permission.BOARD_VIEW):
            return self.none()
        if not user.has(Permission.RESTRICTED_VIEW):
            return self.filter(Q(decision=None) | Q(decision__in=Decision.objects.seen_by(user)))
        return self

    def of_line(self, action: DeliveryAction) -> "DeliveryLinkQuerySet":
        """What an action is tied to, through the years: a tie holds for what carries the action on."""
        first = action.line_id or action.pk
        return self.filter(Q(action=first) | Q(action__line=first))

    def actions_of(self, board: Board) -> models.QuerySet[DeliveryAction]:
        """The actions that a board looks after, each as its latest plan has it."""
        first = self.filter(board=board).values(first=Coalesce("action__line", "action"))
        found = DeliveryAction.objects.not_carried().filter(Q(pk__in=first) | Q(line__in=first))
        return found.select_related("delivery_plan").order_by("-delivery_plan__year", "ref")


@record
class DeliveryLink(models.Model):
    """A delivery action beside a board that looks after it, or a decision that touched it."""

    action = models.ForeignKey(DeliveryAction, on_delete=models.PROTECT, related_name="board_links")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery_links")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery_links"
    )

    objects = DeliveryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link to a delivery action"
        verbose_name_plural = "links to delivery actions"
        ordering = ["board__name", "decision__ref", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(board__isnull=False, decision__isnull=True) | Q(board__isnull=True, decision__isnull=False),
                name="a_delivery_link_is_to_a_board_or_to_a_decision",
            ),
            models.UniqueConstraint(fields=["action", "board"], name="a_board_is_linked_once_to_a_delivery_action"),
            models.UniqueConstraint(
                fields=["action", "decision"], name="a_decision_is_linked_once_to_a_delivery_action"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.ref}: {self.board or self.decision}"
