"""The read API: what it describes is what it answers, and nobody writes through it or reads it without a permission."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.test import Client, override_settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from rest_framework import viewsets
from rest_framework.test import APIRequestFactory, force_authenticate

from core.accounts.permissions import Role
from tests.access.cases import API
from tests.access.walk import Visitor, addresses
from tests.databases import fresh_copy
from tests.factories.accounts import UserFactory

OFFERED = {
    *("plans", "measures", "observations", "signals", "peer-verdicts", "projections"),
    *("delivery-actions", "meetings", "board-actions", "papers"),
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    GENERATOR_STATS.reset()
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def analyst(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """In an office made once, in a database of its own: nothing here changes it."""
    folder = tmp_path_factory.mktemp("api")
    with django_db_blocker.unblock(), fresh_copy(folder), override_settings(FILES_DIR=folder / "files"):
        yield Visitor(Role.ANALYST)


def test_the_schema_is_made_without_a_warning(schema):
    counted = {
        name: dict(cache) for name, cache in (("w", GENERATOR_STATS._warn_cache), ("e", GENERATOR_STATS._error_cache))
    }
    assert counted == {"w": {}, "e": {}}


def test_everything_that_is_offered_is_described(schema):
    assert {path.split("/")[3] for path in schema["paths"]} == OFFERED


def test_nothing_is_described_but_reading(schema):
    assert {method for path in schema["paths"].values() for method in path} == {"get"}


def test_every_operation_asks_who_is_there(schema):
    told = {path: one["get"].get("security") for path, one in schema["paths"].items()}
    assert all(one and {} not in one for one in told.values()), told


@pytest.mark.parametrize("case", API, ids=lambda case: f"{case.name} {case.what}")
def test_strangers_are_refused_and_nobody_writes(analyst, case):
    path = case.path(analyst.world)
    for method in ("get", "post", "put", "patch", "delete"):
        assert getattr(Client(), method)(path).status_code == 403, method
        if method != "get":
            assert getattr(analyst.client, method)(path).status_code == 405, method


def described(schema: dict[str, Any], path: str) -> dict[str, Any]:
    """The shape of the answer of an operation, with what it refers to."""
    shape = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return _plain(shape | {"components": schema["components"]})


def _plain(part: Any) -> Any:
    """OpenAPI's `nullable` as JSON Schema says it."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: _plain(value) for key, value in part.items() if key != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if part.get("nullable") is True else made


def _operation(schema: dict[str, Any], name: str) -> str:
    """The path as the schema writes it: "/api/v1/meetings/{id}/"."""
    pattern = next(one for one in addresses() if one.name == name)
    noun = name.removeprefix("api-").rsplit("-", 1)[0]
    found = [path for path in schema["paths"] if path.startswith(f"/api/v1/{noun}s/")]
    depth = {"list": 0, "detail": 1, "content": 3}[pattern.name.rsplit("-", 1)[1]]
    return next(path for path in found if len(path.strip("/").split("/")) - 3 == depth)


@pytest.mark.parametrize(
    "case", [one for one in API if one.name != "api-schema"], ids=lambda one: f"{one.name} {one.what}"
)
def test_answers_are_as_described(analyst, schema, case):
    answer = analyst.client.get(case.path(analyst.world))
    if answer.status_code == 404:
        assert case.what == "draft" and case.name == "api-paper-content"
        return
    held = json.loads(answer.content)
    if case.name.endswith("-list"):
        assert held["count"] > 0
    jsonschema.Draft202012Validator(
        described(schema, _operation(schema, case.name)), format_checker=jsonschema.FormatChecker()
    ).validate(held)


def test_a_view_that_names_no_permission_answers_nobody(db):
    class Careless(viewsets.ViewSet):
        def list(self, request):
            raise AssertionError("It was reached.")

    request = APIRequestFactory().get("/")
    force_authenticate(request, UserFactory(roles=Role.values))
    assert Careless.as_view({"get": "list"})(request).status_code == 403
