"""An index for each list, and on SQLite the word indexes' triggers again: 0003 and this one rebuild the tables,
which drops them."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

search = import_module("courtesy.conversations.migrations.0002_search")

QUEUE = Q(apart="", merged_into=None)


def make_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        search.make(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0003_shops_own_mail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "thread",
            "merged_into",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="merged_from",
                to="conversations.thread",
            ),
        ),
        migrations.RunPython(make_again, migrations.RunPython.noop),
        migrations.RemoveIndex("thread", "thread_newest"),
        migrations.RemoveIndex("thread", "thread_state_newest"),
        migrations.RemoveIndex("thread", "thread_mine_newest"),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["-last_message_at", "-id"], name="thread_newest", condition=QUEUE & ~Q(state="resolved")
            ),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(fields=["state", "-last_message_at", "-id"], name="thread_state_newest", condition=QUEUE),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["assignee", "state", "-last_message_at", "-id"], name="thread_mine_newest", condition=QUEUE
            ),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["-last_message_at", "-id"],
                name="thread_apart_newest",
                condition=Q(merged_into=None) & ~Q(apart=""),
            ),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(fields=["snoozed_until"], name="thread_snoozed_until", condition=Q(state="snoozed")),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(fields=["merged_into"], name="thread_merged_into", condition=Q(merged_into__isnull=False)),
        ),
    ]
