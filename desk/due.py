"""What is due from a person, from every app, as one list in order of urgency."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from core.accounts.clock import today
from core.accounts.models import AccessReview, User
from core.accounts.permissions import Permission
from deepdive.models import ActionUpdate, DeliveryAction, Milestone
from desk import due_boards
from governance.boards import duties
from governance.boards import reading as boards
from governance.boards.models import Commitment, Meeting
from governance.papers.models import Commentary, MarginComment, Paper
from governance.papers.states import SPEAKS
from measures.models import ImportBatch
from measures.presenters.stages import stage_of
from measures.quarter_codes import quarter_words

SOON = 7  # days
MOST_MINUTES = 20  # meetings


@dataclass(frozen=True)
class Due:
    """One thing to do: what, by when, and the one button that begins it.

    `mailed` stands for `what` in a mail, where that has words of a restricted item, of a paper, or a file's name.
    """

    what: str
    kind: str
    button: str
    href: str
    due: dt.date | None
    mailed: str = ""

    @property
    def in_mail(self) -> str:
        return self.mailed or self.what

    def when(self, today: dt.date) -> str:
        """ "overdue", "soon" or "later"; without a date it is for soon."""
        if self.due is None:
            return "soon"
        if self.due < today:
            return "overdue"
        return "soon" if (self.due - today).days <= SOON else "later"

    def late_words(self, today: dt.date) -> str:
        if self.due is None:
            return ""
        days = (today - self.due).days
        return f"{days} {'day' if days == 1 else 'days'} late" if days > 0 else ""


def due_from(user: User) -> list[Due]:
    """Everything that waits for this person."""
    found = [*_commentary(user), *_updates(user), *_milestones(user), *_actions(user), *_commitments(user)]
    found += [*_margin(user), *_papers(user), *_minutes(user), *_signatures(user), *_imports(user), *_duties(user)]
    found += _reviews(user)
    found += [Due(*row) for row in due_boards.waiting(user)]
    return sorted(found, key=lambda one: (one.due is None, one.due or dt.date.max, one.what))


def _reviews(user: User) -> list[Due]:
    if not user.has(Permission.USER_MANAGE):
        return []
    return [
        Due(str(one).capitalize(), "review", "Review", reverse("review-detail", args=[one.pk]), one.due)
        for one in AccessReview.objects.filter(signed_at__isnull=True)
    ]


def _slot(one: Commentary) -> str:
    return reverse("commentary-detail", args=[one.quarter.code, one.measure.slug])


def _commentaries() -> QuerySet[Commentary]:
    return Commentary.objects.select_related("quarter__period", "measure")


def _commentary(user: User) -> list[Due]:
    found = []
    if user.has(Permission.COMMENTARY_WRITE):
        mine = _commentaries().filter(assigned_to=user, state=Commentary.State.DRAFT)
        found += [Due(f"Commentary on {one.measure.short_name}", "write", "Write", _slot(one), one.due) for one in mine]
    if user.has(Permission.COMMENTARY_APPROVE):
        waiting = _commentaries().filter(state=Commentary.State.REVIEW).exclude(authors=user)
        found += [
            Due(f"Commentary on {one.measure.short_name}", "approve", "Review", _slot(one), one.quarter.approval_due)
            for one in waiting
        ]
    return found


def _margin(user: User) -> list[Due]:
    """Texts beside which somebody said something that waits for this person's answer."""
    if not user.has(*SPEAKS):
        return []
    waiting = MarginComment.objects.waiting_for(user).select_related(
        "commentary__quarter__period", "commentary__measure", "paper__quarter__period"
    )
    found: dict[str, list[MarginComment]] = {}
    for one in waiting:
        found.setdefault(one.get_absolute_url(), []).append(one)
    return [
        Due(f"{_comments(len(held))} beside {held[0].beside}", "comment", "Read and answer", page, held[0].due)
        for page, held in found.items()
    ]


def _comments(count: int) -> str:
    return "A comment" if count == 1 else f"{count} comments"


def _updates(user: User) -> list[Due]:
    seen = DeliveryAction.objects.seen_by(user)
    updates = ActionUpdate.objects.filter(action__in=seen).select_related("action", "period")
    found = []
    if user.has(Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED):
        found += [_update(one, "write", "Update") for one in updates.to_write(user)]
    if user.has(Permission.DELIVERY_APPROVE):
        found += [_update(one, "approve", "Review") for one in updates.to_approve(user)]
    return found


def _update(one: ActionUpdate, kind: str, button: str) -> Due:
    href = reverse("delivery-update-edit", args=[one.pk])
    return Due(f"Delivery action {one.action.ref}, {one.period}", kind, button, href, one.due)


