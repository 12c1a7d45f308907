"""Words the shop puts on threads."""

import re
from datetime import datetime

from django.db import transaction

from courtesy.conversations.actions.holding import happened, held, touch
from courtesy.conversations.actions.refusals import NoTag
from courtesy.conversations.models import Event, Tag, Tagging, Thread
from courtesy.post.channels.form.parsing import one_line
from courtesy.staff.models import Colleague


def tag(thread_id: int, *, name: str, by: Colleague, at: datetime) -> Thread:
    """Put a tag on a thread; a tag nobody used before is made. "Refund" and "refund" are one. Raises NoTag."""
    wanted = named(name)
    with transaction.atomic():
        thread = held(thread_id)
        found = Tag.objects.filter(name__iexact=wanted).first()
        if found is None:
            found, _ = Tag.objects.get_or_create(name=wanted, defaults={"created_at": at})
        _, is_new = Tagging.objects.get_or_create(thread=thread, tag=found, defaults={"by": by, "at": at})
        if is_new:
            touch(thread, at=at)
            happened(thread, Event.Kind.TAGGED, by=by, at=at, facts={"tag": found.name})
    return thread


def untag(thread_id: int, *, name: str, by: Colleague, at: datetime) -> Thread:
    """Take a tag off a thread; one that is not there is off already. Raises NoTag."""
    wanted = named(name)
    with transaction.atomic():
        thread = held(thread_id)
        tagging = thread.taggings.select_related("tag").filter(tag__name__iexact=wanted).first()
        if tagging is not None:
            tagging.delete()
            touch(thread, at=at)
            happened(thread, Event.Kind.UNTAGGED, by=by, at=at, facts={"tag": tagging.tag.name})
    return thread


def named(name: str) -> str:
    """A tag's name as it is kept: one line of at most 40 characters, without a leading "#". Raises NoTag."""
    wanted = one_line(name.lstrip("# "), 40)
    if not re.search(r"\w", wanted):
        raise NoTag
    return wanted
