"""The pages of the service delivery plan."""

from deepdive.views import delivery, making, milestones, plan, updates

__all__ = ["delivery", "making", "milestones", "plan", "updates"]
