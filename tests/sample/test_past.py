"""Marigold's past, as it is made up: the same each time, in every language and voice, with a hub that stands still."""

import csv
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import pairwise

import pytest

from courtesy.config.sample import reading
from courtesy.config.sample.generating import mails
from courtesy.config.sample.generating.customers import HABITS, VOICES, customers
from courtesy.config.sample.generating.goods import goods
from courtesy.config.sample.generating.hours import WEEKLY
from courtesy.config.sample.generating.tables import BY_HAND, orders_csv
from courtesy.config.sample.generating.whole import SHOP, Past, past
from courtesy.consent.purposes import Answer, Purpose
from courtesy.post.past import mbox
from courtesy.post.past.letters import PastLetter
from tests.cast import NOON

SMALL = 1 / 20


@pytest.fixture(scope="module")
def whole() -> Past:
    return past(NOON, SMALL)


@pytest.fixture(scope="module")
def rows(whole: Past) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(orders_csv(whole))))


def digest(of: Past) -> str:
    return sha256(mails.mbox(of.letters()) + orders_csv(of).encode()).hexdigest()


class TestThePast:
    def test_is_the_same_bytes_for_the_same_moment_and_size(self, whole):
        past.cache_clear()
        again = past(NOON, SMALL)

        assert again is not whole
        assert digest(again) == digest(whole)

    def test_is_other_bytes_at_another_moment_but_as_many(self, whole):
        later = past(NOON + timedelta(days=40), SMALL)

        assert digest(later) != digest(whole)
        assert len(later.conversations) == len(whole.conversations)

    def test_of_a_smaller_size_is_of_the_same_people(self, whole):
        twice = past(NOON, 2 * SMALL)

        assert twice.customers[: len(whole.customers)] == whole.customers
        assert len(twice.conversations) == 2 * len(whole.conversations)

    @pytest.mark.parametrize("size", [0, 0.01, 1.5])
    def test_has_no_other_size(self, size):
        with pytest.raises(ValueError, match=str(size)):
            past(NOON, size)

    def test_goes_back_three_years_and_not_a_minute_ahead(self, whole):
        moments = [order.placed_at for order in whole.orders] + [letter.at for letter in whole.letters()]

        assert max(moments) < NOON
        assert min(moments) > NOON - timedelta(days=1100)


class TestTheWholeOfIt:
    def test_is_as_large_as_promised(self):
        whole = past(NOON, 1)
        languages = Counter(told.customer.language for told in whole.conversations)

        assert (len(whole.products), len(whole.customers), len(whole.conversations)) == (40, 600, 2000)
        assert 4_000 <= len(whole.letters()) <= 6_000
        assert 5_000 <= len(whole.orders) <= 8_000
        assert all(languages[language] >= 200 for language in ("en", "de", "fr", "es"))
        assert {one.habit for one in whole.customers} == set(HABITS)
        assert {one.voice for one in whole.customers} == set(VOICES)
        assert len({one.number for one in whole.orders}) == len(whole.orders)
        assert len({one.mail_id for one in whole.letters()}) == len(whole.letters())
        assert len({one.address for one in whole.customers}) == 600

    def test_is_busiest_before_christmas(self):
        months = Counter((order.placed_at.year, order.placed_at.month) for order in past(NOON, 1).orders)

        for year in (2024, 2025):
            assert months[year, 12] > 1.2 * months[year, 9]

    def test_says_all_there_is_to_say_about_permission(self):
        said = {(Purpose(one.purpose), Answer(one.answer)) for who in customers(1) for one in who.said}

        assert {answer for _, answer in said} == set(Answer)
        assert {purpose for purpose, _ in said} == set(Purpose) - {Purpose.SERVICE}
        assert all(one.days_ago >= 1 for who in customers(1) for one in who.said)


