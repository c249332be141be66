"""What the shell round every page needs: the navigation, and how long a session may lie idle."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import NoReverseMatch, reverse

from core.accounts.models import User
from core.accounts.permissions import ROLE_PERMISSIONS
from core.accounts.permissions import Permission as P

register = template.Library()


@dataclass(frozen=True)
class Place:
    """One entry of the navigation: who sees it, the addresses beneath it, and who comes to it by another entry."""

    label: str
    url_name: str
    permissions: tuple[P, ...]
    beneath: tuple[str, ...]
    but_not: tuple[P, ...] = ()

    def is_for(self, user: User) -> bool:
        return (not self.permissions or user.has(*self.permissions)) and not (self.but_not and user.has(*self.but_not))


BOARDS = ("/boards/", "/meetings/", "/decisions/", "/actions/", "/items/", "/questions/", "/assurance/", "/duties/")
PAPERS = ("/papers/", "/commentary/", "/quarter/", "/quotations/")
DATA = ("/imports/", "/series/", "/rules/", "/data-notes/", "/phase-changes/", "/embargoes/")
PLACES = (
    Place("Home", "home", (), ()),
    Place("Scorecard", "scorecard", (P.MEASURE_VIEW,), ("/scorecard/", "/measures/", "/data-quality/")),
    Place("Delivery plan", "delivery-plan", (P.DELIVERY_VIEW, P.DELIVERY_UPDATE_ASSIGNED), ("/delivery/",)),
    Place("Boards", "board-list", (P.BOARD_VIEW,), BOARDS),
    Place("My actions", "action-list", (P.ACTION_UPDATE,), ("/actions/",), but_not=(P.BOARD_VIEW,)),
    Place(
        "Papers",
        "paper-list",
        (P.PAPER_VIEW, P.PUBLISHED_VIEW),
        PAPERS,
    ),
    Place("Data", "data-hub", (P.OBSERVATION_IMPORT,), DATA),
    Place("People", "user-list", (P.USER_MANAGE,), ("/users/", "/office/")),
    Place("History", "history", (P.HISTORY_OWN, P.HISTORY_ALL, P.HISTORY_ACCOUNTS), ("/history/",)),
)


def _entry(place: Place, path: str) -> dict[str, object] | None:
    try:
        href = reverse(place.url_name)
    except NoReverseMatch:
        return None
    return {"label": place.label, "href": href, "exact": path == href, "here": path.startswith((href, *place.beneath))}


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[dict[str, object]]:
    """The places this person may go, as label, href and current ("page", "true" for one beneath it, or nothing)."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    places = [place for place in PLACES if place.is_for(user)]
    entries = [entry for place in places if (entry := _entry(place, request.path))]
    for entry in entries:
        beneath = entry["here"] and entry["href"] != "/"  # every address is beneath Home
        entry["current"] = "page" if entry["exact"] else "true" if beneath else ""
    return entries


@register.simple_tag
def idle_seconds() -> int:
    """How long a session may lie unused before it ends."""
    return settings.SESSION_IDLE_AGE


@register.filter
def lets(role: str) -> list[str]:
    """What a role lets its holder do, in words, in the order the permissions are listed."""
    return [str(permission.label) for permission in P if permission in ROLE_PERMISSIONS[role]]
