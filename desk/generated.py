"""The documents that are written from the code: what each role may do, and how each thing may move."""

from importlib import import_module

from core.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from core.accounts.states import Machine

STATE_MODULES = (
    "measures.states",
    "deepdive.states",
    "governance.boards.states",
    "governance.boards.answering",
    "governance.papers.states",
)
HEAD = "<!-- GENERATED from the code by `make fix`; a check fails when it is out of date. -->\n"


def roles_page() -> str:
    """docs/roles.md: a row a permission, a column a role."""
    lines = [HEAD, "# Who may do what\n", "One person may hold several roles, each from a day and perhaps to a day.\n"]
    lines.append("| May | " + " | ".join(role.label for role in Role) + " |")
    lines.append("|---|" + "---|" * len(Role))
    for permission in Permission:
        ticks = ["yes" if permission in ROLE_PERMISSIONS[role] else "" for role in Role]
        lines.append(f"| {permission.label} | " + " | ".join(ticks) + " |")
    return "\n".join(lines) + "\n"


def machines() -> list[Machine]:
    found = [
        value for name in STATE_MODULES for value in vars(import_module(name)).values() if isinstance(value, Machine)
    ]
    return sorted(found, key=lambda machine: machine.noun)


def states_page() -> str:
    """docs/states.md: for each thing with states, every move and who may make it."""
    lines = [HEAD, "# How things move\n", "A move that is not listed cannot be made.\n"]
    for machine in machines():
        lines += [f"## {machine.noun.capitalize()}\n", "| From | To | Needs one of |", "|---|---|---|"]
        for (frm, to), allowed in machine.transitions.items():
            needs = "; ".join(f"may {permission.label}" for permission in allowed)
            lines.append(f"| {machine.states(frm).label} | {machine.states(to).label} | {needs} |")
        lines.append("")
    return "\n".join(lines)


PAGES = {"docs/roles.md": roles_page, "docs/states.md": states_page}
