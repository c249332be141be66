"""Seals for the log. Events from before this day are sealed as they stand on it, without a salt."""

from django.db import migrations, models

import core.audit.chain
from core.audit.chain import link, new_beginning
from core.audit.events import sealed, select_unsealed
from core.audit.tables import LOG_TABLE


def seal_what_is_there(apps, editor):
    AuditSeal = apps.get_model("audit", "AuditSeal")
    head = new_beginning()
    AuditSeal.objects.create(seq=0, event_id=None, hash=head)
    with editor.connection.cursor() as cursor:
        cursor.execute(select_unsealed(editor.connection.vendor))
        seals = []
        for seq, row in enumerate(cursor.fetchall(), start=1):
            event = sealed(row)
            head = link(head, seq, event.payload)
            seals.append(AuditSeal(seq=seq, event_id=event.event_id, hash=head))
    AuditSeal.objects.bulk_create(seals, batch_size=2_000)


def watch(apps, editor):
    """From here on the database seals by itself; the rest of the migrations may write."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE audit_sealing SET UNLOGGED")
    editor._watch(LOG_TABLE)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_the_log")]

    operations = [
        migrations.RenameField("auditevent", "payload_sha256", "content_sha256"),
        migrations.AlterField(
            "auditevent", "salt", models.CharField(default=core.audit.chain.new_salt, max_length=32, null=True)
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("seq", models.IntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(null=True, unique=True)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"ordering": ["seq"]},
        ),
        migrations.CreateModel(
            name="Sealing",
            fields=[
                ("transaction", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("first", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(watch, migrations.RunPython.noop),
    ]
