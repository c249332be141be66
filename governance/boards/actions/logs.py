"""Asking for a log as a PDF, and clearing prints away."""

import datetime as dt

from core import jobs
from core.accounts.models import User
from core.audit import action
from core.documents.actions import forget_content
from core.jobs.models import Job
from governance.boards.models import LogFile


@action
def ask_log_file(*, log: str, query: dict[str, str], by: User) -> Job:
    """Have a log printed as this person sees it, with the filters of the list."""
    made = LogFile.objects.create(log=log, query=query, asked_by=by)
    return jobs.enqueue("boards.render_log", made.pk)


@action
def purge_log_files(*, before: dt.datetime, by: User | None) -> int:
    """Take away what was printed before then: a print is a copy of a list that can be printed again. How many went."""
    old = list(LogFile.objects.filter(made_at__lt=before).select_related("file"))
    LogFile.objects.filter(pk__in=[one.pk for one in old]).delete()
    for one in old:
        if one.file:
            forget_content(stored=one.file)
    return len(old)
