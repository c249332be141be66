"""The scorecard of 28 measures and of 280: how many queries it asks, and how long it takes. Prints one line.

    python -m bench.scorecard

Five years of months a measure, each with peers and signals, on SQLite in a folder of its own. The page is asked for as
a member of staff would, through every middleware and template. Queries are all those of the request, its session and
account among them; their number must be the same for both. Processor time of the quickest of several.
"""

import os
import re
import sys
import tempfile
import time
from datetime import date
from importlib import import_module
from typing import Any

SIZES = (28, 280)  # measures
MONTHS = 60
LIMIT = 12  # queries, whatever the number of measures
ROUNDS = 7
LAST = 12 * 2019 + 8  # September 2019, counted in months


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "RECKONER_LOG_LEVEL": "ERROR",
            "RECKONER_SECOND_FACTOR": "no",
            "RECKONER_VAR": folder,
        }
        os.environ.update(settings, DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3", RECKONER_DEBUG="true")
        import_module("django").setup()  # what needs the settings can be imported only from here on
        import_module("django.core.management").call_command("migrate", verbosity=0)
        with import_module("core.audit").audit_context(actor_name="bench"):
            sys.exit(0 if report() else 1)


def report() -> bool:
    """Print the line; whether both sizes kept the limit, with the same number of queries."""
    client, office = prepare()
    found = []
    for size in SIZES:
        grow(office, size)
        found.append(asked_for(client, size))
    queries = [count for count, _ in found]
    kept = max(queries) <= LIMIT and len(set(queries)) == 1
    said = ", ".join(
        f"{size} measures: {count} queries, {seconds * 1000:.0f} ms CPU"
        for size, (count, seconds) in zip(SIZES, found, strict=True)
    )
    print(f"scorecard: {said}; the limit of {LIMIT} queries for any number is {'kept' if kept else 'BROKEN'}")
    return kept


def prepare() -> tuple[Any, dict[str, Any]]:
    """A member of staff at a browser; the force and the priority the measures stand under."""
    accounts, actions = import_module("core.accounts.actions"), import_module("measures.actions")
    models = import_module("measures.models")
    accounts.set_office(name="Office for Benchshire", short_name="Benchshire", force_name="Benchshire Police", by=None)
    by = accounts.create_user(
        email="a@bench.example", name="Staff", password="-", roles=["staff"], starts=date(2011, 1, 1), by=None
    )
    area = actions.create_area(name="Benchshire Police", kind="force", is_own=True, by=None)
    plan = models.Plan.objects.create(title="Plan", slug="2017-21", starts=date(2017, 4, 1), ends=date(2021, 3, 31))
    client = import_module("django.test").Client()
    client.force_login(by)
    return client, {"area": area, "priority": models.Priority.objects.create(plan=plan, number=1, title="Priority")}


def grow(office: dict[str, Any], size: int) -> None:
    """As many measures as asked for, with their figures and their signals."""
    models, storing = import_module("measures.models"), import_module("measures.storing")
    figure, atomic = import_module("measures.validation").Figure, import_module("django.db").transaction.atomic
    series = []
    define = import_module("measures.actions").create_measure
    for number in range(models.Measure.objects.count() + 1, size + 1):
        facts = {"slug": f"measure-{number:03}", "name": f"Measure {number:03}", "short_name": f"Measure {number:03}"}
        measure = define(kind="count", unit="crimes", polarity="down", by=None, **facts)
        models.PlanMeasure.objects.create(priority=office["priority"], measure=measure, position=number)
        series.append(models.Series.objects.create(measure=measure, area=office["area"]))
    months = range(LAST - MONTHS + 1, LAST + 1)
    periods = models.Period.objects.months(set(months))
    cells = [(one.pk, periods[month].pk) for one in series for month in months]
    figures = [figure(float((place * 31) % 90 + 60)) for place in range(len(cells))]
    now = import_module("django.utils.timezone").now()
    facts = {"state": "accepted", "created_at": now, "accepted_at": now}
    batch = models.ImportBatch.objects.create(file_name="bench.csv", source="Bench", as_at=date(2019, 10, 4), **facts)
    with atomic():
        storing.store(batch, storing.Given(cells, figures, [None] * len(cells)))
    import_module("measures.recompute").recompute_all()


def asked_for(client: Any, size: int) -> tuple[int, float]:
    """Queries of the page, and processor seconds. The first page of a visit also notes that somebody is there."""
    connection = import_module("django.db").connection
    capture = import_module("django.test.utils").CaptureQueriesContext
    client.get("/scorecard/")
    with capture(connection) as queries:
        page = client.get("/scorecard/")
    asked = len(queries)  # before the next request forgets them
    shown = len(set(re.findall(rb"/measures/measure-\d+/", page.content)))
    if (page.status_code, shown) != (200, size):
        raise SystemExit(f"scorecard: the page answered {page.status_code} with {shown} of {size} measures.")
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        client.get("/scorecard/")
        best = min(best, time.process_time() - started)
    return asked, best


if __name__ == "__main__":
    main()
