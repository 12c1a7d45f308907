"""Who vouched for a sentence of an earlier answer when that was last looked at."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0003_earlier_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='earlierpassage',
            name='standing',
            field=models.CharField(blank=True, choices=[('', 'not looked at yet'), ('article', 'an article says the like'), ('people', 'two people or more were told it'), ('waits', 'nobody vouches for it yet'), ('leans', 'it cannot be read by itself'), ('other', 'drafts do not read its language yet')], default='', max_length=8),
        ),
        migrations.AddField(
            model_name='earlierpassage',
            name='weighed',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='earlierpassage',
            index=models.Index(fields=['standing'], name='earlier_standing'),
        ),
    ]
