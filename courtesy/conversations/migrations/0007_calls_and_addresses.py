"""Whom a note calls by name, and who else gets an answer that is not sent yet."""

import courtesy.privacy.sealing
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0001_fresh_house'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='composing',
            name='addresses',
            field=courtesy.privacy.sealing.SealedTextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='composing',
            name='key_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.BigIntegerField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('colleague', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='conversations.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('seen_at', None)), fields=['colleague'], name='call_unseen')],
                'constraints': [models.UniqueConstraint(fields=('message', 'colleague'), name='one_call_a_colleague')],
            },
        ),
    ]
