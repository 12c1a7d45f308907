"""What the pages about mail show, gathered from the rooms."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from courtesy.desk import how_mail_is
from courtesy.desk.how_mail_is import MailLine
from courtesy.jobs import queries as jobs
from courtesy.post import mailboxes, warning
from courtesy.post.models import Mailbox, MailServer, SecondPath
from courtesy.post.troubles import Words, words
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff


@dataclass(frozen=True)
class Box:
    """A mailbox in the list: how it is, and its address."""

    line: MailLine
    address: str
    sends: bool


@dataclass(frozen=True)
class MailPage:
    """The list, whether something may leave, and the second path. ``server`` is that of the settings."""

    boxes: list[Box]
    may_send: bool
    is_sample: bool
    server: str
    server_wrong: Words | None
    path: SecondPath | None
    worker_is_here: bool


def page(*, at: datetime) -> MailPage:
    """The page of the mailboxes."""
    rows = {row.pk: row for row in mailboxes.connected()}
    lines = how_mail_is.mail(at).lines
    boxes = [
        Box(line, _address(rows[line.mailbox_id]), bool(rows[line.mailbox_id].smtp_host))
        for line in lines
        if line.mailbox_id in rows
    ]
    shop = staff.shop()
    trouble = MailServer.objects.filter(pk=MailServer.OF_THE_SETTINGS, failures__gt=0).first()
    return MailPage(
        boxes=boxes,
        may_send=shop.may_send,
        is_sample=shop.is_sample,
        server=_host_of(settings.COURTESY.smtp_url),
        server_wrong=words(trouble.problem) if trouble else None,
        path=warning.path(),
        worker_is_here=worker_is_here(at),
    )


def named(path: SecondPath | None) -> dict[str, str]:
    """The second path as its form shows it."""
    try:
        return {"address": path.address, "webhook": path.webhook} if path else {}
    except KeyGone:
        return {}


def worker_is_here(at: datetime) -> bool:
    """Whether somebody is there to try anything out."""
    return jobs.is_alive("worker", at=at)


def _address(row: Mailbox) -> str:
    try:
        return row.address
    except KeyGone:
        return ""


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
