"""Passages hold their words alone. A step of its own: PostgreSQL alters no table that was just copied from."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0005_readings'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='passage',
            name='passage_encoder',
        ),
        migrations.RemoveField(
            model_name='passage',
            name='encoder',
        ),
        migrations.RemoveField(
            model_name='passage',
            name='vector',
        ),
        migrations.AlterField(
            model_name='article',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('de', 'Deutsch'), ('fr', 'Français'), ('es', 'Español'), ('it', 'Italiano'), ('pt', 'Português'), ('nl', 'Nederlands'), ('pl', 'Polski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('ar', 'العربية'), ('hi', 'हिन्दी'), ('ja', '日本語'), ('zh', '中文'), ('ru', 'Русский'), ('ko', '한국어'), ('th', 'ไทย')], default='en', max_length=5, verbose_name='Language'),
        ),
    ]
