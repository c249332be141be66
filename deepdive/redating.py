"""Who is told at once that the due date of an action moved. An app above says so: `@register_redated`."""

from collections.abc import Callable

from deepdive.models import DeliveryAction

Told = Callable[[DeliveryAction, int], None]  # the action, and how many times its date has moved

_told: list[Told] = []


def register_redated(told: Told) -> Told:
    if told not in _told:
        _told.append(told)
    return told


def tell_redated(action: DeliveryAction) -> None:
    """Within the transaction that moved it."""
    times = action.redatings.moved().count()
    for told in _told:
        told(action, times)
