"""Mails that break every rule go through the reader: each is a message or unreadable, and never anything else."""

import base64
import re
import sysconfig
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courtesy.post.channels.email import kinds
from courtesy.post.channels.email.parsing import LONGEST_TEXT, STUMBLED, page, parse, part
from courtesy.post.channels.incoming import Incoming, Mark, Unreadable, address_in
from courtesy.science.folding import fold
from tests.post.channels.email.letters import LETTERS, OURS
from tests.wild import some

MANY, ALL = 1_000, 10_000
FORBIDDEN = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "link",
    "meta",
    "base",
    "svg",
    "math",
}
ALLOWED = {
    "href",
    "title",
    "rel",
    "target",
    "alt",
    "width",
    "height",
    "data-part",
    "data-blocked",
    "colspan",
    "rowspan",
    "start",
}
BASES = sorted(LETTERS.values())
HEADERS = (
    *(b"From", b"To", b"Cc", b"Subject", b"Date", b"Message-ID", b"References", b"In-Reply-To", b"Reply-To", b"Sender"),
    *(b"Content-Type", b"Content-Transfer-Encoding", b"Content-Disposition", b"Content-ID", b"MIME-Version"),
    *(b"Received", b"Authentication-Results", b"Auto-Submitted", b"List-Id", b"Return-Path", b"X-Odd"),
)
ODD_VALUES = (
    *(
        b"",
        b" ",
        b"\0",
        b"<",
        b">",
        b"<<<>>>",
        b'"',
        b"@",
        b"a@",
        b"@b",
        b"<@>",
        b",;:,;:",
        b"(((((",
        b")))",
        b"\\",
        b"=?",
        b"?=",
    ),
    *(
        b"=?utf-8?B?////?=",
        b"=?x?q?=FF=?=",
        b"=?utf-8*en?Q?=C3?= =?utf-8?Q?=A9?=",
        b"=?idna?b?eHh4?=",
        b"=?utf-16?b?/w==?=",
    ),
    *(
        b"multipart/mixed",
        b"multipart/mixed; boundary=",
        b'multipart/alternative; boundary="',
        b"message/rfc822",
        b"text/",
    ),
    *(
        b"text/plain; charset=utf-7",
        b"text/plain; charset=\0",
        b"text/html; charset=undefined",
        b"text/plain; charset*=x''%",
    ),
    *(
        b"text/plain; name*99999999999=a; name*0*=utf-8'%ff; name*1=b",
        b"application/octet-stream; name=../../etc/passwd",
    ),
    *(
        b"base64",
        b"quoted-printable",
        b"x-uuencode",
        b"binary",
        b"8bit; base64",
        b"attachment; filename=\xe2\x80\xaegnp.exe",
    ),
    *(b"Mon, 99 Zzz 99999 99:99:99 +99999", b"-1", b"1e400", b"0000-00-00", b"Mon, 1 Jan 0001 00:00:00 -2400"),
    *(
        b"undisclosed-recipients:;",
        b"a@b.example" + b",a@b.example" * 300,
        b"<" + b"x" * 3000 + b"@b.example>",
        b"a" * 70_000,
    ),
    *(
        b"mx; dmarc=pass header.from=post.example",
        b"\xff\xfe\x80",
        "Grüße\u202e\u0000".encode(),
        b"\xed\xa0\x80",
        b"%s%n{0}",
    ),
)
CHUNKS = (
    *(
        b"\r\n\r\n",
        b"\n\n",
        b"\r",
        b"\0",
        b"--x\r\n",
        b"--x--\r\n",
        b"--",
        b"=\r\n",
        b"=3D=ZZ",
        b"<![CDATA[",
        b"<!--",
        b"<div>" * 500,
    ),
    *(
        b"<blockquote>" * 30,
        b"\r\n> " * 60,
        b"begin 644 x\r\nM\r\nend",
        b"\r\nOn 1 May 2026 Ole <o@f.example> wrote:\r\n",
        b"\x1b$B",
    ),
    *(
        b"<img src=x onerror=alert(1)>",
        b"<a href='java\0script:alert(1)'>x</a>",
        b"<svg/onload=alert(1)>",
        b"-- \r\n",
        b"=" * 80,
    ),
    *(
        base64.b64encode(bytes(range(256))),
        b"BEGIN:VEVENT\r\nDTSTART:99999999T999999Z\r\n",
        b"Action: failed\r\nStatus: 5\r\n",
    ),
)


