"""Mails to try things with, all made up: `letter` builds one, `LETTERS` has one of each sort that has made trouble.

Every name is of the street (`tests/cast.py`) or of `.example`. Lines end as on the wire where it matters.
"""

import base64
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from textwrap import dedent

SHOP = "hello@fernandfjord.example"
FORM = "form@fernandfjord.example"
OURS = (SHOP, FORM)
DORA = "Dora Lindqvist <dora.lindqvist@post.example>"

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGNgYPiPhGnAAQCxvw/xKk7JXwAAAABJRU5ErkJggg=="
)
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\0" * 64


def letter(
    text: str = "Is the Raven ZZ back in stock?\n\nDora",
    *,
    sender: str = DORA,
    to: str = SHOP,
    subject: str = "Raven ZZ",
    mail_id: str = "<one@post.example>",
    date: str = "Mon, 23 Nov 2026 18:04:05 +0100",
    html: str = "",
    files: Sequence[tuple[str, str, bytes]] = (),
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A well-formed mail: ``files`` are (name, kind, bytes), ``more`` further headers, which stand on top."""
    mail = EmailMessage(policy=SMTP)
    for name, value in (more or {}).items():
        mail[name] = value
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = date
    mail["Message-ID"] = mail_id
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def raw(text: str, *, body: bytes = b"") -> bytes:
    """A mail written out by hand, its lines as on the wire; ``body`` follows as it is."""
    return dedent(text).lstrip("\n").replace("\n", "\r\n").encode("utf-8") + body


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    of: str = "<8f1d0c9e5a7b4c3d2e1f0a9b8c7d6e5f@fernandfjord.example>",
    to: str = "dora@gone.example",
) -> bytes:
    """What a mail server says about a mail of ours in the form of RFC 3464."""
    return raw(f"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mx.fernandfjord.example>
        To: {SHOP}
        Subject: Undelivered Mail Returned to Sender
        Date: Mon, 23 Nov 2026 18:05:00 +0100
        Message-ID: <20261123170500.1@mx.fernandfjord.example>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="r1"

        --r1
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.fernandfjord.example.
        I'm sorry to have to inform you that your message could not be delivered.

        --r1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.fernandfjord.example
        Arrival-Date: Mon, 23 Nov 2026 18:04:58 +0100

        Final-Recipient: rfc822; {to}
        Original-Recipient: rfc822;{to}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 {status} no such user here

        --r1
        Content-Type: text/rfc822-headers

        From: Fern & Fjord <{SHOP}>
        To: {to}
        Subject: Re: Raven ZZ
        Message-ID: {of}

        --r1--
    """)


def _nested(depth: int) -> bytes:
    """Parts within parts."""
    head = "From: dora@post.example\r\nSubject: deep\r\nMIME-Version: 1.0\r\n"
    body = "Content-Type: text/plain\r\n\r\nat the bottom\r\n"
    for level in range(depth):
        body = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n{body}\r\n--b{level}--\r\n'
    return (head + body).encode()


