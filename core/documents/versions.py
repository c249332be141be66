"""Two people, one record: nobody's words are lost when both save.

A record that can stay open in a form for ten minutes carries a version. Saving names the version the form was opened
on; when somebody else has saved since, nothing is written, and the page shows both texts and what differs.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from core.documents import richtext, worddiff

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


@dataclass(frozen=True)
class Disputed:
    """One field of the conflict page: what I wrote, what stands now, and the difference."""

    name: str
    label: str
    mine: str
    theirs: str
    is_rich: bool
    difference: SafeString


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
    disputed = [_disputed(form, stale.current, name) for name in fields]
    disputed = [one for one in disputed if one.mine != one.theirs]
    version_name = form.add_prefix("version")
    left_out = {"csrfmiddlewaretoken", version_name, *(one.name for one in disputed)}
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


def _disputed(form: BaseForm, current: models.Model, name: str) -> Disputed:
    bound = form[name]
    theirs = getattr(current, name)
    theirs = "" if theirs is None else str(theirs)
    mine = str(bound.data or "")
    if bound.is_rich:
        mine, theirs = richtext.clean(mine), richtext.clean(theirs)
        pieces = worddiff.diff_html(theirs, mine)
    else:
        pieces = worddiff.diff(theirs, mine)
    return Disputed(
        bound.html_name, str(bound.label), mine, theirs, bound.is_rich, SafeString(worddiff.as_html(pieces))
    )
