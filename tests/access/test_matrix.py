"""Who may do what, over the whole site: every address, as every role, on what is theirs, another's and restricted.

The expected answers stand in `matrix.csv`, one row an address, object and method, one column a kind of person. They
are written by hand, against docs/roles.md: a failure here is either a defect or a decision, and never a file to make
again. " w" after a status says that something was written; "sign in", that a stranger is sent to sign in.
"""

import csv

import pytest

from core.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.access.cases import CASES
from tests.access.walk import PEOPLE, STRANGER, TABLE, addresses, senders
from tests.access.world import HALF_SAID, SECRET, SENSITIVE, UNSEEN

pytestmark = pytest.mark.xdist_group("access")  # so that every address is asked by one process only

KINDS = list(PEOPLE)
Row = tuple[str, str, str]


def table() -> dict[Row, dict[str, str]]:
    with TABLE.open(newline="") as lines:
        return {(row["address"], row["object"], row["method"]): row for row in csv.DictReader(lines)}


def may(kind: str, *permissions: Permission) -> bool:
    held = {one for role in PEOPLE[kind] or () for one in ROLE_PERMISSIONS[role]}
    return bool(held & set(permissions))


def test_every_address_is_tried():
    """An address that is in no case, or has no name to be in one, fails."""
    assert {one.name for one in addresses()} == {case.name for case in CASES}


def test_no_object_is_tried_twice_under_one_name():
    tried = [(case.name, case.what) for case in CASES]
    assert len(tried) == len(set(tried))


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_is_answered_as_the_table_says(answers, kind):
    held = table()
    found = {(one.case.name, one.case.what, one.method): one for one in answers(kind)}
    nowhere = dict.fromkeys(KINDS, "no row")
    wrong = [
        f"{', '.join(key)}: {one.cell}, and the table says {held.get(key, nowhere)[kind]}. {one.problem}"
        for key, one in found.items()
        if one.cell != held.get(key, nowhere)[kind]
    ]
    assert "\n".join(wrong) == ""
    assert set(held) == set(found)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_fails_and_no_page_writes_when_it_is_read(answers, kind):
    found = answers(kind)
    assert [(one.case.name, one.problem) for one in found if one.cell.startswith("5")] == []
    assert [(one.case.name, one.case.what) for one in found if one.method == "GET" and " w" in one.cell] == []


# Forms that do their work once more when they are sent once more, and why that is right.
AGAIN = {
    "calendar-address": "the address is shown once, in the answer: an answer that was lost needs another address",
    "sign-in": "a session begins, in place of the one before",
    "sign-in-key": "a session begins, in place of the one before",
}


def test_a_form_sent_twice_has_one_effect_but_where_it_is_said(answers):
    found = {
        one.case.name: one.again for kind in set(senders().values()) for one in answers(kind) if one.again is not None
    }
    assert len(found) > 120
    assert {name for name, wrote in found.items() if wrote} == set(AGAIN)


def where(answers, kind: str, words: str) -> list[tuple[str, str]]:
    """The addresses whose answer to this person holds these words."""
    found = {(one.case.name, one.case.what) for one in answers(kind) if words in one.body}
    return sorted(found)


def test_what_is_exempt_is_nowhere_for_those_not_cleared(answers):
    assert len(where(answers, Role.SECRETARY, SECRET)) > 10  # it can be found by who may
    for kind in KINDS:
        if not may(kind, Permission.RESTRICTED_VIEW):
            assert where(answers, kind, SECRET) == [], kind


def test_what_is_marked_sensitive_is_nowhere_for_those_not_cleared(answers):
    assert ("paper-read", "published?build=restricted") in where(answers, Role.SECRETARY, SENSITIVE)
    for kind in KINDS:
        if not may(kind, Permission.RESTRICTED_VIEW):
            assert where(answers, kind, SENSITIVE) == [], kind


def test_what_is_being_prepared_is_nowhere_for_those_outside(answers):
    assert len(where(answers, Role.STAFF, UNSEEN)) > 5
    for kind in KINDS:
        if not may(kind, Permission.PAPER_VIEW, Permission.COMMENTARY_WRITE):
            assert where(answers, kind, UNSEEN) == [], kind


def test_drafts_of_delivery_updates_are_for_those_who_write_them_and_for_auditors(answers):
    readers = Permission.DELIVERY_UPDATE, Permission.HISTORY_ALL
    assert ("delivery-action-detail", "other's") in where(answers, Role.STAFF, f"{HALF_SAID} of other own")
    assert ("delivery-action-detail", "own") in where(answers, Role.CONTRIBUTOR, f"{HALF_SAID} of my own")
    for kind in KINDS:
        if not may(kind, *readers):
            assert where(answers, kind, f"{HALF_SAID} of other own") == [], kind
        if not may(kind, *readers, Permission.DELIVERY_UPDATE_ASSIGNED):
            assert where(answers, kind, f"{HALF_SAID} of my own") == [], kind


@pytest.mark.parametrize("kind", [Role.AUDITOR, Role.PANEL, "no role", STRANGER])
def test_those_who_only_read_change_nothing_but_what_is_their_own(answers, kind):
    """Their sign-in and sessions, a draft in their own name, their own jobs and printed logs, the address of their own calendar, their mails, what they follow, their answer to a finding, the searches they keep, an auditor's working papers."""
    own = {
        "sign-in",
        "sign-in-key",
        "sign-out",
        "session-end-others",
        "draft-detail",
        "job-cancel",
        "calendar-address",
        "mail-choices",
        "log-file-create",
        "follow",
        "finding-answer",
        "search-save",
        "search-drop",
    }
    if kind == Role.AUDITOR:  # working papers are theirs; what they test is not
        own |= {"sample-create", "sample-detail", "sample-item", "exception-mark"}
    wrote = {one.case.name for one in answers(kind) if " w" in one.cell}
    assert wrote <= own
