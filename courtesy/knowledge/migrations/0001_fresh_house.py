"""Everything at once, for a house that is new: the steps it replaces carry over one that is older."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [("knowledge", "0001_start"), ("knowledge", "0002_shops_own_mail")]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=140, verbose_name='Title')),
                ('text', models.TextField(verbose_name='Text, in Markdown')),
                ('language', models.CharField(choices=[('en', 'English'), ('de', 'Deutsch'), ('fr', 'Français'), ('es', 'Español'), ('it', 'Italiano'), ('pt', 'Português'), ('nl', 'Nederlands'), ('pl', 'Polski'), ('sv', 'Svenska'), ('tr', 'Türkçe'), ('ar', 'العربية'), ('hi', 'हिन्दी'), ('ja', '日本語'), ('zh', '中文')], default='en', max_length=5, verbose_name='Language')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('internal', 'Only we; drafts may use a sentence of it, and never show it as a source')], default='public', max_length=10, verbose_name='Who may read it')),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('number', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=140)),
                ('text', models.TextField()),
                ('language', models.CharField(max_length=5)),
                ('audience', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='knowledge.article')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveIntegerField()),
                ('heading', models.CharField(blank=True, default='', max_length=200)),
                ('text', models.TextField()),
                ('content_hash', models.CharField(max_length=64)),
                ('vector', models.BinaryField(null=True)),
                ('encoder', models.CharField(blank=True, default='', max_length=60)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='knowledge.article')),
            ],
            options={
                'ordering': ['article', 'ordinal'],
            },
        ),
        migrations.CreateModel(
            name='SavedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('words', models.TextField(max_length=10000, verbose_name='words')),
                ('changed_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(null=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['archived_at', 'title'], name='article_current_title'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'internal'])), name='article_has_a_known_audience'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='one_version_a_number'),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=models.Index(fields=['encoder'], name='passage_encoder'),
        ),
        migrations.AddConstraint(
            model_name='savedreply',
            constraint=models.UniqueConstraint(condition=models.Q(('archived_at', None)), fields=('name',), name='one_saved_reply_a_name'),
        ),
    ]