_QMAIL = """
    Return-Path: <>
    From: MAILER-DAEMON@mail.isp.example
    To: hello@fernandfjord.example
    Subject: failure notice
    Date: 23 Nov 2026 17:05:00 -0000

    Hi. This is the qmail-send program at mail.isp.example.
    I'm afraid I wasn't able to deliver your message to the following addresses.
    This is a permanent error; I've given up. Sorry it didn't work out.

    <dora@gone.example>:
    192.0.2.7 does not like recipient.
    Remote host said: 550 5.1.1 no such user

    --- Below this line is a copy of the message.

    From: hello@fernandfjord.example
    To: dora@gone.example
    Message-ID: <8f1d0c9e5a7b4c3d2e1f0a9b8c7d6e5f@fernandfjord.example>
    Subject: Re: Raven ZZ

    Yes, it is.
"""
_EXIM_DELAYED = """
    Return-path: <>
    From: Mail Delivery System <Mailer-Daemon@host.isp.example>
    To: hello@fernandfjord.example
    Auto-Submitted: auto-replied
    Subject: Warning: message 1kTest-000000-00 delayed 24 hours
    In-Reply-To: <8f1d0c9e5a7b4c3d2e1f0a9b8c7d6e5f@fernandfjord.example>
    Date: Tue, 24 Nov 2026 18:05:00 +0100

    This message was created automatically by mail delivery software.
    A message that you sent has not yet been delivered to one or more of its
    recipients after more than 24 hours on the queue on host.isp.example.

      dora@slow.example
        host mx.slow.example [192.0.2.9]: 451 4.7.1 try again later

    No action is required on your part. Delivery attempts will continue.
"""
_FORWARDED = """
    From: Ole <hello@fernandfjord.example>
    To: hello@fernandfjord.example
    Subject: Fwd: Wilted fern
    Message-ID: <fwd@fernandfjord.example>
    Content-Type: text/plain; charset=utf-8

    Ada, can you take this one?

    ---------- Forwarded message ---------
    From: Chidi Okafor <chidi.okafor@post.example>
    Date: Mon, 23 Nov 2026 at 12:00
    Subject: Wilted fern
    To: <hello@fernandfjord.example>

    My fern has wilted. What now?
"""
_NEWSLETTER = """
    Return-Path: <bounce-77@send.nursery.example>
    From: Nursery News <news@nursery.example>
    To: hello@fernandfjord.example
    Subject: Bulbs for spring, 20 % off
    Message-ID: <n77@send.nursery.example>
    List-Id: <news.nursery.example>
    List-Unsubscribe: <https://nursery.example/u/77>, <mailto:u77@nursery.example>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
    Precedence: bulk
    Content-Type: text/html; charset=utf-8

    <p>All bulbs <b>20 % off</b>.</p><p><a href="https://nursery.example/u/77">Unsubscribe</a></p>
"""
_MAILING_LIST = """
    From: Farah <farah@elsewhere.example>
    To: growers@lists.example
    Subject: [growers] Re: peat-free soil
    Message-ID: <g5@elsewhere.example>
    In-Reply-To: <g4@lists.example>
    List-Id: Growers <growers.lists.example>
    List-Post: <mailto:growers@lists.example>
    Precedence: list

    We mix our own.
"""
_VACATION = """
    Return-Path: <>
    From: Emeka Balogun <emeka.balogun@post.example>
    To: hello@fernandfjord.example
    Subject: Automatic reply: Re: Your order
    Message-ID: <v1@post.example>
    In-Reply-To: <8f1d0c9e5a7b4c3d2e1f0a9b8c7d6e5f@fernandfjord.example>
    Auto-Submitted: auto-replied
    X-Auto-Response-Suppress: All

    I am away until 7 December.
"""
_WEBSITE_FORM = """
    From: Fern & Fjord website <form@fernandfjord.example>
    Reply-To: Chidi Okafor <chidi.okafor@post.example>
    To: hello@fernandfjord.example
    Subject: Contact form
    Message-ID: <f1@fernandfjord.example>
    Auto-Submitted: auto-generated

    Do you ship to Moss?
"""
_OUTLOOK_FORWARD = """
    From: Ben <hello@fernandfjord.example>
    To: hello@fernandfjord.example
    Subject: WG: Rechnung
    Message-ID: <wg@fernandfjord.example>
    Content-Type: text/plain; charset=utf-8

    Von: Emeka Balogun [mailto:emeka.balogun@post.example]
    Gesendet: Montag, 23. November 2026 10:12
    An: hello@fernandfjord.example
    Betreff: Rechnung

    Bitte schicken Sie mir die Rechnung noch einmal.
"""
_INVITATION = """
    From: Lene <lene@workshops.example>
    To: hello@fernandfjord.example
    Subject: Invitation: Repotting
    Message-ID: <i1@workshops.example>
    MIME-Version: 1.0
    Content-Type: multipart/alternative; boundary=cal

    --cal
    Content-Type: text/plain; charset=utf-8

    You are invited.
    --cal
    Content-Type: text/calendar; charset=utf-8; method=REQUEST

    BEGIN:VCALENDAR
    METHOD:REQUEST
    BEGIN:VTIMEZONE
    BEGIN:STANDARD
    DTSTART:19701025T030000
    END:STANDARD
    END:VTIMEZONE
    BEGIN:VEVENT
    SUMMARY:Repotting\\, for
      beginners
    DTSTART;TZID=Europe/Berlin:20261203T140000
    DTEND;TZID=Europe/Berlin:20261203T160000
    LOCATION:Harbour store
    END:VEVENT
    END:VCALENDAR
    --cal--
"""
_PGP = """
    From: Chidi Okafor <chidi.okafor@post.example>
    To: hello@fernandfjord.example
    Subject: ...
    Message-ID: <p1@post.example>
    MIME-Version: 1.0
    Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=pg

    --pg
    Content-Type: application/pgp-encrypted

    Version: 1

    --pg
    Content-Type: application/octet-stream; name="encrypted.asc"
    Content-Disposition: inline; filename="encrypted.asc"

    -----BEGIN PGP MESSAGE-----

    hQEMA0000000000000000000000000
    -----END PGP MESSAGE-----
    --pg--
"""
_SMIME = """
    From: Chidi Okafor <chidi.okafor@post.example>
    To: hello@fernandfjord.example
    Subject: secret
    Message-ID: <s1@post.example>
    MIME-Version: 1.0
    Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"
    Content-Transfer-Encoding: base64
    Content-Disposition: attachment; filename="smime.p7m"

    MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=
"""
_WITHIN = """
    From: Ole <hello@fernandfjord.example>
    To: hello@fernandfjord.example
    Subject: Fwd: from the old mailbox
    Message-ID: <w1@fernandfjord.example>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=w

    --w
    Content-Type: text/plain

    See below.
    --w
    Content-Type: message/rfc822

    From: Farah <farah@elsewhere.example>
    To: old@fernandfjord.example
    Subject: Do you buy seeds?
    Date: Sun, 22 Nov 2026 09:00:00 +0000
    Message-ID: <seeds@elsewhere.example>

    I have a kilo of them.
    --w--
"""
_RELATED_HTML = """
    <html><head><style>p {color: red}</style></head><body>
    <p>Look at <b>this</b>:</p><img src="cid:leaf@post" alt="a brown leaf">
    <img src="https://tracker.example/p.gif" width="1" height="1"><img src="https://cdn.example/logo.png" alt="Logo">
    <p><a href="https://evil.example/x">https://bank.example/login</a></p>
    <script>alert(1)</script><form action="/x"><input name="q"></form></body></html>
"""


