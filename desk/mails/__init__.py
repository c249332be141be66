"""Mails: written into the outbox in the words of the desk, sent from there by the worker."""

from django.conf import settings

from core.accounts.context import current_office


def mail_goes_out() -> bool:
    """Whether mails really leave: a mail server is set, and this is neither a demonstration nor a development copy."""
    office = current_office()
    return settings.MAIL_GOES_OUT and office is not None and not office.is_demo
