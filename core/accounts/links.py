"""The signed address behind a link to choose a password. It is made at the sending and read back here."""

from django.core import signing

from core.accounts.models import PasswordLink

SIGNER = signing.Signer(salt="core.accounts.links")


def token_of(link: PasswordLink) -> str:
    return SIGNER.sign(link.pk)


def read_token(token: str) -> PasswordLink | None:
    """The link, good or not; None for a token that was not made here."""
    try:
        pk = int(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return PasswordLink.objects.filter(pk=pk).select_related("user").first()
