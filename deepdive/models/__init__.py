"""The service delivery plan of a year: objectives, numbered actions, and one update of each a quarter."""

from deepdive.models.action import Correction, DeliveryAction, PartnerAgency, Redating, StatusChange
from deepdive.models.evidence import DeliveryEvidence
from deepdive.models.milestone import Milestone
from deepdive.models.plan import DeepDiveTurn, DeliveryPlan, Objective
from deepdive.models.ratings import OVER, ActionStatus, Rag
from deepdive.models.update import ActionUpdate

__all__ = [
    "OVER",
    "ActionStatus",
    "ActionUpdate",
    "Correction",
    "DeepDiveTurn",
    "DeliveryAction",
    "DeliveryEvidence",
    "DeliveryPlan",
    "Milestone",
    "Objective",
    "PartnerAgency",
    "Rag",
    "Redating",
    "StatusChange",
]