@st.composite
def malformed(draw: st.DrawFn) -> bytes:
    """A mail that looks real, broken in one to six ways."""
    mail = draw(st.sampled_from(BASES))
    for _ in range(draw(st.integers(1, 6))):
        mail = _broken(draw, mail)
    return mail[:300_000]


def _broken(draw: st.DrawFn, mail: bytes) -> bytes:
    at = draw(st.integers(0, max(len(mail) - 1, 0)))
    end = min(at + draw(st.integers(0, 200)), len(mail))
    how = draw(
        st.sampled_from(
            ["cut", "doubled", "gone", "noise", "chunk", "other mail", "lines", "within", "letters", "header"]
        )
    )
    cuts = {
        "cut": mail[:at],
        "doubled": mail[:end] + mail[at:],
        "gone": mail[:at] + mail[end:],
    }
    if how in cuts:
        return cuts[how]
    if how == "header":
        return _with_odd_header(draw, mail)
    if how in ("lines", "within", "letters"):
        return _turned(draw, how, mail)
    new = {"noise": st.binary(max_size=60), "chunk": st.sampled_from(CHUNKS), "other mail": st.sampled_from(BASES)}[how]
    return mail[:at] + draw(new) + mail[end if how == "noise" else at :]


def _with_odd_header(draw: st.DrawFn, mail: bytes) -> bytes:
    """A header put on top, put in the place of one that is there, or many times over, folded and huge."""
    name = draw(st.sampled_from(HEADERS))
    header = name + b": " + draw(st.sampled_from(ODD_VALUES) | st.binary(max_size=40)) + b"\r\n"
    if draw(st.booleans()):
        return re.sub(rb"(?im)^" + re.escape(name) + rb":.*\r?\n", lambda _found: header, mail, count=1)
    if draw(st.booleans()):
        return header + mail
    return (
        header.replace(b"\r\n", b"\r\n\t" + b"y" * draw(st.integers(1, 3000)) + b"\r\n") * draw(st.integers(1, 30))
        + mail
    )


def _turned(draw: st.DrawFn, how: str, mail: bytes) -> bytes:
    """The mail with other ends of lines or marks, within another mail, or in letters it does not speak of."""
    if how == "lines":
        pairs = [(b"\r\n", b"\n"), (b"\r\n", b"\r"), (b"boundary", b"bounDary2"), (b"--", b"-- "), (b"=", b"==")]
        return mail.replace(*draw(st.sampled_from(pairs)))
    if how == "within":
        kinds_ = [b"message/rfc822", b"multipart/digest; boundary=q", b"multipart/report; boundary=q"]
        head = b"From: dora@post.example\r\nContent-Type: " + draw(st.sampled_from(kinds_))
        return head + b"\r\n\r\n--q\r\n\r\n" + mail + b"\r\n--q--"
    charsets = [b"utf-16", b"utf-7", b"gb18030", b"iso-2022-kr", b"punycode", b"cp037", b"unicode_escape"]
    return re.sub(rb"charset=\"?[\w-]+\"?", b"charset=" + draw(st.sampled_from(charsets)), mail)


def _read(raw: bytes) -> Incoming | None:
    try:
        return parse(raw, ours=OURS)
    except Unreadable as why:
        if STUMBLED in str(why):
            raise AssertionError(f"{why} in {raw!r}") from why
        return None


