"""The quarterly review of access: opened by itself, answered role by role, signed when it is done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.accounts import actions, reviews
from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.models import AccessReview, RoleAssignment
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from desk.people_forms import WhyForm

MANAGES = Permission.USER_MANAGE
READS = (Permission.USER_MANAGE, Permission.HISTORY_ALL)


@requires(*READS)
def review_list(request: HttpRequest) -> HttpResponse:
    context = {
        "reviews": list(AccessReview.objects.select_related("signed_by")),
        "today": today(),
        "missing": reviews.is_missing(),
        "manages": request.user.has(MANAGES),
    }
    return render(request, "desk/review_list.html", context)


@requires(MANAGES)
@require_POST
def review_open(request: HttpRequest) -> HttpResponse:
    """Where no worker runs that would open it by itself."""
    return redirect("review-detail", actions.open_access_review(by=request.user).pk)


@requires(*READS)
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(AccessReview.objects.select_related("signed_by"), pk=pk))


def _page(
    request: HttpRequest, review: AccessReview, form: WhyForm | None = None, asked: int = 0, status: int = 200
) -> HttpResponse:
    left = [] if review.signed_at else reviews.open_roles(review)
    for one in left:
        one.form = form if one.pk == asked and form else WhyForm(prefix=f"why-{one.pk}")
    context = {
        "review": review,
        "left": left,
        "answers": list(review.answers.select_related("user", "answered_by")),
        "manages": request.user.has(MANAGES),
        "sent_back": form,
        "is_late": review.signed_at is None and review.due < today(),
    }
    return render(request, "desk/review_detail.html", context, status=status)


@requires(MANAGES)
@require_POST
def review_answer(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    review = get_object_or_404(AccessReview, pk=pk)
    held = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=assignment)
    form = WhyForm(request.POST, prefix=f"why-{held.pk}")
    if not form.is_valid():
        return _page(request, review, form, held.pk, status=422)
    kept = request.POST.get("to") != "ended"
    try:
        actions.answer_for_role(review=review, assignment=held, kept=kept, by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, review, form, held.pk, status=409)
    done = "keeps" if kept else "no longer has"
    messages.success(request, f"{held.user} {done} the role {held.get_role_display()}.")
    return redirect("review-detail", pk)


@requires(MANAGES)
@require_POST
def review_sign(request: HttpRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(AccessReview, pk=pk)
    try:
        actions.sign_access_review(review=review, by=request.user)
        messages.success(request, "The review is signed under your name.")
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("review-detail", pk)
