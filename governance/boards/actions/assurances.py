"""What a board said of an item: assured, partly, or not, and what would satisfy it."""

from core.accounts.models import User
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.boards import assuring, states
from governance.boards.actions.holding import hold
from governance.boards.models import AgendaItem, Assurance


@action
def record_assurance(
    *, item: AgendaItem, level: str, text: str, wants: str = "", follows: Assurance | None = None, by: User
) -> Assurance:
    """What the board says under an item, perhaps of what an earlier meeting left open. Sent twice, it is said once."""
    states.check_begun(hold(item.meeting), "the board cannot have said whether it is assured")
    assuring.check_assurance(item, level=level, text=text, wants=wants, follows=follows)
    wants = "" if level == Assurance.Level.ASSURED else wants.strip()
    facts = {"item": item, "level": level, "text": text.strip(), "wants": wants, "follows": follows}
    return Assurance.objects.filter(**facts).first() or Assurance.objects.create(**facts)


@action
def edit_assurance(
    *, assurance: Assurance, version: int, level: str, text: str, wants: str = "", by: User
) -> Assurance:
    """Put right what was recorded, while the minutes are a draft."""
    item = assurance.item
    hold(item.meeting)
    assuring.check_assurance(item, level=level, text=text, wants=wants, follows=None)
    wants = "" if level == Assurance.Level.ASSURED else wants.strip()
    return save_if_unchanged(Assurance, assurance.pk, version, level=level, text=text.strip(), wants=wants)
