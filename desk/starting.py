"""Beginning an office: the office itself, its force's area, the first administrator, its measures and its plan."""

import datetime as dt
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from core.accounts.actions import create_user, set_office
from core.accounts.models import Office
from core.accounts.permissions import Role
from core.audit import audit_context
from deepdive import plan_sheet
from deepdive.actions import create_delivery_plan, import_plan
from measures.actions import create_area, create_series, load_measures, set_plan
from measures.definition_sheet import SheetProblems
from measures.models import Area, Plan

ACTOR = "command:start_office"


class CannotStart(Exception):
    """Why an office was not begun, as a sentence; nothing was changed."""


def read_plan(text: str) -> dict[str, Any]:
    """A plan from JSON: {"title", "starts", "ends", "priorities": [{"title", "measures": [slug, ...]}, ...]}.

    Days are written 2017-04-01; priorities are numbered in their order. Raises CannotStart.
    """
    try:
        given = json.loads(text)
        starts, ends = (dt.date.fromisoformat(given[name]) for name in ("starts", "ends"))
        priorities = [
            {"number": number, "title": str(one["title"]).strip(), "measures": list(one.get("measures", []))}
            for number, one in enumerate(given["priorities"], 1)
        ]
        title = str(given["title"]).strip()
    except KeyError as missing:
        raise CannotStart(f"The plan does not say its {missing.args[0]}.") from missing
    except (ValueError, TypeError, AttributeError) as wrong:
        raise CannotStart(f"The plan cannot be read: {wrong}.") from wrong
    if not title or not priorities or not all(one["title"] for one in priorities):
        raise CannotStart("The plan needs a title and at least one priority, each with a title of its own.")
    if ends <= starts:
        raise CannotStart("The plan must end after it starts.")
    return {"title": title, "slug": plan_slug(starts, ends), "starts": starts, "ends": ends, "priorities": priorities}


def plan_slug(starts: dt.date, ends: dt.date) -> str:
    """ "2017-21"."""
    return f"{starts.year}-{ends.year % 100:02d}"


def check_none_yet() -> None:
    held = Office.objects.first()
    if held is not None:
        raise CannotStart(f"This installation already serves the {held.name}.")


def start_office(
    *,
    name: str,
    short_name: str,
    force: str,
    administrator: dict[str, str],
    measures: bytes | None = None,
    plan: dict[str, Any] | None = None,
    delivery: bytes | None = None,
) -> tuple[int, Plan | None]:
    """Begin an office, all of it or nothing; how many measures it has, and its plan.

    `administrator` is {"email", "name", "password"}; `measures` the bytes of a sheet of definitions, `delivery` those
    of a sheet of the service delivery plan, as its own page takes it. Raises CannotStart, and ValidationError,
    SheetProblems or LookupError as the actions do.
    """
    with audit_context(actor_name=ACTOR), transaction.atomic():
        check_none_yet()
        set_office(name=name, short_name=short_name, force_name=force, by=None)
        area = create_area(name=force, slug=slugify(force), kind=Area.Kind.FORCE, is_own=True, by=None)
        create_user(roles=[Role.ADMINISTRATOR], starts=timezone.localdate(), by=None, **administrator)
        defined = load_measures(data=measures, by=None) if measures is not None else []
        for measure in defined:
            create_series(measure=measure, area=area, by=None)
        made = set_plan(by=None, **plan) if plan is not None else None
        if delivery is not None:
            _deliver(made, delivery)
    return len(defined), made


def _deliver(plan: Plan | None, sheet: bytes) -> None:
    """The service delivery plan of the year in which the police and crime plan starts."""
    if plan is None:
        raise CannotStart("A service delivery plan belongs to a police and crime plan: give that as well.")
    year = plan.starts.year
    made = create_delivery_plan(plan=plan, year=year, title=f"Service Delivery Plan {year}", by=None)
    found = plan_sheet.matched(plan_sheet.read(sheet), made)
    if found.problems:
        raise SheetProblems(found.problems)
    import_plan(delivery_plan=made, objectives=found.objectives, by=None)
