"""Asking every address as one person: what it answers, and whether anything was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import SimpleNamespace

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from core.documents.models import Draft
from core.jobs.models import Job
from tests.access.cases import Case
from tests.access.world import build

STRANGER = "stranger"
PEOPLE: dict[str, list[str] | None] = {
    STRANGER: None,
    "no role": [],
    **{role.value: [role.value] for role in Role},
    "contributor and auditor": [Role.CONTRIBUTOR, Role.AUDITOR],
}


@dataclass(frozen=True)
class Answer:
    """What one address said to one person."""

    case: Case
    method: str
    cell: str
    body: str
    headers: dict[str, str]
    problem: str = ""


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        else:
            yield one


class Visitor:
    """One kind of person in an office of their own; every request is undone."""

    def __init__(self, kind: str, *, csrf: bool = False) -> None:
        roles = PEOPLE[kind]
        self.world: SimpleNamespace = build(roles or [])
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=csrf)
        if roles is not None:
            self.client.force_login(self.world.me)
        self.cookies = self.client.cookies.output(header="")
        self.mark = _mark()

    def ask(self, case: Case, method: str, **headers: str) -> Answer:
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            path = case.path(self.world)
            data = case.data(self.world) if method == "post" else None
            response = getattr(self.client, method)(path, data, headers=headers)
            body = _body(response)
            wrote = _mark() != self.mark
            transaction.set_rollback(True)
        return Answer(case, method.upper(), _cell(response, wrote), body, dict(response.headers), _problem(response))


def _mark() -> tuple[object, ...]:
    """Where the log, the jobs and the drafts stand: another mark, something was written."""
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    jobs = tuple(Job.objects.order_by("pk").values_list("pk", "state", "cancel_requested"))
    return last, jobs, tuple(Draft.objects.order_by("pk").values_list("pk", "text"))


def _body(response: HttpResponse) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode(errors="replace")


def _cell(response: HttpResponse, wrote: bool) -> str:
    """ "302 w" where something was written; "sign in" where the stranger is sent to sign in."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?"):
        return "sign in"
    return f"{response.status_code}{' w' if wrote else ''}"


def _problem(response: HttpResponse) -> str:
    return repr(response.exc_info[1]) if response.status_code >= 500 and getattr(response, "exc_info", None) else ""
