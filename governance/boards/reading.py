"""What pages and other apps read of boards, in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery

from core.accounts.clock import clear_working_days_before, working_days_before
from core.accounts.models import User
from core.documents.access import register_file_check
from core.documents.models import StoredFile
from governance.boards.models import (
    ActionMove,
    ActionProgress,
    ActionRedating,
    AgendaItem,
    Assurance,
    Attendance,
    Board,
    BoardAction,
    Commitment,
    CommitmentProgress,
    Decision,
    Declaration,
    Disposition,
    Escalation,
    ItemPaper,
    Meeting,
    Membership,
    MinuteComment,
    Question,
)


def items_seen_by(user: User) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.seen_by(user).select_related("meeting__board")


def actions_seen_by(user: User) -> QuerySet[BoardAction]:
    return BoardAction.objects.seen_by(user).select_related("owner", "item__meeting__board")


def actions_owned_by(user: User) -> QuerySet[BoardAction]:
    """The open actions this person owns, the most pressing first.

    Without their items, joined to which PostgreSQL reads every item of the office: it expects far more of them.
    """
    return BoardAction.objects.open().owned_by(user).order_by("due")


Happened = tuple[str, ActionProgress | ActionRedating | ActionMove | Escalation]


def life_of(action: BoardAction) -> list[Happened]:
    """Everything that was said of an action, moved or re-dated, the latest first, each with what it is."""
    kinds = (("said", action.reports), ("redated", action.redatings), ("moved", action.moves))
    rows = [(what, row) for what, held in kinds for row in held.select_related("by")]
    rows += [("asked", row) for row in Escalation.objects.of(actions=[action.pk])]
    return sorted(rows, key=lambda one: (one[1].at, one[1].pk), reverse=True)


def life_of_promise(commitment: Commitment) -> list[Disposition | CommitmentProgress | Escalation]:
    """Everything that was said of a commitment, the latest first."""
    fates = commitment.dispositions.select_related("by").prefetch_related("files__file")
    rows = [*fates, *commitment.reports.select_related("by"), *Escalation.objects.of(promises=[commitment.pk])]
    return sorted(rows, key=lambda one: (one.at, one.pk), reverse=True)


@register_file_check
def may_read_paper(user: User, stored: StoredFile) -> bool:
    """Whoever sees an item sees the papers laid to it, unless they are marked above what they may see."""
    return ItemPaper.objects.standing().seen_by(user).filter(file=stored).exists()


def papers_counted(board: Board, first: dt.date, last: dt.date) -> tuple[int, int]:
    """How many papers came for the meetings of that time, and how many of them late."""
    of_time = ItemPaper.objects.standing().filter(item__meeting__board=board, item__meeting__date__range=(first, last))
    counted = of_time.aggregate(all=Count("pk"), late=Count("pk", filter=Q(received_on__gt=F("due"))))
    return counted["all"], counted["late"]


@register_file_check
def may_read_evidence(user: User, stored: StoredFile) -> bool:
    """Whoever sees an action sees what is filed to show it."""
    return BoardAction.objects.seen_by(user).filter(evidence__file=stored).exists()


@register_file_check
def may_read_shown(user: User, stored: StoredFile) -> bool:
    """Whoever sees a commitment sees what is filed to show what became of it."""
    return Commitment.objects.seen_by(user).filter(dispositions__files__file=stored).exists()


def actions_due(user: User, today: dt.date) -> QuerySet[BoardAction]:
    """The open actions this person owns whose day has come or gone, the longest overdue first."""
    return actions_owned_by(user).filter(due__lte=today)


def open_actions_of(board: Board, user: User) -> QuerySet[BoardAction]:
    """A board's open actions that `user` may see, the longest overdue first."""
    return actions_seen_by(user).open().filter(item__meeting__board=board)


def decisions_of(board: Board, user: User) -> QuerySet[Decision]:
    """A board's decisions, in its meetings and outside them, that `user` may see, the newest first."""
    of_board = Q(item__meeting__board=board) | Q(board=board)
    return Decision.objects.seen_by(user).filter(of_board).select_related("item__meeting").newest_first()


def next_meetings(today: dt.date) -> QuerySet[Meeting]:
    return Meeting.objects.standing().filter(date__gte=today).select_related("board").order_by("date")


def meetings_between(first: dt.date, last: dt.date) -> QuerySet[Meeting]:
    """Every meeting from the first day to the last, cancelled ones too, with the days it had before."""
    found = Meeting.objects.filter(date__range=(first, last)).select_related("board")
    return found.prefetch_related("moves").order_by("date", "board__name")


def boards_with_work(user: User, today: dt.date) -> list[Board]:
    """Every board with `next_date`, `last_date`, `open_actions` and `overdue_actions`."""
    boards = Board.objects.select_related("chair").annotate(
        next_date=Min("meetings__date", filter=Q(meetings__date__gte=today, meetings__cancelled_at=None)),
        last_date=Max("meetings__date", filter=Q(meetings__date__lt=today, meetings__cancelled_at=None)),
    )
    counts = (
        BoardAction.objects.seen_by(user)
        .open()
        .order_by()
        .values("item__meeting__board")
        .annotate(all=Count("pk"), late=Count("pk", filter=Q(due__lt=today)))
    )
    by_board = {row["item__meeting__board"]: row for row in counts}
    found = list(boards)
    for board in found:
        row = by_board.get(board.pk, {"all": 0, "late": 0})
        board.open_actions, board.overdue_actions = row["all"], row["late"]
    return found


