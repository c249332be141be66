"""Signing a submitted paper, publishing what was signed, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from governance.papers import checked, completeness, kept_back, remembered
from governance.papers.actions import papers as actions
from governance.papers.awaited import awaited_words
from governance.papers.content import canonical, comparison, reading, shapes
from governance.papers.forms.papers import PublishForm, SignForm, WithdrawForm
from governance.papers.models import FrozenPaper, Paper
from governance.papers.revised import moved_figures
from governance.papers.views.papers import paper_or_404


def _not_there_yet(request: HttpRequest, paper: Paper, sentence: str) -> HttpResponse:
    messages.error(request, f"{sentence} It is “{paper.get_state_display()}”. Nothing was changed.")
    return redirect("paper-detail", paper.code)


@requires(Permission.PAPER_SIGN)
@sensitive_post_parameters("password")
def paper_signoff(request: HttpRequest, code: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    if paper.state != Paper.State.FOR_SIGNATURE:
        return _not_there_yet(request, paper, "This paper does not wait for a signature.")
    frozen = paper.frozen
    form, status = SignForm(request.POST or None, user=request.user, initial={"sha256": frozen.sha256}), 200
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("sha256", "on_behalf_of")}
        try:
            actions.sign_paper(paper=paper, by=request.user, **facts)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            form, status = SignForm(user=request.user, initial=facts | {"sha256": frozen.sha256}), 422
        else:
            messages.success(request, f"You have signed version {frozen.number}. Its PDF is being made.")
            return redirect("paper-detail", code)
    content = canonical.from_json(frozen.content)
    context = {
        "paper": paper,
        "frozen": frozen,
        "form": form,
        "content": content,
        "notes": {note.number: note for note in content.footnotes},
        "moved": moved_figures(content, paper.quarter.period),
        "marking": reading.marking(content),
        "withheld": reading.marked(content),
        "paragraphs": sum(1 for _ in reading.sequence(content)),
        "figures": sum(1 for _ in reading.charts(content)),
        "is_submitter": frozen.submitted_by_id == request.user.pk,
        **checked.shown(paper, content),
        "open_questions": completeness.missing(paper, remembered.assembled(paper)),
        **_since(frozen, content),
    }
    return render(request, "papers/paper_signoff.html", context, status=422 if form.errors else status)


def _since(frozen: FrozenPaper, content: shapes.Paper) -> dict[str, object]:
    """What changed since the version before this one or, in a first version, since last quarter's paper."""
    before = FrozenPaper.objects.before(frozen)
    if before is None:
        return {"before": None}
    parts = comparison.compare(canonical.from_json(before.content), content)
    changed = [one for one in parts if one.is_changed]
    return {"before": before, "changed": changed, "unchanged": len(parts) - len(changed)}


@requires(Permission.PAPER_PUBLISH)
def paper_publish(request: HttpRequest, code: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    if paper.state != Paper.State.SIGNED:
        return _not_there_yet(request, paper, "Only a signed paper can be published.")
    form = PublishForm(request.POST or None, initial={"published_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_paper(paper=paper, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The paper is published. Anybody can read it now.")
            return redirect("paper-read", code)
    context = {
        "paper": paper,
        "frozen": paper.frozen,
        "form": form,
        "files": paper.frozen.files.filter(kind="pdf"),
        "awaited": awaited_words(paper),
        "stops": kept_back.stops(paper.frozen, today()),
    }
    return render(request, "papers/paper_publish.html", context, status=422 if form.errors else 200)


@requires(Permission.PAPER_PUBLISH)
def paper_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    paper = paper_or_404(request, code)
    if paper.state != Paper.State.PUBLISHED:
        return _not_there_yet(request, paper, "Only a published paper can be withdrawn.")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_paper(paper=paper, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The paper is withdrawn. Your notice stands in its place.")
            return redirect("paper-detail", code)
    return render(
        request, "papers/paper_withdraw.html", {"paper": paper, "form": form}, status=422 if form.errors else 200
    )
