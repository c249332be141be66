"""What older actions say in the fields that are new: the day they arose, what was said of them, and why nothing is filed."""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone

UNASKED = "It was closed before evidence was asked for."


def fill_in(apps, editor):
    action, meeting = apps.get_model("boards", "BoardAction"), apps.get_model("boards", "Meeting")
    progress = apps.get_model("boards", "ActionProgress")
    held_on = meeting.objects.filter(items=OuterRef("item")).values("date")[:1]
    action.objects.update(raised_on=Subquery(held_on))
    action.objects.filter(status="done", evidence_files=0, no_evidence_why="").update(no_evidence_why=UNASKED)
    at = timezone.now()
    said = action.objects.exclude(progress="").values_list("pk", "progress")
    progress.objects.bulk_create([progress(action_id=pk, text=text, at=at) for pk, text in said])


class Migration(migrations.Migration):
    dependencies = [("boards", "0005_life_of_actions_and_commitments")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
