"""Agencies, deputies, corrections, changes of status, the line of an action through the years, the deep dive's turns."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BY = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
STATUSES = [
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("stalled", "Stalled"),
    ("delivered", "Delivered"),
    ("closed", "Closed without delivery"),
    ("carried", "Carried into the next plan"),
]


def own(to: str, name: str, **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_initial"),
        ("measures", "0001_initial"),
        ("deepdive", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerAgency",
            fields=[ID, ("name", models.CharField(max_length=120))],
            options={
                "verbose_name": "partner agency",
                "verbose_name_plural": "partner agencies",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="DeepDiveTurn",
            fields=[
                ID,
                ("quarter", models.PositiveSmallIntegerField()),
                ("delivery_plan", own("deepdive.deliveryplan", "turns")),
                ("priority", own("measures.priority", "+")),
            ],
            options={
                "verbose_name": "turn of the deep dive",
                "verbose_name_plural": "turns of the deep dive",
                "ordering": ["quarter"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ID,
                ("was", models.TextField()),
                ("now", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("action", own("deepdive.deliveryaction", "corrections")),
                ("by", models.ForeignKey(**BY)),
            ],
            options={
                "verbose_name": "correction of a statement",
                "verbose_name_plural": "corrections of statements",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ID,
                ("was", models.CharField(choices=STATUSES, max_length=12)),
                ("now", models.CharField(choices=STATUSES, max_length=12)),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("action", own("deepdive.deliveryaction", "status_changes")),
                ("by", models.ForeignKey(**BY)),
            ],
            options={
                "verbose_name": "change of status",
                "verbose_name_plural": "changes of status",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="redating",
            options={
                "ordering": ["at", "pk"],
                "verbose_name": "change of due date",
                "verbose_name_plural": "changes of due dates",
            },
        ),
        migrations.AddField(
            "deliveryplan",
            "follows",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="deepdive.deliveryplan",
                verbose_name="carries on",
            ),
        ),
        migrations.AddField(
            "deliveryplan",
            "stale_after",
            models.PositiveSmallIntegerField(
                default=2, verbose_name="quarters with the same words before an action is called unchanged"
            ),
        ),
        migrations.AddField("deliveryplan", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("objective", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "deliveryaction",
            "agencies",
            models.ManyToManyField(blank=True, related_name="delivery_actions", to="deepdive.partneragency"),
        ),
        migrations.AddField(
            "deliveryaction", "correction_reason", models.TextField(blank=True, verbose_name="why the statement was corrected")
        ),
        migrations.AddField(
            "deliveryaction",
            "deputy",
            own("accounts.person", "deputised_delivery_actions", blank=True, null=True),
        ),
        migrations.AddField(
            "deliveryaction",
            "ended_on",
            models.DateField(blank=True, null=True, verbose_name="delivered, closed or carried on"),
        ),
        migrations.AddField(
            "deliveryaction", "ended_why", models.TextField(blank=True, verbose_name="what shows it, or why")
        ),
        migrations.AddField(
            "deliveryaction",
            "first_statement",
            models.TextField(default="", verbose_name="statement as the reference was first used"),
            preserve_default=False,
        ),
        migrations.AddField(
            "deliveryaction",
            "forebear",
            own("deepdive.deliveryaction", "heirs", blank=True, null=True, verbose_name="carries on"),
        ),
        migrations.AddField(
            "deliveryaction",
            "line",
            own("deepdive.deliveryaction", "+", blank=True, null=True, verbose_name="first of its line"),
        ),
        migrations.AddField(
            "deliveryaction",
            "owner_role",
            models.CharField(blank=True, max_length=120, verbose_name="owner’s role in this"),
        ),
        migrations.AlterField(
            "deliveryaction", "status", models.CharField(choices=STATUSES, default="not_started", max_length=12)
        ),
        migrations.AlterField(
            "actionupdate", "status", models.CharField(choices=STATUSES, default="in_progress", max_length=12)
        ),
        migrations.AlterField(
            "actionupdate",
            "rag_reason",
            models.CharField(blank=True, max_length=300, verbose_name="reason for the rating, or for closing"),
        ),
        migrations.RenameField("milestone", "title", "text"),
        migrations.RenameField("milestone", "done_on", "reached_on"),
        migrations.AlterModelOptions(
            name="milestone", options={"ordering": ["due", "pk"], "verbose_name": "milestone"}
        ),
        migrations.AlterField(
            "milestone", "text", models.CharField(max_length=300, verbose_name="what will be reached")
        ),
        migrations.AddField(
            "milestone", "first_due", models.DateField(null=True, verbose_name="first promised for")
        ),
        migrations.AddField(
            "milestone", "evidence", models.TextField(blank=True, verbose_name="what shows that it was reached")
        ),
        migrations.AddField(
            "milestone", "dropped_why", models.TextField(blank=True, verbose_name="why it is no longer wanted")
        ),
        migrations.AddField(
            "milestone", "promised_in", own("deepdive.actionupdate", "promises", blank=True, null=True)
        ),
        migrations.AddField("milestone", "version", models.PositiveIntegerField(default=1)),
    ]
