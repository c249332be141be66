from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("measures", "0007_pack_statistics")]

    operations = [migrations.RemoveField(model_name="trendsignal", name="statistics")]
