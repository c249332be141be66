"""Every action has words for the history."""

from importlib import import_module
from pathlib import Path

from core.audit.context import ACTIONS
from core.audit.sentences import phrase_of
from desk.phrases import PHRASES

ROOT = Path(__file__).resolve().parents[2]
APPS = {"accounts", "documents", "measures", "deepdive", "boards", "papers", "desk"}


def all_actions() -> list[str]:
    """The name of every action of every app; those that tests declare belong to none of these apps."""
    for app in ("core", "measures", "deepdive", "governance", "desk"):
        for path in (ROOT / app).rglob("*.py"):
            if path.name == "actions.py" or path.parent.name == "actions":
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return sorted(name for name in ACTIONS if name.partition(".")[0] in APPS)


def test_every_action_has_a_phrase():
    assert [name for name in all_actions() if not phrase_of(name)] == []


def test_no_phrase_is_for_an_action_that_is_not_there():
    known = set(all_actions())
    assert [name for name in PHRASES if name.partition(":")[0] not in known] == []
