"""Where the page of a record is, for the tables whose records have one."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from core.audit.reading import model_of

# Table to the name of a page and what its address is made of.
PAGES: dict[str, tuple[str, Callable[[Any], tuple[object, ...]]]] = {
    "accounts_user": ("user-detail", lambda user: (user.pk,)),
    "boards_board": ("board-detail", lambda board: (board.slug,)),
    "boards_boardaction": ("board-action-detail", lambda one: (one.pk,)),
    "boards_meeting": ("meeting-detail", lambda meeting: (meeting.pk,)),
    "boards_minute": ("meeting-detail", lambda minute: (minute.item.meeting_id,)),
    "boards_decision": ("meeting-detail", lambda decision: (decision.item.meeting_id,)),
    "deepdive_actionupdate": ("delivery-update-edit", lambda update: (update.pk,)),
    "deepdive_deliveryaction": ("delivery-action-detail", lambda one: (one.pk,)),
    "measures_importbatch": ("import-detail", lambda batch: (batch.pk,)),
    "measures_measure": ("measure-detail", lambda measure: (measure.slug,)),
    "papers_commentary": ("commentary-detail", lambda one: (one.quarter.code, one.measure.slug)),
    "papers_paper": ("paper-detail", lambda paper: (paper.quarter.code,)),
    "papers_quarter": ("quarter-detail", lambda quarter: (quarter.code,)),
}


def record_of(table: str, key: str) -> Model | None:
    """The record as it is now; None when it is gone."""
    model = model_of(table)
    if model is None:
        return None
    try:
        return model._base_manager.filter(pk=key).first()
    except ValueError:  # a key of another type than the table's
        return None


def page_of(record: Model) -> str:
    """The address of a record's own page, or nothing where it has none."""
    name, arguments = PAGES.get(record._meta.db_table, ("", None))
    if arguments is None:
        return ""
    try:
        return reverse(name, args=arguments(record))
    except NoReverseMatch:
        return ""
