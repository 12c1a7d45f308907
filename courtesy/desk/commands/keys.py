"""The keys of the desk, as the sheet shows them. What they do is in `web/static/`; each is a button or a link too."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Key:
    """One key, or two in a row ("G I"), and what it does."""

    keys: str
    words: str


def sheet() -> list[tuple[str, list[Key]]]:
    """All keys by where they work."""
    return [
        (
            _("Everywhere"),
            [
                Key("Ctrl K", _("Go to or do something; Cmd K on a Mac")),
                Key("?", _("This sheet")),
                Key("/", _("Search")),
                Key("G T", _("Go to Today")),
                Key("G I", _("Go to the inbox")),
                Key("G A", _("Go to the articles")),
                Key("Z", _("Take back what was just done")),
            ],
        ),
        (
            _("In the list"),
            [
                Key("J", _("Down")),
                Key("K", _("Up")),
                Key("Enter", _("Open")),
                Key("X", _("Choose, for many at once")),
            ],
        ),
        (
            _("In a message"),
            [
                Key("R", _("Reply")),
                Key("N", _("Note for us")),
                Key("D", _("Use the machine’s draft")),
                Key("A", _("Take it")),
                Key("S", _("Snooze")),
                Key("T", _("Tag")),
                Key("E", _("Resolve, and on to the next")),
                Key("U", _("Mark unread")),
            ],
        ),
        (
            _("While writing"),
            [
                Key("Ctrl ⏎", _("Send")),
                Key("/", _("Insert a saved reply")),
                Key("??", _("Insert an article")),
                Key("@", _("Name a colleague, in a note")),
                Key("Esc", _("Leave the box; your words stay")),
            ],
        ),
    ]
