"""Which way commentary and papers may move, and the permission each move needs."""

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from core.documents.richtext import word_count
from governance.papers.models import Commentary, FrozenPaper, Paper

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


def check_introduction_open(paper: Paper) -> None:
    if not paper.is_open:
        raise MoveRefused(f"This paper is “{paper.get_state_display()}”, so its introduction cannot be changed.")


def check_findings_open(paper: Paper) -> None:
    if not paper.is_open:
        raise MoveRefused(f"This paper is “{paper.get_state_display()}”: what was found in it stays as it was signed.")


def check_dismissal(reason: str) -> None:
    if len(reason.split()) < 2:
        raise MoveRefused("Say in a few words why it may stand: whoever signs reads it. Nothing was changed.")
    if len(reason.strip()) > 300:
        raise MoveRefused("The reason is longer than 300 characters. Say it more shortly. Nothing was changed.")


def check_introduction_approval(paper: Paper, *, by: User) -> None:
    """A second person approves what the first wrote, the commissioner's own words included."""
    check_introduction_open(paper)
    if not by.has(Permission.COMMENTARY_APPROVE):
        raise MoveRefused("Your roles do not let you approve an introduction. Nothing was changed.")
    if paper.introduction_approved_at is not None:
        raise MoveRefused("The introduction has been approved already. Nothing was changed.")
    if word_count(paper.introduction) == 0:
        raise MoveRefused("There is nothing to approve yet. Write the introduction first. Nothing was changed.")
    if paper.introduction_authors.filter(pk=by.pk).exists():
        raise MoveRefused("You wrote part of this introduction, so somebody else must approve it. Nothing was changed.")


def check_paper_move(paper: Paper, to: str, *, reason: str = "", by: User) -> None:
    """The table, and that going back says why."""
    PAPER.check_move(paper.state, to, by=by)
    if to == _P.DRAFT and not reason.strip():
        raise MoveRefused("Say why this paper goes back to draft. Nothing was changed.")


def check_signature(frozen: FrozenPaper, sha256: str, *, by: User) -> None:
    """Two people always, and the hash that was shown is the hash that is signed."""
    if frozen.submitted_by_id == by.pk:
        raise MoveRefused("You submitted this version, so somebody else must sign it. Nothing was changed.")
    if sha256 != frozen.sha256:
        raise MoveRefused("Another version has been submitted since you opened this page. Read it before you sign.")
