"""Machines are kept out of the queue; whoever might be a person waiting for an answer is not."""

import pytest

from courtesy.post.channels.email.parsing import parse
from courtesy.post.channels.incoming import Mark
from tests.post.channels.email.letters import LETTERS, OURS, SHOP, letter, report

REPLY_TO_US = {"In-Reply-To": "<8f1d@fernandfjord.example>"}


def apart(raw: bytes) -> str:
    return parse(raw, ours=OURS).mail.apart


def unanswered(raw: bytes) -> bool:
    return Mark.NO_AUTOMATIC_ANSWER in parse(raw, ours=OURS).mail.marks


class TestKeptApart:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("vacation", "automatic"),
            ("newsletter", "list"),
            ("mailing list", "list"),
            ("no-reply", "no-reply"),
            ("spam", "spam"),
            ("bounce", "bounce"),
            ("delayed", "bounce"),
            ("delivered", "automatic"),
            ("qmail bounce", "bounce"),
            ("exim delayed", "bounce"),
        ],
    )
    def test_are_machines_by_sort(self, name, why):
        assert apart(LETTERS[name]) == why
        assert unanswered(LETTERS[name])

    @pytest.mark.parametrize(
        "more",
        [
            {"Auto-Submitted": "auto-replied"},
            {"Auto-Submitted": "Auto-Replied (vacation)"},
            {"Auto-Submitted": 'auto-replied; owner-email="dora@post.example"'},
            {"Auto-Submitted": "auto-notified"},
            {"Auto-Submitted": "auto-generated"},
            {"X-Autoreply": "yes"},
            {"Precedence": "auto_reply"},
        ],
    )
    def test_is_what_says_of_itself_that_no_person_wrote_it(self, more):
        assert apart(letter(more=more)) == "automatic"

    @pytest.mark.parametrize(
        "subject",
        [
            "Automatic reply: your order",
            "Auto-Reply: x",
            "Automatische Antwort: Ihre Bestellung",
            "Abwesenheitsnotiz",
            "Réponse automatique : votre commande",
            "Respuesta automática: pedido",
            "Risposta automatica: ordine",
            "Automatisch antwoord: bestelling",
            "Autosvar: ordre",
        ],
    )
    def test_is_what_only_machines_put_above_a_mail(self, subject):
        assert apart(letter(subject=subject)) == "automatic"

    @pytest.mark.parametrize("subject", ["Out of office", "Abwesend: bis Montag", "On vacation"])
    def test_is_an_absence_with_a_second_sign_of_a_machine(self, subject):
        assert apart(letter(subject=subject, more={"X-Auto-Response-Suppress": "All"})) == "automatic"
        assert apart(letter(subject=subject, more={"Return-Path": "<>"})) == "automatic"
        assert apart(letter(subject=subject)) == ""

    @pytest.mark.parametrize(
        "local",
        [
            "noreply",
            "no-reply",
            "no_reply",
            "do-not-reply",
            "donotreply",
            "noreply+7",
            "nicht-antworten",
            "ne-pas-repondre",
        ],
    )
    def test_is_an_address_that_nobody_reads(self, local):
        assert apart(letter(sender=f"Parcels <{local}@parcels.example>")) == "no-reply"

    @pytest.mark.parametrize(
        "more",
        [
            {"X-Spam-Flag": "YES"},
            {"X-Spam-Status": "Yes, score=9.1 required=5.0"},
            {"X-MS-Exchange-Organization-SCL": "9"},
            {"X-Forefront-Antispam-Report": "CIP:192.0.2.1;SFV:SPM;SRV:"},
            {"X-Rspamd-Action": "add header"},
        ],
    )
    def test_is_what_the_receiving_server_took_for_spam(self, more):
        assert apart(letter(more=more)) == "spam"

    def test_is_mail_of_ours_that_comes_round(self):
        assert apart(letter(sender=SHOP, more={"X-Courtesy": "1"})) == "automatic"

    def test_is_mail_that_went_round_too_often(self):
        raw = b"Received: from a by b\r\n" * 60 + letter()

        assert apart(raw) == "automatic"

    def test_is_a_newsletter_sent_to_us_alone(self):
        more = {"List-Unsubscribe": "<https://n.example/u>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}

        assert apart(letter("Bulbs, 20 % off", more=more)) == "list"

    def test_is_a_newsletter_that_says_where_to_leave_it(self):
        text = "Bulbs, 20 % off.\n\nUnsubscribe: https://n.example/u"

        assert apart(letter(text, more={"List-Unsubscribe": "<https://n.example/u>"})) == "list"
        assert apart(letter(text)) == ""


class TestLeftInTheQueue:
    @pytest.mark.parametrize(
        "more",
        [
            {"Precedence": "bulk"},
            {"X-Auto-Response-Suppress": "All"},
            {"List-Unsubscribe": "<https://crm.example/u>"},
            {"Return-Path": "<>"},
            {"Auto-Submitted": "no"},
            {"X-Spam-Status": "No, score=-1.2"},
            {"X-MS-Exchange-Organization-SCL": "1"},
            {"X-Spam-Flag": "NO"},
        ],
    )
    def test_is_a_person_whose_mail_is_marked_wrongly(self, more):
        assert apart(letter(more=more)) == ""

    def test_is_a_customer_whose_mail_passed_a_group_that_is_our_own_address(self):
        more = {
            "List-ID": "<hello.fernandfjord.example>",
            "List-Post": "<mailto:hello@fernandfjord.example>",
            "List-Unsubscribe": "<mailto:googlegroups-manage+7@fernandfjord.example>",
            "Precedence": "list",
        }

        assert apart(letter(more=more)) == ""

    def test_is_a_customer_who_writes_to_a_list_and_to_us(self):
        more = {"List-Id": "<growers.lists.example>", "Precedence": "list"}

        assert apart(letter(to=f"growers@lists.example, {SHOP}", more=more)) == ""
        assert apart(letter(to="growers@lists.example, hello+t7@fernandfjord.example", more=more)) == ""

    def test_is_an_answer_to_us_whatever_it_carries(self):
        more = {"List-Unsubscribe": "<https://crm.example/u>", "Feedback-ID": "7", "Precedence": "bulk", **REPLY_TO_US}

        assert apart(letter(subject="Re: your offer", more=more)) == ""

    def test_is_a_customer_who_wants_to_leave_our_newsletter_by_a_system_of_theirs(self):
        text = "Please unsubscribe me from your newsletter."

        assert apart(letter(text, more={"List-Unsubscribe": "<https://crm.example/u>"})) == ""

    def test_is_an_answer_to_us_by_way_of_a_list(self):
        more = {"List-Id": "<growers.lists.example>", "Precedence": "list", **REPLY_TO_US}

        assert apart(letter(to="growers@lists.example", subject="your offer", more=more)) == ""

    def test_is_an_answer_by_the_ticket_system_of_a_business(self):
        assert apart(letter(subject="Re: your offer", more={"Auto-Submitted": "auto-generated", **REPLY_TO_US})) == ""

    def test_is_a_customer_behind_the_websites_form(self):
        assert apart(LETTERS["website form"]) == ""

    def test_is_a_customer_behind_a_market_place(self):
        more = {"Reply-To": "Buyer <b7@market.example>"}

        assert apart(letter(sender="no-reply@market.example", more=more)) == ""

    @pytest.mark.parametrize(
        "subject",
        [
            "Re: Automatic reply: your order",
            "Automatic watering?",
            "Out of office chairs?",
            "On vacation next week, please hold my parcel",
            "Abwesenheit: wer gießt meine Pflanzen?",
            "Unsubscribe me please",
            "Delivery failed again!",
            "Undeliverable parcel",
            "Newsletter",
        ],
    )
    def test_is_a_person_who_only_uses_the_words(self, subject):
        assert apart(letter(subject=subject)) == ""

    @pytest.mark.parametrize(
        "sender",
        ["nora.reply@post.example", "noreen@post.example", "postmaster@tiny.example", "info@not-a-shop.example"],
    )
    def test_is_a_person_with_an_unlucky_address(self, sender):
        assert apart(letter(sender=sender)) == ""


class TestNoAutomaticAnswer:
    @pytest.mark.parametrize(
        "more",
        [
            {"Auto-Submitted": "auto-generated", **REPLY_TO_US},
            {"Precedence": "bulk"},
            {"Precedence": "junk"},
            {"List-Id": "<hello.fernandfjord.example>"},
            {"X-Auto-Response-Suppress": "OOF, AutoReply"},
            {"Return-Path": "<>"},
            {"X-Courtesy": "1"},
        ],
    )
    def test_goes_to_anything_with_a_sign_of_a_machine(self, more):
        assert unanswered(letter(more=more))

    def test_goes_to_ourselves(self):
        assert unanswered(letter(sender=SHOP))

    def test_may_go_to_a_person(self):
        assert not unanswered(letter())
        assert not unanswered(letter(more={"Auto-Submitted": "no", "X-Auto-Response-Suppress": "DR"}))


class TestBounce:
    def test_is_tied_to_the_mail_that_came_back(self):
        bounce = parse(LETTERS["bounce"], ours=OURS).mail.bounce

        assert bounce.of_mail_id == "<8f1d0c9e5a7b4c3d2e1f0a9b8c7d6e5f@fernandfjord.example>"
        assert (bounce.status, bounce.final, bounce.recipient_domain) == ("5.1.1", True, "gone.example")

    @pytest.mark.parametrize(
        ("raw", "final", "status"),
        [
            (LETTERS["delayed"], False, "4.4.1"),
            (LETTERS["exim delayed"], False, "4.7.1"),
            (LETTERS["qmail bounce"], True, "5.1.1"),
            (report(action="failed", status="4.4.7"), True, "4.4.7"),
            (report(action="", status="5.0.0"), True, "5.0.0"),
        ],
    )
    def test_says_whether_that_is_the_end_of_it(self, raw, final, status):
        bounce = parse(raw, ours=OURS).mail.bounce

        assert (bounce.final, bounce.status) == (final, status)
        assert bounce.of_mail_id == "<8f1d0c9e5a7b4c3d2e1f0a9b8c7d6e5f@fernandfjord.example>"

    @pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
    def test_is_none_where_all_went_well(self, action):
        assert parse(report(action=action, status="2.0.0"), ours=OURS).mail.bounce is None

    def test_is_none_where_a_customer_passes_one_on(self):
        body = LETTERS["qmail bounce"].decode()

        assert parse(letter(body, subject="Fwd: failure notice"), ours=OURS).mail.bounce is None

    def test_is_none_where_a_customer_attaches_one(self):
        head = (
            b"From: dora@post.example\r\nSubject: is this yours?\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
        )
        attached = b"--q\r\nContent-Type: message/rfc822\r\n\r\n" + LETTERS["bounce"] + b"\r\n--q--\r\n"

        incoming = parse(head + b"--q\r\n\r\nLook.\r\n" + attached, ours=OURS)

        assert incoming.mail.bounce is None
        assert incoming.mail.apart == ""

    def test_is_none_for_an_absence_note_without_a_return_path(self):
        assert parse(LETTERS["vacation"], ours=OURS).mail.bounce is None

    def test_reads_a_server_that_does_not_know_its_own_host(self):
        raw = LETTERS["bounce"].replace(b"<MAILER-DAEMON@mx.fernandfjord.example>", b"<MAILER-DAEMON>", 1)

        assert parse(raw, ours=OURS).mail.bounce is not None


class TestForwarded:
    @pytest.mark.parametrize(
        ("name", "writer"),
        [
            ("forwarded", "chidi.okafor@post.example"),
            ("forwarded by outlook", "emeka.balogun@post.example"),
            ("mail within", "farah@elsewhere.example"),
        ],
    )
    def test_mail_finds_its_writer(self, name, writer):
        incoming = parse(LETTERS[name], ours=OURS)

        assert incoming.address == incoming.mail.forwarded.address == writer
        assert incoming.mail.sender.address == SHOP

    @pytest.mark.parametrize(
        "block",
        [
            "Begin forwarded message:\n\nFrom: D <d@post.example>\nSubject: Fern\nDate: Monday\nTo: us\n\nHi",
            "-------- Weitergeleitete Nachricht --------\nBetreff: x\nVon: D <d@post.example>\nAn: uns\n\nHi",
            "---------- Forwarded message ---------\nVon: D <d@post.example>\nDate: Mo.\nSubject: Farn\nTo: us\n\nHi",
            "---------- Message transféré ---------\nDe : D <d@post.example>\nDate : lundi\nObjet : x\nÀ : nous\n\nHi",
            "---------- Mensaje reenviado ---------\nDe: D <d@post.example>\nFecha: lunes\nAsunto: x\nPara: n\n\nHi",
            "---------- Doorgestuurd bericht ---------\nVan: D <d@post.example>\nDatum: ma\nOnderwerp: x\nAan: n\n\nHi",
            "---------- Messaggio inoltrato ---------\nDa: D <d@post.example>\nData: lun\nOggetto: x\nA: n\n\nHi",
            "---------- Mensagem encaminhada ---------\nDe: D <d@post.example>\nData: seg\nAssunto: x\nPara: n\n\nHi",
            "---------- Wiadomość przekazana ---------\nOd: D <d@post.example>\nData: pon\nTemat: x\nDo: n\n\nHi",
            "---------- Vidarebefordrat meddelande ----\nFrån: D <d@post.example>\nDatum: mån\nÄmne: x\nTill: n\n\nHi",
        ],
    )
    def test_mail_finds_its_writer_in_ten_languages(self, block):
        incoming = parse(letter(f"Look.\n\n{block}", sender=SHOP, subject="Fwd: Fern"), ours=OURS)

        assert incoming.address == "d@post.example"

    def test_lines_in_a_strangers_mail_are_not_believed(self):
        text = "---------- Forwarded message ---------\nFrom: Dora <d@post.example>\nDate: x\nSubject: y\nTo: z\n\nHi"

        incoming = parse(letter(text, sender="thief@evil.example", subject="Fwd: x"), ours=OURS)

        assert incoming.mail.forwarded is None
        assert incoming.address == "thief@evil.example"

    def test_lines_under_our_forged_address_are_not_believed(self):
        text = "---------- Forwarded message ---------\nFrom: Dora <d@post.example>\nDate: x\nSubject: y\nTo: z\n\nHi"
        forged = {
            "Received": "from x by mx.fernandfjord.example",
            "Authentication-Results": "mx.fernandfjord.example; dmarc=fail header.from=fernandfjord.example",
        }

        assert parse(letter(text, sender=SHOP, subject="Fwd: x", more=forged), ours=OURS).mail.forwarded is None

    def test_an_answer_of_a_colleague_is_not_passed_on(self):
        text = "Yes.\n\nFrom: Dora <d@post.example>\nSent: Monday\nTo: us\nSubject: Fern\n\nIs it there?"

        assert parse(letter(text, sender=SHOP, subject="Re: Fern"), ours=OURS).mail.forwarded is None
