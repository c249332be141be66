"""Models of every kind for trying the log on, with a field of every type; they exist only in a test's own database."""

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.state import AppConfigStub
from django.db.models import Q

from core.audit import derived, frozen, record
from core.audit.install import install
from core.audit.tables import table_of

REGISTRY = Apps()  # apart from the site's own, so that the site's migrations and checks do not see them
TRIAL = AppConfigStub("trial")
TRIAL.apps = REGISTRY
REGISTRY.app_configs["trial"] = TRIAL
TRIAL.import_models()


@record
class Tag(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        apps = REGISTRY
        app_label = "trial"


@record
class Thing(models.Model):
    audit_secret = {"token"}

    name = models.CharField("full name", max_length=60, unique=True)
    token = models.CharField(max_length=60, blank=True)
    flag = models.BooleanField(null=True)
    count = models.IntegerField(null=True)
    large = models.BigIntegerField(null=True)
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    ratio = models.FloatField(null=True)
    day = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    hour = models.TimeField(null=True)
    length = models.DurationField(null=True)
    data = models.JSONField(null=True)
    blob = models.BinaryField(null=True)
    code = models.UUIDField(null=True)
    colour = models.CharField(max_length=1, choices=[("r", "Red"), ("g", "Green")], blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    tags = models.ManyToManyField(Tag)

    class Meta:
        apps = REGISTRY
        app_label = "trial"

    def __str__(self) -> str:
        return self.name


@record
class Special(Thing):
    """A table that holds only what it adds to its parent's."""

    extra = models.CharField(max_length=20)

    class Meta:
        apps = REGISTRY
        app_label = "trial"


@record(keeps=("ref",))
class Kept(models.Model):
    """Its rows stay, and so does what they keep; the rest may change."""

    ref = models.CharField(max_length=8, unique=True)
    words = models.CharField(max_length=40)
    tags = models.ManyToManyField(Tag)

    class Meta:
        apps = REGISTRY
        app_label = "trial"


@frozen
class Reading(models.Model):
    place = models.CharField(max_length=10)
    month = models.IntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=3)
    taken = models.DateTimeField(null=True)
    notes = models.JSONField(default=dict)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True)

    class Meta:
        apps = REGISTRY
        app_label = "trial"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month"], condition=Q(supersedes__isnull=True), name="one_first_reading_of_a_month"
            )
        ]


@frozen(log_rows=True)
class Seal(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        apps = REGISTRY
        app_label = "trial"


@derived
class Total(models.Model):
    value = models.IntegerField()

    class Meta:
        apps = REGISTRY
        app_label = "trial"


MODELS = [Tag, Thing, Special, Kept, Reading, Seal, Total]


def every_model() -> list[type[models.Model]]:
    return [*MODELS, Thing.tags.through, Kept.tags.through]


def make_tables() -> None:
    """The tables, with their triggers, in the database of the moment."""
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    made = [table_of(model, connection) for model in every_model()]
    install({table.name: table for table in made if table is not None})
