"""Answers of the past that were brought in: what they promised for a day still to come is offered, like any other.

A promise whose day is over is history: nobody can say any more whether it was kept, and it asks nobody anything.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from courtesy.conversations import actions as conversations
from courtesy.conversations.actions.history import LATELY
from courtesy.conversations.actions.holding import held
from courtesy.conversations.models import Bringing, Message, Promise
from courtesy.desk.promises.actions import notice
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours
from courtesy.staff.models import Colleague


def look_back(*, bringing: str, at: datetime) -> None:
    """Handler of "letters-brought": read its answers of the last months for promises. Twice is once.

    Whoever is not here any more stays written as the one who made it; the one who brought it in looks after it.
    """
    row = Bringing.objects.filter(pk=UUID(bringing), undone_at=None).select_related("by").first()
    if row is None:
        return
    today = Hours.of(staff.shop()).day_of(at)
    host = row.by or staff.first_owner()
    answers = Message.objects.filter(
        bringing_id=row.pk, kind=Message.Kind.OUT, automatic=False, thread__apart="", taken_back_at=None,
        at__gte=at - LATELY, promises=None,
    )  # fmt: skip
    for answer in answers.select_related("colleague").order_by("pk"):
        made_by = answer.colleague or host
        if made_by is not None:
            _offer(answer, made_by, host if made_by.left_at else made_by, today)


def _offer(answer: Message, made_by: Colleague, holder: Colleague | None, today: date) -> None:
    with transaction.atomic():
        try:
            held(answer.thread_id)
        except conversations.Refused:
            return  # taken out again meanwhile
        if Promise.objects.filter(message=answer).exists():
            return
        for promise in notice(answer, by=made_by, at=answer.at, not_before=today):
            if holder is not None and holder != made_by:
                promise.holder = holder
                promise.save(update_fields=["holder"])
