import doctest
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.science import folding
from courtesy.science.folding import fold

SAID = "Yes, please send it.\n\nDora\n"
QUOTE = "> Shall we send it?\n> Ben\n"
MARKS = (
    *(
        "> ",
        ">> a\n",
        "-- \n",
        "--\n",
        "\n",
        "\r\n",
        "\n\n\n",
        "Hello\n",
        "On 3 May 2026 at 10:04, Ben wrote:\n",
        "wrote:\n",
    ),
    *("From: Ben <ben@fern.example>\n", "Sent: Monday\n", "To: Dora\n", "Subject: x\n", "_" * 32 + "\n"),
    *(
        "-----Original Message-----\n",
        "---------- Forwarded message ---------\n",
        "Sent from my iPhone\n",
        " ",
        "\t> x",
        ":",
    ),
)


def kinds(text: str) -> list[str]:
    return [piece.kind for piece in fold(text)]


def said(text: str) -> str:
    return "".join(piece.text for piece in fold(text) if piece.kind == "said")


class TestFold:
    @given(st.lists(st.sampled_from(MARKS) | st.text(max_size=20), max_size=40).map("".join))
    def test_joined_is_the_mail(self, text):
        assert "".join(piece.text for piece in fold(text)) == text

    @given(st.lists(st.sampled_from(MARKS) | st.text(max_size=20), max_size=40).map("".join))
    def test_has_no_empty_piece_and_no_two_alike_in_a_row(self, text):
        pieces = fold(text)

        assert all(piece.text for piece in pieces)
        assert all(one.kind != next_.kind for one, next_ in pairwise(pieces))
        assert len(pieces) < 2 or all(piece.text.strip("\n") for piece in pieces)

    def test_of_nothing_is_nothing(self):
        assert fold("") == []
        assert kinds("\n \n") == ["said"]

    def test_keeps_its_docstrings_word(self):
        assert doctest.testmod(folding).failed == 0

    @pytest.mark.parametrize(
        "head",
        [
            "On 3 May 2026 at 10:04, Ben <ben@fern.example> wrote:",
            "On Mon, May 3, 2026 at 10:04 AM Ben at Fern & Fjord\n<ben@fern.example> wrote:",
            "On Mon, May 3, 2026 at 10:04 AM Ben\n<\nben@fern.example> wrote:",
            "Am 03.05.2026 um 10:04 schrieb Ben <ben@fern.example>:",
            "Am Mo., 3. Mai 2026 um 10:04 Uhr schrieb Ben <ben@fern.example>:",
            "Le lun. 3 mai 2026 à 10:04, Ben <ben@fern.example> a écrit :",
            "El lun, 3 may 2026 a las 10:04, Ben (<ben@fern.example>) escribió:",
            "Il giorno lun 3 mag 2026 alle ore 10:04 Ben <ben@fern.example> ha scritto:",
            "Em seg., 3 de mai. de 2026 às 10:04, Ben <ben@fern.example> escreveu:",
            "Op ma 3 mei 2026 om 10:04 schreef Ben <ben@fern.example>:",
            "pon., 3 maj 2026 o 10:04 Ben <ben@fern.example> napisał(a):",
            "W dniu 3.05.2026 o 10:04, Ben pisze:",
            "Den mån 3 maj 2026 kl 10:04 skrev Ben <ben@fern.example>:",
            "Den man. 3. maj 2026 kl. 10.04 skrev Ben <ben@fern.example>:",
            "ma 3. toukok. 2026 klo 10.04 Ben (ben@fern.example) kirjoitti:",
            "2026-05-03 10:04 GMT+02:00 Ben <ben@fern.example>:",
            "Ben <ben@fern.example> wrote:",
        ],
    )
    def test_knows_the_line_above_a_quote(self, head):
        for gap in ("", "\n"):
            text = f"{SAID}\n{head}\n{gap}{QUOTE}"

            assert kinds(text) == ["said", "quoted"]
            assert said(text).strip() == SAID.strip()

    @pytest.mark.parametrize(
        "old",
        [
            "-----Original Message-----\nFrom: Ben\nSent: Monday\nTo: Dora\nSubject: Fern\n\nShall we?\n",
            "-----Ursprüngliche Nachricht-----\nVon: Ben\n\nShall we?\n",
            "From: Ben <ben@fern.example>\nSent: Monday, 3 May 2026 10:04\nTo: Dora\nSubject: Re: Fern\n\nShall we?\n",
            "Von: Ben\nGesendet: Montag, 3. Mai 2026\nAn: Dora\nBetreff: AW: Farn\n\nWollen wir?\n",
            "De : Ben <ben@fern.example>\nEnvoyé : lundi 3 mai 2026\nÀ : Dora\nObjet : Fougère\n\nOn y va ?\n",
            "________________________________\nFrom: Ben\nSent: Monday\nTo: Dora\n\nShall we?\n",
            "*From:* Ben <ben@fern.example>\n*Sent:* Monday\n*To:* Dora\n*Subject:* Fern\n\nShall we?\n",
            "On 3 May 2026 at 10:04, Ben <ben@fern.example> wrote:\nShall we send it?\nBen\n",
        ],
    )
    def test_knows_an_old_mail_without_marks(self, old):
        assert said(SAID + "\n" + old).strip() == SAID.strip()

    def test_leaves_an_answer_between_the_lines_said(self):
        text = "Hi,\n\n> Which pot?\n\nThe blue one.\n\n> And when?\n\nOn Friday.\n\nDora"

        assert kinds(text) == ["said", "quoted", "said", "quoted", "said"]
        assert "The blue one." in said(text)
        assert "On Friday." in said(text)

    def test_leaves_an_answer_below_the_quote_said(self):
        assert said(f"On 3 May 2026 at 10:04, Ben wrote:\n{QUOTE}\n{SAID}").strip() == SAID.strip()

    @pytest.mark.parametrize(
        "text",
        [
            "On Monday you wrote:\nyou would send it tomorrow.\nIt never came.\n",
            "I am sorry to say it.\nOn Monday you wrote:\nit is coming. It never came.\n",
            "---------- Forwarded message ---------\nFrom: Chidi\nDate: Monday\nSubject: Fern\n\nMy fern has wilted.\n",
            "Can you take this?\n\nBegin forwarded message:\n\nFrom: Chidi\nDate: Monday\nTo: us\n\nMy fern wilts.\n",
            "Von: Emeka\nGesendet: Montag\nAn: uns\nBetreff: Rechnung\n\nBitte noch einmal.\n",
            "I want:\n- two pots\n- a fern\n",
            "From: Berlin to Moss. To: my sister.\nCan you ship that?\n",
            "Two things --\none: the pot\n",
            "Can it be sent from Oslo?\n",
            "It was\nsent from my sister.\n",
            "It was\nsent from my sister in Oslo, not from you, and it was broken when it came.\n\nDora\n",
        ],
    )
    def test_leaves_what_somebody_says_said(self, text):
        assert kinds(text) == ["said"]

    @pytest.mark.parametrize(
        "end",
        [
            "-- \nDora Lindqvist\nLindqvist & Daughters\n+47 5550 0100\n",
            "--\nDora\n",
            "Sent from my iPhone\n",
            "Von meinem iPhone gesendet\n",
            "Gesendet mit der GMX Mail App\n",
            "Envoyé de mon iPhone\n",
            "Enviado desde mi iPhone\n",
            "Inviato da iPhone\n",
            "Enviado do meu iPhone\n",
            "Verstuurd vanaf mijn iPhone\n",
            "Wysłane z iPhone'a\n",
            "Skickat från min iPhone\n",
            "Sendt fra min iPhone\n",
            "Get Outlook for iOS\n",
        ],
    )
    def test_knows_a_signature(self, end):
        assert kinds(f"{SAID}\n{end}") == ["said", "signature"]
        assert kinds(f"{SAID}\n{end}\nOn 3 May 2026 at 10:04, Ben wrote:\n{QUOTE}") == ["said", "signature", "quoted"]

    def test_takes_no_long_letter_for_a_signature(self):
        assert kinds("First.\n-- \n" + "And another thing.\n" * 30) == ["said"]

    def test_takes_time_that_grows_with_the_length_only(self):
        for line in (
            "> a\n",
            "On 1 May 2026 wrote:\n",
            "From: x\n",
            "--\n",
            "\n",
            "a:\n",
            ">" * 50 + "\n",
            "on " * 100 + ":\n",
        ):
            text = line * 5_000

            assert "".join(piece.text for piece in fold(text)) == text
