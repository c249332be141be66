"""Guessing is slowed down, for accounts that are there and for such as are not, and a fault opens nothing."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from core.accounts.models import Attempt, SignInEvent
from core.accounts.permissions import Role
from core.accounts.throttle import TRIES_AN_ADDRESS, WORDS
from tests.core.accounts.door import knock, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_five_wrong_tries_close_an_account_for_a_quarter_of_an_hour(client):
    ann = person(Role.STAFF)
    assert [knock(client, password="wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    refused = knock(client)
    assert (refused.status_code, WORDS in refused.content.decode()) == (429, True)
    assert [one.what for one in SignInEvent.objects.filter(user=ann)] == ["throttled"] + ["wrong password"] * 5
    Attempt.objects.update(at=timezone.now() - dt.timedelta(minutes=16))
    assert knock(client).status_code == 302


def test_an_account_that_is_not_there_is_answered_the_same(client):
    person(Role.STAFF)
    told = []
    for email in ("ann@testshire.example", "nobody@testshire.example"):
        answers = [knock(client, email, "wrong") for _ in range(6)]
        told.append(
            [
                (one.status_code, one.content.decode().count("not match"), WORDS in one.content.decode())
                for one in answers
            ]
        )
    assert told[0] == told[1]


def test_many_accounts_from_one_address_are_stopped_and_no_header_makes_another_address(client):
    person(Role.STAFF)
    for number in range(TRIES_AN_ADDRESS):
        spoofed = {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"}
        client.post("/sign-in/", {"username": f"{number}@testshire.example", "password": "x"}, headers=spoofed)
    assert knock(client).status_code == 429
    assert (
        Client(REMOTE_ADDR="192.0.2.7").post("/sign-in/", {"username": "a@b.example", "password": "x"}).status_code
        == 422
    )


def test_the_right_password_forgets_the_wrong_ones(client):
    person(Role.STAFF)
    for _ in range(3):
        assert [knock(client, password="wrong").status_code for _ in range(4)] == [422] * 4
        assert knock(client).status_code == 302
        client.post("/sign-out/")
        Attempt.objects.all().delete()  # those of the address


def test_where_tries_cannot_be_counted_nobody_signs_in(client):
    person(Role.STAFF)

    def fails(execute, sql, params, many, context):
        if "accounts_attempt" in sql:
            raise DatabaseError("the table cannot be written to")
        return execute(sql, params, many, context)

    client.raise_request_exception = False
    with connection.execute_wrapper(fails):
        answer = knock(client)
    assert answer.status_code == 503
    assert client.get("/account/").status_code == 302
