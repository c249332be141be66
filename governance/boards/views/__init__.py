"""The pages of boards, meetings and actions arising."""

from governance.boards.views import agenda, arising, boards, delivery, meetings, minutes

__all__ = ["agenda", "arising", "boards", "delivery", "meetings", "minutes"]
