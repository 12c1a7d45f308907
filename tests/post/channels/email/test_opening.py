"""The own reader of MIME's outer form says what the standard library's says of mail that keeps the rules."""

import mailbox
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.post.channels.email import opening
from courtesy.post.channels.email.opening import opened
from courtesy.post.channels.incoming import Mark
from tests.post.channels.email.letters import LETTERS, letter

WELL_FORMED = sorted(
    set(LETTERS)
    - {
        "bare",
        "broken headers",
        "cut base64",
        "nested",
        "no empty line",
        "no end",
        "wrong boundary",
        "mailbox line",
        "japanese",
    }
)


def leaves_of_the_standard_library(mail: Message) -> list[tuple[str, bytes]]:
    return [
        (part.get_content_type(), part.get_payload(decode=True) or b"")  # type: ignore[misc]
        for part in mail.walk()
        if not part.is_multipart()
    ]


def leaves(raw: bytes) -> list[tuple[str, bytes]]:
    return [(piece.kind, piece.body) for piece in opened(raw).walk() if not piece.pieces]


def same(one: list[tuple[str, bytes]], other: list[tuple[str, bytes]]) -> bool:
    def bare(found: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        return [(kind, body.replace(b"\r\n", b"\n").strip(b"\n")) for kind, body in found]

    return bare(one) == bare(other)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> EmailMessage:
    """A well-formed mail of any shape."""
    mail = EmailMessage(policy=policy.SMTP)
    if depth == 0 or draw(st.booleans()):
        if draw(st.booleans()):
            mail.set_content(draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)))
        else:
            mail.set_content(draw(st.binary(max_size=80)), maintype="application", subtype="x-any")
        return mail
    mail["Content-Type"] = "multipart/" + draw(st.sampled_from(["mixed", "alternative", "related"]))
    for part in draw(st.lists(trees(depth - 1), min_size=1, max_size=3)):
        mail.attach(part)
    return mail


class TestOpened:
    @pytest.mark.parametrize("name", WELL_FORMED)
    def test_finds_the_same_pieces_as_the_standard_library(self, name):
        raw = LETTERS[name]

        found = [(kind, body) for kind, body in leaves(raw) if kind != "message/delivery-status"]

        # The library reads each group of a report as a mail of its own.
        wanted = leaves_of_the_standard_library(message_from_bytes(raw))
        assert same(found, wanted) or name in ("bounce", "delayed", "delivered")

    @given(trees())
    @settings(deadline=None)
    def test_finds_the_same_pieces_in_mail_of_any_shape(self, mail):
        raw = mail.as_bytes()

        assert same(leaves(raw), leaves_of_the_standard_library(message_from_bytes(raw)))
        assert opened(raw).marks == frozenset()

    def test_numbers_what_could_be_a_file_in_order(self):
        piece = opened(letter(html="<p>x</p>", files=[("a.txt", "text/plain", b"a"), ("b.txt", "text/plain", b"b")]))

        assert [one.number for one in piece.walk()] == [0, 0, 1, 2, 3, 4]

    def test_names_a_file_within_an_attached_mail_too(self):
        inner = letter(files=[("leaf.png", "image/png", b"x")])
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = "farah@elsewhere.example"
        mail.set_content("See below")
        mail.add_attachment(message_from_bytes(inner, policy=policy.SMTP))

        assert [one.file_name for one in opened(mail.as_bytes()).walk() if one.file_name] == ["leaf.png"]

    def test_stops_at_a_depth_and_says_so(self):
        piece = opened(LETTERS["nested"])

        depth = 0
        while piece.pieces:
            piece, depth = piece.pieces[0], depth + 1
        assert depth == opening.DEEPEST
        assert Mark.TOO_DEEP in opened(LETTERS["nested"]).marks

    def test_stops_at_a_number_of_pieces_and_says_so(self):
        raw = (
            b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhello\n" * 1000 + b"--x--\n"
        )

        assert len(leaves(raw)) == opening.MOST_PIECES
        assert Mark.TOO_MANY_PARTS in opened(raw).marks

    def test_reads_no_more_than_its_limit_and_says_so(self, monkeypatch):
        monkeypatch.setattr(opening, "LARGEST", 500)

        piece = opened(letter("word " * 400))

        assert Mark.CUT in piece.marks
        assert piece.body.startswith(b"word")

    def test_is_steady_about_headers_that_are_folded_doubled_or_strange(self):
        raw = b"Subject: one\r\n two\r\nX-A: 1\r\nX-A: 2\r\nnonsense\r\nFrom:a@b.example\r\nX-Empty:\r\n\r\nbody"

        piece = opened(raw)

        assert piece.first("subject") == "one two"
        assert piece.all("x-a") == ["1", "2"]
        assert piece.first("from") == "a@b.example"
        assert piece.first("x-empty") == piece.first("x-none") == ""
        assert piece.marks == {Mark.DAMAGED}


def test_a_mailbox_file_of_the_library_is_read_the_same(tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    for raw in (LETTERS["plain"], LETTERS["alternative"], LETTERS["files"]):
        box.add(raw)
    box.flush()

    for key, message in box.items():
        assert same(leaves(box.get_bytes(key)), leaves_of_the_standard_library(message))
