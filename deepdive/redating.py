"""Who is asked at once to look at an action whose due date moved. An app above says so, by registering both below."""

from collections.abc import Callable

from deepdive.models import DeliveryAction

Told = Callable[[DeliveryAction, int], None]  # the action, and how many times its date has moved
Asks = Callable[[DeliveryAction, int], list[str]]  # the names of those it will ask once the date has moved so often

_told: list[Told] = []
_asks: list[Asks] = []


def register_redated(told: Told) -> Told:
    if told not in _told:
        _told.append(told)
    return told


def register_asks(asks: Asks) -> Asks:
    if asks not in _asks:
        _asks.append(asks)
    return asks


def tell_redated(action: DeliveryAction) -> None:
    """Within the transaction that moved it."""
    times = action.redatings.moved().count()
    for told in _told:
        told(action, times)


def asked_next(action: DeliveryAction, moved: int) -> list[str]:
    """Who will be asked to look at it when its date, which has moved so many times, moves once more."""
    if action.due is None:  # a first date is no re-dating
        return []
    return [name for asks in _asks for name in asks(action, moved + 1)]
