"""Downloads and drafts over HTTP."""

import json

import pytest
import time_machine

from core.documents.access import register_file_check, unregister_file_check
from core.documents.actions import store_file
from core.documents.models import Draft
from tests.factories.accounts import UserFactory

KEY = "/drafts/commentary-12/"


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.ROOT_URLCONF = "tests.core.documents.pages"


@pytest.fixture
def user(db):
    return UserFactory()


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def file_of(user):
    """A stored file that only `user` may read."""

    def check(who, stored):
        return who == user

    register_file_check(check)
    yield lambda data, name: store_file(data=data, name=name, by=user)
    unregister_file_check(check)


def test_file_nobody_vouches_for_is_not_found(signed_in, user):
    stored = store_file(data=b"a,b\n", name="a.csv", by=user)
    assert signed_in.get(f"/files/{stored.sha256}/").status_code == 404
    assert signed_in.get(f"/files/{'0' * 64}/").status_code == 404


def test_file_is_served_to_whom_the_check_lets_and_to_nobody_else(client, file_of, user):
    stored = file_of(b"a,b\n", "q2.csv")
    assert client.get(f"/files/{stored.sha256}/").status_code == 302
    client.force_login(user)
    response = client.get(f"/files/{stored.sha256}/")
    assert b"".join(response.streaming_content) == b"a,b\n"
    client.force_login(UserFactory())
    assert client.get(f"/files/{stored.sha256}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "query", "kind", "disposition"),
    [
        (b"%PDF-1.7", "paper.pdf", "", "application/pdf", 'attachment; filename="paper.pdf"'),
        (b"%PDF-1.7", "paper.pdf", "?inline", "application/pdf", 'inline; filename="paper.pdf"'),
        (b"<html><script>", "x.html", "?inline", "text/plain", 'attachment; filename="x.html"'),
        (b"<svg/>", "x.svg", "?inline", "text/plain", 'attachment; filename="x.svg"'),
        (b"\x00\x01", "x.html", "?inline", "application/octet-stream", 'attachment; filename="x.html"'),
        (b"a,b", "\u00e9\u00e9.csv", "", "text/csv", "attachment; filename*=utf-8''%C3%A9%C3%A9.csv"),
    ],
)
def test_file_leaves_as_a_download_no_browser_takes_for_a_page(
    signed_in, file_of, content, name, query, kind, disposition
):
    response = signed_in.get(f"/files/{file_of(content, name).sha256}/{query}")
    headers = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control", "Content-Length")
    assert [response[header] for header in headers] == [
        kind, disposition, "nosniff", "private, no-store", str(len(content))
    ]  # fmt: skip
    response.close()


def test_file_missing_on_disk_is_not_found(signed_in, file_of):
    stored = file_of(b"a,b\n", "a.csv")
    stored.path.unlink()
    assert signed_in.get(f"/files/{stored.sha256}/").status_code == 404


@pytest.mark.parametrize(
    ("method", "body", "content_type"),
    [
        ("put", json.dumps({"text": {"text": "<p>a</p>"}, "base_version": 4}), "application/json"),
        ("post", json.dumps({"text": {"text": "<p>a</p>"}, "base_version": 4}), "application/json"),
        ("put", "text=%3Cp%3Ea%3C%2Fp%3E&base_version=4&csrfmiddlewaretoken=x", "application/x-www-form-urlencoded"),
        ("post", "text=%3Cp%3Ea%3C%2Fp%3E&base_version=4&csrfmiddlewaretoken=x", "application/x-www-form-urlencoded"),
    ],
)
@time_machine.travel("2019-12-02T10:32:00+00:00", tick=False)
def test_draft_is_kept_once_a_person_and_given_back(signed_in, user, method, body, content_type):
    for _ in range(2):
        saved = getattr(signed_in, method)(KEY, body, content_type=content_type)
        assert saved.status_code == 200
    assert [(d.user, d.key, d.text, d.base_version) for d in Draft.objects.all()] == [
        (user, "commentary-12", {"text": "<p>a</p>"}, 4)
    ]
    assert signed_in.get(KEY).json() == {
        "saved": "2019-12-02T10:32:00+00:00",
        "saved_in_words": "2 December at 10:32",
        "text": {"text": "<p>a</p>"},
        "base_version": 4,
    }


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"text": "a"}',
        '{"text": {"a": 1}}',
        '{"text": {}, "base_version": "x"}',
        '{"text": {}, "base_version": -1}',
        "\x00",
    ],
)
def test_draft_that_is_not_one_is_refused_and_nothing_kept(signed_in, body):
    response = signed_in.put(KEY, body, content_type="application/json")
    assert (response.status_code, Draft.objects.count()) == (400, 0)


def test_draft_too_long_is_refused(signed_in):
    response = signed_in.put(KEY, json.dumps({"text": {"a": "x" * 2_000_000}}), content_type="application/json")
    assert (response.status_code, Draft.objects.count()) == (413, 0)


def test_draft_of_another_person_is_not_mine(signed_in):
    Draft.objects.create(user=UserFactory(), key="commentary-12", text={"text": "theirs"})
    assert signed_in.get(KEY).json() == {"saved": None}
    assert signed_in.delete(KEY).json() == {"saved": None}
    assert Draft.objects.count() == 1


def test_draft_of_a_page_somebody_else_left_open_is_not_taken_for_mine(signed_in, user):
    put = {"path": KEY, "data": '{"text": {"a": "b"}}', "content_type": "application/json"}
    assert signed_in.put(**put, headers={"X-Draft-User": str(user.pk + 1)}).status_code == 403
    assert Draft.objects.count() == 0
    assert signed_in.put(**put, headers={"X-Draft-User": str(user.pk)}).status_code == 200


def test_draft_is_forgotten_on_request(signed_in):
    signed_in.put(KEY, '{"text": {"a": "b"}}', content_type="application/json")
    signed_in.delete(KEY)
    assert Draft.objects.count() == 0


def test_draft_needs_a_sign_in(client, db):
    put = {"path": KEY, "data": '{"text": {}}', "content_type": "application/json"}
    assert client.put(**put).status_code == 302
    assert client.put(**put, headers={"X-Autosave": "true"}).status_code == 401
    assert Draft.objects.count() == 0
