"""What stood on the outside of the mails of a thread: who wrote to whom, and whether anybody vouches for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from courtesy.conversations.models import Envelope, Message
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone


@dataclass(frozen=True)
class Outside:
    """A mail's envelope, opened. Addresses as written; all of it is empty where its key is gone."""

    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    verified: str
    has_html: bool
    marks: tuple[str, ...]

    @property
    def may_be_forged(self) -> bool:
        """The receiving server says that the address may be somebody else's."""
        return self.verified == Envelope.Verified.FAIL


def outsides(messages: Collection[Message]) -> dict[int, Outside]:
    """The envelopes of these messages, by message; a message that came by a form, or is a note, has none.

    No query for them where the messages were fetched with their "envelope"; one for the keys.
    """
    found = [envelope for one in messages if (envelope := getattr(one, "envelope", None)) is not None]
    keys.warm(envelope.key_id for envelope in found)
    return {envelope.message_id: _opened(envelope) for envelope in found}


def mail_to_answer(thread_id: int) -> str:
    """The Message-ID of the last mail the customer sent into this thread, for In-Reply-To; empty for a form's."""
    last = Envelope.objects.filter(message__thread=thread_id, message__kind=Message.Kind.IN).order_by("-message_id")
    envelope = last.only("key_id", "mail_id").first()
    try:
        return envelope.mail_id if envelope else ""
    except KeyGone:
        return ""


def write(reply: Message, *, mail_id: str, to: Sequence[str], cc: Sequence[str]) -> None:
    """Note who else got an answer of ours, so that the thread can show it."""
    Envelope.objects.create(
        key_id=reply.thread.person.key_id, message=reply, mail_id=mail_id, to="\n".join(to), cc="\n".join(cc)
    )


def _opened(envelope: Envelope) -> Outside:
    try:
        sender, to, cc = envelope.sender, envelope.to, envelope.cc
    except KeyGone:
        sender = to = cc = ""
    return Outside(
        sender=sender,
        to=tuple(to.splitlines()),
        cc=tuple(cc.splitlines()),
        verified=envelope.verified,
        has_html=envelope.has_html,
        marks=tuple(envelope.marks),
    )
