"""Reads a mail. Pure: bytes in, an `Incoming` out, whatever the bytes are."""

from collections.abc import Collection
from dataclasses import replace

from courtesy.post.channels.email import bounces, choosing, forwards, headers, kinds, recognizing, vouching
from courtesy.post.channels.email.opening import Piece, opened
from courtesy.post.channels.email.pages import Page, page
from courtesy.post.channels.incoming import LONGEST_SUBJECT, Address, Incoming, Mail, Mark, Part, Unreadable, one_line

__all__ = ["Page", "page", "parse", "part"]

LONGEST_TEXT = 100_000
STUMBLED = "the reader stumbled:"
"""How the reason begins where it is a fault of ours; tests let none pass."""


def parse(raw: bytes, *, ours: Collection[str] = (), trusted: str = "") -> Incoming:
    """The mail in ``raw``. Raises Unreadable where nobody sent it, and nothing else whatever the bytes are.

    ``ours`` are the shop's own addresses: mail from them may pass on somebody else's, or be a form of the website.
    ``trusted`` is the name under which the shop's own mail server signs what it found out about the sender.
    """
    try:
        return _parsed(raw, frozenset(address.lower() for address in ours), trusted)
    except Unreadable:
        raise
    except Exception as problem:
        # A mail nobody has thought of is set aside and seen; the next one must not wait behind it.
        raise Unreadable(f"{STUMBLED} {type(problem).__name__}") from None


def _parsed(raw: bytes, ours: frozenset[str], trusted: str) -> Incoming:
    mail = opened(raw)
    sender, marks = _sender(mail)
    subject = one_line(headers.words(mail.first("subject")), LONGEST_SUBJECT)
    chosen = choosing.chosen(mail)
    text, cut = chosen.text[:LONGEST_TEXT].rstrip(), len(chosen.text) > LONGEST_TEXT
    files = _files(mail, chosen)
    reply_to = next(iter(headers.addresses(mail.first("reply-to"))), None)
    to, cc = _all(mail, "to"), _all(mail, "cc")
    bounce = bounces.bounce_in(mail, sender.address, subject, text)
    apart = recognizing.BOUNCE
    if bounce is None:
        receivers = [one.address for one in (*to, *cc)]
        apart = recognizing.apart(mail, sender=sender, subject=subject, text=text, to=receivers, ours=ours)
    verified = vouching.verified(mail, sender.address, trusted=trusted)
    # Anybody can write our address and "forwarded" into a mail, to put words into somebody's mouth.
    passes_on = bounce is None and verified != "fail" and sender.address.lower() in ours
    forwarded = forwards.writer_of(mail, subject, text, ours=ours) if passes_on else None
    apart = "" if forwarded else apart
    marks |= {*chosen.marks, *mail.marks, *_marks_of_files(files)}
    marks |= {Mark.CUT} if cut else set()
    marks |= {Mark.NO_WORDS} if not text else set()
    marks |= {Mark.NO_AUTOMATIC_ANSWER} if apart else set()
    marks |= _marks_of_people(mail, sender, reply_to, ours)
    letter = Mail(
        mail_id=next(iter(headers.mail_ids(mail.first("message-id"))), ""),
        refers_to=_refers_to(mail),
        sender=sender,
        reply_to=reply_to,
        to=to,
        cc=cc,
        subject=subject,
        written_at=headers.date(mail.first("date")),
        text=text,
        has_html=chosen.has_html,
        parts=files,
        apart=apart,
        bounce=bounce,
        verified=verified,
        forwarded=forwarded,
        marks=tuple(sorted(str(mark) for mark in marks)),
    )
    writer = _writer(mail, letter, ours)
    if writer != sender and verified == "pass":
        # The server vouches for the website or the colleague, not for the address typed or passed on there.
        letter = replace(letter, verified="none")
    return Incoming(
        address=writer.address,
        name=writer.name,
        subject=subject,
        body=text,
        person_only=False,
        outreach_yes=False,
        mail=letter,
    )


def part(raw: bytes, number: int) -> tuple[str, str, bytes]:
    """Name, kind and bytes of the file with this ``number``. Raises Unreadable where there is none, or where it is
    not handed out."""
    for piece in opened(raw).walk():
        if piece.number == number and number > 0:
            name, kind, refused = _named(piece)
            if refused:
                raise Unreadable("not handed out")
            return name, kind, piece.body
    raise Unreadable("no such part")