def _actions(user: User) -> list[Due]:
    return [
        Due(
            f"Action {one.ref}: {one.text}",
            "do",
            "Report",
            reverse("board-action-detail", args=[one.pk]),
            one.due,
            f"Action {one.ref}, of a restricted item" if one.item.is_exempt else "",
        )
        for one in boards.actions_owned_by(user).prefetch_related("item")
    ]


def _milestones(user: User) -> list[Due]:
    if not user.has(Permission.DELIVERY_UPDATE, Permission.DELIVERY_UPDATE_ASSIGNED):
        return []
    seen = DeliveryAction.objects.seen_by(user)
    return [
        Due(f"Milestone of {one}", "milestone", "Reached?", reverse("delivery-milestone-reach", args=[one.pk]), one.due)
        for one in Milestone.objects.due_from(user).filter(action__in=seen)
    ]


def _commitments(user: User) -> list[Due]:
    if not user.has(Permission.PAPER_VIEW, Permission.ACTION_UPDATE):
        return []
    return [
        Due(
            f"Commitment: {one}",
            "commitment",
            "Say how it went",
            reverse("commitment-detail", args=[one.pk]),
            one.due,
            f"A commitment of the paper of {quarter_words(one.paper)}",
        )
        for one in Commitment.objects.open().owned_by(user)
    ]


PAPER_STEPS = {
    Paper.State.DRAFT: (Permission.PAPER_ASSEMBLE, "Assemble", "paper-detail"),
    Paper.State.IN_REVIEW: (Permission.PAPER_ASSEMBLE, "Submit", "paper-detail"),
    Paper.State.FOR_SIGNATURE: (Permission.PAPER_SIGN, "Read and sign", "paper-signoff"),
    Paper.State.SIGNED: (Permission.PAPER_PUBLISH, "Publish", "paper-detail"),
}


def _papers(user: User) -> list[Due]:
    states = [state for state, (permission, _, _) in PAPER_STEPS.items() if user.has(permission)]
    if not states:
        return []
    found = Paper.objects.filter(state__in=states).select_related("quarter__period")
    return [
        Due(
            one.title,
            "paper",
            PAPER_STEPS[one.state][1],
            reverse(PAPER_STEPS[one.state][2], args=[one.quarter.code]),
            one.quarter.paper_due,
        )
        for one in found
    ]


def _minutes(user: User) -> list[Due]:
    """Minutes to write, circulate, answer comments on and have agreed, of the latest meetings that have been held."""
    if not user.has(Permission.MEETING_RUN):
        return []
    found = []
    for one in boards.minutes_to_finish(today())[:MOST_MINUTES]:
        button, page, due = _minutes_step(one)
        if button:
            found.append(Due(f"Minutes of {one}", "minutes", button, reverse(page, args=[one.pk]), due))
    return found


def _minutes_step(meeting: Meeting) -> tuple[str, str, dt.date | None]:
    """The button, the page it opens and the day; no button where the minutes wait for others."""
    if meeting.minutes_state == Meeting.MinutesState.DRAFT:
        return ("Finish", "meeting-detail", None) if meeting.unminuted else ("Circulate", "minutes-circulate", None)
    if meeting.commented:
        return "Answer comments", "minutes-comments", meeting.agreed_on
    return ("Record as agreed", "minutes-move", meeting.agreed_on) if meeting.agreed_on else ("", "", None)


def _signatures(user: User) -> list[Due]:
    if not user.has(Permission.MINUTES_SIGN):
        return []
    return [
        Due(f"Minutes of {one}", "sign", "Read and sign", reverse("minutes-sign", args=[one.pk]), None)
        for one in boards.minutes_to_sign(user)
    ]


def _imports(user: User) -> list[Due]:
    if not user.has(Permission.OBSERVATION_IMPORT):
        return []
    waiting = [ImportBatch.State.UPLOADED, ImportBatch.State.REFUSED, ImportBatch.State.READY]
    mine = ImportBatch.objects.filter(created_by=user, state__in=waiting).select_related("report")
    return [
        Due(
            f"Import of {one.file_name}: {stage_of(one).words}",
            "import",
            "Go on",
            reverse("import-detail", args=[one.pk]),
            None,
            f"An import you began: {stage_of(one).words}",
        )
        for one in mine
    ]


def _duties(user: User) -> list[Due]:
    """What has to be published and nobody has looked at in time."""
    if not user.has(Permission.DUTY_CHECK):
        return []
    return [
        Due(f"Is it published: {one.what}", "duty", "Look", reverse("duty-check", args=[one.key]), last.next_on)
        for one, last in duties.overdue(today())
    ]
