"""What a minute says beside its words: interests that were declared, and paragraphs of papers that were referred to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.accounts.models import Person
from core.audit import record
from governance.boards.models.meeting import AgendaItem

BY = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


@record
class Declaration(models.Model):
    """An interest somebody declared in an item, and whether they left the room while it was taken."""

    class Conduct(models.TextChoices):
        LEFT = "left", "Left the room"
        STAYED = "stayed", "Stayed"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interest = models.TextField("nature of the interest")
    conduct = models.CharField(max_length=6, choices=Conduct.choices)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "declaration of interest"
        verbose_name_plural = "declarations of interest"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="a_person_declares_an_interest_in_an_item_once"),
            models.CheckConstraint(condition=~Q(interest=""), name="a_declaration_says_what_the_interest_is"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name}, {self.item.title}"


@record
class Citation(models.Model):
    """A paragraph of a published paper, by its id. Papers are a matter of the app above: their places are values."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="citations")
    paper = models.CharField("quarter of the paper", max_length=16)
    version = models.PositiveSmallIntegerField("version of the paper")
    paragraph = models.CharField("id of the paragraph", max_length=32)
    label = models.CharField("as it is called", max_length=300)
    words = models.CharField("its first words", max_length=300)
    address = models.CharField(max_length=300)
    by = models.ForeignKey(**BY)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "citation in a minute"
        verbose_name_plural = "citations in minutes"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "paper", "version", "paragraph"], name="a_minute_cites_a_paragraph_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.item.title}"
