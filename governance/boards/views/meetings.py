"""The pages of a meeting: fixing it, running it, reading it, and who came."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.models import Person
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.versions import Stale, conflict_response
from governance.boards import actions, asked, moving, presenters, reading, states
from governance.boards.forms.boards import MeetingForm
from governance.boards.forms.meetings import MinuteForm
from governance.boards.forms.people import AttendeeForm
from governance.boards.links import links_of
from governance.boards.models import AgendaItem, Attendance, Board, Meeting
from governance.boards.views.boards import person_of


def found_meeting(pk: int) -> Meeting:
    return get_object_or_404(
        Meeting.objects.select_related("board__chair", "agreed_by", "presided_by", "cancelled_by"), pk=pk
    )


def is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def minute_form(item: AgendaItem, data=None) -> MinuteForm:
    """The form of one item's minute; many stand on one page, so each has ids of its own."""
    held = getattr(item, "minute", None)
    initial = {"version": held.version if held else 0, "text": held.text if held else ""}
    form = MinuteForm(data, initial=initial, auto_id=f"minute-{item.pk}-%s")
    form.fields["text"].label = f"Minute of item {item.position}"
    return form


def meeting_tabs(meeting: Meeting, current: str) -> list[dict]:
    places = (
        ("Run the meeting", "meeting-detail"),
        ("Agenda", "meeting-agenda"),
        ("Agenda pack", "pack-list"),
        ("Read or print", "meeting-minutes"),
    )
    return [
        {"text": text, "href": reverse(name, args=[meeting.pk]), "current": name == current} for text, name in places
    ]


def meeting_context(request: HttpRequest, meeting: Meeting) -> dict:
    """What every page of a meeting shows."""
    day = today()
    items = reading.agenda(meeting, request.user)
    links = links_of(items)
    return {
        "meeting": meeting,
        "board": meeting.board,
        "items": [(item, links.get(item.pk, [])) for item in items],
        "lead": presenters.meeting_lead(meeting, items, day),
        "is_over": meeting.date <= day,
        "may_run": request.user.has(Permission.MEETING_RUN) and not (meeting.is_locked or meeting.is_cancelled),
        "may_reinstate": meeting.is_cancelled and request.user.has(Permission.MEETING_RUN),
        "releases": request.user.has(Permission.MEETING_RUN),
        "moves": list(meeting.moves.all()),
        "returns": list(meeting.returns.select_related("by", "cancelled_by")),
        "deadlines": [
            presenters.Deadline("Papers due", reading.paper_deadline(meeting), day),
            presenters.Deadline("Agenda public", reading.agenda_deadline(meeting), day),
        ],
    }


@require_safe
@requires(Permission.BOARD_VIEW)
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = found_meeting(pk)
    if meeting.is_locked or meeting.is_cancelled or not request.user.has(Permission.MEETING_RUN):
        return meeting_minutes(request, pk)
    context = meeting_context(request, meeting)
    noted = reading.attendances(meeting)
    context |= {
        "rows": [(item, links, minute_form(item)) for item, links in context["items"]],
        "asked": asked.of_meeting(request.user, meeting),
        "unsatisfied": asked.unsatisfied(request.user, meeting),
        "media": MinuteForm(),
        "seats": presenters.seats(reading.members(meeting.board, meeting.date), noted),
        "present": sum(one.kind == Attendance.Kind.PRESENT for one in noted),
        "kinds": Attendance.Kind.choices,
        "tabs": meeting_tabs(meeting, "meeting-detail"),
    }
    return render(request, "boards/meeting_run.html", context)


