"""Writing the office's glossary. The caller has checked permission."""

from core.accounts.models import User
from core.audit import action
from core.documents.versions import save_if_unchanged
from governance.papers import states
from governance.papers.models import GlossaryTerm


@action
def save_term(
    *, held: GlossaryTerm | None, version: int, term: str, expansion: str, meaning: str, by: User
) -> GlossaryTerm:
    """Add a term, or change one. The paper being made takes it at once; what is frozen keeps its own."""
    states.check_term(term, expansion, meaning, held)
    facts = {"term": term, "expansion": expansion, "meaning": meaning}
    if held is None:
        return GlossaryTerm.objects.create(**facts)
    return save_if_unchanged(GlossaryTerm, held.pk, version, **facts)


@action
def remove_term(*, held: GlossaryTerm, by: User) -> None:
    """Take a term out."""
    held.delete()
