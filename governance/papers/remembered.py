"""A paper put together and remembered until something is written: it is looked at far oftener than it changes."""

from django.core.cache import cache
from django.db.models import Max

from core.accounts.clock import today
from core.audit.models import AuditEvent
from core.jobs.models import Job
from governance.papers import assembly
from governance.papers.models import Paper

REMEMBERED = 60  # seconds; submission puts the paper together anew whatever is remembered


def assembled(paper: Paper) -> assembly.Assembled:
    """The paper as it would stand today, texts that nobody approved included.

    Everything people write leaves a line in the log, and what is worked out from it a finished job, so the last of
    each and the day say whether anything can have changed.
    """
    log = AuditEvent.objects.newest_first().values_list("pk", "at").first()
    worked_out = Job.objects.aggregate(latest=Max("finished"))["latest"]
    key = f"papers.assembled:{paper.pk}:{today()}:{log and (log[0], log[1].timestamp())}:{worked_out}".replace(" ", "")
    found = cache.get(key)
    if found is None:
        found = assembly.assemble(paper, approved_only=False)
        cache.set(key, found, REMEMBERED)
    return found
