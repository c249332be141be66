"""Making a token for a program, and taking it back."""

import datetime as dt

from django.utils import timezone

from core.accounts.models import ApiToken, User
from core.accounts.tokens import digest_of, new_secret
from core.audit import action


@action
def make_token(*, name: str, areas: list[str], days: int, by: User) -> tuple[ApiToken, str]:
    """The token and its secret, which is held nowhere and can be shown this once."""
    now, secret = timezone.now(), new_secret()
    token = ApiToken.objects.create(
        user=by,
        name=name,
        start=secret[:8],
        digest=digest_of(secret),
        areas=sorted(areas),
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    return token, secret


@action
def revoke_token(*, token: ApiToken, by: User) -> None:
    """From now on it opens nothing."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_by=by)
