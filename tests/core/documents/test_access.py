"""Who may have a file."""

from core.documents import access
from core.documents.access import may_read, register_file_check, unregister_file_check
from core.documents.models import StoredFile


def test_a_file_is_read_when_any_check_lets(monkeypatch):
    monkeypatch.setattr(access, "_checks", [])  # those of the apps want a person of the record
    stored = StoredFile(sha256="0" * 64)
    asked = []

    @register_file_check
    def never(user, file):
        asked.append("never")
        return False

    @register_file_check
    def mine(user, file):
        asked.append("mine")
        return user == "me"

    register_file_check(mine)  # the second time changes nothing
    assert may_read("me", stored)
    assert asked == ["never", "mine"]
    assert not may_read("you", stored)
    unregister_file_check(never)
    unregister_file_check(mine)
    assert not may_read("me", stored)
