"""Places: the force, its peers, its region and the nation; who lives there; who is like whom."""

from django.db import models
from django.db.models import Q

from core.audit import frozen, record
from measures.models.imports import ImportBatch


class AreaQuerySet(models.QuerySet["Area"]):
    def own(self) -> "Area":
        return self.get(is_own=True)


@record
class Area(models.Model):
    class Kind(models.TextChoices):
        FORCE = "force", "police force area"
        REGION = "region", "region"
        NATION = "nation", "nation"
        TEAM = "team", "policing team"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    is_own = models.BooleanField("is the office's own force", default=False)
    region = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="forces")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "area"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["is_own"], condition=Q(is_own=True), name="one_own_force"),
            models.CheckConstraint(
                condition=Q(region__isnull=True) | Q(kind="force"), name="only_a_force_lies_in_a_region"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@record
class AreaAlias(models.Model):
    """Another way a source writes an area's name."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = "alias of an area"
        verbose_name_plural = "aliases of areas"

    def __str__(self) -> str:
        return self.name


@record
class Population(models.Model):
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="populations")
    year = models.PositiveSmallIntegerField("mid-year")
    value = models.PositiveIntegerField("people")
    source = models.CharField(max_length=200)

    class Meta:
        verbose_name = "population"
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="one_population_of_an_area_in_a_year")]

    def __str__(self) -> str:
        return f"{self.area}, mid-{self.year}: {self.value:,}"


@frozen(log_rows=True)
class PopulationEstimate(models.Model):
    """One number as an import gave it, or a person where there is no import. `Population` is the last one that has not
    been withdrawn."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("mid-year")
    value = models.PositiveIntegerField("people")
    source = models.CharField(max_length=200)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="population_estimates")

    class Meta:
        verbose_name = "population estimate"
        indexes = [models.Index(fields=["area", "year"], name="estimates_of_an_area_in_a_year")]

    def __str__(self) -> str:
        return f"{self.area}, mid-{self.year}: {self.value:,}"


@record
class PeerGroup(models.Model):
    """The most similar group of an area from a day on; groups are not symmetric."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="peer_groups")
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        verbose_name = "most similar group"
        constraints = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="one_peer_group_of_an_area_from_a_day")
        ]

    def __str__(self) -> str:
        return f"Most similar group of {self.area}"


@record
class PeerMember(models.Model):
    group = models.ForeignKey(PeerGroup, on_delete=models.CASCADE, related_name="members")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "member of a most similar group"
        verbose_name_plural = "members of most similar groups"
        constraints = [models.UniqueConstraint(fields=["group", "area"], name="a_peer_is_in_a_group_once")]

    def __str__(self) -> str:
        return str(self.area)
