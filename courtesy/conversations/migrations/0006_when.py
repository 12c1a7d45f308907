"""Messages by their time, so that a search for the words of a past year begins there and not today."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_mails_in_threads")]

    operations = [migrations.AddIndex("message", models.Index(fields=["at"], name="message_at"))]
