"""Requests have an id of our own making, and what they write outside every action is theirs."""

import contextvars

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.http import HttpResponse

from core.accounts.models import User
from core.audit import current_context
from core.audit.middleware import AuditContextMiddleware, RequestIdMiddleware, client_address, new_request_id
from core.audit.models import AuditEvent

ASHA = User(pk=5, name="Asha", email="asha@example.org")


def answer(request, user, view) -> HttpResponse:
    """Through both middlewares, as from outside every context."""

    def authenticated(request):
        request.user = user
        return AuditContextMiddleware(view)(request)

    return contextvars.Context().run(RequestIdMiddleware(authenticated), request)


def context_seen(request, user) -> dict:
    seen = {}

    def view(request):
        seen.update(current_context(), of_request=request.request_id)
        return HttpResponse()

    seen["answered"] = answer(request, user, view).headers["X-Request-ID"]
    return seen


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_unsafe_request_carries_who_from_where_and_its_id(rf, method):
    seen = context_seen(getattr(rf, method)("/", REMOTE_ADDR="10.1.2.3"), ASHA)
    request_id = seen.pop("of_request")
    assert seen == {
        "actor_id": 5,
        "actor_name": "Asha",
        "address": "10.1.2.3",
        "request_id": request_id,
        "answered": request_id,
    }


def test_request_of_nobody_is_said_to_be_so(rf):
    seen = context_seen(rf.post("/"), AnonymousUser())
    assert (seen["actor_id"], seen["actor_name"]) == (None, "someone not signed in")


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_safe_request_has_an_id_and_no_context(rf, method):
    seen = context_seen(getattr(rf, method)("/"), ASHA)
    assert seen == {"of_request": seen["of_request"], "answered": seen["of_request"]}


def test_plain_save_in_a_view_is_logged_as_the_requests(rf, db):
    def view(request):
        Group.objects.create(name="plain")
        return HttpResponse()

    request = rf.post("/")
    answer(request, ASHA, view)
    event = AuditEvent.objects.get()
    assert (event.actor_name, event.request_id, event.address) == ("Asha", request.request_id, "127.0.0.1")


@pytest.mark.parametrize("sent", ["0" * 32, "abc", "x\r\nSet-Cookie: a=b", "é" * 10, "'; DROP TABLE"])
def test_id_sent_in_is_not_used(rf, sent):
    request = rf.get("/", headers={"X-Request-ID": sent})
    answered = context_seen(request, ASHA)["answered"]
    assert answered != sent
    assert len(answered) == 32
    assert int(answered, 16) > 0


def test_ids_differ_and_begin_with_the_time():
    first, second = new_request_id(), new_request_id()
    assert first != second
    assert first[:8] == second[:8]


@pytest.mark.parametrize(
    ("behind", "forwarded", "address"),
    [
        (False, "6.6.6.6", "10.0.0.1"),
        (True, "6.6.6.6", "6.6.6.6"),
        (True, "spoofed, 6.6.6.6", "6.6.6.6"),
        (True, None, "10.0.0.1"),
        (True, "x" * 100, "x" * 45),
    ],
)
def test_address_is_the_one_our_own_proxy_saw(rf, settings, behind, forwarded, address):
    settings.BEHIND_PROXY = behind
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1")) == address
