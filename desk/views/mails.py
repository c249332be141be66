"""Mails: which ones I get, what is in mine, what became of all of them, and stopping a kind by its link."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.accounts.access import public, requires, signed_in
from core.accounts.models import User
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from desk.actions import choose_mails, settle_mail, stop_mail
from desk.mail_forms import MailChoiceForm
from desk.mails import mail_goes_out
from desk.mails.message import message_of, read_stop_token
from desk.mails.words import WHAT
from desk.models import Mail, MailChoice

ON_A_PAGE = 50
MINE = 20  # mails
TONES = {
    Mail.State.WAITING: "blue",
    Mail.State.SENDING: "blue",
    Mail.State.SENT: "green",
    Mail.State.UNCERTAIN: "amber",
    Mail.State.FAILED: "red",
    Mail.State.KEPT: "grey",
}
SETTLED = {"again": Mail.State.WAITING, "arrived": Mail.State.SENT}


def _with_tones(found: list[Mail]) -> list[Mail]:
    for one in found:
        one.tone = TONES[one.state]
    return found


@signed_in
def mail_choices(request: HttpRequest) -> HttpResponse:
    """Which mails I get, and the last ones written to me."""
    refused = set(MailChoice.objects.filter(user=request.user, wanted=False).values_list("kind", flat=True))
    initial = {kind: kind not in refused for kind in Mail.CHOSEN}
    form = MailChoiceForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = MailChoiceForm(request.POST)
        form.is_valid()  # boxes only: whatever comes is an answer
        choose_mails(wanted=form.wanted, by=request.user)
        messages.success(request, "Your choice of mails is saved.")
        return redirect("mail-choices")
    mine = _with_tones(list(Mail.objects.filter(user=request.user)[:MINE]))
    context = {"form": form, "mails": mine, "goes_out": mail_goes_out()}
    return render(request, "desk/mail_choices.html", context)


@require_safe
@signed_in
@never_cache
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A mail as it travels: one's own; where none leaves, to administrators anybody's, to see what would."""
    seen = Q(user=request.user)
    if request.user.has(Permission.USER_MANAGE) and not mail_goes_out():
        seen = Q()
    mail = get_object_or_404(Mail.objects.filter(seen).select_related("user"), pk=pk)
    message = message_of(mail)
    context = {
        "mail": mail,
        "tone": TONES[mail.state],
        "message": message,
        "headers": message.extra_headers,
        "goes_out": mail_goes_out(),
    }
    return render(request, "desk/mail_detail.html", context)


@require_safe
@requires(Permission.USER_MANAGE)
def mail_outbox(request: HttpRequest) -> HttpResponse:
    """What became of every mail; first those somebody has to say something about."""
    unsettled = Mail.objects.unsettled().select_related("user").order_by("pk")
    rest = Mail.objects.exclude(state__in=[Mail.State.UNCERTAIN, Mail.State.FAILED]).select_related("user")
    page = Paginator(rest, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "unsettled": _with_tones(list(unsettled[:ON_A_PAGE])),
        "unsettled_count": unsettled.count(),
        "page": page,
        "mails": _with_tones(list(page.object_list)),
        "goes_out": mail_goes_out(),
    }
    return render(request, "desk/mail_outbox.html", context)


@requires(Permission.USER_MANAGE)
@require_POST
def mail_settle(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Mail, pk=pk)
    to = SETTLED.get(request.POST.get("to", ""))
    if to is None:
        raise Http404
    try:
        settle_mail(mail=mail, to=to, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        again = to == Mail.State.WAITING
        messages.success(request, f"The mail to {mail.user} {'is sent again' if again else 'is marked as sent'}.")
    return redirect("mail-outbox")


@csrf_exempt  # the token in the address is the right to it; a mail program that posts here has no cookie of ours
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stopping one kind of mail to one person, without signing in. Looking changes nothing: programs follow links."""
    read = read_stop_token(token)
    user = User.objects.filter(pk=read[0]).first() if read else None
    if user is None or read[1] not in Mail.CHOSEN:
        raise Http404
    kind = Mail.Kind(read[1])
    if request.method == "POST":
        stop_mail(user=user, kind=kind, by=None)
    context = {"kind": kind, "what": WHAT[kind], "done": request.method == "POST", "token": token}
    return render(request, "desk/mail_stop.html", context)
