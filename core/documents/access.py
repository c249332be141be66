"""Who may have a file. Nobody, unless the app that owns it says so.

An app registers a check when it starts (`AppConfig.ready`): `register_file_check(may_read_import)`. A check answers for
the files it knows and says False of all others; a file is served when any check says True, and is 404 otherwise.
"""

from collections.abc import Callable

from core.accounts.models import User
from core.documents.models import StoredFile

FileCheck = Callable[[User, StoredFile], bool]

_checks: list[FileCheck] = []


def register_file_check(check: FileCheck) -> FileCheck:
    """Ask this check too. Registering the same one twice changes nothing; also usable as a decorator."""
    if check not in _checks:
        _checks.append(check)
    return check


def unregister_file_check(check: FileCheck) -> None:
    """Stop asking this check."""
    _checks.remove(check)


def may_read(user: User, stored: StoredFile) -> bool:
    return any(check(user, stored) for check in _checks)
