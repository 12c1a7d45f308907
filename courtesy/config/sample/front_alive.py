"""The hand-written front as a working day leaves it: given to somebody, put to sleep, tagged, promised."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from courtesy.config.sample.generating.hours import WEEKLY
from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Event, Message, Thread
from courtesy.desk.promises import actions as promises
from courtesy.knowledge.actions.saved_replies import save_reply
from courtesy.knowledge.models import SavedReply
from courtesy.staff.models import Colleague

GIVEN = {"Tracking says delivered": "Ben", "Prices for our café": "Ada"}
TAGGED = {
    "Tracking says delivered": "parcel",
    "A chip in the rim": "repair",
    "Prices for our café": "wholesale",
    "Grinding for a moka pot": "coffee",
}
ASLEEP = {"A wish": timedelta(days=5)}
PROMISED = {"Tracking says delivered": ("The carrier’s signature for Yusuf", 1)}
KEPT = {"Broken on arrival": timedelta(hours=5), "Grinding for a moka pot": timedelta(hours=17)}
"""What was promised in these answers was done so long after them."""
REPLIES = {
    "Parcel search begun": "we have asked the carrier to search for your parcel. The search takes up to 5 working "
    "days. If they do not find it, we send everything again at our cost or refund the whole order, whichever you like "
    "better.",
    "Return label": "your return label is attached. It costs €4.90, which we take off the refund, and nothing where "
    "we sent the wrong thing or it arrived broken.",
    "Photo, please": "please send us a photo of the piece and one of the box. We replace what arrived broken at once.",
    "Workshop: what to bring": "wear something that may get muddy; we have aprons. Everything else is here.",
    "Danke und bis bald": "vielen Dank für Ihre Nachricht. Wir melden uns, sobald wir mehr wissen.",
}


def hours(at: datetime) -> Mapping[str, Any]:
    """When Marigold is open, as its article says; closed from Christmas Eve to New Year."""
    holidays = [f"{at.year}-12-{day}" for day in range(24, 32)] + [f"{at.year + 1}-01-01"]
    return {
        "time_zone": "UTC",
        "opening_hours": {str(day): [list(span)] for day, span in WEEKLY.items()},
        "closed_days": holidays,
        "first_reply_within": 120,
    }


def enliven(colleagues: Mapping[str, Colleague], *, at: datetime) -> None:
    """Give, tag, put to sleep and promise; and keep the texts they write again and again."""
    by = colleagues["Ben"]
    number_of = dict(Thread.objects.exclude(state=Thread.State.RESOLVED).values_list("subject", "pk"))
    for subject, name in GIVEN.items():
        # Not by the action: it gives to nobody who has left, as those two have when you come.
        Thread.objects.filter(pk=number_of[subject]).update(assignee=colleagues[name])
        facts = {"to": str(colleagues[name].pk)}
        Event.objects.create(
            thread_id=number_of[subject], kind=Event.Kind.ASSIGNED, by=by, at=at - timedelta(hours=3), facts=facts
        )
    for subject, name in TAGGED.items():
        conversations.tag(number_of[subject], name=name, by=by, at=at - timedelta(hours=2))
    for subject, nap in ASLEEP.items():
        conversations.snooze(number_of[subject], until=at + nap, by=by, at=at - timedelta(hours=1))
    for subject, (words, days) in PROMISED.items():
        due = (at + timedelta(days=days)).date()
        promises.give(number_of[subject], words=words, due_on=due, by=by, at=at - timedelta(hours=1))
    for subject, later in KEPT.items():
        _kept(subject, later)
    for name, words in REPLIES.items():
        save_reply(None, name=name, words=words, by=colleagues["Ada"], at=at - timedelta(days=60))


def _kept(subject: str, later: timedelta) -> None:
    """What an answer promised was confirmed as it was sent, and done: by the doors of every promise."""
    answers = Message.objects.filter(thread__subject=subject, kind=Message.Kind.OUT)
    for answer in answers.select_related("colleague").order_by("pk"):
        by = answer.colleague
        if by is None:
            continue
        for offered in promises.notice(answer, by=by, at=answer.at):
            promises.confirm(offered.pk, due_on=offered.due_on, by=by, at=answer.at + timedelta(minutes=1))
            promises.keep(offered.pk, by=by, at=answer.at + later)


def put_away() -> None:
    """The replies of the sample go; those that a colleague has written or changed since stay."""
    SavedReply.objects.filter(name__in=REPLIES, changed_by__username__startswith="sample-").delete()
