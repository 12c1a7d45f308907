"""What the lists of the inbox are called; the inbox and the command bar say it alike."""

from django.utils.translation import gettext as _

from courtesy.conversations.queries import View


def views_in_words() -> dict[View, str]:
    """The word on each view's tab, in the order of the tabs."""
    return {
        "mine": _("Mine"),
        "unassigned": _("Unassigned"),
        "all": _("All"),
        "waiting": _("Waiting"),
        "snoozed": _("Snoozed"),
        "resolved": _("Resolved"),
        "apart": _("Kept out"),
    }
