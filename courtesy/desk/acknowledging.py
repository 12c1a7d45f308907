"""Telling a customer by itself that their mail has arrived: fixed words of the shop, off unless the owner wants it.

No machine is told, nobody twice a day, nobody whose address may be forged, and nothing while Courtesy may not send:
so that two machines facing each other have nothing to say to each other.
"""

from datetime import datetime, timedelta

from django.db import transaction

from courtesy.conversations import envelopes, threading
from courtesy.conversations import queries as conversations
from courtesy.conversations.actions import tell
from courtesy.conversations.models import Event, Message
from courtesy.conversations.queries.mail import may_acknowledge, our_addresses
from courtesy.desk.effects import subject_for
from courtesy.people import queries as people
from courtesy.people.models import Person
from courtesy.post import letters
from courtesy.post.channels.incoming import Mark
from courtesy.privacy import ledger
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours
from courtesy.staff.models import Shop
from courtesy.staff.receipts import receipt

A_DAY = timedelta(days=1)


def acknowledge(*, message_id: int, at: datetime) -> None:
    """Handler of "message-stored": at most one letter a thread and day, and one a person and day. Twice is once."""
    shop = staff.shop()
    if not (shop.acknowledges and shop.may_send):
        return
    message = Message.objects.select_related("thread", "person").filter(pk=message_id).first()
    if message is None or message.person is None:
        return
    with transaction.atomic():
        # Held, so that of two mails at once only one is told; the person first, as when a message is taken in.
        Person.objects.select_for_update().get(pk=message.person.pk)
        address = _whom(message, shop, at)
        if address:
            _send(message, address, shop, at)


def _whom(message: Message, shop: Shop, at: datetime) -> str:
    """The address to tell; empty where nobody is to be told."""
    person = message.person
    if person is None or not _came_from_a_person(message) or _knows_already(message, person, shop, at):
        return ""
    try:
        address = people.address_of(person)
    except KeyGone:
        return ""
    return "" if address.casefold() in {ours.casefold() for ours in our_addresses()} else address


def _came_from_a_person(message: Message) -> bool:
    """By mail, from somebody who is not blocked, whose address is not known to be forged, and where nothing speaks
    against answering by machine."""
    # A form thanks its visitor itself; and whoever types an address there need not be the one who reads it.
    outside = envelopes.outsides([message]).get(message.pk)
    if outside is None or outside.may_be_forged or message.automatic:
        return False
    blocked = message.person is not None and message.person.blocked_at is not None
    return not blocked and Mark.NO_AUTOMATIC_ANSWER not in outside.marks


def _knows_already(message: Message, person: Person, shop: Shop, at: datetime) -> bool:
    """Told within a day, here or elsewhere; answered; or in the middle of a conversation while we are there."""
    if not may_acknowledge(message, at):
        return True
    told = Event.objects.filter(kind=Event.Kind.ACKNOWLEDGED, thread__person=person, at__gt=at - A_DAY)
    answered = message.thread.messages.filter(kind=Message.Kind.OUT, taken_back_at=None, pk__gt=message.pk)
    goes_on = message.thread.messages.filter(pk__lt=message.pk)
    return told.exists() or answered.exists() or (Hours.of(shop).is_open(message.at) and goes_on.exists())


def _send(message: Message, address: str, shop: Shop, at: datetime) -> None:
    thread = message.thread
    letter = letters.send(
        "acknowledgment",
        to=address,
        facts={"subject": subject_for(thread), "words": receipt(shop, message.at)},
        at=at,
        mailbox_id=thread.mailbox_id,
        references=conversations.references(thread),
        in_reply_to=envelopes.mail_to_answer(thread.pk),
        key_id=message.person.key_id if message.person else None,
    )
    # Whoever answers the receipt, with a program that names nothing before it, is found by it.
    threading.remember(message, [letter.message_id])
    tell(thread.pk, Event.Kind.ACKNOWLEDGED, at=at, message=message)
    ledger.append("acknowledged", about=thread, at=at)
