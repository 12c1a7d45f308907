"""The table in which the lock-out counts: Django's database cache, which no migration of its own makes."""

from django.core.management import call_command
from django.db import migrations

TABLE = "django_cache"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
