"""Which way commentary and papers may move, and the permission each move needs."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from core.accounts.clock import today
from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import Machine, MoveRefused
from core.documents.richtext import word_count
from governance.boards.models import Meeting
from governance.boards.presenters import day_words
from governance.papers.content.outline import ANCHORS, Section
from governance.papers.models import Commentary, FrozenPaper, GlossaryTerm, MarginComment, Paper, Publication, Quotation

_C, _P, _M, _Q = Commentary.State, Paper.State, MarginComment.State, Quotation.State
SPEAKS = (Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE, Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN)

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
MOST_SAID = 4_000  # characters of a comment
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
MARGIN = Machine(
    noun="comment in the margin",
    states=_M,
    transitions={
        (_M.OPEN, _M.RESOLVED): SPEAKS,
        (_M.RESOLVED, _M.OPEN): SPEAKS,
        (_M.OPEN, _M.ACCEPTED): (Permission.COMMENTARY_WRITE, Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN),
        (_M.OPEN, _M.DECLINED): SPEAKS,
        (_M.DECLINED, _M.OPEN): SPEAKS,
    },
)

QUOTATION = Machine(
    noun="quotation",
    states=_Q,
    transitions={
        (_Q.ENTERED, _Q.APPROVED): (Permission.COMMENTARY_APPROVE,),
        (_Q.APPROVED, _Q.ENTERED): (Permission.COMMENTARY_APPROVE,),
        (_Q.ENTERED, _Q.WITHDRAWN): (Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE),
        (_Q.APPROVED, _Q.WITHDRAWN): (Permission.COMMENTARY_WRITE, Permission.COMMENTARY_APPROVE),
        (_Q.WITHDRAWN, _Q.ENTERED): (Permission.COMMENTARY_APPROVE,),
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


def check_quotation(words: str, theme: str, measure_id: int, held: Quotation | None) -> None:
    """An approved or withdrawn one stays as it was checked; the same words stand under a theme once."""
    if held is not None and held.state != _Q.ENTERED:
        raise MoveRefused(
            f"This quotation is “{held.get_state_display()}” and cannot be edited. Have it checked anew first. "
            "Nothing was changed."
        )
    same = Quotation.objects.filter(measure_id=measure_id, theme__iexact=theme, words__iexact=words)
    if same.exclude(pk=held.pk if held else None).exists():
        raise MoveRefused("These words stand under this theme of the measure already. Nothing was changed.")


def check_quotation_move(quotation: Quotation, to: str, *, reason: str, by: User) -> None:
    """The table; another pair of eyes; a reason for what goes back or away."""
    QUOTATION.check_move(quotation.state, to, by=by)
    if to == _Q.APPROVED and quotation.authors.filter(pk=by.pk).exists():
        raise MoveRefused("You entered or changed this quotation, so somebody else must check it. Nothing was changed.")
    if to != _Q.APPROVED and len(reason.split()) < 2:
        raise MoveRefused("Say in a few words why. Nothing was changed.")


def check_quotations_chosen(commentary: Commentary, added: Sequence[Quotation]) -> None:
    """Only a draft takes others, and only those that were found to name nobody, of its own measure."""
    check_may_write(commentary)
    if any(one.state != _Q.APPROVED or one.measure_id != commentary.measure_id for one in added):
        raise MoveRefused(
            "One of them is not approved, or not any more, so nothing was changed. Choose again from those below."
        )


def check_introduction_open(paper: Paper) -> None:
    if not paper.is_open:
        raise MoveRefused(f"This paper is “{paper.get_state_display()}”, so its introduction cannot be changed.")


def check_sheet_open(paper: Paper) -> None:
    if not paper.is_open:
        raise MoveRefused(f"This paper is “{paper.get_state_display()}”, so its cover sheet cannot be changed.")


def check_outline(sections: Sequence[Section], standing: Sequence[Section], why: str) -> None:
    """What the software makes stands in every paper once; whatever else stands there has a heading."""
    keys = [one.key for one in sections]
    if len(why.split()) < 2:
        raise MoveRefused("Say in a few words why it changes. Nothing was changed.")
    if sorted(set(keys) & set(ANCHORS)) != sorted(ANCHORS) or len(keys) != len(set(keys)):
        raise MoveRefused("A part that every paper has is missing or stands there twice. Nothing was changed.")
    if any(not one.title and one.key != "priorities" for one in sections):
        raise MoveRefused("A section with words needs a heading. Nothing was changed.")
    if tuple(sections) == tuple(standing):
        raise MoveRefused("Nothing differs from the version that stands, so none was made.")


def check_term(term: str, expansion: str, meaning: str, held: GlossaryTerm | None) -> None:
    """A term stands in the glossary once, and says something."""
    if not expansion and not meaning:
        raise MoveRefused("Write the term out in full or say what it means. Nothing was changed.")
    same = GlossaryTerm.objects.filter(term__iexact=term).exclude(pk=held.pk if held else None).first()
    if same:
        raise MoveRefused(f"“{same.term}” is in the glossary already: change it there. Nothing was changed.")


def check_margin_open(paper: Paper | None) -> None:
    """What is said beside a text belongs to its making: it ends where the paper is submitted."""
    if paper is not None and not paper.is_open:
        raise MoveRefused(f"This paper is “{paper.get_state_display()}”, so its margin is closed. Nothing was changed.")


def check_margin_words(text: str) -> None:
    if not text.strip():
        raise MoveRefused("There are no words in it. Nothing was changed.")
    if len(text) > MOST_SAID:
        raise MoveRefused(f"It is longer than {MOST_SAID:,} characters. Say it more shortly. Nothing was changed.")


def check_acceptance(comment: MarginComment, *, by: User) -> None:
    """The table, that there is something to accept, and that this person may write the text it is for."""
    MARGIN.check_move(comment.state, _M.ACCEPTED, by=by)
    if not comment.is_suggestion:
        raise MoveRefused("This comment suggests no other words. Nothing was changed.")
    if comment.commentary_id is not None and not by.has(Permission.COMMENTARY_WRITE):
        raise MoveRefused(
            "Your roles do not let you write commentary, so a writer must accept it. Nothing was changed."
        )


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
    """Two people always, the hash that was shown is the hash that is signed, and no day before it was submitted."""
    if frozen.submitted_by_id == by.pk:
        raise MoveRefused("You submitted this version, so somebody else must sign it. Nothing was changed.")
    if sha256 != frozen.sha256:
        raise MoveRefused("Another version has been submitted since you opened this page. Read it before you sign.")
    _check_order("signed", "submitted for signature", frozen.submitted_at)


def check_publication_day(frozen: FrozenPaper, published_on: dt.date) -> None:
    """A day between its signature and today."""
    signed = timezone.localdate(frozen.signature.signed_at)
    if published_on > today():
        raise MoveRefused(
            f"Anybody can read the paper as soon as you publish it, so the day cannot be later than today, "
            f"{day_words(today())}. Nothing was published."
        )
    if published_on < signed:
        raise MoveRefused(
            f"This version was signed on {day_words(signed)}, so it cannot have been published on "
            f"{day_words(published_on)}. Nothing was published."
        )


def check_not_kept_back(stops: Sequence[str]) -> None:
    """Nothing in it is kept back, and nothing was taken back since it was submitted."""
    if stops:
        more = (
            f" There {'is one more' if len(stops) == 2 else f'are {len(stops) - 1} more'} below." if stops[1:] else ""
        )
        raise MoveRefused(f"{stops[0]}{more} Nothing was published; what was signed stays signed.")


def check_withdrawal(publication: Publication, notice: str) -> None:
    """What stands in the paper's place says why, and no paper is withdrawn on a day before it was published."""
    if not notice.strip():
        raise MoveRefused("Say in the notice why the paper is withdrawn. Nothing was changed.")
    _check_order("withdrawn", "published", publication.published_at)


def _check_order(what: str, before: str, since: dt.datetime) -> None:
    """By the day alone: a demonstration that stands on one date has the hours of many."""
    earliest = timezone.localdate(since)
    if today() < earliest:
        raise MoveRefused(
            f"It was {before} on {day_words(earliest)}, and today is {day_words(today())}: it cannot be {what} before. "
            "Nothing was changed. Have the date of the server or of the demonstration looked at."
        )


def check_may_make_pack(meeting: Meeting, *, parts: int, same: bool) -> None:
    """A pack is made of what its maker saw, and of something."""
    if meeting.is_cancelled:
        raise MoveRefused("This meeting is cancelled, so no pack of it is made. Nothing was changed.")
    if not same:
        raise MoveRefused(
            "The papers have changed since you opened this page. Look at the list again. Nothing was made."
        )
    if not parts:
        raise MoveRefused(
            "There is nothing to put into a pack: no paper is ready that is not in one. Nothing was made."
        )
