"""Interests declared in a meeting, and paragraphs of papers that its minutes cite."""

from core.accounts.clock import now
from core.accounts.models import Person, User
from core.audit import action
from governance.boards import checks
from governance.boards.actions.holding import hold
from governance.boards.links import Paragraph
from governance.boards.models import AgendaItem, Citation, Declaration


@action
def declare_interest(*, item: AgendaItem, person: Person, interest: str, conduct: str, by: User) -> Declaration:
    """Note an interest somebody declared; noted again, it says what was noted last."""
    held = hold(item.meeting)
    checks.check_declares(held, person, interest)
    facts = {"interest": interest.strip(), "conduct": conduct, "by": by, "at": now()}
    return Declaration.objects.update_or_create(item=item, person=person, defaults=facts)[0]


@action
def drop_declaration(*, declaration: Declaration, by: User) -> None:
    """Take back a declaration that was noted by mistake."""
    checks.check_no_hold(hold(declaration.item.meeting).board)
    declaration.delete()


@action
def cite_paragraph(*, item: AgendaItem, paragraph: Paragraph, by: User) -> Citation:
    """Say in the minutes which paragraph of a published paper was referred to."""
    hold(item.meeting)
    facts = {"label": paragraph.label, "words": paragraph.words, "address": paragraph.address, "by": by, "at": now()}
    place = {"paper": paragraph.paper, "version": paragraph.version, "paragraph": paragraph.pid}
    return Citation.objects.get_or_create(item=item, **place, defaults=facts)[0]


@action
def drop_citation(*, citation: Citation, by: User) -> None:
    """Take a citation out of minutes that are still a draft."""
    checks.check_no_hold(hold(citation.item.meeting).board)
    citation.delete()
