"""The form's parser takes whatever bytes there are; what a visitor hands in is kept once, counted, and never lost."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.jobs.models import Job
from courtesy.post import limits, public
from courtesy.post.channels.form import parsing
from courtesy.post.channels.form.parsing import Incoming, Unreadable, parse, write
from courtesy.post.models import Arrival, Knock
from tests.post.conftest import NOW

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
wild_text = st.text(alphabet=st.characters(), max_size=300)  # lone surrogates and NUL among them


class TestParse:
    @given(st.binary(max_size=400))
    def test_any_bytes_are_a_message_or_unreadable(self, raw):
        with suppress(Unreadable):
            assert isinstance(parse(raw), Incoming)

    @given(st.dictionaries(st.sampled_from(["address", "name", "subject", "body", "person_only", "x"]), anything))
    def test_any_json_is_a_message_or_unreadable(self, fields):
        with suppress(Unreadable):
            assert isinstance(parse(json.dumps(fields).encode()), Incoming)

    @given(name=wild_text, subject=wild_text, body=wild_text)
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def test_what_it_gives_fits_into_every_database_and_mail(self, name, subject, body):
        try:
            incoming = parse(write(address="dora@kunden.example", name=name, subject=subject, body=body))
        except Unreadable:
            assert not parsing.lines(body)
            return
        for text in (incoming.name, incoming.subject, incoming.body):
            text.encode("utf-8")
            assert "\0" not in text
        assert "\n" not in incoming.name + incoming.subject
        assert len(incoming.name) <= parsing.LONGEST_NAME
        assert len(incoming.subject) <= parsing.LONGEST_SUBJECT

    @given(wild_text)
    def test_no_text_makes_an_address_that_could_carry_a_second_header(self, text):
        try:
            address = parsing.address_in(text)
        except Unreadable:
            return
        assert address.isascii()
        assert not set(address) & set("\r\n \0<>,")

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"[" * 100_000,
            b'{"a":' * 50_000,
            b"1" * 10_000,
            b"null",
            b'{"address": "dora@kunden.example"}',
            b'{"address": 3, "body": "hi"}',
            b'{"address": "dora@kunden.example\\nBcc: all@kunden.example", "body": "hi"}',
            b'{"address": "", "body": "hi"}',
            b"x" * (parsing.LONGEST_RAW + 1),
        ],
    )
    def test_is_unreadable(self, raw):
        with pytest.raises(Unreadable):
            parse(raw)

    def test_reads_what_was_meant(self):
        incoming = parse(
            write(
                address=" Dora@KUNDEN.example ",
                name=" Dora\u202e \n Danner ",
                subject="Tea\u200b?",
                body=" Hello,\r\n\r\nwhere is my tea?\x00 \r\n",
                person_only=True,
            )
        )

        assert incoming == Incoming(
            address="Dora@kunden.example",
            name="Dora Danner",
            subject="Tea?",
            body="Hello,\n\nwhere is my tea?",
            person_only=True,
            outreach_yes=False,
        )

    def test_writes_a_host_with_umlauts_so_that_a_mail_server_finds_it(self):
        assert parsing.address_in("dora@bücher.example") == "dora@xn--bcher-kva.example"

    def test_looking_again_needs_neither_address_nor_words(self):
        incoming = parse(write(address="", name="", subject="", body="", looks_again=True))

        assert incoming.looks_again
        assert incoming.person_only


def hand_in(seconds: float = 30, **more) -> public.HandedIn:
    filled = {
        "address": "dora@kunden.example",
        "name": "Dora",
        "subject": "Tea",
        "body": "Where is my tea?",
        "token": more.pop("token", None) or public.form_token(at=NOW),
        "trap": "",
        "client": "93.184.216.7",
        "at": NOW + timedelta(seconds=seconds),
    } | more
    return public.hand_in(**filled)


@pytest.mark.django_db(databases="__all__")
class TestHandIn:
    def test_keeps_what_was_written(self):
        handed = hand_in()

        arrival = Arrival.objects.get(pk=handed.arrival_id)
        assert parse(arrival.raw).body == "Where is my tea?"
        assert arrival.state == "new"
        assert Job.objects.filter(name="arrived").count() == 1
        assert public.arrival_of(handed.answer_token) == arrival.pk

    def test_the_same_form_sent_twice_is_one_arrival(self):
        token = public.form_token(at=NOW)

        assert hand_in(token=token) == hand_in(token=token, seconds=31)
        assert Arrival.objects.count() == 1
        assert max(Knock.objects.values_list("count", flat=True)) == 1

    def test_other_words_with_the_same_form_are_not_lost(self):
        token = public.form_token(at=NOW)
        hand_in(token=token)
        hand_in(token=token, body="And the cups?")

        assert Arrival.objects.count() == 2

    def test_two_people_with_the_same_words_are_two(self):
        hand_in()
        hand_in()

        assert Arrival.objects.count() == 2

    @pytest.mark.parametrize("token", ["", "x", "a-1.b"])
    def test_refuses_a_form_that_is_not_ours(self, token):
        with pytest.raises(public.FormTooOld):
            hand_in(token=token or "-")

    def test_refuses_a_form_that_lay_open_for_weeks(self):
        with pytest.raises(public.FormTooOld):
            hand_in(seconds=8 * 24 * 3600)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("address", "dora"), ("body", " \x00\n "), ("body", "x" * 20_001), ("body", "\x00" * 90_000 + "x"),
         ("name", "x" * 121), ("subject", "x" * 201)],
    )  # fmt: skip
    def test_says_which_field_is_wrong(self, field, value):
        with pytest.raises(public.NotFilledIn) as refusal:
            hand_in(**{field: value})

        assert list(refusal.value.errors) == [field]
        assert not Arrival.objects.exists()

    def test_takes_the_longest_message_there_is(self):
        hand_in(body="🌍" * 20_000)

        assert len(parse(Arrival.objects.get().raw).body) == 20_000


@pytest.mark.django_db(databases="__all__")
class TestSpamTrap:
    @pytest.mark.parametrize("how", [{"trap": "http://buy.example"}, {"seconds": 0.5}])
    def test_what_it_catches_goes_no_further_and_is_seen_by_colleagues(self, how):
        hand_in(**how)

        arrival = Arrival.objects.get()
        assert (arrival.state, arrival.problem) == ("set aside", public.CAUGHT)
        assert not Job.objects.filter(name="arrived").exists()


@pytest.mark.django_db(databases="__all__")
class TestLimits:
    def test_an_address_may_write_only_so_often_in_an_hour(self):
        for number in range(limits.ADDRESS[0].count):
            hand_in(client=f"93.184.216.{number}")

        with pytest.raises(public.TooMany) as refusal:
            hand_in(client="93.184.216.99", address="DORA@kunden.example")

        assert NOW < refusal.value.until <= NOW + timedelta(hours=1)
        hand_in(client="93.184.216.99", address="farah@kunden.example")
        hand_in(client="93.184.216.99", seconds=3700)

    def test_a_visitor_may_write_only_so_often(self):
        for number in range(limits.VISITOR[0].count):
            hand_in(address=f"{number}@kunden.example")

        with pytest.raises(public.TooMany):
            hand_in(address="other@kunden.example")

    def test_without_the_count_nothing_stops_them(self, monkeypatch):
        """The control off."""
        monkeypatch.setattr(limits, "count", lambda *a, **k: None)
        for _ in range(limits.VISITOR[0].count + 5):
            hand_in()

        assert Arrival.objects.count() == limits.VISITOR[0].count + 5

    def test_a_household_counts_as_one_visitor(self):
        assert limits.household("2a00:1450:1:2::3") == limits.household("2a00:1450:1:2:ffff::9")
        assert limits.household("2a00:1450:1:2::3") != limits.household("2a00:1450:1:3::3")
        assert limits.household("::ffff:93.184.216.7") == limits.household("93.184.216.7")

    @pytest.mark.parametrize("client", ["127.0.0.1", "::1", "10.0.0.3", "::ffff:192.168.1.2", "unix", ""])
    def test_a_proxy_that_names_nobody_is_no_visitor(self, client):
        for _ in range(limits.VISITOR[0].count + 5):
            limits.visitor(client, at=NOW)

    @pytest.mark.parametrize("client", ["127.0.0.1", ""])
    def test_a_proxy_that_names_nobody_does_not_close_the_shop(self, client):
        for number in range(limits.VISITOR[0].count + 5):
            hand_in(address=f"{number}@kunden.example", client=client)

        assert Arrival.objects.count() == limits.VISITOR[0].count + 5

    def test_no_address_is_written_and_two_windows_cannot_be_joined(self):
        hand_in()
        hand_in(seconds=3600)

        rows = list(Knock.objects.filter(window__startswith="visitor, hour").values_list("who", flat=True))
        assert len(set(map(bytes, rows))) == 2
        assert all(b"192.0.2" not in bytes(who) for who in rows)

    def test_old_counts_go(self):
        hand_in()

        assert limits.forget_old(at=NOW + timedelta(days=2)) == 4
