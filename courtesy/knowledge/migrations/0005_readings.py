"""What encoders made of passages stands in a table of its own, one row an encoder; and what was read is kept sealed."""

import django.db.models.deletion
from django.db import migrations, models


def carry_over(apps, editor):
    """What passages held themselves. A house made at once has no such column, and nothing to carry."""
    if any(field.name == "vector" for field in apps.get_model("knowledge", "Passage")._meta.get_fields()):
        editor.execute(
            "INSERT INTO knowledge_passagereading (passage_id, encoder, vectors)"
            " SELECT id, encoder, vector FROM knowledge_passage WHERE vector IS NOT NULL AND encoder <> ''"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0004_standing'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('sealed', models.BinaryField()),
                ('read_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['read_at'], name='kept_reading_age')],
            },
        ),
        migrations.CreateModel(
            name='PassageReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('encoder', models.CharField(max_length=60)),
                ('vectors', models.BinaryField()),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='knowledge.passage')),
            ],
            options={
                'indexes': [models.Index(fields=['encoder'], name='reading_encoder')],
                'constraints': [models.UniqueConstraint(fields=('passage', 'encoder'), name='one_reading_an_encoder')],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
