"""What could not be read can be put away by whoever has dealt with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0004_letters_of_the_past")]

    operations = [migrations.AddField("arrival", "put_away_at", models.DateTimeField(null=True))]
