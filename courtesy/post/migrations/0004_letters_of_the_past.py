"""Which import brought something that came in; a column that may be empty, so that no table is built anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0001_fresh_house")]

    operations = [
        migrations.AddField("arrival", "bringing_id", models.UUIDField(null=True)),
        migrations.AddIndex(
            "arrival",
            models.Index(
                fields=["bringing_id"], name="arrival_bringing", condition=models.Q(bringing_id__isnull=False)
            ),
        ),
    ]
