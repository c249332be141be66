"""Asking for a log as a PDF."""

from core import jobs
from core.accounts.models import User
from core.audit import action
from core.jobs.models import Job
from governance.boards.models import LogFile


@action
def ask_log_file(*, log: str, query: dict[str, str], by: User) -> Job:
    """Have a log printed as this person sees it, with the filters of the list."""
    made = LogFile.objects.create(log=log, query=query, asked_by=by)
    return jobs.enqueue("boards.render_log", made.pk)
