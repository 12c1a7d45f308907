"""Letters as they lie in a mail program's folder: the bytes of mails, and an mbox of them.

Written by hand and not by the standard library's mail package: it draws its boundaries by chance, and takes ten times
as long.
"""

import re
import struct
import zlib
from base64 import encodebytes
from collections.abc import Iterable
from datetime import UTC, datetime
from email.header import Header

from courtesy.config.sample.generating.dice import Dice
from courtesy.config.sample.generating.writing import Attachment, Letter

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARKS = {
    "list": ("List-Id: <letters>", "List-Unsubscribe: <mailto:leave@letters.example>", "Precedence: bulk"),
    "automatic": ("Auto-Submitted: auto-replied", "Precedence: auto_reply"),
    "spam": ("X-Spam-Flag: YES", "X-Spam-Status: Yes, score=9.1"),
}
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)


def raw(letter: Letter) -> bytes:
    """The mail, with the line ends it has on its way."""
    heads = [
        f"Message-ID: <{letter.mail_id}>",
        f"Date: {_date(letter.at)}",
        f"From: {_address(letter.name, letter.sender)}",
        f"To: {_address(letter.to_name, letter.to)}",
        f"Subject: {_words(letter.subject)}",
    ]
    if letter.answers:
        heads.append(f"In-Reply-To: <{letter.answers[-1]}>")
        heads.append("References: " + "\n ".join(f"<{one}>" for one in letter.answers))
    heads += _MARKS.get(letter.kind, ())
    heads.append("MIME-Version: 1.0")
    text = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit"
    if letter.attachment is None:
        whole = "\n".join([*heads, text, "", letter.body, ""])
    else:
        line = "=-" + letter.mail_id.partition("@")[0]
        mixed = f'Content-Type: multipart/mixed; boundary="{line}"'
        part = _part(letter.attachment, letter.mail_id)
        pieces = [mixed, "", f"--{line}", text, "", letter.body, "", f"--{line}", part, f"--{line}--", ""]
        whole = "\n".join([*heads, *pieces])
    return whole.replace("\n", "\r\n").encode()


def mbox(letters: Iterable[Letter]) -> bytes:
    """All of them in one file."""
    pieces = []
    for letter in letters:
        at = letter.at.astimezone(UTC)
        day = f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at.day:2d} {at:%H:%M:%S} {at.year}"
        pieces.append(f"From {letter.sender} {day}\n".encode())
        pieces.append(_FROM.sub(rb">\1", raw(letter).replace(b"\r\n", b"\n")))
        pieces.append(b"\n")
    return b"".join(pieces)


def photo(name: str) -> bytes:
    """A small picture: a cup, or what is left of it, in a color of its own."""
    dice = Dice("photo", name)
    size, clay, table = 48, [dice.between(90, 220) for _ in range(3)], [dice.between(30, 120) for _ in range(3)]
    crack = dice.between(12, 36)
    rows = []
    for y in range(size):
        row = bytearray(b"\0")
        for x in range(size):
            inside = (x - 24) ** 2 + (y - 26) ** 2 < 15**2 and y > 14
            row += bytes(table if not inside or abs(x - crack - (y * 5 % 7) + 3) < 2 else clay)
        rows.append(bytes(row))
    head = struct.pack(">2I5B", size, size, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def invoice(number: str) -> bytes:
    """A page of PDF that says which order it is for."""
    words = f"BT /F1 18 Tf 60 760 Td (Marigold, 4 Canal Street) Tj 0 -40 Td (Invoice for order {number}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(words)} >>\nstream\n{words}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for count, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{count} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{out}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def _part(attachment: Attachment, seed: str) -> str:
    if attachment.kind == "photo":
        kind, content = "image/png", photo(seed)
    else:
        kind, content = "application/pdf", invoice(attachment.name.removeprefix("invoice-").removesuffix(".pdf"))
    return (
        f'Content-Type: {kind}; name="{attachment.name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="{attachment.name}"\n\n{encodebytes(content).decode("ascii")}'
    )


def _date(at: datetime) -> str:
    return f"{_DAYS[at.weekday()]}, {at.day:02d} {_MONTHS[at.month - 1]} {at:%Y %H:%M:%S} +0000"


def _address(name: str, address: str) -> str:
    return f"{_words(name)} <{address}>"


def _words(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=900).encode()
