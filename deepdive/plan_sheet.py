"""A delivery plan on a spreadsheet: one row an action, one column a property, as an office prepares it.

The first row names the columns after COLUMNS below; those in NEEDED must be there. docs/delivery-plan-template.csv is
one to begin from. Every problem is found at once, each with its row, and nothing is guessed.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from core.accounts.models import Person
from deepdive.models import DeliveryPlan
from measures.definition_sheet import SheetProblems
from measures.models import Measure
from measures.office_sheet import day_of, rows_of
from measures.parsing.problems import quote

COLUMNS = {
    "priority": "priority",
    "objective": "objective",
    "objective title": "objective_title",
    "reference": "ref",
    "statement": "statement",
    "owner": "owner",
    "owner's role": "owner_role",
    "deputy": "deputy",
    "leads": "leads",
    "partner agencies": "agencies",
    "start": "start",
    "due": "due",
    "measures": "measures",
}
NEEDED = ("priority", "objective", "objective title", "reference", "statement")
REFERENCE = re.compile(r"(\d{1,2})\.\d{2}")
LONGEST = {"objective_title": 300, "owner": 120, "owner_role": 120, "deputy": 120, "leads": 300}


@dataclass(frozen=True)
class SheetRow:
    """One action as the sheet gives it; days as 2020-03-31, several agencies or measures with semicolons between."""

    row: int
    priority: int
    objective: int
    objective_title: str
    ref: str
    statement: str
    owner: str = ""
    owner_role: str = ""
    deputy: str = ""
    leads: str = ""
    agencies: str = ""
    start: str = ""
    due: str = ""
    measures: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Matched:
    """The rows beside what is on record: what `actions.import_plan` takes, and what would be new."""

    objectives: list[dict[str, Any]]
    new_people: list[str]
    problems: list[str]

    @property
    def action_count(self) -> int:
        return sum(len(one["actions"]) for one in self.objectives)


def read(data: bytes) -> list[SheetRow]:
    """The rows of a CSV file or a workbook. Raises SheetProblems."""
    rows, sentences = [], []
    for number, given in rows_of(data, columns=COLUMNS, needed=NEEDED, noun="a delivery plan"):
        made, problems = _row(number, given)
        rows += [made] if made else []
        sentences += [f"Row {number:,}: {problem}" for problem in problems]
    if not rows and not sentences:
        sentences = ["The sheet has no actions: nothing stands below its headings."]
    if sentences or (sentences := _twice(rows)):
        raise SheetProblems(sentences)
    return rows


def from_dicts(rows: Iterable[dict[str, Any]]) -> list[SheetRow]:
    """The rows again, as a page has kept them between looking and taking them over."""
    names = {one.name for one in fields(SheetRow)}
    return [SheetRow(**{name: value for name, value in row.items() if name in names}) for row in rows]


def _row(number: int, given: dict[str, str]) -> tuple[SheetRow | None, list[str]]:
    problems = [f"{what} is missing." for what, name in _absent(given)]
    if problems:
        return None, problems
    numbers = {}
    for name in ("priority", "objective"):
        if re.fullmatch(r"[1-9]\d?", given[name]):
            numbers[name] = int(given[name])
        else:
            problems.append(
                f"{quote(given[name])} cannot be the number of a {name.replace('objective', 'n objective')}."
            )
    matched = REFERENCE.fullmatch(given["ref"])
    if not matched:
        problems.append(
            f"{quote(given['ref'])} cannot be a reference: write the priority, a point and two digits, as 2.01. "
            "A spreadsheet may have dropped a nought at the end; make the column text."
        )
    elif numbers.get("priority") not in (None, int(matched[1])):
        problems.append(f"the reference {given['ref']} does not begin with its priority, {numbers['priority']}.")
    for name in ("start", "due"):
        said = given.get(name, "")
        day = day_of(said) if said else None
        if said and day is None:
            problems.append(f"{quote(given[name])} cannot be a day: write it as 31/03/2020.")
        given[name] = day.isoformat() if day else ""
    if given["start"] and given["due"] and given["start"] > given["due"]:
        problems.append("it is due before it starts.")
    problems += [
        f"the {name.replace('_', ' ')} is longer than {most} characters."
        for name, most in LONGEST.items()
        if len(given.get(name, "")) > most
    ]
    if given.get("owner") and given["owner"].casefold() == given.get("deputy", "").casefold():
        problems.append("the deputy is the owner; name somebody else.")
    return (None if problems else SheetRow(**{"row": number, **given, **numbers})), problems


def _absent(given: dict[str, str]) -> list[tuple[str, str]]:
    return [(f"the {name}", name) for name in NEEDED if not given.get(COLUMNS[name])]


def _twice(rows: list[SheetRow]) -> list[str]:
    """References used twice, and objectives called by two titles."""
    seen: dict[str, int] = {}
    titles: dict[tuple[int, int], str] = {}
    sentences = []
    for one in rows:
        if one.ref in seen:
            sentences.append(f"Row {one.row:,}: the reference {one.ref} stands in row {seen[one.ref]:,} already.")
        seen.setdefault(one.ref, one.row)
        place = (one.priority, one.objective)
        if titles.setdefault(place, one.objective_title) != one.objective_title:
            sentences.append(f"Row {one.row:,}: objective {one.objective} has another title further up.")
    return sentences


def matched(rows: list[SheetRow], delivery_plan: DeliveryPlan) -> Matched:
    """The rows with the priorities, people and measures they name; what is not on record is a problem, or new."""
    priorities = {one.number: one for one in delivery_plan.plan.priorities.all()}
    used = set(delivery_plan.actions.values_list("ref", flat=True))
    people = _people()
    slugs = {slug.strip() for one in rows for slug in one.measures.split(";") if slug.strip()}
    measures = {one.slug: one for one in Measure.objects.filter(slug__in=slugs)}
    found = Matched([], [], [])
    groups: dict[tuple[int, int], dict[str, Any]] = {}
    for one in rows:
        wanted = [slug.strip() for slug in one.measures.split(";") if slug.strip()]
        found.problems += _unknown(one, delivery_plan, priorities, used, wanted, measures)
        for name in filter(None, (one.owner, one.deputy)):
            if name.casefold() not in people:
                people[name.casefold()] = None
                found.new_people.append(name)
        group = groups.setdefault(
            (one.priority, one.objective),
            {
                "priority": priorities.get(one.priority),
                "number": one.objective,
                "title": one.objective_title,
                "actions": [],
            },
        )
        group["actions"].append(_fields(one, people, [measures[slug] for slug in wanted if slug in measures]))
    found.objectives = [groups[place] for place in sorted(groups)]
    return found


def _people() -> dict[str, Person | None]:
    """People on record by name, and by role where only one holds it."""
    every = list(Person.objects.order_by("pk"))
    roles = [one.job_title.casefold() for one in every]
    held: dict[str, Person | None] = {
        one.job_title.casefold(): one for one in every if one.job_title and roles.count(one.job_title.casefold()) == 1
    }
    return held | {one.name.casefold(): one for one in every}


def _unknown(
    one: SheetRow, delivery_plan: DeliveryPlan, priorities: Any, used: set[str], wanted: list[str], measures: Any
) -> list[str]:
    said = []
    if one.priority not in priorities:
        said.append(f"Row {one.row:,}: {delivery_plan.plan} has no priority {one.priority}.")
    if one.ref in used:
        said.append(f"Row {one.row:,}: {delivery_plan} uses the reference {one.ref} already, and for good.")
    said += [f"Row {one.row:,}: there is no measure {quote(slug)}." for slug in wanted if slug not in measures]
    return said


def _fields(one: SheetRow, people: dict[str, Person | None], measures: list[Measure]) -> dict[str, Any]:
    """What `create_delivery_action` takes; a person who is new is given by name."""
    return {
        "ref": one.ref,
        "statement": one.statement,
        "owner": people.get(one.owner.casefold()) or one.owner or None,
        "owner_role": one.owner_role,
        "deputy": people.get(one.deputy.casefold()) or one.deputy or None,
        "leads": one.leads,
        "agencies": [name.strip() for name in one.agencies.split(";") if name.strip()],
        "start": dt.date.fromisoformat(one.start) if one.start else None,
        "due": dt.date.fromisoformat(one.due) if one.due else None,
        "measures": measures,
    }
