"""Kept out of the queue: mail of machines and lists, spam, and people the shop has blocked; and brought back."""

from datetime import datetime

from django.db import transaction

from courtesy.conversations.actions.holding import happened, held, touch
from courtesy.conversations.actions.refusals import Refused
from courtesy.conversations.models import Event, Message, Thread
from courtesy.jobs.actions import announce
from courtesy.people.models import Person
from courtesy.privacy import ledger
from courtesy.staff.models import Colleague


def set_apart(thread_id: int, *, why: str, by: Colleague | None, at: datetime) -> Thread:
    """Keep a thread out of every view but its own. ``why`` is one of `Thread.Apart`; raises Refused for another."""
    if why not in Thread.Apart.values:
        raise Refused("no such reason")
    with transaction.atomic():
        thread = held(thread_id)
        if thread.apart != why:
            touch(thread, at=at, apart=why)
            happened(thread, Event.Kind.SET_APART, by=by, at=at, facts={"why": why})
    return thread


def bring_back(thread_id: int, *, by: Colleague | None, at: datetime) -> Thread:
    """It belongs into the queue after all: from now on it is a thread like any other, and may have a draft."""
    with transaction.atomic():
        thread = held(thread_id)
        if thread.apart:
            touch(thread, at=at, apart="")
            happened(thread, Event.Kind.BROUGHT_BACK, by=by, at=at, facts={"was": thread.apart})
            last = thread.messages.filter(taken_back_at=None).exclude(kind=Message.Kind.NOTE).order_by("-pk").first()
            if last is not None and last.kind == Message.Kind.IN and thread.state == Thread.State.OPEN:
                announce("message-stored", message_id=last.pk)
    return thread


def block(person: Person, *, by: Colleague, at: datetime) -> None:
    """What this person writes is kept, and kept out of the queue: their threads now, and all that comes."""
    with transaction.atomic():
        if not Person.objects.filter(pk=person.pk, blocked_at=None).update(blocked_at=at):
            return
        person.blocked_at = at
        for thread_id in _theirs(person, apart=""):
            set_apart(thread_id, why=Thread.Apart.BLOCKED, by=by, at=at)
        ledger.append("blocked", about=person, by=by.pk, at=at)


def unblock(person: Person, *, by: Colleague, at: datetime) -> None:
    """They are heard again, and what was kept out because of them comes back."""
    with transaction.atomic():
        if not Person.objects.filter(pk=person.pk, blocked_at__isnull=False).update(blocked_at=None):
            return
        person.blocked_at = None
        for thread_id in _theirs(person, apart=Thread.Apart.BLOCKED):
            bring_back(thread_id, by=by, at=at)
        ledger.append("unblocked", about=person, by=by.pk, at=at)


def _theirs(person: Person, *, apart: str) -> list[int]:
    return list(
        Thread.objects.filter(person=person, apart=apart, merged_into=None).order_by("pk").values_list("pk", flat=True)
    )
