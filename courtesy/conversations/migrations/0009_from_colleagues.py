"""Mail that a colleague writes from their own address has a place of its own: no customer waits there."""

from django.db import migrations, models

APART = [
    ("automatic", "Automatic answer"),
    ("list", "Newsletter or list"),
    ("no-reply", "A machine that reads no answers"),
    ("bounce", "Undelivered mail"),
    ("spam", "Spam"),
    ("blocked", "Blocked sender"),
    ("colleague", "From a colleague"),
]


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_letters_of_the_past")]

    operations = [
        # No table changes: which words may stand in it is the models' matter.
        migrations.AlterField(
            "thread", "apart", models.CharField(blank=True, choices=APART, default="", max_length=10)
        ),
    ]
