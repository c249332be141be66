"""Following a piece of long work, calling it off, and asking for it again when it failed.

Whoever asked for a job may see it, cancel it and have it tried again; to everybody else it does not exist. That needs
no permission of the office's roles, which this app may not know of.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.jobs import queue
from core.jobs.models import Job

JobView = Callable[[HttpRequest, Job], HttpResponse]


def own_job(view: JobView) -> Callable[[HttpRequest, int], HttpResponse]:
    """Hand the view the signed-in person's own job of that number, or answer that there is none."""

    @wraps(view)
    def with_job(request: HttpRequest, pk: int) -> HttpResponse:
        return view(request, get_object_or_404(Job.objects.asked_by(request.user.pk), pk=pk))

    with_job.access = "signed in"  # what the test of every address reads
    return with_job


@require_GET
@never_cache
@own_job
def job_detail(request: HttpRequest, job: Job) -> HttpResponse:
    return render(request, "jobs/job_detail.html", {"job": job})


@require_GET
@never_cache
@own_job
def job_progress(request: HttpRequest, job: Job) -> HttpResponse:
    """The fragment a page asks for each second while the job is active; once it has ended it asks no more."""
    return render(request, "jobs/_progress.html", {"job": job})


@require_POST
@own_job
def job_cancel(request: HttpRequest, job: Job) -> HttpResponse:
    """Back to the page that asked for it, where it names itself: the person was at work there."""
    queue.cancel(job)
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return _as_it_is_now(request, job)


@require_POST
@own_job
def job_try_again(request: HttpRequest, job: Job) -> HttpResponse:
    queue.try_again(job)
    return _as_it_is_now(request, job)


def _as_it_is_now(request: HttpRequest, job: Job) -> HttpResponse:
    if not request.htmx:
        return redirect("job-detail", pk=job.pk)
    job.refresh_from_db()
    return render(request, "jobs/_progress.html", {"job": job})
