"""A code is used once, whichever process it reaches and however often it is sent at the same time."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.accounts.models import SpentCode, User

KEPT = dt.timedelta(minutes=10)  # longer than any code by time is good for; recovery codes are struck off for ever


def spend(user: User, code: str) -> None:
    """Raise ValidationError for a code of this person that was used in the last minutes."""
    now = timezone.now()
    digest = salted_hmac("accounts.spent", f"{user.pk} {''.join(code.split())}", settings.SECRET_KEY).hexdigest()
    SpentCode.objects.filter(at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            SpentCode.objects.create(user=user, digest=digest, at=now)
    except IntegrityError:
        raise ValidationError("That code has been used already. Wait for the next one.") from None
