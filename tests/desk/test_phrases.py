"""Every action has words for the history."""

import sys
from importlib import import_module
from pathlib import Path

from core.audit.context import ACTIONS, action_name
from core.audit.sentences import phrase_of
from desk.phrases import PHRASES

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("core", "measures", "deepdive", "governance", "desk")


def all_actions() -> list[str]:
    """The name of every action of every app; those that tests declare are of no package of ours."""
    for app in PACKAGES:
        for path in (ROOT / app).rglob("*.py"):
            if path.name == "actions.py" or path.parent.name == "actions":
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    ours = [one for name, one in list(sys.modules.items()) if name.partition(".")[0] in PACKAGES]
    made = [one for module in ours for one in vars(module).values() if hasattr(one, "__wrapped__")]
    of_ours = [one for one in made if getattr(one, "__module__", "").partition(".")[0] in PACKAGES]
    return sorted({action_name(one) for one in of_ours if hasattr(one, "__name__")} & ACTIONS)


def test_every_action_has_a_phrase():
    assert [name for name in all_actions() if not phrase_of(name)] == []


def test_no_phrase_is_for_an_action_that_is_not_there():
    known = set(all_actions())
    assert [name for name in PHRASES if name.partition(":")[0] not in known] == []
