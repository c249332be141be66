"""What papers promised and what became of it; what happened to actions after their meetings."""

from collections.abc import Iterable

from core.accounts.permissions import Role
from core.documents import richtext
from core.documents.blocks import to_html
from desk.demo.building.cast import Cast, on
from desk.demo.words.promises import Promise, Step
from governance.boards.actions import dispose_commitment, make_commitment, move_action, redate_action
from governance.boards.models import BoardAction, Commitment
from governance.papers.models import Quarter


def promise(quarter: Quarter, promises: Iterable[Promise], cast: Cast) -> None:
    """Hold sentences of a quarter's commentary as commitments."""
    for one in promises:
        place, paragraph = _where(quarter, one)
        make_commitment(
            paper=quarter.code,
            sentence=one.sentence,
            kind=one.kind,
            place=place,
            paragraph=paragraph,
            board=quarter.meeting.board,
            owner=cast.person(one.owner) if one.owner else None,
            owner_role=one.role,
            deputy=cast.person(one.deputy) if one.deputy else None,
            unowned_why=one.unowned,
            due=one.due,
            undated_why=one.undated,
            by=cast[Role.SECRETARY],
        )


def _where(quarter: Quarter, one: Promise) -> tuple[str, str]:
    """The measure's name and the id of the paragraph in which the sentence stands."""
    written = quarter.commentaries.select_related("measure").get(measure__slug=one.slug)
    for block in richtext.parse(written.text + written.did):
        if one.sentence in " ".join(richtext.plain_text(to_html([block])).split()):
            return written.measure.short_name, block.pid
    raise LookupError(f"No such sentence is in the commentary on {one.slug}: {one.sentence}")


def tell(quarter: Quarter, promises: Iterable[Promise], cast: Cast) -> None:
    """Say what became of them."""
    for one in promises:
        if one.fate:
            to, why, due = one.fate
            held = Commitment.objects.get(paper=quarter.code, sentence=one.sentence)
            facts = {"version": held.version, "to": to, "why": why, "due": due, "by": cast[Role.SECRETARY]}
            dispose_commitment(commitment=held, **facts)


def live(steps: Iterable[Step], cast: Cast) -> None:
    """What happened to actions, each on its day."""
    by = cast[Role.SECRETARY]
    for one in steps:
        on(one.day)
        action = BoardAction.objects.get(text__startswith=one.action)
        if one.due:
            redate_action(board_action=action, version=action.version, due=one.due, why=one.why, by=by)
        else:
            move_action(board_action=action, to=one.to, reason=one.why, by=by)
