"""What the desk keeps: the index of words and how far it has come, and the private addresses of calendars."""

from django.conf import settings
from django.db import models

from core.audit import operational, record


@operational("the index of words, made again from the record by `manage.py search_index` and every night")
class SearchText(models.Model):
    """That one row of the record can be found by its words; the words lie with the database's own search."""

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    day = models.DateField(null=True)

    class Meta:
        verbose_name = "indexed text"
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="a_row_is_indexed_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


@operational("how far the index of words has read the log")
class SearchPosition(models.Model):
    """One row. Events after `settled` are read again, for their neighbours may have been committed later."""

    settled = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "position of the index"

    def __str__(self) -> str:
        return str(self.seen)


@record
class CalendarAddress(models.Model):
    """The private address under which a calendar program reads what its owner may see; only its hash is kept."""

    audit_secret = {"digest"}

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "calendar address"
        verbose_name_plural = "calendar addresses"

    def __str__(self) -> str:
        return f"calendar of {self.user}"
