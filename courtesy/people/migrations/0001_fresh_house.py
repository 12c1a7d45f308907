"""Everything at once, for a house that is new: the steps it replaces carry over one that is older."""

import courtesy.privacy.sealing
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [("people", "0001_initial"), ("people", "0002_shops_own_mail")]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key_id', models.UUIDField(editable=False)),
                ('name', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('created_at', models.DateTimeField()),
                ('permission_epoch', models.PositiveIntegerField(default=0)),
                ('last_seen_at', models.DateTimeField(null=True)),
                ('blocked_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NameToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.BinaryField(max_length=16)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='name_tokens', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('token', 'person'), name='one_token_a_beginning')],
            },
        ),
        migrations.CreateModel(
            name='Handle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('email', 'Email')], default='email', max_length=12)),
                ('value', courtesy.privacy.sealing.SealedTextField()),
                ('value_index', models.BinaryField(max_length=32)),
                ('key_id', models.UUIDField(editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handles', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'value_index'), name='one_person_an_address')],
            },
        ),
    ]
