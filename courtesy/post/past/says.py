"""Why a file, or something in it, was not taken, in words for whoever brought it."""

from django.utils.translation import gettext_lazy as _

from courtesy.post.past.letters import Trouble, Why

WHY = {
    Why.TOO_LARGE: _("It is larger than 40 MB."),
    Why.LINE_TOO_LONG: _("The line is longer than 4 million letters."),
    Why.NO_DATE: _("It does not say when it was written."),
    Why.DATE_UNCLEAR: _("The date cannot be read, or day and month could be either. Say which comes first."),
    Why.NO_SENDER: _("It names no mail address it came from."),
    Why.NO_WORDS: _("There are no words in it."),
    Why.NOT_JSON: _("The line is no JSON."),
    Why.NOT_AN_OBJECT: _("The line is JSON, but no object with named values."),
    Why.TOO_MANY_COLUMNS: _("It has more than 200 columns."),
    Why.ANOTHER_NUMBER_OF_COLUMNS: _("It has another number of columns than the first row."),
    Why.BEFORE_THE_QUESTION: _("The answer is older than its question."),
    Why.QUOTE_NEVER_CLOSED: _("A quotation mark is opened and never closed."),
    Why.NOT_A_MAIL: _("It is no mail."),
    Why.NOT_HANDED_OVER: _("The mail server could not hand it over."),
    Why.STUMBLED: _("Courtesy could not read it. That is a fault of ours."),
}

TROUBLE = {
    Trouble.NOT_THERE: _("There is no such file or folder."),
    Trouble.EMPTY: _("There is nothing in it."),
    Trouble.NO_MBOX: _("This is no mbox: its first line does not begin with “From ”."),
    Trouble.NO_MAILDIR: _("This folder is no Maildir: there is no folder “cur” or “new” in it."),
    Trouble.NO_KIND: _("This is neither an mbox, nor a Maildir, nor a table."),
    Trouble.NO_TABLE: _("This is no table: its first row does not name the columns, each once."),
    Trouble.COLUMNS_UNKNOWN: _("It is not clear which column holds what."),
    Trouble.PACKED_TOO_TIGHTLY: _("It is packed so tightly that it would burst; no letters of a shop are."),
    Trouble.PACKED_BADLY: _("It is packed, and the package is damaged."),
    Trouble.TOO_LARGE: _("It is larger than what is taken here."),
}  # fmt: skip


def why(name: str) -> str:
    """Why something in a file was not taken."""
    return str(WHY.get(Why(name), name) if name in set(Why) else name)


def trouble(name: str) -> str:
    """Why a whole file was not taken."""
    return str(TROUBLE.get(Trouble(name), name) if name in set(Trouble) else name)
