"""The boards and their meetings: what was said, decided, asked for, done, and agreed."""

import datetime as dt
from collections.abc import Iterable

from core.accounts.permissions import Role
from desk.demo.building.cast import Cast, on
from desk.demo.words import shapes
from desk.demo.words.boards import ACC_OPERATIONS, BOARDS, DEPUTY, MONITORING, STANDING
from governance.boards.actions import (
    accept_proposals,
    add_item,
    add_standing_item,
    agree_minutes,
    amend_minute,
    circulate_minutes,
    comment_on_minute,
    create_board,
    create_meeting,
    create_series,
    declare_interest,
    edit_member,
    move_action,
    publish_minutes,
    record_action,
    record_decision,
    report_progress,
    save_minute,
    set_attendance,
    set_members,
    settle_comment,
    sign_minutes,
)
from governance.boards.models import AgendaItem, Attendance, Board, BoardAction, Meeting, MeetingSeries
from governance.boards.proposing import everything
from measures.models import Measure

COMMENTS_WITHIN = dt.timedelta(days=7)
ROOM = "Commissioner's meeting room, Barchester"
PLACE = "The commissioner's website"


def found_boards(cast: Cast) -> None:
    """Every board under all its names, in an order in which its parent comes first."""
    by = cast[Role.SECRETARY]
    measures = {measure.slug: measure for measure in Measure.objects.all()}
    made: dict[str, Board] = {}
    for one in BOARDS:
        made[one.name] = create_board(
            name=one.name,
            relation=one.relation,
            chair=cast.person(one.chair) if one.chair else None,
            frequency=one.frequency,
            parent=made[one.parent] if one.parent else None,
            terms=one.terms,
            aliases=list(one.aliases),
            measures=[measures[slug] for slug in one.measures],
            by=by,
        )
        if one.members:
            seats = {cast.person(name): capacity for name, capacity in one.members}
            set_members(board=made[one.name], members=seats, by=by)
    _draw_up(made[MONITORING], cast)


def _draw_up(board: Board, cast: Cast) -> None:
    """What the monitoring board takes at every meeting, in what rhythm it meets from January, and who stands in."""
    by = cast[Role.SECRETARY]
    for title, presenter in STANDING:
        add_standing_item(board=board, title=title, presenter=presenter, by=by)
    fourth_tuesday = {"often": MeetingSeries.Often.MONTHLY, "weekday": 1, "place": 4}
    create_series(board=board, starts=dt.date(2020, 1, 1), starts_at=dt.time(14), venue=ROOM, by=by, **fourth_tuesday)
    seat = board.memberships.get(person=cast.person(DEPUTY))
    given = {"version": seat.version, "capacity": seat.capacity, "starts": seat.starts, "ends": None}
    edit_member(membership=seat, substitutes=[cast.person(ACC_OPERATIONS)], by=by, **given)


def call(meeting: shapes.Meeting, cast: Cast) -> Meeting:
    """Fix a meeting with its agenda."""
    by = cast[Role.SECRETARY]
    made = create_meeting(
        board=Board.objects.get(name=meeting.board),
        date=meeting.date,
        starts_at=meeting.starts_at,
        place=meeting.place,
        is_public=meeting.is_public,
        by=by,
    )
    waiting = [one.key for one in everything(made) if one.kind == "action"]
    accept_proposals(meeting=made, keys=waiting, by=by)
    for item in meeting.items:
        part = AgendaItem.Part.EXEMPT if item.exemption else AgendaItem.Part.PUBLIC
        add_item(meeting=made, title=item.title, presenter=item.presenter, part=part, exemption=item.exemption, by=by)
    return made


