"""Everything at once, for a house that is new: the steps it replaces carry over one that is older."""

import courtesy.conversations.models.threads
import courtesy.privacy.sealing
from importlib import import_module

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


search = import_module("courtesy.conversations.migrations.0002_search")


class Migration(migrations.Migration):

    initial = True
    replaces = [("conversations", "0001_start"), ("conversations", "0002_search"), ("conversations", "0003_shops_own_mail"), ("conversations", "0004_lists"), ("conversations", "0005_mails_in_threads"), ("conversations", "0006_when")]

    dependencies = [
        ("people", "0001_fresh_house"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('in', 'From the customer'), ('out', 'From us'), ('note', 'Note')], max_length=4)),
                ('body', models.TextField()),
                ('at', models.DateTimeField()),
                ('arrival_id', models.UUIDField(null=True, unique=True)),
                ('decision_id', models.BigIntegerField(null=True, unique=True)),
                ('person_only', models.BooleanField(default=False)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('automatic', models.BooleanField(default=False)),
                ('colleague', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('arrived', 'A message arrived'), ('answered', 'Answered'), ('taken back', 'Answer taken back'), ('noted', 'Note written'), ('resolved', 'Resolved'), ('reopened', 'Opened again'), ('assigned', 'Given to a colleague'), ('drafted', 'Draft written by the machine'), ('set aside draft', 'Draft set aside'), ('look again', 'A person is asked to look again'), ('refused', 'The mail server refused the answer'), ('unsure', 'Unsure whether the answer left'), ('held', 'The answer waits for a click'), ('elsewhere', 'Answered elsewhere'), ('bounced', 'The answer came back undelivered'), ('snoozed', 'Snoozed'), ('woke', 'Back from snoozing'), ('tagged', 'Tagged'), ('untagged', 'Tag taken off'), ('merged', 'Another thread was merged into this one'), ('split', 'Split off into a thread of its own'), ('unmerged', 'A merge was undone'), ('set apart', 'Kept out of the queue'), ('brought back', 'Brought back into the queue'), ('promised', 'Promised'), ('kept promise', 'Promise kept'), ('handed over', 'Promise handed over'), ('acknowledged', 'Told automatically that it arrived')], max_length=16)),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='conversations.message')),
            ],
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key_id', models.UUIDField(editable=False)),
                ('mail_id', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('mail_id_index', models.BinaryField(db_index=True, max_length=32, null=True)),
                ('sender', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('to', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('cc', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('reply_to', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('verified', models.CharField(choices=[('pass', 'The sender’s server vouches for the address'), ('fail', 'The address may be forged'), ('none', 'Nobody vouches for the address')], default='none', max_length=6)),
                ('has_html', models.BooleanField(default=False)),
                ('marks', models.JSONField(blank=True, default=list)),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='envelope', to='conversations.message')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail_id_index', models.BinaryField(db_index=True, max_length=32)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='conversations.message')),
            ],
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('filters', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('colleague', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='views', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(blank=True, default='', max_length=200)),
                ('state', models.CharField(choices=[('open', 'Open'), ('waiting', 'Waiting for the customer'), ('snoozed', 'Snoozed'), ('resolved', 'Resolved')], default='open', max_length=10)),
                ('last_event_at', models.DateTimeField()),
                ('last_message_at', models.DateTimeField()),
                ('reader_salt', models.CharField(default=courtesy.conversations.models.threads.new_salt, max_length=24)),
                ('arrived_by', models.CharField(max_length=20)),
                ('created_at', models.DateTimeField()),
                ('snoozed_until', models.DateTimeField(null=True)),
                ('apart', models.CharField(blank=True, choices=[('automatic', 'Automatic answer'), ('list', 'Newsletter or list'), ('no-reply', 'A machine that reads no answers'), ('bounce', 'Undelivered mail'), ('spam', 'Spam'), ('blocked', 'Blocked sender')], default='', max_length=10)),
                ('mailbox_id', models.UUIDField(null=True)),
                ('first_reply_due_at', models.DateTimeField(null=True)),
                ('first_replied_at', models.DateTimeField(null=True)),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='threads', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='conversations.thread')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Tagging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='conversations.tag')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='conversations.thread')),
            ],
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=400)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('offered', 'Is this a promise?'), ('open', 'Promised'), ('kept', 'Kept'), ('dropped', 'Not a promise')], default='offered', max_length=8)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises_held', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises_made', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='conversations.message')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='conversations.thread')),
            ],
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.UUIDField(db_index=True)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='conversations.event')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='conversations.message')),
                ('from_thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.thread')),
                ('to_thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.thread')),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='conversations.thread'),
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.BigIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('writes_at', models.DateTimeField(null=True)),
                ('colleague', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='conversations.thread')),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='conversations.thread'),
        ),
        migrations.CreateModel(
            name='Composing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('tab', models.CharField(blank=True, default='', max_length=40)),
                ('at', models.DateTimeField()),
                ('colleague', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='being_written', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='being_written', to='conversations.thread')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key_id', models.UUIDField(editable=False)),
                ('tab', models.CharField(blank=True, default='', max_length=40)),
                ('part', models.PositiveSmallIntegerField(null=True)),
                ('name', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('kind', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('inline', models.BooleanField(default=False)),
                ('refused', models.CharField(blank=True, default='', max_length=40)),
                ('content', courtesy.privacy.sealing.SealedBytesField(blank=True, default=b'')),
                ('created_at', models.DateTimeField()),
                ('colleague', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='conversations.message')),
                ('thread', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.thread')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('apart', ''), ('merged_into', None), models.Q(('state', 'resolved'), _negated=True)), fields=['-last_message_at', '-id'], name='thread_newest'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('apart', ''), ('merged_into', None)), fields=['state', '-last_message_at', '-id'], name='thread_state_newest'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('apart', ''), ('merged_into', None)), fields=['assignee', 'state', '-last_message_at', '-id'], name='thread_mine_newest'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('merged_into', None), models.Q(('apart', ''), _negated=True)), fields=['-last_message_at', '-id'], name='thread_apart_newest'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='thread_merged_into'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('state', 'snoozed')), fields=['snoozed_until'], name='thread_snoozed_until'),
        ),
        migrations.AddConstraint(
            model_name='tagging',
            constraint=models.UniqueConstraint(fields=('thread', 'tag'), name='one_tagging_a_tag'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['state', 'due_on'], name='promise_state_due'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['thread', 'id'], name='message_thread_id'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['at'], name='message_at'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('colleague', None), ('kind', 'in'), ('person__isnull', False)), models.Q(('colleague__isnull', False), ('kind__in', ('out', 'note')), ('person', None)), models.Q(('arrival_id__isnull', False), ('colleague', None), ('kind', 'out'), ('person', None)), _connector='OR'), name='a_message_has_one_author'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(fields=('thread', 'colleague'), name='one_look_a_colleague'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['thread', 'id'], name='event_thread_id'),
        ),
        migrations.AddConstraint(
            model_name='composing',
            constraint=models.UniqueConstraint(fields=('thread', 'colleague', 'tab'), name='one_unsent_text_a_tab'),
        ),
        migrations.RunPython(search.make, search.unmake),
    ]
