"""Telling by itself that a mail has arrived: never to a machine, never twice a day, nothing while sending is off."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from itertools import pairwise
from uuid import uuid4

import pytest

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Envelope, Event, Message
from courtesy.desk import acknowledging
from courtesy.desk.acknowledging import acknowledge
from courtesy.post.models import Outgoing
from courtesy.privacy import keys
from courtesy.staff import queries as staff
from courtesy.staff.models import Shop
from tests.conversations.mails import DORA, EMIL, SHOP, came, mail, mailbox
from tests.desk.street import writes

pytestmark = pytest.mark.django_db(databases="__all__")

TUESDAY_NOON = datetime.fromisoformat("2026-11-24T12:00:00+01:00")
TUESDAY_NIGHT = datetime.fromisoformat("2026-11-24T23:00:00+01:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def shop(db):
    """Open on weekdays; the owner lets Courtesy send, and tell by itself."""
    shop = staff.shop()
    shop.name, shop.time_zone = "Fern", "Europe/Berlin"
    shop.opening_hours = {str(day): [["09:00", "17:00"]] for day in range(5)}
    shop.may_send = shop.acknowledges = True
    shop.acknowledgment, shop.out_of_office = "We have it.\n{shop}", "We are closed and open {opens}."
    shop.save()
    return shop


def letters() -> list[Outgoing]:
    """What is in the line, the first first."""
    return list(Outgoing.objects.filter(kind=Outgoing.Kind.LETTER).order_by("turn"))


def arrives(*args, at=TUESDAY_NOON, **how) -> Message:
    """A mail comes, and the handler runs."""
    message = came(mail(*args, **how), at=at)
    acknowledge(message_id=message.pk, at=at)
    return message


class TestAMail:
    def test_is_told_in_the_shops_words_under_the_mail_it_is_about(self):
        message = arrives("one@kunden.example")

        [letter] = letters()
        told = message_from_bytes(bytes(letter.content), policy=default)
        assert letter.to == DORA
        assert told["Subject"] == "Re: Tea"
        assert told["Auto-Submitted"] == "auto-replied"
        assert told["In-Reply-To"] == told["References"] == "<one@kunden.example>"
        assert told.get_content().replace("\r\n", "\n") == "We have it.\nFern\n\nThis was sent automatically.\n"
        assert message.thread.events.filter(kind=Event.Kind.ACKNOWLEDGED, message=message).exists()

    def test_is_told_when_the_shop_opens_again_while_it_is_closed(self):
        arrives("one@kunden.example", at=TUESDAY_NIGHT)

        content = message_from_bytes(bytes(letters()[0].content), policy=default).get_content()
        assert "open on Wednesday 25 November at 9:00." in content

    def test_leaves_a_letter_that_goes_with_the_person(self):
        message = arrives("one@kunden.example")
        keys.destroy(message.person.pk, at=TUESDAY_NOON)

        with pytest.raises(keys.KeyGone):
            _ = Outgoing.objects.get().to

    def test_is_told_once_though_the_handler_runs_twice(self):
        message = arrives("one@kunden.example")
        acknowledge(message_id=message.pk, at=TUESDAY_NOON)
        assert len(letters()) == 1

    def test_whose_receipt_is_answered_goes_on_in_its_thread(self):
        message = arrives("one@kunden.example")
        receipt = letters()[0].message_id.strip("<>")
        answer = came(mail("two@kunden.example", "Good, I wait.", refers=[receipt]), at=TUESDAY_NOON + HOUR)
        stranger = came(mail("three@x", "Me too", by=EMIL, refers=[receipt]), at=TUESDAY_NOON + HOUR)

        assert answer.thread_id == message.thread_id
        assert stranger.thread_id != message.thread_id

    def test_that_goes_on_while_we_are_open_is_told_nothing(self):
        arrives("one@kunden.example")
        arrives("two@kunden.example", refers=["one@kunden.example"], at=TUESDAY_NOON + 2 * DAY)
        assert len(letters()) == 1

    def test_that_goes_on_at_night_is_told_when_we_open_but_once_a_day(self):
        arrives("one@kunden.example", at=TUESDAY_NOON - 2 * DAY + 12 * HOUR)
        arrives("two@kunden.example", refers=["one@kunden.example"], at=TUESDAY_NIGHT)
        arrives("three@kunden.example", refers=["two@kunden.example"], at=TUESDAY_NIGHT + HOUR)
        assert len(letters()) == 2

    def test_of_one_person_in_another_thread_on_the_same_day_is_told_nothing(self):
        arrives("one@kunden.example")
        arrives("two@kunden.example", subject="Coffee", at=TUESDAY_NOON + HOUR)
        arrives("three@kunden.example", by=EMIL, at=TUESDAY_NOON + HOUR)
        assert [letter.to for letter in letters()] == [DORA, EMIL]

    def test_that_we_have_answered_meanwhile_is_told_nothing(self):
        message = came(mail("one@kunden.example"), at=TUESDAY_NOON)
        Message.objects.create(thread=message.thread, kind="out", body="Yes.", at=TUESDAY_NOON, arrival_id=uuid4())
        acknowledge(message_id=message.pk, at=TUESDAY_NOON)
        assert letters() == []

    def test_that_was_fetched_days_later_is_told_nothing(self):
        message = came(mail("one@kunden.example"), at=TUESDAY_NOON)
        acknowledge(message_id=message.pk, at=TUESDAY_NOON + 2 * DAY)
        assert letters() == []


class TestNothingIsTold:
    def test_while_courtesy_may_not_send(self):
        Shop.objects.update(may_send=False)
        arrives("one@kunden.example")
        assert not Outgoing.objects.exists()

    def test_unless_the_owner_wants_it(self):
        Shop.objects.update(acknowledges=False)
        arrives("one@kunden.example")
        assert not Outgoing.objects.exists()
        assert Shop._meta.get_field("acknowledges").default is False

    @pytest.mark.parametrize(
        "header",
        [
            ("Auto-Submitted", "auto-replied"),
            ("Auto-Submitted", "auto-generated"),
            ("List-Id", "<news.example>"),
            ("List-Unsubscribe", "<https://news.example/no>"),
            ("Precedence", "bulk"),
        ],
    )
    def test_to_machines_and_lists(self, header):
        arrives("one@kunden.example", headers=[header])
        assert letters() == []

    def test_to_who_reads_no_answers(self):
        arrives("one@kunden.example", by="no-reply@kunden.example")
        assert letters() == []

    def test_to_ourselves(self):
        mailbox()
        came_from_us = came(mail("one@fern.example", by="chef@fern.example"), at=TUESDAY_NOON)
        handle = came_from_us.person.handles.get()
        handle.value = SHOP
        handle.save()
        acknowledge(message_id=came_from_us.pk, at=TUESDAY_NOON)
        assert letters() == []

    def test_to_blocked_senders(self, ada):
        message = came(mail("one@kunden.example"), at=TUESDAY_NOON)
        conversations.block(message.person, by=ada, at=TUESDAY_NOON)
        acknowledge(message_id=message.pk, at=TUESDAY_NOON)
        assert letters() == []

    def test_to_an_address_that_may_be_forged(self):
        message = came(mail("one@kunden.example"), at=TUESDAY_NOON)
        Envelope.objects.update(verified="fail")
        acknowledge(message_id=message.pk, at=TUESDAY_NOON)
        assert letters() == []

    def test_to_what_was_set_apart_by_hand(self, ada):
        message = came(mail("one@kunden.example"), at=TUESDAY_NOON)
        conversations.set_apart(message.thread_id, why="spam", by=ada, at=TUESDAY_NOON)
        acknowledge(message_id=message.pk, at=TUESDAY_NOON)
        assert letters() == []

    def test_to_an_address_that_somebody_typed_into_the_form(self, dora):
        message = writes(dora, at=TUESDAY_NOON)
        acknowledge(message_id=message.pk, at=TUESDAY_NOON)
        assert letters() == []


def face_each_other(headers, *, refers: bool, days: float = 3) -> int:
    """Another autoresponder answers each of our letters ten minutes later; how many of ours went out in these days."""
    at, number = TUESDAY_NIGHT, 0
    arrives("machine-0@kunden.example", headers=headers, at=at)
    answered = 0
    while at < TUESDAY_NIGHT + days * DAY:
        at += timedelta(minutes=10)
        ours = letters()
        if len(ours) > answered:
            answered, number = len(ours), number + 1
            name = ours[-1].message_id.strip("<>")
            arrives(
                f"machine-{number}@kunden.example",
                "I am away.",
                refers=[name] if refers else [],
                subject=f"Away {number}",
                headers=headers,
                at=at,
            )
        elif at.minute == 0 and at.hour == 3:
            # Somebody prods it every night.
            number += 1
            arrives(f"machine-{number}@kunden.example", "I am away.", subject=f"Away {number}", headers=headers, at=at)
    return answered


class TestTwoMachines:
    def test_with_manners_have_nothing_to_say_to_each_other(self):
        assert face_each_other([("Auto-Submitted", "auto-replied")], refers=True) == 0

    @pytest.mark.parametrize("refers", [True, False])
    def test_without_any_exchange_at_most_one_mail_a_day(self, refers):
        assert 1 <= face_each_other([], refers=refers, days=3) <= 4

        times = [letter.created_at for letter in letters()]
        assert all(later - earlier >= DAY for earlier, later in pairwise(times))

    def test_would_go_on_for_ever_without_that_rule(self, monkeypatch):
        monkeypatch.setattr(acknowledging, "_knows_already", lambda *_: False)
        assert face_each_other([], refers=True, days=0.25) > 20
