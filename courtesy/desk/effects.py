"""The one door for replies: no other file may import `post.replies`, and no other file builds an `Authority`.

What leaves is the colleague's words and, where a machine drafted any of them, a line that says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from courtesy.conversations import envelopes
from courtesy.conversations import queries as conversations
from courtesy.conversations.models import Message, Thread
from courtesy.conversations.threading import reply_tag
from courtesy.desk.links import evidence_url
from courtesy.post import replies
from courtesy.post.mime import Attached
from courtesy.post.models import Outgoing
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague
from courtesy.staff.public import name_for_customers

# The values of `lifecycle.models.How`, written out: this file is below the life cycle and does not import it back.
AS_DRAFTED: Final = "as drafted"
EDITED: Final = "edited"


class NobodyThere(Exception):
    """This customer has no address that we know, or was erased; nothing was written."""


TooBig: Final = replies.TooBig
"""The answer with its files is larger than mail servers take; named here, since only this file may see `replies`."""


@dataclass(frozen=True)
class Company:
    """Who gets an answer beside the customer: ``to`` and ``cc`` are read by everybody, ``bcc`` by nobody."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()


ALONE: Final = Company()


def post(
    reply: Message,
    *,
    decision_id: int,
    by: Colleague,
    how: str,
    at: datetime,
    not_before: datetime,
    company: Company = ALONE,
    attachments: Sequence[Attached] = (),
) -> Outgoing:
    """Put a reply into the outbox in the caller's transaction; it leaves after ``not_before``, once.

    ``how`` says whose words it is made of. Raises NobodyThere for a customer who cannot be written to any more,
    `incoming.Unreadable` for a further address nobody can write to, TooBig for too many files.
    """
    thread = reply.thread
    # The page behind the link is the customer's own: where others read along, the line stands without it.
    url = evidence_url(decision_id, thread.reader_salt) if company == ALONE else ""
    line = line_under(how, by=by, url=url)
    address = _address(thread)
    outgoing = replies.post(
        replies.Authority(decision_id=decision_id, by=by.pk, at=at),
        message_id=reply.pk,
        to=address,
        subject=subject_for(thread),
        body=f"{reply.body.strip()}\n\n{line}\n" if line else f"{reply.body.strip()}\n",
        references=conversations.references(thread),
        key_id=thread.person.key_id,
        not_before=not_before,
        mailbox_id=thread.mailbox_id,
        also_to=company.to,
        cc=company.cc,
        bcc=company.bcc,
        attachments=attachments,
        in_reply_to=envelopes.mail_to_answer(thread.pk),
        reply_tag=reply_tag(thread),
    )
    if company.to or company.cc:
        envelopes.write(reply, mail_id=outgoing.message_id, to=(address, *company.to), cc=company.cc)
    return outgoing


def company_of(reply: Message) -> Company:
    """Who gets this answer beside the customer, for whoever takes it back and writes it anew."""
    outgoing = Outgoing.objects.filter(reply_message_id=reply.pk).defer("content").first()
    everybody = outgoing.also_to.splitlines() if outgoing else []
    outside = envelopes.outsides([reply]).get(reply.pk)
    to, cc = (outside.to[1:], outside.cc) if outside else ((), ())
    return Company(to, cc, tuple(one for one in everybody if one not in {*to, *cc}))


def line_under(how: str, *, by: Colleague, url: str, ask: bool = True) -> str:
    """The line under an answer; empty where every word is a person's.

    Without a ``url`` it says how to ask a person to look again; ``ask`` off leaves that to a page with a button.
    """
    who = name_for_customers(by.called, staff.shop())
    if how == AS_DRAFTED:
        said = _("Drafted by our assistant, a machine; checked by %(who)s") % {"who": who}
    elif how == EDITED:
        said = _("Drafted by our assistant, a machine; checked and changed by %(who)s") % {"who": who}
    else:
        return ""
    if url:
        return _("%(said)s · why? %(url)s") % {"said": said, "url": url}
    return _("%(said)s. Answer this mail and a person looks again.") % {"said": said} if ask else said


def subject_for(thread: Thread) -> str:
    """The subject of an answer: the customer's own, once "Re:", on one line whatever they wrote."""
    own = " ".join(thread.subject.split())[:150]
    if not own:
        return _("Re: your message to %(shop)s") % {"shop": staff.shop().name}
    return own if own.casefold().startswith("re:") else f"Re: {own}"


def _address(thread: Thread) -> str:
    """Whoever wrote last: in a thread of several people the answer is theirs."""
    meant = conversations.reply_recipients(thread).to
    if not meant:
        raise NobodyThere
    return meant[0]
