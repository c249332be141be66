"""The accounts of the demonstration office: one a role, all with one password that is no secret."""

from core.accounts.context import current_office
from core.accounts.permissions import Role

DEMO_PASSWORD = "barsetshire-demo"
DEMO_DOMAIN = "barsetshire.example"
DEMO_PEOPLE = {
    Role.STAFF: "Performance Officer",
    Role.ANALYST: "Performance Analyst",
    Role.COMMISSIONER: "Commissioner",
    Role.SECRETARY: "Board Secretary",
    Role.CONTRIBUTOR: "Force Lead for Vulnerability",
    Role.AUDITOR: "Internal Auditor",
    Role.PANEL: "Panel Member",
    Role.ADMINISTRATOR: "Office Administrator",
}


def demo_email(role: str) -> str:
    return f"{role}@{DEMO_DOMAIN}"


def demo_accounts() -> list[dict[str, str]]:
    """What the sign-in page of a demonstration lists; nothing in a real office."""
    office = current_office()
    if office is None or not office.is_demo:
        return []
    return [
        {"role": role.label, "name": name, "email": demo_email(role), "password": DEMO_PASSWORD}
        for role, name in DEMO_PEOPLE.items()
    ]