def agenda(meeting: Meeting, user: User) -> list[AgendaItem]:
    """The items `user` may see, each with its minute, decisions, actions and the action it carries over."""
    papers = ItemPaper.objects.standing().cleared_for(user)
    return _with_outcomes(AgendaItem.objects.seen_by(user).filter(meeting=meeting), papers)


def whole_agenda(meeting: Meeting) -> list[AgendaItem]:
    """Every item, exempt ones too, as `agenda` gives them: for what is frozen whole."""
    return _with_outcomes(AgendaItem.objects.filter(meeting=meeting), ItemPaper.objects.standing())


def _with_outcomes(items: QuerySet[AgendaItem], papers: QuerySet[ItemPaper]) -> list[AgendaItem]:
    own_actions = BoardAction.objects.select_related("owner")
    said = Assurance.objects.select_related("follows__item__meeting").order_by("pk")
    asked = Question.objects.select_related("board", "asked_by", "promised_by").order_by("ref")
    return list(
        items.select_related("minute", "carried_action__owner")
        .prefetch_related(
            "decisions",
            Prefetch("actions", own_actions),
            Prefetch("papers", papers.select_related("file")),
            Prefetch("questions", asked),
            Prefetch("declarations", Declaration.objects.select_related("person")),
            "citations",
            "reviews",
            Prefetch("assurances", said),
        )
        .order_by("position")
    )


def members(board: Board, day: dt.date) -> list[Membership]:
    """Who sits on the board on that day."""
    return list(board.memberships.on(day).told())


@dataclass(frozen=True)
class Seats:
    """Everybody who sits, sat or will sit on a board, as of a day."""

    members: list[Membership]
    to_come: list[Membership]
    former: list[Membership]


def seats_of(board: Board, day: dt.date) -> Seats:
    held = list(board.memberships.told())
    former = [one for one in held if one.ends and one.ends < day]
    to_come = [one for one in held if one.starts and one.starts > day]
    return Seats([one for one in held if one not in former and one not in to_come], to_come, former)


def commitments_of(board: Board, user: User) -> QuerySet[Commitment]:
    """The open commitments the board is to hear of, those due first at the top."""
    return Commitment.objects.seen_by(user).open().filter(board=board).select_related("owner")


def attendances(meeting: Meeting) -> list[Attendance]:
    return list(meeting.attendances.select_related("person", "substitute_for").order_by("person__name"))


def paper_deadline(meeting: Meeting) -> dt.date:
    """The day papers for a meeting are due: for 19 December 2019 and seven working days, 10 December."""
    return working_days_before(meeting.date, meeting.board.paper_days)


def agenda_deadline(meeting: Meeting) -> dt.date:
    """The day the agenda must be public: for 19 December 2019 and five clear working days, 11 December."""
    return clear_working_days_before(meeting.date, meeting.board.notice_days)


def previous_meeting(meeting: Meeting) -> Meeting | None:
    return Meeting.objects.standing().filter(board_id=meeting.board_id, date__lt=meeting.date).order_by("-date").first()


def may_agree(meeting: Meeting, today: dt.date) -> QuerySet[Meeting]:
    """The later meetings of the same board that have been held or are today, the next one first."""
    later = Meeting.objects.standing().filter(board_id=meeting.board_id, date__gt=meeting.date, date__lte=today)
    return later.select_related("board").order_by("date")


def minutes_to_finish(today: dt.date) -> QuerySet[Meeting]:
    """Held meetings whose minutes somebody has still to write, circulate or have agreed, the latest first.

    With `unminuted` and `commented`: whether an item lacks its minute, and whether a comment waits for an answer;
    `agreed_on` is the day of the next later meeting that has been held, which may agree them.
    """
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    later = Meeting.objects.standing().filter(board=OuterRef("board"), date__gt=OuterRef("date"), date__lte=today)
    states = [Meeting.MinutesState.DRAFT, Meeting.MinutesState.CIRCULATED]
    found = (
        Meeting.objects.standing()
        .filter(Exists(items), minutes_state__in=states, date__lt=today)
        .annotate(
            unminuted=Exists(items.filter(Q(minute__isnull=True) | Q(minute__text=""))),
            commented=Exists(MinuteComment.objects.waiting().filter(item__meeting=OuterRef("pk"))),
            agreed_on=Subquery(later.order_by("date").values("date")[:1]),
        )
    )
    return found.select_related("board").order_by("-date", "pk")


def minutes_to_sign(user: User) -> QuerySet[Meeting]:
    """Meetings whose agreed minutes this person may sign: they presided or chair the board, and wrote none of it."""
    mine = Q(presided_by__user=user) | Q(board__chair__user=user)
    wrote = AgendaItem.objects.filter(meeting=OuterRef("pk"), minute__authors=user)
    agreed = Meeting.objects.standing().filter(mine, minutes_state=Meeting.MinutesState.AGREED).exclude(Exists(wrote))
    return agreed.select_related("board").order_by("-date", "pk")
