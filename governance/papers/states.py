"""Which way commentary and papers may move, and the permission each move needs."""

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from core.documents.richtext import word_count
from governance.papers.models import Commentary, Paper

_C, _P = Commentary.State, Paper.State

COMMENTARY = Machine(
    noun="commentary",
    states=_C,
    transitions={
        (_C.DRAFT, _C.REVIEW): (Permission.COMMENTARY_WRITE,),
        (_C.REVIEW, _C.DRAFT): (Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE),
        (_C.REVIEW, _C.APPROVED): (Permission.COMMENTARY_APPROVE,),
        (_C.APPROVED, _C.DRAFT): (Permission.COMMENTARY_APPROVE,),
    },
)
PAPER = Machine(
    noun="paper",
    states=_P,
    transitions={
        (_P.DRAFT, _P.IN_REVIEW): (Permission.PAPER_ASSEMBLE,),
        (_P.IN_REVIEW, _P.DRAFT): (Permission.PAPER_ASSEMBLE,),
        (_P.IN_REVIEW, _P.FOR_SIGNATURE): (Permission.PAPER_ASSEMBLE,),
        (_P.FOR_SIGNATURE, _P.DRAFT): (Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN),
        (_P.FOR_SIGNATURE, _P.SIGNED): (Permission.PAPER_SIGN,),
        (_P.SIGNED, _P.PUBLISHED): (Permission.PAPER_PUBLISH,),
        (_P.PUBLISHED, _P.DRAFT): (Permission.PAPER_PUBLISH,),
        (_P.PUBLISHED, _P.WITHDRAWN): (Permission.PAPER_PUBLISH,),
    },
)


def check_may_write(commentary: Commentary) -> None:
    if commentary.state != _C.DRAFT:
        raise MoveRefused(
            f"This commentary is “{commentary.get_state_display()}” and cannot be edited. Send it back to draft first."
        )


def check_commentary_move(commentary: Commentary, to: str, *, reason: str, by: User) -> None:
    """The table, and what it cannot hold: something to read, another pair of eyes, a reason to go back."""
    COMMENTARY.check_move(commentary.state, to, by=by)
    if to == _C.REVIEW and word_count(commentary.text) == 0:
        raise MoveRefused("There is nothing to review yet. Write the commentary first. Nothing was changed.")
    if to == _C.APPROVED and commentary.authors.filter(pk=by.pk).exists():
        raise MoveRefused("You wrote part of this commentary, so somebody else must approve it. Nothing was changed.")
    if to == _C.DRAFT and not reason.strip():
        raise MoveRefused("Say why this commentary goes back to draft. Nothing was changed.")
