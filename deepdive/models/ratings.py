"""How far an action has come, and how it is rated."""

from django.db import models


class Rag(models.TextChoices):
    GREEN = "green", "Green: on course"
    AMBER = "amber", "Amber: at risk"
    RED = "red", "Red: off course"
    NONE = "none", "Not rated"


class ActionStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    STALLED = "stalled", "Stalled"
    DELIVERED = "delivered", "Delivered"
    CLOSED = "closed", "Closed without delivery"
    CARRIED = "carried", "Carried into the next plan"


OVER = (ActionStatus.DELIVERED, ActionStatus.CLOSED, ActionStatus.CARRIED)
