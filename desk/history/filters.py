"""What a reader may narrow the history to."""

import datetime as dt

from django import forms
from django.utils import timezone

from core.accounts.models import User
from core.audit.models import AuditEventQuerySet
from core.documents.forms import OfficeForm
from core.documents.widgets import LongSelect
from desk.history.scope import app_of, logged_tables, seen_apps

NO_DATE = {"invalid": "Give the first and the last day as real dates, such as 2019-09-30"}
LAST_YEAR = 9_000  # nothing of the log is later, and the day after the last of all cannot be reckoned
PROGRAMS, NOBODY = "programs", "nobody"


class DayInput(forms.DateInput):
    """One box with the browser's calendar: three boxes twice are too much for a filter."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def action_words(action: str) -> str:
    """ "papers.move_commentary" is "move commentary"."""
    return action.partition(".")[2].replace("_", " ").capitalize()


class HistoryFilter(OfficeForm):
    who = forms.ChoiceField(label="Who", required=False, widget=LongSelect)
    kind = forms.ChoiceField(label="What was changed", required=False, widget=LongSelect)
    action = forms.ChoiceField(label="What was done", required=False, widget=LongSelect)
    since = forms.DateField(label="From", required=False, widget=DayInput, error_messages=NO_DATE)
    until = forms.DateField(label="To", required=False, widget=DayInput, error_messages=NO_DATE)
    reason = forms.BooleanField(label="With a reason given", required=False)
    request = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, user: User, actions: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        people = [(str(pk), name) for pk, name in User.objects.values_list("pk", "name")]
        self.fields["who"].choices = [("", "Anyone"), *people, (PROGRAMS, "Programs"), (NOBODY, "Nobody on record")]
        apps = seen_apps(user)
        tables = {t: noun for t, noun in logged_tables().items() if apps is None or app_of(t) in apps}
        kinds = sorted(tables.items(), key=lambda one: one[1])
        self.fields["kind"].choices = [("", "Anything"), *((t, noun.capitalize()) for t, noun in kinds)]
        self.fields["action"].choices = [
            ("", "Anything"),
            *((one, action_words(one)) for one in sorted(actions, key=action_words)),
        ]

    def applied(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        """The events this form asks for. Call when it is valid."""
        given = self.cleaned_data
        match given["who"]:
            case "":
                pass
            case "programs":
                events = events.filter(actor_id=None).exclude(actor_name="")
            case "nobody":
                events = events.unattributed()
            case who:
                events = events.by_actor(int(who))
        if given["kind"]:
            events = events.filter(table=given["kind"])
        if given["action"]:
            events = events.of_action(given["action"])
        if given["reason"]:
            events = events.with_reason()
        if given["request"]:
            events = events.in_request(given["request"])
        return events.between(_begins(given["since"]), _begins(given["until"], days=1))

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)


def _begins(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    if day is None or day.year > LAST_YEAR:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days), dt.time.min))
