"""Which mail refers to which, a machine's answers, moves without a colleague; on SQLite the word indexes' triggers
again, since the table of messages is rebuilt."""

from importlib import import_module

import courtesy.privacy.sealing
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

search = import_module("courtesy.conversations.migrations.0002_search")


def make_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        search.make(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0004_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='envelope',
            name='reply_to',
            field=courtesy.privacy.sealing.SealedTextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='message',
            name='automatic',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='move',
            name='event',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='conversations.event'),
        ),
        migrations.AlterField(
            model_name='move',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='move',
            name='message',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='conversations.message'),
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail_id_index', models.BinaryField(db_index=True, max_length=32)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='conversations.message')),
            ],
        ),
        migrations.RunPython(make_again, migrations.RunPython.noop),
    ]
