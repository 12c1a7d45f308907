"""Sentences of earlier answers, by their place and reading."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0001_fresh_house'),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.BigIntegerField(unique=True)),
                ('encoder', models.CharField(blank=True, default='', max_length=60)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['encoder'], name='earlier_encoder')],
            },
        ),
        migrations.CreateModel(
            name='EarlierPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('vector', models.BinaryField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='knowledge.earlieranswer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('answer', 'start'), name='one_passage_a_place')],
            },
        ),
    ]
