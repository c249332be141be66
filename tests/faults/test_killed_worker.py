"""A worker killed in the middle of real work: after a restart the work is there once, whole and right."""

import psutil
import pytest
from django.db import transaction
from django.db.models import Sum

from core.audit.batch import batch_problems
from core.audit.models import AuditEvent
from core.documents.models import StoredFile
from core.documents.stamp import stamp_of
from core.jobs import enqueue
from core.jobs.models import Job
from core.jobs.performing import perform
from governance.papers import rendering
from governance.papers.following import Follow
from governance.papers.models import FrozenFile
from governance.papers.recompute import signature_line
from measures import recompute, storing
from measures.models import CurrentValue, Observation, Period, Series, TrendSignal
from measures.validation import Figure
from tests.factories.measures import SEPTEMBER, AreaFactory, BatchFactory, MeasureFactory
from tests.factories.paper_making import people, signed_paper
from tests.measures.importing import columns, press, upload

pytestmark = pytest.mark.servers

SERIES, MONTHS = 200, 100
MANY = 3_400  # series: several times what is judged and written together


def keep_series(count: int) -> list[int]:
    measure, area = MeasureFactory(slug="crime"), AreaFactory()
    Series.objects.bulk_create(
        Series(measure=measure, area=area, breakdown=f"Group {number:04}") for number in range(count)
    )
    return list(Series.objects.order_by("pk").values_list("pk", flat=True))


def figure(series: int, month: int) -> int:
    return (series * 31 + month * 17) % 90 + 60


def file_of_20000_rows() -> str:
    lines = ["Measure,Breakdown,Month,Value"]
    for series in range(SERIES):
        for month in range(MONTHS):
            year, number = divmod(12 * 2011 + 5 + month, 12)
            lines.append(f"Crime,Group {series:04},{year}-{number + 1:02},{figure(series, month)}")
    return "\n".join(lines) + "\n"


def do_here(kind: str) -> None:
    assert perform(Job.objects.get(kind=kind, state="waiting").pk, threaded=False)


def test_an_import_killed_while_it_stores_is_stored_once(installation, client, analyst):
    keep_series(SERIES)
    batch = upload(client, file_of_20000_rows())
    do_here("measures.inspect_import")
    batch.refresh_from_db()
    press(client, batch, "columns", columns(batch))
    do_here("measures.check_import")
    press(client, batch, "accept")
    job = Job.objects.get(kind="measures.accept_import")
    with installation.until_killed():
        installation.wait(installation.is_writing_much, lambda: "the figures were never being written")
    assert (Observation.objects.count(), CurrentValue.objects.count()) == (0, 0)
    with installation.worker():
        ended = installation.wait_for(job.pk, state="done")
    batch.refresh_from_db()
    assert (batch.state, ended["attempts"], batch.rows_count) == ("accepted", 2, SERIES * MONTHS)
    wanted = sum(figure(series, month) for series in range(SERIES) for month in range(MONTHS))
    for stored in (Observation, CurrentValue):
        assert stored.objects.aggregate(Sum("value"))["value__sum"] == wanted
        assert stored.objects.count() == SERIES * MONTHS
    assert AuditEvent.objects.filter(op="B", table="measures_observation").count() == 1
    assert batch_problems(Observation) == []
    assert Job.objects.filter(kind="measures.recompute").count() == 1


def signals(series: list[int]) -> set[tuple]:
    """Everything the signals of these say, without the rows' own numbers."""
    fields = [one.attname for one in TrendSignal._meta.concrete_fields if one.name != "id"]
    held = TrendSignal.objects.filter(series__in=series).values_list(*fields)
    return {tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in held}


def store_nine_months(series: list[int]) -> None:
    periods = Period.objects.months(set(range(SEPTEMBER - 8, SEPTEMBER + 1)))
    cells = [(one, period.pk) for one in series for period in periods.values()]
    figures = [Figure(float(place * 37 % 90)) for place in range(len(cells))]
    with transaction.atomic():
        storing.store(BatchFactory(), storing.Given(cells, figures, [None] * len(cells)))
    Job.objects.all().delete()  # the work storing asks for: the test asks for its own


def pieces(job: Job, **which: str) -> int:
    return Job.objects.filter(part_of=job, **which).count()


def test_a_recompute_shared_by_two_workers_of_which_one_is_killed_ends_as_one_that_was_not(installation, analyst):
    series = keep_series(MANY)
    store_nine_months(series)
    job = enqueue("measures.recompute_all")
    with installation.worker():
        with installation.until_killed():
            installation.wait(lambda: pieces(job, state="running"), lambda: "no part was ever under way")
        ended = installation.wait_for(job.pk, state="done")
    of_each = 2 * recompute.QUARTERS_KEPT  # two rulesets; the latest month is a quarter's last
    assert ended["result"] == {"series": MANY, "written": of_each * MANY}  # nothing twice, nothing lost
    assert TrendSignal.objects.count() == of_each * MANY
    assert pieces(job, state="done") == pieces(job) == -(-MANY // recompute.CHUNK)
    found = signals(series)
    TrendSignal.objects.all().delete()
    recompute.recompute_all()
    assert (len(found), found) == (of_each * MANY, signals(series))


def renderers(folder) -> list[psutil.Process]:
    """The processes that lay a paper out for this installation, whoever their parent is now."""
    found = []
    for one in psutil.process_iter(["cmdline"]):
        line = " ".join(one.info["cmdline"] or [])
        if "core.documents.render_worker" in line and str(folder) in line:
            found.append(one)
    return found


def test_a_paper_killed_while_it_is_laid_out_is_made_once(installation):
    paper = signed_paper(people(), with_figures=True)
    Job.objects.exclude(kind="papers.render").delete()
    job = Job.objects.get()
    with installation.until_killed():
        installation.wait(lambda: renderers(installation.folder), lambda: "the paper was never being laid out")
        orphans = renderers(installation.folder)
    assert FrozenFile.objects.count() == StoredFile.objects.count() == 0
    with installation.worker():
        ended = installation.wait_for(job.pk, state="done")
    builds = rendering.builds_of(paper.frozen.content)
    made = {(one.kind, one.build): one.file for one in FrozenFile.objects.select_related("file")}
    assert (ended["attempts"], set(made)) == (2, {(kind, build) for kind in ("pdf", "zip") for build in builds})
    assert FrozenFile.objects.count() == StoredFile.objects.count() == 2 * len(builds)
    clean = clean_pdf(paper, builds["public"])
    assert made["pdf", "public"].read() == clean
    psutil.wait_procs(orphans, timeout=60)
    assert [one for one in orphans if one.is_running()] == []


def clean_pdf(paper, content) -> bytes:
    """The same paper laid out by nobody who was killed."""
    signature = paper.frozen.signature
    made = rendering.render_paper(
        content,
        sha256=paper.frozen.sha256,
        signature=signature_line(signature),
        follow=Follow.on_paper(paper.code, paper.frozen.number),
        stamp=stamp_of(signature),
        at=signature.signed_at,
    )
    return made.pdf
