"""Every page anybody is shown, refusals among them: its headers, nothing inline, tokens, labels, one heading."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from core.accounts.permissions import Role
from desk import errors
from tests.access.cases import CASES
from tests.access.reading import Page
from tests.access.walk import PEOPLE, STRANGER, Answer, Visitor

pytestmark = pytest.mark.xdist_group("access")  # so that every address is asked by one process only

POLICY = {
    "default-src": ["'none'"],
    "object-src": None,
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:"],
}


def is_page(one: Answer) -> bool:
    return one.headers.get("Content-Type", "").startswith("text/html") and bool(one.body)


def policy_of(one: Answer) -> dict[str, list[str]]:
    parts = (part.split() for part in one.headers.get("Content-Security-Policy", "").split(";") if part.strip())
    return {name: values for name, *values in parts}


def header_problems(one: Answer) -> list[str]:
    """Nothing may run but our own files and what carries this answer's nonce; nobody may frame or guess."""
    policy = policy_of(one)
    found = [f"{name}: {policy.get(name)}" for name, wanted in POLICY.items() if policy.get(name) != wanted]
    for name in ("script-src", "style-src"):
        rest = [value for value in policy.get(name, []) if not value.startswith("'nonce-")]
        found += [f"{name}: {rest}"] if rest != ["'self'"] else []
    expected = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
    found += [
        f"{name}: {one.headers.get(name)}" for name, wanted in expected.items() if one.headers.get(name) != wanted
    ]
    return found + ([] if len(one.headers.get("X-Request-ID", "")) == 32 else ["no X-Request-ID"])


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_answer_carries_its_headers(answers, kind):
    told = {f"{one.case.name} {one.method}: {problem}" for one in answers(kind) for problem in header_problems(one)}
    assert "\n".join(sorted(told)) == ""


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_page_is_well_made(answers, kind):
    pages = [one for one in answers(kind) if is_page(one)]
    assert len(pages) > 5
    told = {f"{one.case.name} {one.method}: {problem}" for one in pages for problem in Page(one.body).problems()}
    assert "\n".join(sorted(told)) == ""


def test_the_reader_of_pages_sees_what_it_looks_for():
    bad = '<html lang="fr"><p style="a" onclick="b" id="x"><p id="x"><style></style><script>c</script>'
    bad += '<form method="post"><input name="d"></form><h1>1</h1><h1>2</h1></html>'
    assert Page(bad).problems() == [
        "inline: p style",
        "inline: p onclick",
        "inline: <style>",
        "inline: <script>",
        "form without a token: {'action': None, 'method': 'post'}",
        "no label: input d",
        "id used twice: x",
        "2 headings of the first rank",
        "language 'fr'",
    ]


@pytest.mark.parametrize("kind", [Role.SECRETARY, Role.ANALYST, Role.ADMINISTRATOR, Role.COMMISSIONER])
def test_nothing_is_written_without_a_token(db, office_files, answers, kind):
    """Whatever this person may write, a form from another site cannot."""
    writes = {(one.case.name, one.case.what) for one in answers(kind) if " w" in one.cell}
    visitor = Visitor(kind, csrf=True)
    told = {case: visitor.ask(case, "post").cell for case in CASES if (case.name, case.what) in writes}
    assert len(told) > 5
    assert set(told.values()) == {"403"}


FRAGMENTS = [case for case in CASES if case.fragment]


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_fragment_is_for_whom_the_page_is(db, office_files, answers, kind):
    """As a fragment an address refuses whom it refuses as a page, and writes for whom it writes."""
    as_page = {(one.case, one.method.lower()): one.cell for one in answers(kind) if one.case.fragment}
    visitor = Visitor(kind)
    hx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/meetings/1/"}
    for (case, method), cell in as_page.items():
        one = visitor.ask(case, method, **hx)
        if kind == STRANGER:
            assert (one.cell, one.headers["HX-Redirect"]) == ("401", "/sign-in/?next=%2Fmeetings%2F1%2F"), case.name
        elif cell in ("403", "404", "405"):
            assert one.cell == cell, case.name
        else:
            assert (" w" in one.cell, one.cell[0]) == (" w" in cell, "4" if one.cell == "422" else "2"), case.name
            assert "<html" not in one.body or method == "get", case.name


@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.not_found])
def test_pages_of_errors_are_well_made(db, view, rf: RequestFactory):
    request = rf.get("/")
    request.user = AnonymousUser()
    page = Page(view(request, PermissionDenied("No.")).content.decode())
    assert page.problems() == []


def test_the_page_of_a_failure_is_well_made(rf: RequestFactory):
    assert Page(errors.server_error(rf.get("/")).content.decode()).problems() == []
