"""A decision written up after its meeting, approved by somebody who wrote none of it, and published."""

from core.accounts.permissions import Role
from desk.demo.building.cast import Cast, on
from desk.demo.words.decisions import WRITTEN_UP, FullDecision
from governance.boards.actions import approve_decision, complete_decision, publish_decision
from governance.boards.models import Decision, Meeting

PLACE = "The commissioner's website"


def write_up(made: Meeting, cast: Cast) -> None:
    """What the words say in full of the decisions of a meeting; the others stay as the minutes note them."""
    noted = {one.text: one for one in Decision.objects.filter(item__meeting=made)}
    for words in WRITTEN_UP:
        if words.text in noted:
            _write_up(noted[words.text], words, cast)


def _write_up(decision: Decision, words: FullDecision, cast: Cast) -> None:
    on(words.written)
    said = {name: getattr(words, name) for name in ("title", "options", "advice", "reasons", "legal_basis")}
    decision = complete_decision(
        decision=decision, version=decision.version, is_significant=True, by=cast[Role.SECRETARY], **said
    )
    on(words.approved)
    approve_decision(decision=decision, by=cast[Role.COMMISSIONER])
    on(words.published)
    publish_decision(decision=decision, published_on=words.published, place=PLACE, by=cast[Role.SECRETARY])
