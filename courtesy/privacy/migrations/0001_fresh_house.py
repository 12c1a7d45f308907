"""Everything at once, for a house that is new: the steps it replaces carry over one that is older."""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [("privacy", "0001_initial"), ("privacy", "0002_backups_and_drills")]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('name', models.CharField(blank=True, default='', max_length=80)),
                ('size', models.BigIntegerField(default=0)),
                ('problem', models.CharField(blank=True, default='', max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('backup_at', models.DateTimeField(null=True)),
                ('rows', models.BigIntegerField(default=0)),
                ('seconds', models.FloatField(default=0.0)),
                ('problem', models.CharField(blank=True, default='', max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.UUIDField(db_index=True, null=True)),
                ('wrapped', models.BinaryField(null=True)),
                ('created_at', models.DateTimeField()),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', True), ('wrapped__isnull', False)), models.Q(('destroyed_at__isnull', False), ('wrapped__isnull', True)), _connector='OR'), name='a_key_opens_or_is_destroyed')],
            },
        ),
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(default=0)),
                ('digest', models.BinaryField(max_length=32)),
                ('sealed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='the_ledger_has_one_head')],
            },
        ),
        migrations.CreateModel(
            name='LedgerRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=40)),
                ('about', models.UUIDField(db_index=True, null=True)),
                ('by', models.UUIDField(db_index=True, null=True)),
                ('at', models.DateTimeField()),
                ('facts', models.TextField(null=True)),
                ('salt', models.BinaryField(max_length=16, null=True)),
                ('commitment', models.BinaryField(max_length=32)),
                ('position', models.BigIntegerField(null=True, unique=True)),
                ('digest', models.BinaryField(max_length=32, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('position__isnull', True)), fields=['id'], name='ledger_not_yet_sealed')],
            },
        ),
        migrations.CreateModel(
            name='Pseudonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=40)),
                ('alias', models.UUIDField(default=uuid.uuid4, unique=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject'), name='one_pseudonym_a_row')],
            },
        ),
    ]