def _with_image() -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Farah <farah@elsewhere.example>"
    mail["To"] = SHOP
    mail["Subject"] = "Brown leaf"
    mail["Message-ID"] = "<leaf@elsewhere.example>"
    mail.set_content("Look at this:")
    mail.add_alternative(_RELATED_HTML, subtype="html")
    mail.get_payload()[1].add_related(PNG, "image", "png", cid="<leaf@post>", filename="leaf.png")  # type: ignore[union-attr,index]
    return mail.as_bytes()


LETTERS: dict[str, bytes] = {
    "plain": letter(),
    "umlauts": letter("Grüße aus München\n", subject="Größe der Töpfe", sender="Jürgen Groß <j.gross@post.example>"),
    "html only": raw(f"From: {DORA}\nSubject: pots\nContent-Type: text/html\n\n<p>Do they have <i>holes</i>?</p>\n"),
    "alternative": letter(html="<p>Is the <b>Raven ZZ</b> back in stock?</p>"),
    "files": letter(files=[("leaf.png", "image/png", PNG), ("invoice.pdf", "application/pdf", PDF)]),
    "program": letter(files=[("invoice.pdf.exe", "application/pdf", EXE), ("photo.jpg", "image/jpeg", EXE)]),
    "image in its text": _with_image(),
    "latin-1 said to be utf-8": raw(
        f"From: {DORA}\nContent-Type: text/plain; charset=utf-8\n\n", body=b"Gr\xfc\xdfe\r\n"
    ),
    "no charset": raw(f"From: {DORA}\n\n", body="Grüße, naïve café\r\n".encode()),
    "unknown charset": raw(f"From: {DORA}\nContent-Type: text/plain; charset=x-klingon\n\n", body=b"caf\xe9\r\n"),
    "japanese": letter("").replace(b'"utf-8"', b'"iso-2022-jp"') + "在庫はありますか".encode("iso-2022-jp"),
    "cut base64": raw(
        f"From: {DORA}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n",
        body=base64.b64encode("Grüße, is it in stock?".encode())[:-3],
    ),
    "no end": raw(
        f"From: {DORA}\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHello\n--x\n\nand"
    ),
    "wrong boundary": raw(
        f"From: {DORA}\nContent-Type: multipart/mixed; boundary=y\n\n--x\nContent-Type: text/plain\n\nHello\n--x--\n"
    ),
    "broken headers": raw(f"From: {DORA}\nthis is no header\nSubject: still\nContent-Type: ;;;=\n\nHello\n"),
    "no empty line": raw(f"From: {DORA}\nSubject: no line\nHello, is it in stock?\nDora"),
    "nul": raw(f"From: {DORA}\nSubject: a\0b\n\nHello\0 there\n"),
    "bare": b"From: dora@post.example\rSubject: old\r\rHello\r",
    "mailbox line": b"From dora@post.example Mon Nov 23 18:00:00 2026\n" + letter(),
    "several senders": raw("From: a@post.example, b@post.example\nSender: b@post.example\nSubject: us\n\nHello\n"),
    "no from": raw("Return-Path: <dora@post.example>\nSubject: who\n\nHello\n"),
    "no sender": raw("Subject: who\n\nHello\n"),
    "bad date": letter(date="Thu, 99 Foo 20266 77:88:99 +9999"),
    "nested": _nested(40),
    "bounce": report(),
    "delayed": report(action="delayed", status="4.4.1"),
    "delivered": report(action="delivered", status="2.0.0"),
    "qmail bounce": raw(_QMAIL),
    "exim delayed": raw(_EXIM_DELAYED),
    "forwarded": raw(_FORWARDED),
    "forwarded by outlook": raw(_OUTLOOK_FORWARD),
    "mail within": raw(_WITHIN),
    "newsletter": raw(_NEWSLETTER),
    "mailing list": raw(_MAILING_LIST),
    "vacation": raw(_VACATION),
    "website form": raw(_WEBSITE_FORM),
    "no-reply": letter("Your parcel is on its way.", sender="Parcels <no-reply@parcels.example>"),
    "spam": letter("Buy now", more={"X-Spam-Flag": "YES"}),
    "invitation": raw(_INVITATION),
    "pgp": raw(_PGP),
    "smime": raw(_SMIME),
    "winmail": letter(files=[("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22" + b"\1" * 40)]),
    "only a file": letter("", files=[("leaf.png", "image/png", PNG)]),
    "empty": raw(f"From: {DORA}\n\n"),
}
"""One of each sort, by what is particular about it."""