class TestTheLetters:
    def test_are_answered_in_order_and_while_the_shop_is_open(self, whole):
        for told in whole.conversations:
            for before, after in pairwise(told.letters):
                assert before.at < after.at
                assert after.answers == tuple(one.mail_id for one in told.letters[: len(after.answers)])
            for letter in told.letters:
                if letter.by:
                    begins, ends = WEEKLY[letter.at.weekday()]
                    assert begins <= f"{letter.at:%H:%M}" <= ends

    def test_have_no_slot_left_open(self, whole):
        for letter in (*whole.letters(), *(one.letters[0] for one in whole.alive)):
            assert "{" not in letter.subject + letter.body

    def test_ask_about_orders_of_whoever_asks(self, whole):
        orders = {order.number: order.customer.address for order in whole.orders}
        for told in whole.conversations:
            for letter in told.letters:
                numbers = {word.strip(".,:;?()") for word in letter.body.split() if word.startswith("M-")}
                assert {orders[one] for one in numbers} <= {told.customer.address}

    def test_read_as_mails_everywhere(self, whole):
        letters = whole.letters()
        files = 0
        for one in letters:
            mail = message_from_bytes(mails.raw(one), policy=default)
            assert mail["Message-ID"] == f"<{one.mail_id}>"
            assert mail["Subject"] == one.subject
            assert mail["From"].addresses[0].addr_spec == one.sender
            assert mail["Date"].datetime == one.at.replace(microsecond=0)
            body = mail.get_body(("plain",))
            assert body is not None
            assert body.get_content().replace("\r\n", "\n").strip() == one.body.strip()
            files += len(list(mail.iter_attachments()))
        assert files == sum(one.attachment is not None for one in letters) > 3

    def test_come_back_whole_from_an_mbox(self, whole):
        letters = whole.letters()
        read = list(mbox.letters(BytesIO(mails.mbox(letters))))

        assert [one.raw for one in read if isinstance(one, PastLetter)] == [
            mails.raw(one).removesuffix(b"\r\n") + b"\r\n" for one in letters
        ]

    def test_hold_newsletters_machines_and_spam_that_nobody_answered(self, whole):
        kinds = Counter(one.kind for one in whole.nobodys)

        assert set(kinds) == {"list", "no-reply", "automatic", "spam"}
        assert all(one.to == SHOP and not one.by for one in whole.nobodys)

    def test_come_newest_first_each_conversation_in_its_order(self, whole):
        letters = whole.letters()
        firsts = [one.at for one in letters if not one.answers]

        assert firsts == sorted(firsts, reverse=True)


class TestTheHub:
    def test_stands_still_and_whoever_waits_asks(self, whole):
        stuck = {order.customer.number: order for order in whole.orders if order.stuck}

        assert len(whole.alive) + len(whole.told) == len(stuck) >= 6
        for told in (*whole.alive, *whole.told):
            letter, order = told.letters[0], stuck[told.customer.number]
            assert NOON - timedelta(days=2) < letter.at < NOON - timedelta(minutes=35)
            assert order.delivery.carrier == "Heron Parcels"
            assert order.delivery.arrived_at is None
            assert order.delivery.is_late(NOON.date())

    def test_is_told_to_most_and_the_last_ones_wait(self, whole):
        assert {len(told.letters) for told in whole.told} == {2}
        assert all(told.letters[1].at < NOON for told in whole.told)
        assert all(told.letters[0].at > NOON - timedelta(hours=8) for told in whole.alive)

    def test_is_a_cluster_as_there_was_none_before(self):
        whole = past(NOON, 1)
        days = Counter(told.letters[0].at.date() for told in whole.conversations if told.topic == "late")

        assert len(whole.alive) + len(whole.told) == 40
        assert len(whole.alive) == 16
        assert max(days.values()) < 10


class TestTheTable:
    def test_has_a_row_for_each_line_and_refund(self, rows, whole):
        by_hand = sum(1 + ("back" in json.loads(line)) for line in BY_HAND.read_text().splitlines())

        assert len(rows) - by_hand == sum(len(one.lines) + (one.refund is not None) for one in whole.orders)
        assert sum(int(row["quantity"]) < 0 for row in rows) == 1 + sum(one.refund is not None for one in whole.orders)
        assert {row["sku"] for row in rows} <= {one.sku for one in goods()}

    def test_adds_up(self, rows, whole):
        numbers = {one.number for one in whole.orders}
        sold = [row for row in rows if row["order number"] in numbers and int(row["quantity"]) > 0]

        assert sum(round(float(row["amount"]) * 100) for row in sold) == sum(one.total for one in whole.orders)
        assert all(float(row["cost"]) < float(row["price"]) for row in sold)

    def test_begins_with_what_the_people_of_the_front_bought(self, rows):
        known = {one.address for one in reading.customers()}
        theirs = [row for row in rows if row["email"] in known]

        assert len(theirs) >= 20
        assert all(datetime.fromisoformat(row["order date"]).replace(tzinfo=UTC) < NOON for row in theirs)
        assert all(row["arrived at"] < f"{NOON:%Y-%m-%d %H:%M}" for row in theirs)


class TestTheClock:
    def test_may_stand_anywhere(self):
        leap = datetime(2028, 2, 29, 23, 59, tzinfo=UTC)

        assert past(leap, 0.02).orders
