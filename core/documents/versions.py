"""Two people, one record: nobody's words are lost when both save.

A record that can stay open in a form for ten minutes carries a version. Saving names the version the form was opened
on; when somebody else has saved since, nothing is written, and the page shows both texts and what differs.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.forms import BaseForm, BoundField, ChoiceField, Textarea, TextInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from core.documents import richtext, worddiff
from core.documents.widgets import DateParts

M = TypeVar("M", bound=models.Model)


class Versioned(models.Model):
    """A record edited in a form: its version rises by one with every save."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class Stale(Exception):
    """Somebody saved this record after the form was opened; `current` is the record as it is now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__("Somebody else has changed this since you opened it. Nothing of yours has been lost.")
        self.current = current


def save_if_unchanged(model: type[M], pk: Any, version: int, **changes: Any) -> M:
    """Write `changes` if the record is still at `version`, and return it as it now is; otherwise raise `Stale`.

    One UPDATE decides, so two saves in the same moment cannot both win. Call it inside an action.
    """
    changed = model._default_manager.filter(pk=pk, version=version).update(version=F("version") + 1, **changes)
    current = model._default_manager.get(pk=pk)
    if not changed:
        raise Stale(current)
    return current


def version_read(request: HttpRequest) -> int | None:
    """The version of the record that whoever presses a button has read, where the page sends it."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


@dataclass(frozen=True)
class Disputed:
    """One field of the conflict page: what I wrote, what stands now, and the difference."""

    name: str
    label: str
    mine: str
    theirs: str
    is_rich: bool
    difference: SafeString
    bound: BoundField | None = None  # a date or a choice, which is asked for as it was and not as text
    sent: tuple[tuple[str, str], ...] = ()  # of such a field: the names and values that were posted


def conflict_response(
    request: HttpRequest,
    *,
    stale: Stale,
    form: BaseForm,
    fields: list[str],
    title: str,
    back: str,
    changed_by: str = "",
) -> HttpResponse:
    """409 with both texts of each disputed field.

    `form` is the bound form that was sent, with its hidden field `version`; `back` is where the record is shown.
    Keeping mine and saving a merged text post the whole form to the same address again, on the version that stands
    now; so name in `fields` everything somebody else may have changed.
    """
    disputed = [_disputed(form, stale.current, name, request) for name in fields]
    disputed = [one for one in disputed if one.mine != one.theirs]
    version_name = form.add_prefix("version")
    left_out = {"csrfmiddlewaretoken", version_name, *(one.name for one in disputed)}
    left_out |= {name for one in disputed for name, _ in one.sent}
    rest = [(name, value) for name in request.POST if name not in left_out for value in request.POST.getlist(name)]
    context = {
        "disputed": disputed,
        "rest": rest,
        "version": stale.current.version,
        "version_name": version_name,
        "title": title,
        "back": back,
        "changed_by": changed_by,
        "form": form,
    }
    return render(request, "documents/conflict.html", context, status=409)


def _disputed(form: BaseForm, current: models.Model, name: str, request: HttpRequest) -> Disputed:
    bound = form[name]
    if not isinstance(bound.field.widget, TextInput | Textarea):
        return _disputed_choice(form, current, name, request)
    theirs = _words(bound, getattr(current, name), "\n")
    mine = str(bound.data or "").replace("\r\n", "\n")
    if bound.is_rich:
        mine, theirs = richtext.clean(mine), richtext.clean(theirs)
        pieces = worddiff.diff_html(theirs, mine)
    else:
        pieces = worddiff.diff(theirs, mine)
    return Disputed(
        bound.html_name, str(bound.label), mine, theirs, bound.is_rich, SafeString(worddiff.as_html(pieces))
    )


def _disputed_choice(form: BaseForm, current: models.Model, name: str, request: HttpRequest) -> Disputed:
    """A date or a choice: compared in the words people read, sent again under the names it came under."""
    bound = form[name]
    mine, theirs = (_words(bound, value, ", ") for value in (form.cleaned_data[name], getattr(current, name)))
    difference = SafeString(worddiff.as_html(worddiff.diff(theirs, mine)))
    widget = bound.field.widget
    parts = [suffix for suffix in ("day", "month", "year") if isinstance(widget, DateParts)]
    names = [f"{bound.html_name}_{part}" for part in parts] or [bound.html_name]
    sent = tuple((one, value) for one in names for value in request.POST.getlist(one))
    return Disputed(bound.html_name, str(bound.label), mine, theirs, False, difference, bound, sent)


def _words(bound: BoundField, value: Any, between: str) -> str:
    """A field's value as people read it: the label of a choice, the names of what is chosen, a day in words."""
    if isinstance(value, models.Manager):
        value = value.all()
    if isinstance(value, models.QuerySet | list):
        return between.join(sorted(str(one) for one in value)) if between != "\n" else between.join(map(str, value))
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(bound.field, ChoiceField) and not isinstance(value, models.Model):
        return str(dict(bound.field.choices).get(value, value or ""))
    return "" if value is None else str(value)
