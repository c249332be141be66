"""Asking every address as one person: what it answers, and whether anything was written."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace

from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from core.documents.models import Draft
from core.documents.once import TOKEN
from core.jobs.models import Job
from tests.access.cases import Case
from tests.access.world import build

STRANGER = "stranger"
PAGE = "p" * 64  # the token of the page that a form is sent from
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
    again: bool | None = None  # whether the same form, sent a second time, wrote something more; None: not sent again


TABLE = Path(__file__).parent / "matrix.csv"
SENDERS = (Role.STAFF, Role.SECRETARY, Role.ANALYST, Role.ADMINISTRATOR, Role.COMMISSIONER, Role.AUDITOR, STRANGER)


def senders() -> dict[str, str]:
    """Each address that writes, and the kind of person of these who is to send its form twice."""
    found: dict[str, str] = {}
    with TABLE.open(newline="") as lines:
        for row in csv.DictReader(lines):
            kind = next((one for one in SENDERS if row[one].endswith(" w")), None)
            if row["method"] == "POST" and kind:
                found.setdefault(row["address"], kind)
    return found


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        else:
            yield one


class Asker(Client):
    """Keeps no copy of the templates and contexts an answer was made of: nobody here looks at them."""

    def __init__(self, *, csrf: bool = False) -> None:
        super().__init__(raise_request_exception=False, enforce_csrf_checks=csrf)
        got_request_exception.connect(self.store_exc_info)

    def request(self, **request: object) -> HttpResponse:
        response = self.handler(self._base_environ(**request))
        self.check_exception(response)
        self.cookies.update(response.cookies)
        return response


class Visitor:
    """One kind of person in an office of their own; every request is undone."""

    def __init__(self, kind: str, *, csrf: bool = False) -> None:
        roles = PEOPLE[kind]
        self.world: SimpleNamespace = build(roles or [])
        self.client = Asker(csrf=csrf)
        if roles is not None:
            self.client.force_login(self.world.me)
        self.cookies = self.client.cookies.output(header="")
        self.mark = _mark()
        self.repeats: set[str] = set()  # addresses whose form is to be sent twice

    def ask(self, case: Case, method: str, **headers: str) -> Answer:
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            path = case.path(self.world)
            data = case.data(self.world) if method == "post" else None
            if data is not None and case.name in self.repeats:
                data[TOKEN] = PAGE  # as the page sends it
            response = getattr(self.client, method)(path, data, headers=headers)
            body = _body(response)
            after = _mark()
            wrote, again = after != self.mark, None
            if wrote and method == "post" and case.name in self.repeats:
                self.repeats.discard(case.name)  # one object of each address is enough
                second = self.client.post(path, _rewound(data), headers=headers)
                again = _mark() != after or second.status_code >= 500
            transaction.set_rollback(True)
        return Answer(
            case, method.upper(), _cell(response, wrote), body, dict(response.headers), _problem(response), again
        )


STANDS = " UNION ALL ".join(
    [
        f"SELECT 'last event', CAST(max(id) AS text), '' FROM {AuditEvent._meta.db_table}",
        f"SELECT 'job', CAST(id AS text), CAST(cancel_requested AS text) || state FROM {Job._meta.db_table}",
        f"SELECT 'draft', CAST(id AS text), text FROM {Draft._meta.db_table}",
    ]
)


def _mark() -> list[tuple[str, str, str]]:
    """Where the log, the jobs and the drafts stand: another mark, something was written."""
    with connection.cursor() as cursor:  # the statement as it is: it is asked as often as an address
        cursor.execute(STANDS)
        return sorted(cursor.fetchall())


def _rewound(data: dict[str, object]) -> dict[str, object]:
    """The same form once more, with its files from their beginning."""
    for one in data.values():
        for file in one if isinstance(one, list) else [one]:
            if hasattr(file, "seek"):
                file.seek(0)
    return data


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
