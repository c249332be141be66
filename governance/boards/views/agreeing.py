"""Minutes after the meeting: sent round, commented on, agreed, amended, signed, published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.models import Person
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.once import once
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, minutes_content, presenters, reading, states
from governance.boards.forms.minutes import (
    AgreedAtForm,
    AmendForm,
    CirculateForm,
    CommentForm,
    PublishMinutesForm,
    SettleForm,
    SignMinutesForm,
)
from governance.boards.links import links_of
from governance.boards.models import Attendance, Meeting, MinuteComment
from governance.boards.views.agenda import found_item
from governance.boards.views.meetings import found_meeting

COMMENT_DAYS = 7  # days asked for by default


@requires(Permission.MEETING_RUN)
@require_POST
def minutes_prefill(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin every empty minute with what is known already: who presented, what was received, how an action stands."""
    meeting = found_meeting(pk)
    links = links_of(reading.whole_agenda(meeting))
    received = {item: [label for label, _ in held] for item, held in links.items()}
    try:
        begun = actions.prefill_minutes(meeting=meeting, received=received, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        said = f"{begun} minute{' is' if begun == 1 else 's are'} begun" if begun else "Every item has its minute"
        messages.success(request, f"{said}.")
    return redirect("meeting-detail", pk)


@requires(Permission.MEETING_RUN)
@once
def minutes_circulate(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = found_meeting(pk)
    noted = reading.attendances(meeting)
    present = [one.person_id for one in noted if one.kind == Attendance.Kind.PRESENT]
    chair = meeting.board.chair_id
    initial = {
        "recipients": sorted(
            {one.person_id for one in noted} | {one.person_id for one in reading.members(meeting.board, meeting.date)}
        ),
        "presided_by": meeting.presided_by_id or (chair if chair in present else None),
    }
    form = CirculateForm(request.POST or None, meeting=meeting, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.circulate_minutes(meeting=meeting, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            count = len(made.recipients)
            messages.success(request, f"The minutes are circulated to {count} {'person' if count == 1 else 'people'}.")
        return redirect("meeting-detail", pk)
    context = {"form": form, "meeting": meeting, "sent": list(meeting.circulations.all())}
    return render(request, "boards/minutes_circulate.html", context, status=422 if form.errors else 200)


def _comment_form(request: HttpRequest, meeting: Meeting) -> CommentForm | None:
    """Who keeps the minutes notes anybody's comment; others with a seat comment in their own name."""
    if meeting.minutes_state != Meeting.MinutesState.CIRCULATED:
        return None
    keeps = request.user.has(Permission.MEETING_RUN)
    if not keeps and not request.user.has(Permission.MINUTES_SIGN):
        return None
    people = Person.objects.all() if keeps else Person.objects.filter(user=request.user)
    if not keeps and not people.exists():
        return None
    data = request.POST if request.method == "POST" else None
    initial = {} if keeps else {"person": people.first()}
    items = reading.items_seen_by(request.user).filter(meeting=meeting).order_by("position")
    return CommentForm(data, items=items, people=people, initial=initial)


@requires(Permission.BOARD_VIEW)
def minutes_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom the draft went, what they said, and what was done about it."""
    meeting = found_meeting(pk)
    form = _comment_form(request, meeting)
    if request.method == "POST" and form and form.is_valid():
        try:
            made = actions.comment_on_minute(by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The comment of {made.person.name} is noted.")
        return redirect("minutes-comments", pk)
    seen = MinuteComment.objects.seen_by(request.user).filter(item__meeting=meeting)
    comments = list(seen.select_related("person", "item__meeting__board", "settled_by"))
    context = {
        "meeting": meeting,
        "form": form,
        "comments": comments,
        "waiting": sum(one.settled_at is None for one in comments),
        "sent": list(meeting.circulations.all()),
        "may_settle": request.user.has(Permission.MEETING_RUN) and not meeting.is_locked,
    }
    return render(request, "boards/minutes_comments.html", context, status=422 if form and form.errors else 200)


@requires(Permission.MEETING_RUN)
@require_POST
def minutes_comment_settle(request: HttpRequest, pk: int) -> HttpResponse:
    seen = MinuteComment.objects.seen_by(request.user).select_related("item__meeting__board", "person")
    comment = get_object_or_404(seen, pk=pk)
    form = SettleForm(request.POST)
    try:
        actions.settle_comment(comment=comment, answer=form.data.get("answer", ""), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The comment of {comment.person.name} is settled.")
    return redirect("minutes-comments", comment.item.meeting_id)


@requires(Permission.MEETING_RUN)
def minutes_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will be locked and which meeting agreed it, then lock it."""
    meeting = found_meeting(pk)
    later = reading.may_agree(meeting, today())
    form = AgreedAtForm(request.POST or None, meetings=later)
    if request.method == "POST":
        try:
            states.check_may_agree(meeting, by=request.user)
            if form.is_valid():
                actions.agree_minutes(meeting=meeting, at=form.cleaned_data["at"], by=request.user)
                messages.success(request, "The minutes are agreed and locked.")
                return redirect("meeting-minutes", pk)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("meeting-detail", pk)
    blocked = ""
    try:
        states.check_may_agree(meeting, by=request.user)
        if not later:
            blocked = "No later meeting of this board has been held yet: minutes are agreed at the next one."
    except MoveRefused as refused:
        blocked = str(refused)
    items = reading.agenda(meeting, request.user)
    noted = reading.attendances(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "items": items,
        "blocked": blocked,
        "bare": presenters.without_minute(items),
        "present": sum(one.kind == Attendance.Kind.PRESENT for one in noted),
        "noted": len(noted),
        "minutes": sum(bool(presenters.minute_of(item)) for item in items),
        "decisions": [one for item in items for one in item.decisions.all()],
        "arising": [one for item in items for one in item.actions.all()],
    }
    return render(request, "boards/minutes_agree.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def minute_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an agreed minute right, with the reason and the meeting that agreed so."""
    item = found_item(request, pk)
    held = getattr(item, "minute", None)
    initial = {"version": held.version if held else 0, "text": held.text if held else ""}
    form = AmendForm(request.POST or None, initial=initial, meetings=reading.may_agree(item.meeting, today()))
    back = reverse("meeting-minutes", args=[item.meeting_id])
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.amend_minute(item=item, by=request.user, **form.cleaned_data)
        except Stale as stale:
            title = f"The minute of item {item.position}"
            return conflict_response(request, stale=stale, form=form, fields=["text"], title=title, back=back)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect(back)
        messages.success(request, f"The minutes are amended. Version {made.number} waits for its signature.")
        return redirect("minutes-versions", item.meeting_id)
    context = {"form": form, "item": item, "meeting": item.meeting, "back": back}
    return render(request, "boards/minute_amend.html", context, status=422 if form.errors else 200)


@requires(Permission.MINUTES_SIGN)
def minutes_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what is signed, then sign it with one's password."""
    meeting = found_meeting(pk)
    latest = meeting.versions.with_places().order_by("-number").first()
    if latest is None or meeting.minutes_state != Meeting.MinutesState.AGREED:
        messages.error(request, "Only agreed minutes that nobody has signed yet can be signed.")
        return redirect("meeting-detail", pk)
    form = SignMinutesForm(request.POST or None, user=request.user, initial={"sha256": latest.sha256})
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_minutes(meeting=meeting, sha256=form.cleaned_data["sha256"], by=request.user)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("minutes-sign", pk)
        messages.success(request, "The minutes are signed.")
        return redirect("minutes-read", pk)
    content = minutes_content.from_text(latest.content)
    if not request.user.has(Permission.RESTRICTED_VIEW):
        content = minutes_content.public_part(content)
    capacity = states.signs_as(meeting, request.user)
    content = minutes_content.in_words(content)
    context = {"form": form, "meeting": meeting, "version": latest, "content": content, "capacity": capacity}
    return render(request, "boards/minutes_sign.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
def minutes_publish(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = found_meeting(pk)
    form = PublishMinutesForm(request.POST or None, initial={"published_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_minutes(meeting=meeting, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The minutes are published. Anybody can read their public part now.")
            return redirect("minutes-read", pk)
    latest = meeting.versions.with_places().order_by("-number").first()
    context = {"form": form, "meeting": meeting, "version": latest}
    return render(request, "boards/minutes_publish.html", context, status=422 if form.errors else 200)