def _sender(mail: Piece) -> tuple[Address, set[str]]:
    """Who wrote it, by the best header there is. Raises Unreadable where none of them names anybody."""
    named = [address for value in mail.all("from")[:10] for address in headers.addresses(value)]
    if len({one.address for one in named}) > 1:
        # With several authors, the one who pressed the button stands apart (RFC 5322, 3.6.2).
        pressed = {one.address for one in headers.addresses(mail.first("sender"))}
        return next((one for one in named if one.address in pressed), named[0]), {Mark.SEVERAL_SENDERS}
    if named:
        return named[0], set()
    for name in ("sender", "resent-from", "reply-to", "x-original-from", "return-path"):
        if found := headers.addresses(mail.first(name)):
            return found[0], {Mark.NO_FROM}
    if mail.kind == "multipart/report" or "mailer-daemon" in mail.first("from").lower():
        return Address("mailer-daemon@localhost", one_line(headers.words(mail.first("from")), 120)), {Mark.NO_FROM}
    raise Unreadable("no sender")


def _writer(mail: Piece, letter: Mail, ours: frozenset[str]) -> Address:
    """The person to answer: who wrote what was passed on, who typed into a form, or just the sender."""
    if letter.forwarded is not None:
        return letter.forwarded
    if letter.reply_to is not None and (
        recognizing.is_form(mail, letter.sender, ours) or recognizing.is_no_reply(letter.sender.address)
    ):
        return letter.reply_to
    return letter.sender


def _all(mail: Piece, name: str) -> tuple[Address, ...]:
    found = {one.address: one for value in mail.all(name)[:10] for one in headers.addresses(value)}
    return tuple(found.values())[: headers.MOST_ADDRESSES]


def _refers_to(mail: Piece) -> tuple[str, ...]:
    """The mails it answers, the nearest first."""
    nearest = [name for value in mail.all("in-reply-to")[:3] for name in headers.mail_ids(value)]
    further = [name for value in mail.all("references")[:3] for name in headers.mail_ids(value)]
    return tuple(dict.fromkeys([*nearest, *reversed(further)]))[: headers.MOST_REFERENCES]


def _named(piece: Piece) -> tuple[str, str, str]:
    """A file's safe name, its kind, and why it is not handed out."""
    given = piece.file_name
    if not given and piece.kind == "message/rfc822" and piece.pieces:
        given = headers.words(piece.pieces[0].first("subject")).replace("/", " ")
    kind = kinds.kind_of(piece.body, given, piece.kind)
    return kinds.safe_name(given, kind, piece.number), kind, kinds.refusal(piece.body, given, kind)


def _files(mail: Piece, chosen: choosing.Chosen) -> tuple[Part, ...]:
    files = []
    for piece in mail.walk():
        if not piece.number or piece.number in chosen.spoken or piece.kind in choosing.SIGNATURES:
            continue
        if not piece.body and not piece.file_name:
            continue
        name, kind, refused = _named(piece)
        cid = choosing.cid(piece)
        inline = kind in kinds.SHOWN and not kinds.is_another(name, kind) and bool(cid or piece.disposition == "inline")
        files.append(Part(piece.number, name, kind, len(piece.body), inline, cid, refused))
    return tuple(files)


def _marks_of_files(files: tuple[Part, ...]) -> set[str]:
    marks: set[str] = set()
    for file in files:
        marks |= {Mark.REFUSED_FILE} if file.refused else set()
        marks |= {Mark.OTHER_FILE} if kinds.is_another(file.name, file.kind) else set()
        marks |= {Mark.WINMAIL} if file.kind == "application/ms-tnef" else set()
        marks |= {Mark.MAIL_WITHIN} if file.kind == "message/rfc822" else set()
    return marks


def _marks_of_people(mail: Piece, sender: Address, reply_to: Address | None, ours: frozenset[str]) -> set[str]:
    marks: set[str] = set()
    if reply_to is not None and reply_to.address.lower() != sender.address.lower():
        marks.add(Mark.ANSWERS_ELSEWHERE)
    if any(one.address.lower() != sender.address.lower() for one in headers.addresses(sender.name)):
        marks.add(Mark.NAME_IS_ADDRESS)
    if recognizing.wants_no_automatic_answer(mail, sender=sender, ours=ours):
        marks.add(Mark.NO_AUTOMATIC_ANSWER)
    return marks
