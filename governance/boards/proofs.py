"""Which addresses of the portal can prove that something is published: those anybody can open, and that open."""

from collections.abc import Callable

from django.http import QueryDict
from django.urls import Resolver404, resolve

from governance.boards.models import DecisionVersion, MinutesPublication

Proof = Callable[[dict[str, object]], bool]
_proofs: dict[str, Proof] = {
    "notice-list": lambda given: True,
    "minutes-list": lambda given: True,
    "notice-read": lambda given: DecisionVersion.objects.published().filter(decision=given["pk"]).exists(),
    "minutes-read": lambda given: MinutesPublication.objects.filter(version__meeting=given["pk"]).exists(),
}


def register_proof(url_name: str, is_published: Proof) -> None:
    """An app above says of a page of its own whether what it shows is published."""
    _proofs[url_name] = is_published


def is_proof(address: str) -> bool:
    """Whether an address within the portal, with or without a query, shows something published."""
    path, _, query = address.partition("?")
    if "build" in QueryDict(query.partition("#")[0]):
        return False  # the restricted build is for nobody outside
    try:
        match = resolve(path.partition("#")[0])
    except Resolver404:
        return False
    check = _proofs.get(match.url_name or "")
    return check is not None and check(match.kwargs)
