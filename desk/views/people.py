"""The administrator's pages: accounts, the roles they hold, and the office's own settings."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.accounts import actions
from core.accounts.access import requires
from core.accounts.emergencies import manages_until
from core.accounts.factors import factors_of, is_fresh
from core.accounts.models import Office, PasswordLink, RoleAssignment, User
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.accounts.views.factors import fresh
from core.documents.once import once
from desk.actions import invite_person, send_password_link
from desk.mails import mail_goes_out
from desk.models import Mail
from desk.people_forms import AddressForm, InvitationForm, OfficeSettingsForm, RoleForm, WhyForm


@require_safe
@requires(Permission.USER_MANAGE)
def user_list(request: HttpRequest) -> HttpResponse:
    held = RoleAssignment.objects.held_on(timezone.localdate()).order_by("role")
    users = User.objects.order_by("-is_active", "name").prefetch_related(
        Prefetch("role_assignments", queryset=held, to_attr="held")
    )
    return render(request, "desk/user_list.html", {"users": users})


@requires(Permission.USER_MANAGE)
@fresh
def user_create(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = invite_person(by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            form.add_error("roles", str(refused))
        else:
            messages.success(request, f"{link.user} is invited as {link.user.email}. {_where(link)}")
            return redirect("user-detail", link.user_id)
    context = {"form": form, "manages_until": manages_until(request.user)}
    return render(request, "desk/user_form.html", context, status=422 if form.errors else 200)


def _where(link: PasswordLink) -> str:
    """What becomes of the mail with the link."""
    if mail_goes_out():
        return "The link to choose a password is on its way to them."
    return "No mail leaves this copy of Reckoner: give them the link yourself, from the mail named below."


@require_safe
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
        "address_form": AddressForm(user=user, prefix="address", initial={"email": user.email}),
        **_link_of(user),
        "why_form": WhyForm(prefix="why"),
        "factors_form": WhyForm(prefix="factors"),
        "factors": factors_of(user),
        "tokens": [one for one in user.api_tokens.select_related("use") if one.is_good],
        "is_self": user == request.user,
        "is_fresh": is_fresh(request),  # so that nobody fills in a form and is then asked who they are
        "manages_until": manages_until(request.user),
        "sent_back": next(iter(forms.values()), None),
        **forms,
    }
    return render(request, "desk/user_detail.html", context, status=422 if forms else 200)


def _link_of(user: User) -> dict[str, object]:
    """The link to choose a password that is open, and, where no mail leaves, the mail it is to be read in."""
    link = user.password_links.open().first()
    mail = Mail.objects.filter(user=user, key=f"link-{link.pk}").first() if link and not mail_goes_out() else None
    return {"link": link, "link_mail": mail, "is_invited": not user.has_usable_password()}


@requires(Permission.USER_MANAGE)
@require_POST
@fresh
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
    lasts = f" until {timezone.localtime(given.until):%H:%M}, when your emergency access ends" if given.until else ""
    messages.success(request, f"{user} now has the role {given.get_role_display()}{lasts}.")
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
@fresh
@once
def user_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a link to choose a password, again or to somebody who has lost theirs; or withdraw the one that is open."""
    user = get_object_or_404(User, pk=pk)
    try:
        if request.POST.get("to") == "withdrawn":
            gone = actions.withdraw_password_link(user=user, by=request.user)
            messages.success(request, "The link works no more." if gone else "There was no link that still worked.")
        else:
            link = send_password_link(user=user, by=request.user)
            messages.success(request, f"A new link for {user} is made; one made before works no more. {_where(link)}")
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("user-detail", pk)


@requires(Permission.USER_MANAGE)
@require_POST
@fresh
def user_address(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = AddressForm(request.POST, user=user, prefix="address")
    if not form.is_valid():
        return _detail(request, user, address_form=form)
    try:
        actions.change_address(user=user, by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return _detail(request, user, address_form=form)
    messages.success(request, f"{user} now signs in as {user.email}. Both addresses are told.")
    return redirect("user-detail", pk)


@requires(Permission.USER_MANAGE)
@require_POST
@fresh
def user_factors_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factors of somebody who has lost them."""
    user = get_object_or_404(User.objects.exclude(pk=request.user.pk), pk=pk)
    form = WhyForm(request.POST, prefix="factors")
    if not form.is_valid():
        return _detail(request, user, factors_form=form)
    try:
        actions.reset_factors(user=user, by=request.user, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return _detail(request, user, factors_form=form)
    messages.success(request, f"{user} sets up a second factor anew at the next sign-in, and is signed out everywhere.")
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