def _holds(raw: bytes) -> None:
    """What must be so of any bytes whatever."""
    incoming = _read(raw)
    if incoming is None:
        return
    mail = incoming.mail
    assert mail is not None
    people = [mail.sender, *mail.to, *mail.cc, *filter(None, (mail.reply_to, mail.forwarded))]
    for one in people:
        assert one.address == "mailer-daemon@localhost" or address_in(one.address) == one.address
    said = [incoming.name, incoming.subject, mail.text, mail.mail_id, *mail.refers_to, *(one.name for one in people)]
    said += [text for file in mail.parts for text in (file.name, file.kind, file.cid)]
    for text in said:
        text.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    assert len(mail.text) <= LONGEST_TEXT
    assert set(mail.marks) <= set(Mark.values)
    assert "".join(piece.text for piece in fold(mail.text)) == mail.text
    assert len({file.number for file in mail.parts}) == len(mail.parts)
    for file in mail.parts[:5]:
        assert 0 < len(file.name) <= kinds.LONGEST_FILE_NAME
        assert not re.search(r'[/\\<>:"|?*\u202a-\u202e]', file.name)
        if not file.refused:
            name, kind, content = part(raw, file.number)
            assert (name, kind, len(content)) == (file.name, file.kind, file.size)
    _is_harmless(page(raw).html)


class _Tags(HTMLParser):
    """Checks each tag of a page; what stands in the words or in a value is none."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in FORBIDDEN
        assert {name for name, _value in attrs} <= ALLOWED
        for name, value in attrs:
            assert name != "href" or re.match(r"(?:https?://|mailto:|tel:)", value or "", re.IGNORECASE)


def _is_harmless(html: str) -> None:
    reader = _Tags()
    reader.feed(html)
    reader.close()


def _settings(number: int) -> settings:
    return settings(max_examples=some(number), deadline=None, database=None, suppress_health_check=list(HealthCheck))


class TestMalformedMail:
    @_settings(MANY)
    @given(malformed())
    def test_is_a_message_or_unreadable(self, raw):
        _holds(raw)

    @pytest.mark.house
    @_settings(ALL)
    @given(malformed())
    def test_is_a_message_or_unreadable_ten_thousand_times(self, raw):
        _holds(raw)

    @given(st.binary(max_size=2000))
    @settings(deadline=None)
    def test_any_bytes_at_all(self, raw):
        _holds(raw)
        _holds(b"From: dora@post.example\r\nContent-Type: text/html\r\n\r\n" + raw)


class TestSampleMails:
    @pytest.mark.parametrize("name", LETTERS)
    def test_of_ours(self, name):
        _holds(LETTERS[name])

    def test_of_the_standard_library(self):
        folder = Path(sysconfig.get_path("stdlib")) / "test" / "test_email" / "data"
        samples = sorted(folder.glob("msg_*.txt"))
        if not samples:
            pytest.skip("Python's own test data is not installed here (libpython3-testsuite)")

        for sample in samples:
            _holds(sample.read_bytes())


class TestPatience:
    """None of these took long by hand; the limits are what keeps it so (no clock is asked, they would hang)."""

    @pytest.mark.parametrize(
        "body",
        [
            b"\n" * 2_000_000,
            b"--x\r\n" * 300_000,
            b"--x" * 600_000,
            b"> " * 500_000,
            b">\n" * 500_000,
            b" " * 2_000_000 + b"From:",
            b"a" * 2_000_000,
            b"On 1 May 2026 wrote:\n" * 60_000,
            b"BEGIN:VEVENT\n" + b"AAA;" * 300_000,
        ],
        ids=lambda body: body[:12].decode().strip() or "space",
    )
    @pytest.mark.parametrize("kind", ["text/plain", "text/html", "multipart/mixed; boundary=x", "text/calendar"])
    def test_with_endless_mail(self, body, kind):
        _holds(b"From: dora@post.example\r\nSubject: Fwd: x\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + body)

    @pytest.mark.parametrize(
        "piece", ["<div>", "<b>", "<a href=x>", "<table><tr><td>", "<font><p>", "<div></b>", "<", "&", "&a", "<!--"]
    )
    def test_with_endless_html(self, piece):
        html = (piece * 500_000)[:500_000]

        _holds(b"From: dora@post.example\r\nContent-Type: text/html\r\n\r\n" + html.encode())

    @pytest.mark.parametrize(
        "value", ["(" * 90_000, '"' * 90_000, "a@b.c," * 20_000, "=?a?q?" * 20_000, ';x="' * 30_000, "<" * 90_000]
    )
    @pytest.mark.parametrize("name", ["From", "Content-Type", "References", "Subject", "Authentication-Results"])
    def test_with_endless_headers(self, name, value):
        _holds(f"{name}: {value}\r\nFrom: dora@post.example\r\n\r\nHello".encode())
