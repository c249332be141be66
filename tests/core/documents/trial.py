"""A versioned record for trying two people at once; its table exists only in a test's own database."""

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.state import AppConfigStub

from core.audit import operational
from core.documents.versions import Versioned

REGISTRY = Apps()  # apart from the site's own, so that the site's migrations and checks do not see it
TRIAL = AppConfigStub("trial")
TRIAL.apps = REGISTRY
REGISTRY.app_configs["trial"] = TRIAL
TRIAL.import_models()


@operational("a trial of the tests")
class Remark(Versioned):
    title = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        apps = REGISTRY
        app_label = "trial"


def make_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Remark)
