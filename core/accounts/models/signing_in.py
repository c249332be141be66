"""Signing in: tries that are counted, codes that are spent, what happened, and the sessions people have open."""

from django.db import models

from core.accounts.models.people import User
from core.audit import frozen, operational


@operational("tries of the last quarter of an hour, counted to slow guessing; what went wrong is logged as an event")
class Attempt(models.Model):
    """One try to prove who somebody is. It is stored before the proof is looked at, so that none goes uncounted."""

    key = models.CharField(max_length=64)  # a hash: what is typed as an address may be a password
    at = models.DateTimeField()

    class Meta:
        verbose_name = "try to sign in"
        verbose_name_plural = "tries to sign in"
        indexes = [models.Index(fields=["key", "at"], name="tries_by_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at}"


@operational("codes of the last minutes that have been used once, so that none works twice")
class SpentCode(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "spent code"
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="a_code_is_spent_once")]

    def __str__(self) -> str:
        return f"code of {self.user} at {self.at}"


@frozen(log_rows=True)
class SignInEvent(models.Model):
    """What happened at the door and changes no other record. A session that begins is logged on the account."""

    class What(models.TextChoices):
        WRONG_PASSWORD = "wrong password", "Wrong password"
        WRONG_CODE = "wrong code", "Wrong code or key"
        THROTTLED = "throttled", "Too many tries"
        SIGNED_OUT = "signed out", "Signed out"
        IDLE = "idle", "Session ended, not used"
        TOO_LONG = "too long", "Session ended after its longest time"
        ENDED = "ended", "Session ended from the list"
        WRONG_TOKEN = "wrong token", "Wrong API token"
        NOT_TAKEN = "organisation refused", "Sign-in through the organisation refused"

    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_in_events")
    what = models.CharField(max_length=20, choices=What.choices)
    at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        verbose_name = "event at sign-in"
        verbose_name_plural = "events at sign-in"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.user or 'somebody unknown'}"


@operational("sessions that are open, for their owners to look at; beginning and ending one is logged")
class Sitting(models.Model):
    """One session of a person: where it was begun, with what, and when it was last used."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sittings")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "open session"
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.user} with {self.device}"
