"""What people do to the service delivery plan. The caller has checked permission."""

from deepdive.actions.delivery import (
    add_evidence,
    correct_statement,
    create_delivery_action,
    edit_delivery_action,
    move_action,
    redate_action,
)
from deepdive.actions.milestones import add_milestone, drop_milestone, edit_milestone, reach_milestone
from deepdive.actions.plan import (
    create_delivery_plan,
    create_objective,
    edit_delivery_plan,
    edit_objective,
    import_plan,
)
from deepdive.actions.rollover import roll_over_plan
from deepdive.actions.updates import move_update, move_updates, open_updates, save_update

__all__ = [
    "add_evidence",
    "add_milestone",
    "correct_statement",
    "create_delivery_action",
    "create_delivery_plan",
    "create_objective",
    "drop_milestone",
    "edit_delivery_action",
    "edit_delivery_plan",
    "edit_milestone",
    "edit_objective",
    "import_plan",
    "move_action",
    "move_update",
    "move_updates",
    "open_updates",
    "reach_milestone",
    "redate_action",
    "roll_over_plan",
    "save_update",
]
