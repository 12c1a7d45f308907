"""Everything at once, for a house that is new: the steps it replaces carry over one that is older."""

import courtesy.privacy.sealing
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [("post", "0001_start"), ("post", "0002_shops_own_mail"), ("post", "0003_mailboxes_tried_out")]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='MailServer',
            fields=[
                ('name', models.CharField(default='settings', max_length=40, primary_key=True, serialize=False)),
                ('closed_until', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('problem', models.CharField(blank=True, default='', max_length=80)),
                ('since', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SecondPath',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('webhook', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('key_id', models.UUIDField(editable=False)),
                ('warned_at', models.DateTimeField(null=True)),
                ('warned_of', models.CharField(blank=True, default='', max_length=80)),
                ('problem', models.CharField(blank=True, default='', max_length=80)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('test_wanted_at', models.DateTimeField(null=True)),
                ('tested_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Knock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.BinaryField(max_length=32)),
                ('window', models.CharField(max_length=40)),
                ('count', models.PositiveIntegerField(default=0)),
                ('until', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('who', 'window'), name='one_count_a_window')],
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('address', courtesy.privacy.sealing.SealedTextField()),
                ('address_index', models.BinaryField(max_length=32)),
                ('imap_host', models.CharField(max_length=253)),
                ('imap_port', models.PositiveIntegerField(default=993)),
                ('imap_tls', models.CharField(choices=[('at once', 'TLS from the start'), ('starttls', 'STARTTLS'), ('never', 'Not at all (only on this machine)')], default='at once', max_length=10)),
                ('smtp_host', models.CharField(blank=True, default='', max_length=253)),
                ('smtp_port', models.PositiveIntegerField(default=587)),
                ('smtp_tls', models.CharField(choices=[('at once', 'TLS from the start'), ('starttls', 'STARTTLS'), ('never', 'Not at all (only on this machine)')], default='starttls', max_length=10)),
                ('signs_in_with', models.CharField(choices=[('password', 'Password or app password')], default='password', max_length=12)),
                ('user', courtesy.privacy.sealing.SealedTextField()),
                ('secret', courtesy.privacy.sealing.SealedTextField()),
                ('key_id', models.UUIDField(editable=False)),
                ('provider', models.CharField(blank=True, default='', max_length=20)),
                ('keeps_copies', models.BooleanField(default=True)),
                ('plus_addresses', models.BooleanField(default=False)),
                ('begins_at', models.DateTimeField()),
                ('last_tried_at', models.DateTimeField(null=True)),
                ('last_fetched_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, default='', max_length=80)),
                ('problem_since', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('address_index',), name='one_mailbox_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('given', courtesy.privacy.sealing.SealedTextField()),
                ('key_id', models.UUIDField(editable=False)),
                ('sends_one', models.BooleanField(default=False)),
                ('steps', models.JSONField(default=list)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='post.mailbox')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Folder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('inbox', 'Inbox'), ('sent', 'Sent')], max_length=8)),
                ('name', models.CharField(max_length=200)),
                ('uid_validity', models.BigIntegerField(default=0)),
                ('last_uid', models.BigIntegerField(default=0)),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folders', to='post.mailbox')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mailbox', 'role'), name='one_folder_a_role')],
            },
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(max_length=20)),
                ('channel_id', models.CharField(max_length=200)),
                ('raw', courtesy.privacy.sealing.SealedBytesField()),
                ('key_id', models.UUIDField(editable=False)),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('new', 'New'), ('taken in', 'Taken in'), ('set aside', 'Set aside')], default='new', max_length=12)),
                ('problem', models.CharField(blank=True, default='', max_length=80)),
                ('thread_hint', models.CharField(blank=True, default='', max_length=200)),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='arrivals', to='post.mailbox')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'received_at'], name='arrival_state_received')],
                'constraints': [models.UniqueConstraint(fields=('channel', 'channel_id'), name='one_arrival_a_channel_id')],
            },
        ),
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('reply', 'Answer'), ('letter', 'Letter')], max_length=8)),
                ('decision_id', models.BigIntegerField(null=True, unique=True)),
                ('reply_message_id', models.BigIntegerField(db_index=True, null=True)),
                ('to', courtesy.privacy.sealing.SealedTextField()),
                ('to_index', models.BinaryField(db_index=True, max_length=32)),
                ('also_to', courtesy.privacy.sealing.SealedTextField(blank=True, default='')),
                ('content', courtesy.privacy.sealing.SealedBytesField()),
                ('copy_kept_at', models.DateTimeField(null=True)),
                ('bounced_at', models.DateTimeField(null=True)),
                ('bounce', models.CharField(blank=True, default='', max_length=12)),
                ('key_id', models.UUIDField(editable=False)),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('turn', models.BigIntegerField(db_index=True)),
                ('not_before', models.DateTimeField()),
                ('waiting_since', models.DateTimeField()),
                ('next_try_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Leaving now'), ('sent', 'Sent'), ('taken back', 'Taken back'), ('unsure', 'Unsure'), ('refused', 'Refused'), ('held', 'Held')], default='waiting', max_length=12)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('claim', models.UUIDField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, default='', max_length=80)),
                ('created_at', models.DateTimeField()),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outgoing', to='post.mailbox')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'turn'], name='outgoing_state_turn')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision_id', None), ('kind', 'letter')), models.Q(('decision_id__isnull', False), ('kind', 'reply')), _connector='OR'), name='a_reply_has_a_decision')],
            },
        ),
    ]
