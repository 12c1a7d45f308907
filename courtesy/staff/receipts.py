"""What a customer is told by itself when a mail has arrived: the shop's fixed words, for open and for closed hours."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.staff.hours import Hours
from courtesy.staff.models import Shop

PLACES = ("shop", "opens")
"""What may stand in braces in these words."""


def receipt(shop: Shop, at: datetime) -> str:
    """The words for a mail that arrived at this moment, everything filled in.

    While the shop is closed they are its out-of-office words; ``{opens}`` says when it opens again. Where the owner
    wrote none, short words of ours stand in. The last line says that a machine sent it.
    """
    hours = Hours.of(shop)
    words = (shop.acknowledgment if hours.is_open(at) else shop.out_of_office) or usual_words(is_open=hours.is_open(at))
    filled = words.replace("{shop}", shop.name).replace("{opens}", opens_in_words(hours, at))
    return f"{filled.strip()}\n\n{_('This was sent automatically.')}"


def usual_words(*, is_open: bool) -> str:
    """What is written where the owner wrote nothing."""
    if is_open:
        return _("Thank you, your message has arrived. One of us reads it and answers you.\n\n{shop}")
    return _(
        "Thank you, your message has arrived. We are closed just now and open again {opens}. One of us reads it then."
        "\n\n{shop}"
    )


def opens_in_words(hours: Hours, at: datetime) -> str:
    """When the shop opens next, as it stands in a letter: "on Monday 30 November at 9:00"."""
    opens = hours.opens_next(at)
    if opens is None:
        return _("on a later day")
    return _("on %(when)s") % {"when": day_and_clock(opens.astimezone(hours.zone))}


def day_and_clock(local: datetime) -> str:
    """A moment on the shop's own clock, as it stands in a letter: "Monday 30 November at 9:00"."""
    return _("%(day)s at %(time)s") % {"day": date_format(local, "l j F"), "time": date_format(local, "G:i")}
