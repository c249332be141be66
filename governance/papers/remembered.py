"""A paper put together and remembered until something is written: it is looked at far oftener than it changes."""

from django.core.cache import cache
from django.db.models import Max

from core.accounts.clock import today
from core.audit.models import AuditEvent
from core.jobs.models import Job
from governance.papers import assembly
from governance.papers.models import Paper
from measures import release

REMEMBERED = 60  # seconds; submission puts the paper together anew whatever is remembered


def record_state() -> str:
    """Another word whenever what is held, or what was worked out from it, may have changed. Three queries.

    Everything people write leaves a line in the log, what is worked out from it a finished job, and an embargo ends by
    the clock.
    """
    log = AuditEvent.objects.newest_first().values_list("pk", "at").first()
    worked_out = Job.objects.aggregate(latest=Max("finished"))["latest"]
    embargoed = ",".join(str(one.pk) for one in release.live_embargoes())
    return f"{today()}:{log and (log[0], log[1].timestamp())}:{worked_out}:{embargoed}".replace(" ", "")


def assembled(paper: Paper) -> assembly.Assembled:
    """The paper as it would stand today, texts that nobody approved included."""
    key = f"papers.assembled:{paper.pk}:{record_state()}"
    found = cache.get(key)
    if found is None:
        found = assembly.assemble(paper, approved_only=False)
        cache.set(key, found, REMEMBERED)
    return found
