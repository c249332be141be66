"""The life of minutes after the meeting: circulated, commented on, agreed, amended, signed, published."""

import datetime as dt

from core import jobs
from core.accounts.clock import now, today
from core.accounts.models import Person, User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.richtext import ensure_ids
from core.documents.versions import save_if_unchanged
from governance.boards import minutes_content, reading, states
from governance.boards.actions.holding import hold
from governance.boards.models import (
    AgendaItem,
    Meeting,
    Minute,
    MinuteComment,
    MinutesCirculation,
    MinutesPublication,
    MinutesSignature,
    MinutesVersion,
)

STATE = Meeting.MinutesState


@action
def circulate_minutes(
    *, meeting: Meeting, recipients: list[Person], presided_by: Person, comments_by: dt.date, by: User
) -> MinutesCirculation:
    """Say that the draft has gone to these people; again after it was put right, if wanted."""
    held = hold(meeting)
    states.check_may_circulate(held, recipients, presided_by, comments_by, by=by)
    made = MinutesCirculation.objects.create(
        meeting=held,
        number=held.circulations.count() + 1,
        sent_on=today(),
        recipients=sorted(str(one) for one in recipients),
        comments_by=comments_by,
        sent_by=by,
    )
    held.presided_by, held.minutes_state = presided_by, STATE.CIRCULATED
    held.version += 1
    held.save(update_fields=["minutes_state", "presided_by", "version"])
    return made


@action
def comment_on_minute(*, item: AgendaItem, person: Person, text: str, by: User) -> MinuteComment:
    """Keep what somebody said of a minute, under their name: their own words, or passed on by who keeps the minutes."""
    held = hold(item.meeting)
    states.check_may_comment(held, person, by=by)
    if again := MinuteComment.objects.filter(item=item, person=person, text=text).first():
        return again
    return MinuteComment.objects.create(item=item, person=person, text=text, made_at=now(), noted_by=by)


@action
def settle_comment(*, comment: MinuteComment, answer: str, by: User) -> MinuteComment:
    """Say what was done about a comment: the minute put right, or why it stands."""
    hold(comment.item.meeting)
    held = MinuteComment.objects.select_for_update().get(pk=comment.pk)
    states.check_may_settle(held, answer)
    held.answer, held.settled_at, held.settled_by = answer.strip(), now(), by
    held.save(update_fields=["answer", "settled_at", "settled_by"])
    return held


@action
def agree_minutes(*, meeting: Meeting, at: Meeting, by: User) -> MinutesVersion:
    """Lock the minutes and all that lies under them, as a later meeting of the board agreed them."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    states.check_may_agree(held, by=by)
    states.check_agreed_at(held, at)
    held.minutes_state = STATE.AGREED
    held.agreed_by, held.agreed_at = by, now()
    held.version += 1
    held.save(update_fields=["minutes_state", "agreed_by", "agreed_at", "version"])
    return _freeze(held, at=at, reason="", by=by)


@action
def amend_minute(*, item: AgendaItem, version: int, text: str, reason: str, at: Meeting, by: User) -> MinutesVersion:
    """Put an agreed minute right, as a later meeting of the board agreed: a new version beside the one that stands."""
    held = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    text = ensure_ids(text)
    states.check_may_amend(held, item, text, reason, by=by)
    states.check_agreed_at(held, at)
    minute = Minute.objects.filter(item=item).first()
    if minute is None:
        minute, version = Minute.objects.create(item=item), 1
    save_if_unchanged(Minute, minute.pk, version, text=text).authors.add(by)
    return _frozen_anew(held, at=at, reason=reason.strip(), by=by)


def _frozen_anew(held: Meeting, *, at: Meeting, reason: str, by: User) -> MinutesVersion:
    if held.minutes_state == STATE.SIGNED:  # what was signed reads otherwise; the new version waits for its own
        states.MINUTES.check_move(held.minutes_state, STATE.AGREED, by=by)
        held.minutes_state = STATE.AGREED
    held.version += 1
    held.save(update_fields=["minutes_state", "version"])
    return _freeze(held, at=at, reason=reason, by=by)


def refreeze(meeting: Meeting, *, reason: str, by: User) -> MinutesVersion | None:
    """A further version of agreed minutes with the same words and other parts; None before they are agreed."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not held.is_locked:
        return None
    at = held.versions.order_by("-number").first().agreed_at_meeting
    return _frozen_anew(held, at=at, reason=reason, by=by)


def _freeze(meeting: Meeting, *, at: Meeting, reason: str, by: User) -> MinutesVersion:
    content = minutes_content.content_of(meeting, reading.whole_agenda(meeting), reading.attendances(meeting))
    text = minutes_content.to_text(content)
    made = MinutesVersion.objects.create(
        meeting=meeting,
        number=meeting.versions.count() + 1,
        content=text,
        sha256=minutes_content.sha256_of(text),
        reason=reason,
        agreed_at_meeting=at,
        made_by=by,
        made_at=now(),
    )
    jobs.enqueue("boards.render_minutes", made.pk)
    return made


@action
def sign_minutes(*, meeting: Meeting, sha256: str, by: User) -> MinutesSignature:
    """Sign the latest version, which `sha256` names: who signs has seen that one, presided, and wrote none of it."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("board", "presided_by").get(pk=meeting.pk)
    latest = held.versions.order_by("-number").first()
    authors = set(Minute.objects.filter(item__meeting=held).values_list("authors", flat=True))
    states.check_may_sign(held, authors, by=by)
    if latest is None or latest.sha256 != sha256:
        raise MoveRefused("The minutes were amended since you opened this page. Read them again. Nothing was signed.")
    states.check_sees_all(minutes_content.has_exempt(minutes_content.from_text(latest.content)), by=by)
    made = MinutesSignature.objects.create(
        version=latest, sha256=sha256, signed_as=states.signs_as(held, by), signed_by=by, signed_at=now()
    )
    held.minutes_state = STATE.SIGNED
    held.version += 1
    held.save(update_fields=["minutes_state", "version"])
    jobs.enqueue("boards.render_minutes", latest.pk)
    return made


@action
def publish_minutes(*, meeting: Meeting, published_on: dt.date, place: str, by: User) -> MinutesPublication:
    """Let anybody read the public part of the latest version."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    latest = held.versions.select_related("publication").order_by("-number").first()
    states.check_may_publish(held, latest, published_on)
    return MinutesPublication.objects.create(
        version=latest, published_on=published_on, place=place, published_by=by, published_at=now()
    )
