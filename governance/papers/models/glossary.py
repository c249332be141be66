"""The office's list of abbreviations and terms; a paper prints those it uses."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from core.audit import record
from governance.papers.content import shapes


class GlossaryTermQuerySet(models.QuerySet["GlossaryTerm"]):
    def listed(self) -> "GlossaryTermQuerySet":
        return self.order_by(Lower("term"), "pk")

    def as_shapes(self) -> tuple[shapes.Term, ...]:
        return tuple(shapes.Term(*one) for one in self.listed().values_list("term", "expansion", "meaning"))


@record
class GlossaryTerm(models.Model):
    """An abbreviation and what it stands for, or another term; what it means in plain words."""

    term = models.CharField(max_length=60)
    expansion = models.CharField("in full", max_length=160, blank=True)
    meaning = models.CharField("what it means", max_length=400, blank=True)

    version = models.PositiveIntegerField(default=0)

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = "term of the glossary"
        verbose_name_plural = "terms of the glossary"
        constraints = [
            models.UniqueConstraint(fields=["term"], name="a_term_stands_in_the_glossary_once"),
            models.CheckConstraint(
                condition=~Q(term="") & ~Q(expansion="", meaning=""), name="a_term_is_written_out_or_explained"
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return reverse("glossary")
