"""What every kind of person is answered everywhere, asked once a session."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from django.db import transaction

from tests.access.cases import CASES
from tests.access.walk import Answer, Visitor, senders

# Who sends each form twice: whoever holds the first of these roles that may send it.
TWICE: dict[str, set[str]] = defaultdict(set)
for _name, _kind in senders().items():
    TWICE[_kind].add(_name)
_asked: dict[str, list[Answer]] = {}


@pytest.fixture
def office_files(settings, tmp_path_factory: pytest.TempPathFactory):
    settings.FILES_DIR = tmp_path_factory.mktemp("files")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as many sign-ins as addresses


@pytest.fixture
def answers(db, office_files) -> Callable[[str], list[Answer]]:
    """`answers("analyst")`: each case of GET and POST as that person."""

    def asked(kind: str) -> list[Answer]:
        if kind not in _asked:
            with transaction.atomic():  # the office is taken down again: the test may build one of its own
                visitor = Visitor(kind)
                visitor.repeats = TWICE[kind]
                _asked[kind] = [visitor.ask(case, method) for case in CASES for method in ("get", "post")]
                transaction.set_rollback(True)
        return _asked[kind]

    return asked
