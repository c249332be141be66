"""The pages of boards, meetings and actions arising."""

from governance.boards.views import (
    agenda,
    agreeing,
    arising,
    boards,
    decisions,
    delivery,
    meetings,
    minutes,
    minutes_twin,
)

__all__ = ["agenda", "agreeing", "arising", "boards", "decisions", "delivery", "meetings", "minutes", "minutes_twin"]
