"""Meetings and deadlines: a page for a month, and the file a calendar program follows."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.accounts.access import public, signed_in
from core.accounts.clock import today
from core.accounts.context import current_office
from core.accounts.models import Office
from desk.actions import digest_of, end_calendar_address, make_calendar_address
from desk.calendar.entries import entries
from desk.calendar.feed import feed
from desk.calendar.months import filled, month_named, neighbours, weeks_of
from desk.models import CalendarAddress

BEHIND, AHEAD = dt.timedelta(days=90), dt.timedelta(days=400)  # what the file holds


@require_safe
@signed_in
def calendar_month(request: HttpRequest) -> HttpResponse:
    first = month_named(request.GET.get("month", ""), today())
    weeks = weeks_of(first)
    found = entries(request.user, weeks[0][0], weeks[-1][-1])
    found = [one for one in found if one.kind == "Meeting" or not one.is_cancelled]
    before, after = neighbours(first)
    context = {
        "first": first,
        "weeks": filled(first, found),
        "count": sum(one.day.month == first.month and not one.is_cancelled for one in found),
        "before": before,
        "after": after,
        "today": today(),
    }
    return render(request, "desk/calendar_month.html", context)


@signed_in
@never_cache
def calendar_address(request: HttpRequest) -> HttpResponse:
    """One's private address: made, shown once, made anew, ended."""
    address = ""
    if request.method == "POST":
        token = make_calendar_address(by=request.user)
        address = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    held = CalendarAddress.objects.filter(user=request.user).first()
    return render(request, "desk/calendar_address.html", {"held": held, "address": address})


@signed_in
@require_POST
def calendar_address_end(request: HttpRequest) -> HttpResponse:
    end_calendar_address(by=request.user)
    messages.success(request, "The address has ended. A calendar that followed it no longer gets anything from here.")
    return redirect("calendar-address")


@public
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address reads what its owner may see, less everything exempt: calendars are shared."""
    held = CalendarAddress.objects.filter(digest=digest_of(token), user__is_active=True).select_related("user").first()
    if held is None:
        raise Http404
    day = today()
    office = current_office() or Office()
    found = entries(held.user, day - BEHIND, day + AHEAD, open_only=True)
    return HttpResponse(feed(found, f"{office.short_name} meetings and deadlines"), content_type="text/calendar")