@require_safe
@requires(Permission.BOARD_VIEW)
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda and, once there are any, the minutes: to read and to print."""
    meeting = found_meeting(pk)
    context = meeting_context(request, meeting)
    latest = meeting.versions.select_related("publication").order_by("-number").first()
    runs = request.user.has(Permission.MEETING_RUN)
    context |= {
        "asked": asked.of_meeting(request.user, meeting),
        "unsatisfied": asked.unsatisfied(request.user, meeting),
        "attended": presenters.attended(reading.attendances(meeting)),
        "has_versions": latest is not None,
        "may_amend": runs and latest is not None,
        "may_publish": runs and latest is not None and latest.publication_or_none is None,
        "may_sign": meeting.minutes_state == Meeting.MinutesState.AGREED
        and latest is not None
        and request.user.has(Permission.MINUTES_SIGN)
        and bool(states.signs_as(meeting, request.user)),
    }
    if context["may_run"]:
        context["tabs"] = meeting_tabs(meeting, "meeting-minutes")
    return render(request, "boards/meeting_detail.html", context)


@requires(Permission.MEETING_RUN)
def meeting_create(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board, slug=slug)
    form = MeetingForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data.copy()
        given.pop("version")
        meeting = actions.create_meeting(board=board, by=request.user, **given)
        messages.success(request, "The meeting is fixed. What proposes itself for its agenda stands here.")
        return redirect("meeting-agenda", meeting.pk)
    return render(
        request, "boards/meeting_form.html", {"form": form, "board": board}, status=422 if form.errors else 200
    )


@requires(Permission.MEETING_RUN)
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = found_meeting(pk)
    title = str(meeting)
    form = MeetingForm(request.POST or None, instance=meeting, board=meeting.board)
    context = {"form": form, "board": meeting.board, "meeting": meeting, "title": title}
    if request.method == "POST" and form.is_valid():
        date = form.cleaned_data["date"]
        going = [one for one in moving.foretold(meeting, date) if one.has_moved]
        if going and date != form.held and request.POST.get("seen") != date.isoformat():
            return render(request, "boards/meeting_form.html", context | {"going": going, "seen": date.isoformat()})
        try:
            actions.edit_meeting(meeting=meeting, by=request.user, **form.cleaned_data)
        except Stale as stale:
            back = reverse("meeting-detail", args=[pk])
            return conflict_response(request, stale=stale, form=form, fields=["place"], title=title, back=back)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The meeting is saved.")
        return redirect("meeting-detail", pk)
    context["tied"] = moving.foretold(meeting, form.held)
    return render(request, "boards/meeting_form.html", context, status=422 if form.errors else 200)


@requires(Permission.MEETING_RUN)
@require_POST
def attendance_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's attendance, saved as it is ticked."""
    meeting = found_meeting(pk)
    person = get_object_or_404(Person, pk=request.POST.get("person") or 0)
    held = meeting.attendances.filter(person=person).first()
    instead = request.POST.get("substitute_for", "")
    try:
        if request.POST.get("kind") == "clear" and held:
            actions.clear_attendance(attendance=held, by=request.user)
        else:
            kind = request.POST.get("kind", "")
            stands_in = get_object_or_404(Person, pk=instead) if instead.isdecimal() else None
            if kind != Attendance.Kind.PRESENT:
                stands_in = None
            actions.set_attendance(meeting=meeting, person=person, kind=kind, substitute_for=stands_in, by=request.user)
    except MoveRefused as refused:
        if is_fragment(request):
            return render(request, "boards/_refused.html", {"problem": str(refused)}, status=422)
        messages.error(request, str(refused))
    if is_fragment(request):
        present = meeting.attendances.filter(kind=Attendance.Kind.PRESENT).count()
        return render(request, "boards/_attendance_saved.html", {"present": present})
    return redirect(f"{reverse('meeting-detail', args=[pk])}#attendance")


@requires(Permission.MEETING_RUN)
def attendance_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = found_meeting(pk)
    form = AttendeeForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = person_of(form, request)
                actions.set_attendance(meeting=meeting, person=person, kind=Attendance.Kind.PRESENT, by=request.user)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{person.name} is noted as present.")
        return redirect(f"{reverse('meeting-detail', args=[pk])}#attendance")
    context = {"form": form, "meeting": meeting}
    return render(request, "boards/attendee_form.html", context, status=422 if form.errors else 200)
