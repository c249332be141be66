"""Telling people that how they sign in has changed, read from the log: so it does not matter by which way, or by whom.

These mails cannot be declined. One about another address goes to the old one as well, for that is where whoever did not
wish it reads.
"""

from collections.abc import Iterable, Iterator

from core.accounts.models import User
from core.audit.models import AuditEvent
from desk.actions.mail import write_mail
from desk.mails import mail_goes_out, texts
from desk.models import Mail

FACTORS = "mfa_authenticator"
TOKENS = "accounts_apitoken"
ACCOUNTS = "accounts_user"
TABLES = [FACTORS, TOKENS, ACCOUNTS]
PASSWORDS = {"accounts.change_password": "Your password was changed."}
KINDS = {
    "totp": "An app that shows codes",
    "webauthn": "A passkey or security key",
    "recovery_codes": "A set of recovery codes",
}


def write_of(events: Iterable[AuditEvent]) -> int:
    """One mail for each deed, named after its first event: reading a part of the log twice writes nothing twice."""
    told: dict[tuple[object, ...], list[tuple[AuditEvent, str]]] = {}
    for event in events:
        for user_id, sentence, to in _changes(event):
            deed = (user_id, to, event.transaction, event.request_id, event.action)
            told.setdefault(deed, []).append((event, sentence))
    users = User.objects.filter(is_active=True).in_bulk({deed[0] for deed in told})
    goes_out, written = mail_goes_out(), 0
    for (user_id, to, *_), changes in told.items():
        if user_id not in users:
            continue
        first = changes[0][0]
        subject, text = texts.notice_mail(" ".join(sentence for _, sentence in changes), first)
        facts = {"key": f"event-{first.pk}{'-old' if to else ''}", "subject": subject, "text": text, "to": to}
        mail = write_mail(kind=Mail.Kind.ACCOUNT, user=users[user_id], goes_out=goes_out, by=None, **facts)
        written += mail is not None
    return written


def _changes(event: AuditEvent) -> Iterator[tuple[int, str, str]]:
    """(account, sentence, another address than theirs)"""
    row, old = event.new_full or {}, event.old_changed or {}
    if event.table == ACCOUNTS and event.op == AuditEvent.Op.UPDATE:
        if event.action in PASSWORDS:
            yield int(event.key), PASSWORDS[event.action], ""
        elif "email" in old and row.get("email"):
            sentence = f"The address you sign in with was changed from {old['email']} to {row['email']}."
            yield int(event.key), sentence, ""
            yield int(event.key), sentence, old["email"]
    elif event.table == FACTORS and event.op in (AuditEvent.Op.INSERT, AuditEvent.Op.DELETE):
        held = row or old
        what = KINDS.get(str(held.get("type")), "A way to sign in")
        done = "was set up" if event.op == AuditEvent.Op.INSERT else "was taken away"
        if held.get("user_id"):
            yield held["user_id"], f"{what} {done}.", ""
    elif event.table == TOKENS and event.op == AuditEvent.Op.INSERT and row.get("user_id"):
        yield row["user_id"], f"A token for a program was made: “{row.get('name', '')}”.", ""
