"""Inviting people and sending them links: the link and its mail are written together or not at all."""

from typing import Any

from core.accounts import actions as accounts
from core.accounts.emergencies import check_link_is_theirs
from core.accounts.models import PasswordLink, User
from core.audit import action
from desk.actions.mail import write_mail
from desk.mails import mail_goes_out, texts
from desk.models import Mail


@action
def invite_person(*, by: User, **facts: Any) -> PasswordLink:
    """`facts` as `core.accounts.actions.invite` takes them."""
    return _written(accounts.invite(by=by, **facts), by)


@action
def send_password_link(*, user: User, by: User) -> PasswordLink:
    """An invitation once more, or a link for somebody who has lost their password."""
    check_link_is_theirs(user, goes_out=mail_goes_out(), by=by)
    return _written(accounts.make_password_link(user=user, by=by), by)


def _written(link: PasswordLink, by: User) -> PasswordLink:
    subject, text = texts.link_mail(link, by)
    key = f"link-{link.pk}"
    write_mail(
        kind=Mail.Kind.ACCOUNT, user=link.user, key=key, subject=subject, text=text, goes_out=mail_goes_out(), by=by
    )
    return link
