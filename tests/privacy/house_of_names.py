"""Run as a program: a real house in COURTESY_DATA_DIR with people of distinctive names, killed without goodbye.

With the argument `unsealed` the seal is switched off first, `unkeyed` the key of the look-ups: the byte test must
then find what it looks for.
"""

import os
import sys
from datetime import UTC, datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import django

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = ["Zebulon Quackenbush", "Wilhelmina Fjordsdóttir", "Xanthippe Oyelaran"]
ADDRESSES = ["zebulon.quackenbush@marsh.example", "wilhelmina@fjord.example", "x.oyelaran@hill.example"]
COLLEAGUE = "ottoline.vandersloot@home.example"
SHOP = "shop@marigold.example"
# Written into a subject or a body, these are plain: staff search them, and the trust page says so.
ARTICLE = "The bitter marmalade comes back in January."
SUBJECT, BODY = "A question about marmalade", "Do you have the bitter marmalade?"


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    from courtesy.privacy import keys, ledger, recovery, sealing  # noqa: PLC0415

    if "unsealed" in sys.argv:
        sealing.SealedField.close = lambda self, value, row: sealing.Ciphertext(
            value.encode() if isinstance(value, str) else value
        )
        sealing.SealedField.open = lambda self, stored, row: stored.decode() if self.clear_type is str else stored
    if "unkeyed" in sys.argv:
        sealing.hmac = SimpleNamespace(digest=lambda key, text, algorithm: text)
    keys.open_house(at=NOW)
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    keys.open_house(at=NOW)
    live_in()
    ledger.seal(at=NOW)
    print(" ".join(recovery.sheet()))
    sys.stdout.flush()
    os._exit(0)  # no tidy closing: the write-ahead log stays as a power cut would leave it


def live_in() -> None:
    """Mails come in, people are met, colleagues work."""
    import json  # noqa: PLC0415

    from courtesy.consent import actions as consent  # noqa: PLC0415
    from courtesy.conversations.actions import take_in  # noqa: PLC0415
    from courtesy.people import actions as people  # noqa: PLC0415
    from courtesy.people import queries  # noqa: PLC0415
    from courtesy.post import arrivals  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415
    from courtesy.staff.models import Colleague, Role  # noqa: PLC0415

    boss = Colleague(
        username="boss", called="Boss", role=Role.OWNER, address=COLLEAGUE, key_id=keys.new(at=NOW), joined_at=NOW
    )
    boss.save(force_insert=True)
    for name, address in zip(NAMES, ADDRESSES, strict=True):
        form = {"address": address, "name": name, "subject": SUBJECT, "body": BODY, "outreach_yes": True}
        raw = json.dumps(form, ensure_ascii=False).encode()
        arrival = arrivals.keep(channel="form", channel_id=sha256(raw).hexdigest(), raw=raw, at=NOW)
        take_in(arrival_id=arrival.pk, at=NOW)
        person = people.meet(address=address, name=name, at=NOW)
        consent.choose_service_only(person=person, where="the contact form", by=boss, at=NOW)
        assert queries.names([person.pk]) == {person.pk: name}
        assert queries.search(name.split()[1][:5]) == [person]
        answer(person, boss)
    write_letters(boss)
    knock_at_the_doors()


def answer(person: Any, boss: Any) -> None:
    """One thread all the way: read by the machine, a note, typed words, an answer, undo, an answer, "look again"."""
    from courtesy.conversations import actions as conversations  # noqa: PLC0415
    from courtesy.conversations import queries as threads  # noqa: PLC0415
    from courtesy.conversations.models import Thread  # noqa: PLC0415
    from courtesy.desk import intake, links, public  # noqa: PLC0415
    from courtesy.desk.lifecycle import actions as lifecycle  # noqa: PLC0415
    from courtesy.knowledge.actions import save_article  # noqa: PLC0415
    from courtesy.post import letters  # noqa: PLC0415

    save_article(article=None, title="Marmalade", text=ARTICLE, by=boss, at=NOW)
    thread = Thread.objects.get(person=person)
    message = thread.messages.get()
    intake.consider(message_id=message.pk, at=NOW)
    conversations.add_note(thread.pk, words="Is it in the cellar?", by=boss, at=NOW)
    conversations.remember_words(thread.pk, by=boss, words="There is", at=NOW, tab="reply-1")
    belief = message.beliefs.first()
    if belief is not None:
        lifecycle.correct_belief(belief.pk, to="stock", by=boss, at=NOW)
    first = lifecycle.send_reply(thread.pk, words="There is some.", by=boss, at=NOW, seen=thread.last_event)
    lifecycle.take_back(first.pk, by=boss, at=NOW)
    second = lifecycle.send_reply(thread.pk, words=ARTICLE, by=boss, at=NOW, seen=thread.last_event)
    token = links.token_of(second.pk, thread.reader_salt)
    public.evidence(token, at=NOW)
    public.look_again(token, words="That was not my question.", at=NOW)
    conversations.take_in(arrival_id=last_arrival("look again"), at=NOW)
    lifecycle.resolve(thread.pk, by=boss, at=NOW)
    letters.send("alert", to=COLLEAGUE, facts={"shop": "Marigold"}, at=NOW)
    assert threads.search("marmalade").rows


