"""The one door for replies: no other file may import `post.replies`, and no other file builds an `Authority`.

What leaves is the colleague's words and, where a machine drafted any of them, a line that says so.
"""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from courtesy.conversations.models import Message, Thread
from courtesy.desk.links import evidence_url
from courtesy.people import queries as people
from courtesy.post import replies
from courtesy.post.models import Outgoing
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague
from courtesy.staff.public import name_for_customers

# The values of `lifecycle.models.How`, written out: this file is below the life cycle and does not import it back.
AS_DRAFTED: Final = "as drafted"
EDITED: Final = "edited"


def post(reply: Message, *, decision_id: int, by: Colleague, how: str, at: datetime, not_before: datetime) -> Outgoing:
    """Put a reply into the outbox in the caller's transaction; it leaves after ``not_before``, once.

    ``how`` says whose words it is made of. Raises what `people` raises for a customer without an address.
    """
    thread = reply.thread
    line = line_under(how, by=by, url=evidence_url(decision_id, thread.reader_salt))
    return replies.post(
        replies.Authority(decision_id=decision_id, by=by.pk, at=at),
        message_id=reply.pk,
        to=people.address_of(thread.person),
        subject=subject_for(thread),
        body=f"{reply.body.strip()}\n\n{line}\n" if line else f"{reply.body.strip()}\n",
        references=_earlier_mails(thread),
        key_id=thread.person.key_id,
        not_before=not_before,
    )


def line_under(how: str, *, by: Colleague, url: str) -> str:
    """The line under an answer; empty where every word is a person's. Without a ``url`` it says what to do instead."""
    who = name_for_customers(by.called, staff.shop())
    if how == AS_DRAFTED:
        said = _("Drafted by our assistant, a machine; checked by %(who)s") % {"who": who}
    elif how == EDITED:
        said = _("Drafted by our assistant, a machine; checked and changed by %(who)s") % {"who": who}
    else:
        return ""
    if url:
        return _("%(said)s · why? %(url)s") % {"said": said, "url": url}
    return _("%(said)s. Answer this mail and a person looks again.") % {"said": said}


def subject_for(thread: Thread) -> str:
    """The subject of an answer: the customer's own, once "Re:", on one line whatever they wrote."""
    own = " ".join(thread.subject.split())[:150]
    if not own:
        return _("Re: your message to %(shop)s") % {"shop": staff.shop().name}
    return own if own.casefold().startswith("re:") else f"Re: {own}"


def _earlier_mails(thread: Thread) -> list[str]:
    """Our own earlier mails in this thread, so that the customer's mail program shows them together."""
    ours = Message.objects.filter(thread=thread, kind=Message.Kind.OUT).values_list("pk", flat=True)
    earlier = Outgoing.objects.filter(reply_message_id__in=list(ours)).exclude(state=Outgoing.State.TAKEN_BACK)
    return list(earlier.order_by("created_at").values_list("message_id", flat=True))