def hold(meeting: shapes.Meeting, made: Meeting, cast: Cast) -> None:
    """Attendance, minutes, decisions and actions on the day; the minutes are agreed where the words say when."""
    by = cast[Role.SECRETARY]
    on(meeting.date)
    instead = dict(meeting.substitutes)
    came = [(name, Attendance.Kind.PRESENT) for name in (*meeting.present, *instead)]
    for name, kind in (*came, *((name, Attendance.Kind.APOLOGIES) for name in meeting.apologies)):
        absent = cast.person(instead[name]) if name in instead else None
        set_attendance(meeting=made, person=cast.person(name), kind=kind, substitute_for=absent, by=by)
    for item in meeting.items:
        held = made.items.get(title=item.title)
        for name, interest in item.declared:
            declare_interest(item=held, person=cast.person(name), interest=interest, conduct="left", by=by)
        if item.minute:
            save_minute(item=held, version=0, text=item.minute, by=by)
        for text, decided_by in item.decisions:
            record_decision(item=held, text=text, decided_by=decided_by, by=by)
        for arising in item.actions:
            owner = cast.person(arising.owner)
            record_action(item=held, text=arising.text, owner=owner, due=arising.due, by=by)


def circulate(meeting: shapes.Meeting, made: Meeting, cast: Cast) -> None:
    """Send the draft to those who were there, and answer what they said of it."""
    if meeting.circulated is None:
        return
    by = cast[Role.SECRETARY]
    on(meeting.circulated)
    people = [cast.person(name) for name in (*meeting.present, *meeting.apologies)]
    until = meeting.circulated + COMMENTS_WITHIN
    chair = cast.person(meeting.present[0])
    circulate_minutes(meeting=made, recipients=people, presided_by=chair, comments_by=until, by=by)
    for name, title, text, answer in meeting.comments:
        item = made.items.get(title=title)
        comment = comment_on_minute(item=item, person=cast.person(name), text=text, by=by)
        if answer:
            settle_comment(comment=comment, answer=answer, by=by)


def agree(meetings: Iterable[shapes.Meeting], at: Meeting, cast: Cast) -> None:
    """What this meeting agrees: minutes of earlier ones, and amendments to them. Who presided signs the day after."""
    by, chair = cast[Role.SECRETARY], cast[Role.COMMISSIONER]
    for words in meetings:
        held = Meeting.objects.filter(board__name=words.board, date=words.date, board=at.board).first()
        if held is None:
            continue
        on(at.date)
        made = [agree_minutes(meeting=held, at=at, by=by)] if words.agreed == at.date else []
        for title, text, reason, day in words.amended:
            if day == at.date:
                item = held.items.select_related("minute").get(title=title)
                given = {"version": item.minute.version, "text": text, "reason": reason}
                made.append(amend_minute(item=item, at=at, by=by, **given))
        for version in made:
            on(at.date + dt.timedelta(days=1))
            sign_minutes(meeting=held, sha256=version.sha256, by=chair)
        if made and words.agreed == at.date and words.published:
            on(words.published)
            publish_minutes(meeting=held, published_on=words.published, place=PLACE, by=by)


def close_done(meetings: Iterable[shapes.Meeting], until: dt.date, cast: Cast) -> None:
    """The actions that were done by a day, each closed on its own day with what its owner said."""
    said = _arising(meetings)
    for action in BoardAction.objects.open().order_by("ref"):
        words = said[action.text]
        if words.closed and words.closed <= until:
            on(words.closed)
            reported = _report(action, words, cast)
            move_action(
                board_action=reported,
                to=BoardAction.Status.DONE,
                no_evidence=words.progress,
                by=cast[Role.SECRETARY],
            )


def report_open(meetings: Iterable[shapes.Meeting], cast: Cast) -> None:
    """What owners say today of the actions that are still open."""
    said = _arising(meetings)
    for action in BoardAction.objects.open().order_by("ref"):
        if said[action.text].progress:
            _report(action, said[action.text], cast)


def _arising(meetings: Iterable[shapes.Meeting]) -> dict[str, shapes.Arising]:
    return {one.text: one for meeting in meetings for item in meeting.items for one in item.actions}


def _report(action: BoardAction, words: shapes.Arising, cast: Cast) -> BoardAction:
    by = cast[Role.SECRETARY]
    return report_progress(board_action=action, version=action.version, progress=words.progress, by=by)
