"""Files of messages, and messages themselves, handed out so that no browser runs, shows or mistakes one.

No picture is drawn anew: that would take a decoder, which is a larger door than it closes, and one more dependency. A
picture is shown where its first bytes say it is one and it unfolds to no more than a browser bears; everything leaves
as a download, under a policy in which nothing acts.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from courtesy.conversations.models import Attachment
from courtesy.desk.inbox import access
from courtesy.post.channels.email import kinds, parsing
from courtesy.post.channels.incoming import Unreadable
from courtesy.privacy import ledger
from courtesy.privacy.keys import KeyGone
from courtesy.science.pictures import picture_in
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.handing_out import ANYTHING, handed_out


@colleagues_may("see")
@require_GET
def file(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """A file with its safe name. Only a picture says what it is, so that a letter can show it; all else is bytes."""
    row = access.file_of(attachment_id, colleague_of(request))
    name, content = _opened(row)
    picture = picture_in(content)
    shown = picture is not None and picture.may_be_shown and picture.kind in kinds.SHOWN
    return handed_out(content, name, picture.kind if shown and picture else ANYTHING)


@colleagues_may("manage")
@require_GET
def source(request: HttpRequest, message_id: int) -> HttpResponse:
    """A message exactly as it came, for whoever has to find out what happened to it. It is written down who took it."""
    message, raw = access.mail_of(message_id)
    ledger.append("source handed out", about=message, by=colleague_of(request).pk, at=timezone.now())
    return handed_out(raw, f"message-{message.pk}.eml")


def _opened(row: Attachment) -> tuple[str, bytes]:
    """Name and bytes: of a file of ours from its row, of one that came from the mail it came in."""
    try:
        if row.part is None:
            return row.name, bytes(row.content)
        _message, raw = access.mail_of(row.message_id or 0)
        # What the rules of today refuse is refused here too, whatever was let through when it came.
        name, _kind, content = parsing.part(raw, row.part)
        return row.name or name, content
    except (KeyGone, Unreadable):
        raise Http404 from None
