"""A person's calendar as an iCalendar file, for the program they keep their own in."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from desk.calendar.entries import Entry


def feed(entries: list[Entry], name: str) -> bytes:
    """All-day events that block no time. What an entry is about may change, its UID does not."""
    made = Calendar()
    made.add("prodid", "-//Reckoner//Meetings and deadlines//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    host, now = urlsplit(settings.SITE_URL).hostname or "localhost", timezone.now()
    for one in entries:
        event = Event()
        event.add("uid", f"{one.key}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + dt.timedelta(days=1))
        event.add("summary", one.title if one.kind == "Meeting" else f"{one.kind}: {one.title}")
        if one.place:
            event.add("location", one.place)
        event.add("url", f"{settings.SITE_URL}{one.href}")
        if one.sequence:
            event.add("sequence", one.sequence)
            # Said of what stands too: without it a program keeps a reinstated meeting as cancelled.
            event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return made.to_ical()
