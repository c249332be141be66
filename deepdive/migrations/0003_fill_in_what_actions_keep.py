"""What older rows say in the fields that are new: first statements, agencies, ends and first promised days."""

from django.db import migrations
from django.db.models import F, Q

UNSAID = "No reason was recorded."
OVER = ["delivered", "closed"]


def fill_in(apps, editor):
    action, agency = apps.get_model("deepdive", "DeliveryAction"), apps.get_model("deepdive", "PartnerAgency")
    update, milestone = apps.get_model("deepdive", "ActionUpdate"), apps.get_model("deepdive", "Milestone")
    action.objects.update(first_statement=F("statement"))
    action.objects.filter(rag__in=["amber", "red"], rag_reason="").update(rag_reason=UNSAID)
    action.objects.filter(start__gt=F("due")).update(start=None)
    update.objects.filter(status="closed", rag_reason="").update(rag_reason=UNSAID)
    for one in action.objects.filter(status__in=OVER).prefetch_related("updates"):
        approved = sorted(said.approved_at for said in one.updates.all() if said.approved_at)
        one.ended_on = approved[-1].date() if approved else one.due or one.start or f"{one.delivery_plan.year}-04-01"
        one.ended_why = one.rag_reason or UNSAID
        one.save(update_fields=["ended_on", "ended_why"])
    held = {}
    for one in action.objects.exclude(partners=""):
        for name in filter(None, (" ".join(part.split()) for part in one.partners.split(";"))):
            key = name.casefold()
            held[key] = held.get(key) or agency.objects.create(name=name[:120])
            one.agencies.add(held[key])
    milestone.objects.update(first_due=F("due"))
    milestone.objects.filter(~Q(reached_on=None), evidence="").update(evidence=UNSAID)


class Migration(migrations.Migration):
    dependencies = [("deepdive", "0002_plans_that_carry_on")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
