"""A real mail server on loopback: each answer arrives once, or is shown unsure."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courtesy.jobs.models import Job
from courtesy.post import outbox, sending, smtp
from courtesy.post.models import MailServer, Outgoing
from tests.post.conftest import NOW, UNDO, state

pytestmark = pytest.mark.django_db(databases="__all__")

AFTER = NOW + UNDO


class TestSendDue:
    def test_delivers_once(self, may_send, mail_server, write):
        outgoing = write("Your tea is on its way.")

        assert sending.send_due(at=AFTER) == 1
        assert sending.send_due(at=AFTER + timedelta(hours=1)) == 0

        assert mail_server.words() == ["Your tea is on its way."]
        assert mail_server.recipients == ["dora@kunden.example"]
        assert mail_server.taken[0]["Message-ID"] == outgoing.message_id
        assert state(outgoing) == "sent"

    def test_tells_the_house(self, may_send, write):
        outgoing = write()
        sending.send_due(at=AFTER)

        ids = Job.objects.filter(name="outgoing-changed").values_list("ids", flat=True)
        assert {"outgoing_id": str(outgoing.pk)} in list(ids)

    def test_sends_nothing_before_its_time(self, may_send, mail_server, write):
        write()

        sending.send_due(at=AFTER - timedelta(seconds=1))

        assert mail_server.taken == []

    def test_keeps_the_order(self, may_send, mail_server, write):
        for number in range(12):
            write(f"{number}", to=f"{number % 3}@kunden.example")

        sending.send_due(at=AFTER)

        assert mail_server.words() == [str(number) for number in range(12)]
        assert mail_server.connections == 1

    def test_carries_every_character(self, may_send, mail_server, write):
        words = "Grüße aus Köln, 東京 and 🌍.\n.\n..\nFrom here\n" + "long " * 400
        write(words)

        sending.send_due(at=AFTER)

        assert mail_server.words() == [words.strip()]

    def test_names_neither_address_nor_words_in_what_it_logs(self, may_send, mail_server, write, caplog):
        mail_server.at_rcpt["dora@kunden.example"] = ["550 dora@kunden.example is unknown"]
        outgoing = write("secret words")

        sending.send_due(at=AFTER)

        assert "dora" not in caplog.text
        assert "dora" not in Outgoing.objects.get(pk=outgoing.pk).problem


class TestUndo:
    def test_at_nine_seconds_leaves_the_server_without_anything(self, may_send, mail_server, write):
        outgoing = write()

        sending.send_due(at=NOW + timedelta(seconds=9))
        assert outbox.take_back(outgoing.pk, at=NOW + timedelta(seconds=9))
        sending.send_due(at=AFTER)
        sending.send_due(at=AFTER + timedelta(days=3))

        assert mail_server.taken == []
        assert state(outgoing) == "taken back"

    def test_is_too_late_once_it_left(self, may_send, write):
        outgoing = write()
        sending.send_due(at=AFTER)

        assert not outbox.take_back(outgoing.pk, at=AFTER)
        assert state(outgoing) == "sent"

    def test_still_wins_after_the_claim_and_before_the_text(self, may_send, mail_server, write, monkeypatch):
        outgoing = write()
        taken_back = []

        def at_the_recipient(name):
            if name == "leave: recipient taken":
                taken_back.append(outbox.take_back(outgoing.pk, at=AFTER))

        monkeypatch.setattr(sending, "moment", at_the_recipient)
        sending.send_due(at=AFTER)

        assert taken_back == [True]
        assert mail_server.taken == []
        assert state(outgoing) == "taken back"

    def test_would_lose_if_the_sender_did_not_ask_again(self, may_send, mail_server, write, monkeypatch):
        """The control off: a sender that trusts its claim sends what was taken back."""
        outgoing = write()

        def at_the_recipient(name):
            if name == "leave: recipient taken":
                outbox.take_back(outgoing.pk, at=AFTER)

        monkeypatch.setattr(sending, "moment", at_the_recipient)
        monkeypatch.setattr(outbox, "begin", lambda outgoing, at: True)
        sending.send_due(at=AFTER)

        assert len(mail_server.taken) == 1


class TestRefusedRecipient:
    def test_is_refused_with_a_number_and_stops_nobody(self, may_send, mail_server, write):
        mail_server.at_rcpt["gone@kunden.example"] = ["550 no gone@kunden.example here"]
        gone, other = write("one", to="gone@kunden.example"), write("two")

        sending.send_due(at=AFTER)

        assert state(gone) == "refused"
        assert "550" in Outgoing.objects.get(pk=gone.pk).problem
        assert state(other) == "sent"
        assert mail_server.words() == ["two"]

    def test_goes_again_only_when_a_person_says_so(self, may_send, mail_server, write, ben):
        mail_server.at_rcpt["dora@kunden.example"] = ["550 no", "250 OK"]
        outgoing = write()
        sending.send_due(at=AFTER)
        sending.send_due(at=AFTER + timedelta(hours=2))
        assert mail_server.taken == []

        assert outbox.send_again(outgoing.pk, by=ben.pk, at=AFTER)
        sending.send_due(at=AFTER)

        assert state(outgoing) == "sent"
        assert mail_server.taken[0]["Message-ID"] == outgoing.message_id


class TestConnectionLost:
    @pytest.mark.parametrize("when", ["lose before taking", "lose after taking"])
    def test_between_text_and_answer_is_unsure_and_never_sent_again(self, may_send, mail_server, write, when):
        mail_server.at_data = [when]
        outgoing = write()

        sending.send_due(at=AFTER)
        arrived = len(mail_server.taken)
        for hours in range(1, 60):
            sending.send_due(at=AFTER + timedelta(hours=hours))

        assert state(outgoing) == "unsure"
        assert len(mail_server.taken) == arrived <= 1

    def test_lets_the_next_one_go_after_a_pause(self, may_send, mail_server, write):
        mail_server.at_data = ["lose after taking"]
        write("one")
        write("two")

        sending.send_due(at=AFTER)
        sending.send_due(at=AFTER + timedelta(minutes=6))

        assert mail_server.words() == ["one", "two"]

    def test_can_be_settled_by_a_person(self, may_send, mail_server, write, ben):
        mail_server.at_data = ["lose after taking", "lose before taking"]
        there, lost = write("there"), write("lost")
        sending.send_due(at=AFTER)
        sending.send_due(at=AFTER + timedelta(minutes=6))

        assert outbox.mark_as_sent(there.pk, by=ben.pk, at=AFTER)
        assert outbox.send_again(lost.pk, by=ben.pk, at=AFTER)
        sending.send_due(at=AFTER + timedelta(minutes=20))

        assert (state(there), state(lost)) == ("sent", "sent")
        assert mail_server.words() == ["there", "lost"]
        assert mail_server.taken[1]["Message-ID"] == lost.message_id

    def test_before_the_text_waits_and_leaves_later(self, may_send, mail_server, write):
        mail_server.at_mail = ["hang up", "hang up", "hang up", "hang up"]
        outgoing, other = write("one"), write("two", to="farah@kunden.example")

        for minutes in range(0, 120, 6):
            sending.send_due(at=AFTER + timedelta(minutes=minutes))

        assert (state(outgoing), state(other)) == ("sent", "sent")
        assert sorted(mail_server.words()) == ["one", "two"]

    def test_one_letter_at_which_it_always_hangs_up_stops_nobody(self, may_send, mail_server, write, monkeypatch):
        outgoing, other = write("poison"), write("two", to="farah@kunden.example")
        announced = sending._announced

        def hangs_up(line, sender, letter, people, now):
            if letter.pk == outgoing.pk:
                raise ConnectionResetError
            return announced(line, sender, letter, people, now)

        monkeypatch.setattr(sending, "_announced", hangs_up)
        for minutes in range(0, 60, 6):
            sending.send_due(at=AFTER + timedelta(minutes=minutes))

        assert (state(outgoing), state(other)) == ("waiting", "sent")


class TestGreylisting:
    def test_waits_and_then_leaves(self, may_send, mail_server, write):
        mail_server.at_rcpt["dora@kunden.example"] = ["451 come back later", "451 come back later", "250 OK"]
        outgoing = write()

        sending.send_due(at=AFTER)
        assert state(outgoing) == "waiting"
        sending.send_due(at=AFTER + timedelta(seconds=30))
        assert mail_server.connections == 1
        for minutes in (2, 5, 10):
            sending.send_due(at=AFTER + timedelta(minutes=minutes))

        assert state(outgoing) == "sent"
        assert len(mail_server.taken) == 1

    def test_nothing_overtakes_it_to_the_same_address(self, may_send, mail_server, write):
        mail_server.at_rcpt["dora@kunden.example"] = ["451 come back later", "250 OK"]
        write("first")
        write("second")
        write("somebody else", to="farah@kunden.example")

        sending.send_due(at=AFTER)
        assert mail_server.words() == ["somebody else"]
        sending.send_due(at=AFTER + timedelta(minutes=5))

        assert mail_server.words() == ["somebody else", "first", "second"]

    def test_after_the_text_it_is_not_unsure(self, may_send, mail_server, write):
        mail_server.at_data = ["452 full", "250 taken"]
        outgoing = write()

        sending.send_due(at=AFTER)
        assert state(outgoing) == "waiting"
        sending.send_due(at=AFTER + timedelta(minutes=5))

        assert state(outgoing) == "sent"
        assert len(mail_server.taken) == 1

    def test_a_refused_text_is_refused(self, may_send, mail_server, write):
        mail_server.at_data = ["554 no"]
        outgoing = write()

        sending.send_due(at=AFTER)

        assert state(outgoing) == "refused"


class TestServerDown:
    def test_everything_waits_without_a_storm_and_then_leaves_in_order(self, settings, may_send, mail_server, write):
        up = settings.COURTESY
        settings.COURTESY = replace(up, smtp_url="smtp://127.0.0.1:9")
        for number in range(5):
            write(str(number), to=f"{number}@kunden.example")
        opened = []
        real = smtp._open
        sending_open = lambda wanted: (opened.append(1), real(wanted))[1]  # noqa: E731
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(smtp, "_open", sending_open)
            for seconds in range(0, 3600, 15):
                sending.send_due(at=AFTER + timedelta(seconds=seconds))
        assert len(opened) < 30
        assert outbox.unsent(AFTER + timedelta(hours=1)).mail_server == "server away"

        settings.COURTESY = up
        sending.send_due(at=AFTER + timedelta(hours=1, minutes=6))

        assert mail_server.words() == [str(number) for number in range(5)]
        assert outbox.unsent(AFTER + timedelta(hours=2)) == outbox.Unsent(0, None, 0, 0, 0, "")

    def test_two_days_later_a_person_is_asked_first(self, settings, may_send, mail_server, write, ben):
        outgoing = write()
        up = settings.COURTESY
        settings.COURTESY = replace(up, smtp_url="smtp://127.0.0.1:9")
        sending.send_due(at=AFTER)
        settings.COURTESY = up

        sending.send_due(at=AFTER + timedelta(hours=48))
        assert state(outgoing) == "held"
        assert mail_server.taken == []

        assert outbox.release(outgoing.pk, by=ben.pk, at=AFTER + timedelta(hours=49))
        sending.send_due(at=AFTER + timedelta(hours=49))
        assert state(outgoing) == "sent"

    def test_a_refused_sender_is_the_servers_trouble_and_not_the_letters(self, may_send, mail_server, write):
        mail_server.at_mail = ["550 not you"]
        outgoing = write()

        sending.send_due(at=AFTER)
        assert state(outgoing) == "waiting"
        assert MailServer.objects.get().problem == "sender refused"
        sending.send_due(at=AFTER + timedelta(minutes=1))

        assert state(outgoing) == "sent"


class TestMayNotSend:
    def test_waits_while_switched_off(self, may_send, mail_server, write):
        may_send.may_send = False
        may_send.save()
        outgoing = write()

        sending.send_due(at=AFTER)

        assert state(outgoing) == "waiting"
        assert mail_server.connections == 0
        assert outbox.unsent(AFTER).count == 1
        assert sending.why_nothing_leaves(AFTER) == "switched off"

    def test_waits_without_a_mail_server(self, settings, may_send, write):
        settings.COURTESY = replace(settings.COURTESY, smtp_url="")
        outgoing = write()

        sending.send_due(at=AFTER)

        assert state(outgoing) == "waiting"
        assert sending.why_nothing_leaves(AFTER) == "no mail server"

    def test_what_waited_a_day_is_held_even_then(self, settings, may_send, mail_server, write):
        may_send.may_send = False
        may_send.save()
        outgoing = write()
        sending.send_due(at=AFTER + timedelta(hours=25))
        may_send.may_send = True
        may_send.save()

        sending.send_due(at=AFTER + timedelta(hours=25))

        assert state(outgoing) == "held"
        assert outbox.unsent(AFTER + timedelta(hours=25)).held == 1
        assert mail_server.taken == []


class TestInterrupted:
    def test_is_unsure_after_its_lease(self, may_send, mail_server, write):
        outgoing = write()
        claimed = outbox.claim_next(at=AFTER)
        assert claimed
        assert outbox.begin(claimed, at=AFTER)
        sending._turns.append(1)

        sending.send_due(at=AFTER + timedelta(seconds=1))
        assert state(outgoing) == "sending"
        sending.send_due(at=AFTER + outbox.LEASE)

        assert state(outgoing) == "unsure"
        assert mail_server.taken == []

    def test_is_unsure_at_once_when_the_only_worker_starts(self, may_send, write):
        outgoing = write()
        claimed = outbox.claim_next(at=AFTER)
        assert claimed
        outbox.begin(claimed, at=AFTER)

        outbox.look_after_interrupted(at=AFTER, at_start=True)

        assert state(outgoing) == "unsure"

    def test_a_slow_sender_may_still_say_sent(self, may_send, write):
        outgoing = write()
        claimed = outbox.claim_next(at=AFTER)
        assert claimed
        outbox.begin(claimed, at=AFTER)
        outbox.look_after_interrupted(at=AFTER + outbox.LEASE)

        assert outbox.sent(claimed, at=AFTER + outbox.LEASE)
        assert state(outgoing) == "sent"

    def test_a_claim_alone_is_taken_over_and_the_first_sender_must_stop(self, may_send, mail_server, write):
        write()
        first = outbox.claim_next(at=AFTER)
        assert first
        assert outbox.claim_next(at=AFTER) is None
        sending.send_due(at=AFTER + outbox.LEASE)

        assert not outbox.begin(first, at=AFTER + outbox.LEASE)
        assert len(mail_server.taken) == 1

    def test_a_clock_set_back_does_not_keep_it_half_way_for_a_month(self, may_send, write):
        outgoing = write()
        claimed = outbox.claim_next(at=AFTER)
        assert claimed
        outbox.begin(claimed, at=AFTER + timedelta(days=31))

        outbox.look_after_interrupted(at=AFTER)

        assert state(outgoing) == "unsure"


class TestServerFrom:
    def test_reads_what_an_owner_writes(self):
        server = smtp.server_from("smtp://a%40b:p%2Fw@mail.example")

        assert server
        assert (server.host, server.port, server.tls, server.user, server.password) == (
            "mail.example", 587, "must", "a@b", "p/w",
        )  # fmt: skip
        assert "p/w" not in repr(server)

    @pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://h:nan", "smtp://h?starttls=perhaps"])
    def test_refuses_what_it_cannot_understand(self, url):
        with pytest.raises(smtp.BadMailServer):
            smtp.server_from(url)

    def test_is_nothing_where_nothing_is_set(self):
        assert smtp.server_from("") is None

    def test_speaks_tls_at_once_with_smtps(self):
        server = smtp.server_from("smtps://mail.example")

        assert server
        assert (server.port, server.tls) == (465, "at once")

    def test_keeps_a_password_in_when_the_server_offers_no_tls(self, settings, may_send, mail_server, write):
        url = mail_server.url.replace("//", "//me:secret@")
        settings.COURTESY = replace(settings.COURTESY, smtp_url=url)
        outgoing = write()

        sending.send_due(at=AFTER)

        assert state(outgoing) == "waiting"
        assert mail_server.taken == []
