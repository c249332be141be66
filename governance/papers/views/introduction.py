"""The introduction of a paper and the topics it raises: written by one person, approved by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.once import once
from core.documents.repeated import same_paragraphs
from core.documents.versions import Stale, conflict_response
from governance.papers.actions import papers as actions
from governance.papers.forms.papers import IntroductionForm, TopicForm
from governance.papers.models import Paper, SignificantTopic
from governance.papers.models.paper import CRITERIA
from governance.papers.views.papers import paper_or_404

WRITES = (Permission.PAPER_ASSEMBLE, Permission.PAPER_SIGN, Permission.COMMENTARY_WRITE)


def _before(paper: Paper) -> Paper | None:
    """The paper of the latest earlier quarter."""
    earlier = Paper.objects.with_places().filter(quarter__period__end__lt=paper.quarter.period.end)
    return earlier.order_by("-quarter__period__end").first()


@requires(*WRITES, Permission.COMMENTARY_APPROVE)
def introduction_edit(request: HttpRequest, code: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    form = IntroductionForm(request.POST or None, instance=paper) if paper.is_open else None
    if request.method == "POST" and form and form.is_valid():
        try:
            actions.save_introduction(paper=Paper.objects.get(pk=paper.pk), by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request,
                stale=stale,
                form=form,
                fields=["introduction"],
                title="The introduction",
                back=request.path,
            )
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The introduction is saved.")
        return redirect("introduction-edit", code)
    before = _before(paper)
    context = {
        "paper": paper,
        "form": form,
        "topics": [(one, [CRITERIA[letter] for letter in one.criteria]) for one in paper.topics.all()],
        "authors": paper.introduction_authors.all(),
        "is_author": paper.introduction_authors.filter(pk=request.user.pk).exists(),
        "may_approve": request.user.has(Permission.COMMENTARY_APPROVE),
        "before": before,
        "unchanged": same_paragraphs(before.introduction, paper.introduction) if before else [],
        "beside": paper.margin.open().select_related("by"),
    }
    return render(request, "papers/introduction_form.html", context, status=422 if form and form.errors else 200)


@requires(Permission.COMMENTARY_APPROVE)
@require_POST
def introduction_approve(request: HttpRequest, code: str) -> HttpResponse:
    try:
        actions.approve_introduction(paper=paper_or_404(request, code), by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return redirect("introduction-edit", code)
    messages.success(request, "The introduction is approved.")
    return redirect("paper-detail", code)


@requires(*WRITES)
@once
def topic_edit(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Add a topic, or change one."""
    paper = paper_or_404(request, code)
    topic = get_object_or_404(SignificantTopic, pk=pk, paper=paper) if pk else None
    form = TopicForm(request.POST or None, instance=topic, paper=paper)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_topic(paper=paper, topic=topic, by=request.user, **form.cleaned_data)
        except Stale as stale:
            said = {"stale": stale, "form": form, "fields": ["title", "text", "criteria"]}
            return conflict_response(request, title=f"The topic “{topic}”", back=request.path, **said)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The topic is saved.")
        return redirect("introduction-edit", code)
    context = {"paper": paper, "topic": topic, "form": form}
    return render(request, "papers/topic_form.html", context, status=422 if form.errors else 200)


@requires(*WRITES)
@require_POST
def topic_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    topic = get_object_or_404(SignificantTopic, pk=pk, paper=paper_or_404(request, code))
    try:
        actions.remove_topic(topic=topic, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The topic is removed.")
    return redirect("introduction-edit", code)
