"""A mail of the outbox as it travels."""

from email.utils import formataddr

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from core.accounts.context import current_office
from core.accounts.links import token_of
from core.accounts.models import Office, PasswordLink
from desk.models import Mail

BY_ITSELF = "Reckoner wrote this by itself; nobody reads an answer.\n"
SIGNER = signing.Signer(salt="desk.mails.stop")


def stop_token(user_id: int, kind: str) -> str:
    """What lets whoever has a mail stop this kind of mail to this person, and nothing else. It is always the same."""
    return SIGNER.sign(f"{user_id}.{kind}")


def read_stop_token(token: str) -> tuple[int, str] | None:
    """(user, kind); None for a token that was not made here."""
    try:
        user_id, _, kind = SIGNER.unsign(token).partition(".")
    except signing.BadSignature:
        return None
    return int(user_id), kind


def address_of(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def stop_address(mail: Mail) -> str:
    return address_of("mail-stop", stop_token(mail.user_id, mail.kind))


def link_address(mail: Mail) -> str:
    """The link to choose a password that the mail is about; empty for other mails."""
    kind, _, pk = mail.key.partition("-")
    link = PasswordLink.objects.filter(pk=pk, user=mail.user_id).first() if kind == "link" else None
    return address_of("choose-password", token_of(link)) if link else ""


def whole_text(mail: Mail) -> str:
    """The text and the words at its foot, which are made at the sending: neither outbox nor log holds a token."""
    text = mail.text.rstrip()
    if mail.kind not in Mail.CHOSEN:
        link = link_address(mail)
        return f"{text}{f'{chr(10) * 2}{link}' if link else ''}\n\n-- \n{BY_ITSELF}"
    kind = mail.get_kind_display().lower()
    return (
        f"{text}\n\n-- \n{BY_ITSELF}"
        f"No more mails of this kind ({kind}): {stop_address(mail)}\n"
        f"Choose which mails you get: {address_of('mail-choices')}\n"
    )


def message_of(mail: Mail, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """Plain text, with the headers that let a mail program stop it with one press (RFC 8058)."""
    office = current_office() or Office()
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.kind in Mail.CHOSEN:
        headers["List-Unsubscribe"] = f"<{stop_address(mail)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=mail.subject,
        body=whole_text(mail),
        from_email=formataddr((office.short_name, settings.MAIL_FROM or "reckoner@localhost")),
        to=[mail.to_address],
        headers=headers,
        connection=connection,
    )
