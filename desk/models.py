"""What the desk keeps for itself: the index of words, and how far the index has come."""

from django.db import models

from core.audit import operational


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
