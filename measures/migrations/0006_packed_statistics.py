from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0005_publishers_and_estimates")]

    operations = [
        migrations.AddField(
            model_name="trendsignal",
            name="numbers",
            field=models.BinaryField(default=b"", verbose_name="statistics, eight bytes each"),
        ),
        migrations.RemoveField(model_name="trendsignal", name="input_hash"),
        migrations.AddField(
            model_name="trendsignal",
            name="input_hash",
            field=models.BigIntegerField(default=0, verbose_name="hash of what the answer depends on"),
        ),
    ]
