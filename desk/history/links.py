"""Where the page of a record is, for the tables whose records have one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from core.accounts.models import User
from core.accounts.permissions import Permission as P
from core.audit.reading import model_of

BOARDS, PAPERS = (P.BOARD_VIEW,), (P.PAPER_VIEW,)
WRITERS = (P.DELIVERY_UPDATE, P.DELIVERY_UPDATE_ASSIGNED)


@dataclass(frozen=True)
class Page:
    """The name of a record's page, who may open it, and what its address is made of."""

    name: str
    permissions: tuple[P, ...]
    arguments: Callable[[Any], tuple[object, ...]]


PAGES: dict[str, Page] = {
    "accounts_user": Page("user-detail", (P.USER_MANAGE,), lambda user: (user.pk,)),
    "boards_board": Page("board-detail", BOARDS, lambda board: (board.slug,)),
    "boards_boardaction": Page("board-action-detail", BOARDS, lambda one: (one.pk,)),
    "boards_commitment": Page("commitment-detail", (P.PAPER_VIEW,), lambda one: (one.pk,)),
    "boards_meeting": Page("meeting-detail", BOARDS, lambda meeting: (meeting.pk,)),
    "boards_minute": Page("meeting-detail", BOARDS, lambda minute: (minute.item.meeting_id,)),
    "boards_decision": Page("decision-detail", BOARDS, lambda decision: (decision.pk,)),
    "boards_assurance": Page("meeting-detail", BOARDS, lambda one: (one.item.meeting_id,)),
    "boards_question": Page("question-detail", BOARDS, lambda one: (one.pk,)),
    "boards_minutesversion": Page("minutes-versions", BOARDS, lambda version: (version.meeting_id,)),
    "deepdive_actionupdate": Page("delivery-update-edit", WRITERS, lambda update: (update.pk,)),
    "deepdive_correction": Page("delivery-action-detail", (P.DELIVERY_VIEW,), lambda one: (one.action_id,)),
    "deepdive_deliveryevidence": Page("delivery-action-detail", (P.DELIVERY_VIEW,), lambda one: (one.action_id,)),
    "deepdive_milestone": Page("delivery-action-detail", (P.DELIVERY_VIEW,), lambda one: (one.action_id,)),
    "deepdive_redating": Page("delivery-action-detail", (P.DELIVERY_VIEW,), lambda one: (one.action_id,)),
    "deepdive_statuschange": Page("delivery-action-detail", (P.DELIVERY_VIEW,), lambda one: (one.action_id,)),
    "deepdive_deliveryaction": Page("delivery-action-detail", (P.DELIVERY_VIEW,), lambda one: (one.pk,)),
    "measures_importbatch": Page("import-detail", (P.OBSERVATION_IMPORT,), lambda batch: (batch.pk,)),
    "measures_measure": Page("measure-detail", (P.MEASURE_VIEW,), lambda measure: (measure.slug,)),
    "papers_commentary": Page("commentary-detail", PAPERS, lambda one: (one.quarter.code, one.measure.slug)),
    "papers_paper": Page("paper-detail", PAPERS, lambda paper: (paper.quarter.code,)),
    "papers_quarter": Page("quarter-detail", PAPERS, lambda quarter: (quarter.code,)),
}


# Rows without a page of their own, which are told of on the page of what they are about.
ABOUT: dict[str, Callable[[Any], Model]] = {
    "boards_escalation": lambda one: one.action or one.commitment or one.delivery,
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


def page_of(record: Model, user: User) -> str:
    """The address of a record's own page, or nothing where it has none that this person may open."""
    table = record._meta.db_table
    if table in ABOUT:
        return page_of(ABOUT[table](record), user)
    page = PAGES.get(table)
    if page is None or not user.has(*page.permissions):
        return ""
    try:
        return reverse(page.name, args=page.arguments(record))
    except NoReverseMatch:
        return ""
