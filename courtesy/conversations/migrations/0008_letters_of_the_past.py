"""Imports of letters, what the columns of their tables meant, and which of them brought a message; the table of
messages only gets a column that may be empty, so that it is not built anew."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import courtesy.privacy.sealing

STATES = [
    ("looking", "Being looked through"),
    ("asked", "Waiting for your word"),
    ("waiting", "About to begin"),
    ("running", "Being brought in"),
    ("done", "Brought in"),
    ("failed", "Stopped"),
    ("undoing", "Being taken out again"),
    ("undone", "Taken out again"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0007_calls_and_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bringing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key_id", models.UUIDField(editable=False)),
                ("kind", models.CharField(max_length=10)),
                ("digest", models.BinaryField(max_length=32, null=True)),
                ("mailbox_id", models.UUIDField(null=True)),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("columns", models.JSONField(blank=True, default=dict)),
                ("ours", courtesy.privacy.sealing.SealedTextField(blank=True, default="")),
                ("sample", courtesy.privacy.sealing.SealedTextField(blank=True, default="")),
                ("basis", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateField(null=True)),
                ("at", models.DateTimeField(unique=True)),
                ("state", models.CharField(choices=STATES, max_length=10)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("problems", models.JSONField(blank=True, default=list)),
                ("trouble", models.CharField(blank=True, default="", max_length=40)),
                ("ended_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ColumnsChosen",
            fields=[
                ("header", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("columns", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField("message", "bringing_id", models.UUIDField(null=True)),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["bringing_id"], name="message_bringing", condition=models.Q(bringing_id__isnull=False)
            ),
        ),
    ]
