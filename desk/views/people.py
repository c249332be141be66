"""The administrator's pages: accounts, the roles they hold, and the office's own settings."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core.accounts import actions
from core.accounts.access import requires
from core.accounts.models import Office, RoleAssignment, User
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from desk.people_forms import AccountForm, OfficeSettingsForm, PasswordForm, RoleForm, WhyForm


@requires(Permission.USER_MANAGE)
def user_list(request: HttpRequest) -> HttpResponse:
    held = RoleAssignment.objects.held_on(timezone.localdate()).order_by("role")
    users = User.objects.order_by("-is_active", "name").prefetch_related(
        Prefetch("role_assignments", queryset=held, to_attr="held")
    )
    return render(request, "desk/user_list.html", {"users": users})


@requires(Permission.USER_MANAGE)
@sensitive_post_parameters("password")
def user_create(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.create_user(starts=timezone.localdate(), by=request.user, **form.cleaned_data)
        messages.success(request, f"{user} can now sign in as {user.email}.")
        return redirect("user-detail", user.pk)
    return render(request, "desk/user_form.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.USER_MANAGE)
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    return _detail(request, user)


def _detail(request: HttpRequest, user: User, **forms: object) -> HttpResponse:
    """The account's page; a form that was sent back with problems stands open on it."""
    day = timezone.localdate()
    given = list(user.role_assignments.order_by("-starts", "role"))
    context = {
        "account": user,
        "current": [one for one in given if one.ends is None or one.ends >= day],
        "past": [one for one in given if one.ends is not None and one.ends < day],
        "today_really": day,
        "role_form": RoleForm(prefix="give"),
        "password_form": PasswordForm(user=user, prefix="password"),
        "why_form": WhyForm(prefix="why"),
        "is_self": user == request.user,
        "sent_back": next(iter(forms.values()), None),
        **forms,
    }
    return render(request, "desk/user_detail.html", context, status=422 if forms else 200)


@requires(Permission.USER_MANAGE)
@require_POST
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST, prefix="give")
    if not form.is_valid():
        return _detail(request, user, role_form=form)
    try:
        given = actions.give_role(user=user, by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return _detail(request, user, role_form=form)
    messages.success(request, f"{user} now has the role {given.get_role_display()}.")
    return redirect("user-detail", pk)


@requires(Permission.USER_MANAGE)
@require_POST
def role_end(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    held = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=assignment, user_id=pk)
    try:
        actions.end_role(assignment=held, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{held.user} no longer has the role {held.get_role_display()}.")
    if held.user == request.user:  # perhaps they may no longer see this page
        return redirect("home")
    return redirect("user-detail", pk)


@requires(Permission.USER_MANAGE)
@require_POST
def user_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account or open it again."""
    user = get_object_or_404(User, pk=pk)
    form = WhyForm(request.POST, prefix="why")
    if not form.is_valid():
        return _detail(request, user, why_form=form)
    closing = request.POST.get("to") == "closed"  # said by the form: pressed twice it must not undo itself
    try:
        if closing:
            actions.close_account(user=user, by=request.user, **form.cleaned_data)
        else:
            actions.reopen_account(user=user, by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return _detail(request, user, why_form=form)
    messages.success(request, f"The account of {user} is {'open again' if user.is_active else 'closed'}.")
    return redirect("user-detail", pk)


@requires(Permission.USER_MANAGE)
@require_POST
@sensitive_post_parameters("password-password")
def user_password(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = PasswordForm(request.POST, user=user, prefix="password")
    if not form.is_valid():
        return _detail(request, user, password_form=form)
    actions.change_password(user=user, by=request.user, **form.cleaned_data)
    messages.success(request, f"{user} has a new password and has been signed out everywhere.")
    return redirect("user-detail", pk)


@requires(Permission.OFFICE_MANAGE)
def office_edit(request: HttpRequest) -> HttpResponse:
    office = get_object_or_404(Office)
    form = OfficeSettingsForm(request.POST or None, instance=office)
    if request.method == "POST" and form.is_valid():
        actions.set_office(by=request.user, **form.cleaned_data)
        messages.success(request, "The office’s settings are saved.")
        return redirect("office-edit")
    return render(request, "desk/office_form.html", {"form": form}, status=422 if form.errors else 200)