def write_letters(boss: Any) -> None:
    """Mails full of names on their outside: read, answered with copies, merged, split, blocked, bounced, set aside."""
    from courtesy.conversations import actions as conversations  # noqa: PLC0415
    from courtesy.conversations import queries as threads  # noqa: PLC0415
    from courtesy.conversations.models import Message, Thread  # noqa: PLC0415
    from courtesy.desk.effects import Company  # noqa: PLC0415
    from courtesy.desk.lifecycle import actions as lifecycle  # noqa: PLC0415
    from courtesy.post.models import Outgoing  # noqa: PLC0415

    (zebulon, wilhelmina, xanthippe), (first, second, third) = NAMES, ADDRESSES
    come("mail", f"From: {xanthippe} <{third}>\nTo: {SHOP}\nCc: {wilhelmina} <{second}>\nReply-To: {first}\n"
         "Message-ID: <quackenbush.oyelaran.1@marsh.example>\nReferences: <wilhelmina.0@fjord.example>\n"
         f"Subject: {SUBJECT}\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{BODY}\n"
         "--b\nContent-Type: application/pdf; name=Quackenbush-Fjordsdottir.pdf\nContent-Disposition: attachment; "
         "filename=Quackenbush-Fjordsdottir.pdf\n\n%PDF-1.4 Xanthippe Oyelaran\n--b--\n")  # fmt: skip
    mail = Message.objects.get(envelope__isnull=False)
    assert mail.envelope.mail_id == "<quackenbush.oyelaran.1@marsh.example>"
    assert mail.attachments.get().name == "Quackenbush-Fjordsdottir.pdf"
    assert threads.reply_recipients(mail.thread).cc == (second,)
    come("sent mail", f"From: {COLLEAGUE}\nTo: {zebulon} <{first}>, {second}\nMessage-ID: <vandersloot@home.example>\n"
         f"Subject: {SUBJECT}\n\nIt is ready.\n")  # fmt: skip
    sent = lifecycle.send_reply(
        mail.thread_id, words="There is some.", by=boss, at=NOW, seen=mail.thread.last_event,
        company=Company(to=(third,), cc=(second,)),
    )  # fmt: skip
    outgoing = Outgoing.objects.get(decision_id=sent.pk)
    come("mail", f"From: MAILER-DAEMON@mx.example\nTo: {SHOP}\nSubject: Undelivered\nMIME-Version: 1.0\n"
         "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
         "It could not be delivered.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
         f"Final-Recipient: rfc822; {second}\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers"
         f"\n\nMessage-ID: {outgoing.message_id}\nTo: {second}\n\n--b--\n")  # fmt: skip
    conversations.follow_outgoing(outgoing_id=outgoing.pk, at=NOW)
    come("mail", f"To: {third}\n\nThis says nothing of who sent it.\n")
    others = Thread.objects.filter(merged_into=None).exclude(pk=mail.thread_id).values_list("pk", flat=True)
    group = conversations.merge(others[:2], into=mail.thread_id, by=boss, at=NOW)
    conversations.unmerge(group, by=boss, at=NOW)
    conversations.tag(mail.thread_id, name="marmalade", by=boss, at=NOW)
    conversations.block(mail.person, by=boss, at=NOW)


def come(channel: str, raw: str) -> None:
    """A mail comes this way and is taken in, or set aside."""
    from courtesy.conversations.actions import take_in  # noqa: PLC0415
    from courtesy.post import arrivals  # noqa: PLC0415
    from courtesy.post.models import Mailbox  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415

    shop = Mailbox.objects.first() or Mailbox.objects.create(
        name="shop", address=SHOP, imap_host="imap.example", user=COLLEAGUE, secret="kelp",
        key_id=keys.new(at=NOW), begins_at=NOW, created_at=NOW,
    )  # fmt: skip
    data = raw.encode()
    arrival = arrivals.keep(channel=channel, channel_id=sha256(data).hexdigest(), raw=data, at=NOW, mailbox=shop)
    take_in(arrival_id=arrival.pk, at=NOW)


def last_arrival(channel: str) -> Any:
    """The last thing that came this way."""
    from courtesy.post.models import Arrival  # noqa: PLC0415

    return Arrival.objects.filter(channel=channel, state=Arrival.State.NEW).values_list("pk", flat=True).first()


def knock_at_the_doors() -> None:
    """The form as a browser sends it, a poisonous job, and somebody who types an address where a name is asked."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from courtesy.jobs.actions import announce  # noqa: PLC0415
    from courtesy.jobs.working import run_one  # noqa: PLC0415
    from tests.colleagues import PublicSocket  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    visitor = PublicSocket(REMOTE_ADDR="203.0.113.9")
    page = visitor.get("/").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    fields = {"words": BODY, "address": ADDRESSES[0], "name": NAMES[0], "token": token}
    assert visitor.post("/", fields).status_code == 302
    colleague = Client(REMOTE_ADDR="203.0.113.9")
    for name in (COLLEAGUE, "boss"):
        assert colleague.post("/sign-in", {"login": name, "password": "wrong"}).status_code == 422

    def breaks(**_ids: Any) -> None:
        raise ValueError(f"cannot write to {ADDRESSES[0]}")

    announce("arrived", arrival_id="00000000-0000-0000-0000-000000000000")
    while run_one(dict.fromkeys([name for names in settings.HANDLERS.values() for name in names], breaks)):
        pass


if __name__ == "__main__":
    main()
