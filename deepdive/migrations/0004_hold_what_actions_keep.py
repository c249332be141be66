"""The constraints of the new fields, once every row fulfils them; the agencies' one string goes."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("deepdive", "0003_fill_in_what_actions_keep")]

    operations = [
        migrations.RemoveField("deliveryaction", "partners"),
        migrations.AlterField("milestone", "first_due", models.DateField(verbose_name="first promised for")),
        migrations.AddConstraint(
            model_name='actionupdate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(('rag_reason', ''), _negated=True), _connector='OR'), name='an_update_that_closes_says_why'),
        ),
        migrations.AddConstraint(
            model_name='actionupdate',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'carried'), _negated=True), name='an_update_carries_nothing_into_another_plan'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('was', models.F('now')), _negated=True), name='a_correction_changes_words'),
        ),
        migrations.AddConstraint(
            model_name='deepdiveturn',
            constraint=models.UniqueConstraint(fields=('delivery_plan', 'quarter'), name='one_deep_dive_in_a_quarter_of_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='deepdiveturn',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='a_deep_dive_is_in_one_of_four_quarters'),
        ),
        migrations.AddConstraint(
            model_name='deliveryaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ref', ''), _negated=True), models.Q(('statement', ''), _negated=True)), name='an_action_has_a_reference_and_a_statement'),
        ),
        migrations.AddConstraint(
            model_name='deliveryaction',
            constraint=models.CheckConstraint(condition=models.Q(('statement', models.F('first_statement')), models.Q(('correction_reason', ''), _negated=True), _connector='OR'), name='a_corrected_statement_says_why'),
        ),
        migrations.AddConstraint(
            model_name='deliveryaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('status__in', ('delivered', 'closed', 'carried')), models.Q(('ended_why', ''), _negated=True)), models.Q(models.Q(('status__in', ('delivered', 'closed', 'carried')), _negated=True), ('ended_on__isnull', True), ('ended_why', '')), _connector='OR'), name='an_action_that_is_over_says_when_and_why'),
        ),
        migrations.AddConstraint(
            model_name='deliveryaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rag__in', ['amber', 'red']), _negated=True), models.Q(('rag_reason', ''), _negated=True), _connector='OR'), name='an_action_rated_amber_or_red_says_why'),
        ),
        migrations.AddConstraint(
            model_name='deliveryaction',
            constraint=models.CheckConstraint(condition=models.Q(('start__isnull', True), ('due__isnull', True), ('start__lte', models.F('due')), _connector='OR'), name='an_action_starts_before_it_is_due'),
        ),
        migrations.AddConstraint(
            model_name='deliveryaction',
            constraint=models.CheckConstraint(condition=models.Q(('owner__isnull', True), ('deputy__isnull', True), models.Q(('owner', models.F('deputy')), _negated=True), _connector='OR'), name='a_deputy_is_somebody_else_than_the_owner'),
        ),
        migrations.AddConstraint(
            model_name='deliveryaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('forebear__isnull', True), ('line__isnull', True)), models.Q(('forebear__isnull', False), ('line__isnull', False)), _connector='OR'), name='an_action_carried_on_knows_its_line'),
        ),
        migrations.AddConstraint(
            model_name='deliveryplan',
            constraint=models.CheckConstraint(condition=models.Q(('stale_after__gte', 2)), name='an_action_is_unchanged_after_two_quarters_at_least'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('reached_on__isnull', True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='a_reached_milestone_has_evidence'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('reached_on__isnull', True), ('dropped_why', ''), _connector='OR'), name='a_milestone_is_reached_or_dropped'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(fields=('action', 'text', 'first_due'), name='an_action_promises_a_milestone_once_for_a_day'),
        ),
        migrations.AddConstraint(
            model_name='partneragency',
            constraint=models.UniqueConstraint(Lower('name'), name='a_partner_agency_is_recorded_once'),
        ),
        migrations.AddConstraint(
            model_name='partneragency',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_partner_agency_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='redating',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_due_date_moves_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='statuschange',
            constraint=models.CheckConstraint(condition=models.Q(('was', models.F('now')), _negated=True), name='a_change_of_status_changes_it'),
        ),
        migrations.AddConstraint(
            model_name='statuschange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('now__in', ['delivered', 'closed', 'carried', 'stalled']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='an_action_stalls_or_ends_with_a_reason'),
        ),
    ]
