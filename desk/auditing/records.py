"""What an auditor keeps: searches, samples with what was tested and found, and exceptions that were looked at."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import record

USER = settings.AUTH_USER_MODEL


@record
class SavedSearch(models.Model):
    """Filters of the history under a name. Whoever opens it sees what they themselves may see."""

    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="saved_searches")
    name = models.CharField(max_length=80)
    query = models.CharField("filters", max_length=500, blank=True)
    shared = models.BooleanField("for everybody who may read the history", default=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "saved search"
        verbose_name_plural = "saved searches"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="a_person_names_a_search_once")]

    def __str__(self) -> str:
        return self.name


@record(keeps=("method", "seed", "query", "population", "last_event", "drawn_by", "drawn_at"))
class Sample(models.Model):
    """Changes chosen to be tested. A random sample can be drawn again from its seed, filters and last change."""

    class Method(models.TextChoices):
        RANDOM = "random", "Random"
        TARGETED = "targeted", "Targeted"

    title = models.CharField(max_length=120)
    objective = models.TextField("what is to be tested")
    method = models.CharField(max_length=8, choices=Method.choices)
    seed = models.BigIntegerField(null=True, blank=True)
    query = models.CharField("filters", max_length=500, blank=True)
    population = models.IntegerField("changes drawn from")
    last_event = models.BigIntegerField("last change drawn from")
    drawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    conclusion = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "audit sample"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(method="random", seed__isnull=False) | Q(method="targeted", seed__isnull=True),
                name="a_random_sample_has_a_seed",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(conclusion=""), name="a_sample_is_closed_with_a_conclusion"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@record(keeps=("sample", "position", "event"))
class SampleItem(models.Model):
    """One change of a sample: how it was tested, what was found, and what its owner says to that."""

    class Result(models.TextChoices):
        OPEN = "open", "Not tested yet"
        SATISFIED = "satisfied", "Satisfied"
        FINDING = "finding", "Finding"

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    event = models.BigIntegerField("change of the log")
    result = models.CharField(max_length=9, choices=Result.choices, default=Result.OPEN)
    test = models.TextField("how it was tested", blank=True)
    finding = models.TextField("what was found", blank=True)
    tested_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tested_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="who answers"
    )
    due = models.DateField("answer due", null=True, blank=True)
    response = models.TextField("the owner’s answer", blank=True)
    responded_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    responded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "sampled change"
        ordering = ["sample", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="a_place_in_a_sample_is_taken_once"),
            models.UniqueConstraint(fields=["sample", "event"], name="a_change_is_sampled_once"),
            models.CheckConstraint(
                condition=Q(result="open", tested_at__isnull=True)
                | ~Q(result="open") & Q(tested_at__isnull=False, tested_by__isnull=False) & ~Q(test=""),
                name="a_result_says_how_and_by_whom_it_was_tested",
            ),
            models.CheckConstraint(
                condition=~Q(result="finding") | ~Q(finding="") & Q(owner__isnull=False, due__isnull=False),
                name="a_finding_has_words_an_owner_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(response="", responded_at__isnull=True, responded_by__isnull=True)
                | ~Q(response="") & Q(responded_at__isnull=False, responded_by__isnull=False),
                name="an_answer_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.event} in {self.sample}"


@record(keeps=("rule", "event", "marked_by", "marked_at"))
class LookedAt(models.Model):
    """An exception that the software found, which somebody looked at, with what they say of it."""

    rule = models.CharField(max_length=30)
    event = models.BigIntegerField("change of the log")
    note = models.TextField()
    marked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = "exception looked at"
        verbose_name_plural = "exceptions looked at"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "event"], name="an_exception_is_marked_once"),
            models.CheckConstraint(condition=~Q(note=""), name="an_exception_looked_at_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} at change {self.event}"
