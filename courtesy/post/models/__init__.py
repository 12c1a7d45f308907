"""What came in, raw and sealed; what goes out, and how far it got; the mailboxes between, and how they have been."""

from courtesy.post.models.coming import Arrival, Knock
from courtesy.post.models.leaving import TOO_OLD, MailServer, Outgoing
from courtesy.post.models.mailboxes import Folder, Mailbox, SecondPath, Tls, Trial

__all__ = [
    "TOO_OLD",
    "Arrival",
    "Folder",
    "Knock",
    "MailServer",
    "Mailbox",
    "Outgoing",
    "SecondPath",
    "Tls",
    "Trial",
]
