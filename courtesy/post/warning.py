"""The second path: where the owner is told that mail stands still, by a way that does not need the mail that does.

One of the doors: a letter by another server, or a call of the webhook the owner named. Neither carries a customer's
name, address or word. Each trouble is told once, and once that it is over.
"""

import http.client
import json
import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courtesy.jobs.actions import changed
from courtesy.post import letters, mime, queries, sending, smtp
from courtesy.post.channels.incoming import Unreadable, address_in
from courtesy.post.models import MailServer, SecondPath
from courtesy.privacy import keys, ledger
from courtesy.privacy.keys import KeyGone
from courtesy.staff import queries as staff
from courtesy.staff.actions import NotAllowed
from courtesy.staff.models import Colleague

PATIENCE = 10.0
AGAIN_AFTER = timedelta(minutes=5)
LONGEST_WEBHOOK = 500

GRACE = timedelta(minutes=3)
"""So long after its start, or after the computer slept, nobody is told: mail is only just asked for again."""
NAP = timedelta(minutes=1)
"""A longer pause between two looks is sleep."""

READING, SENDING = "reading", "sending"

log = logging.getLogger("courtesy.post.warning")


class BadPath(ValueError):
    """No warning can go there; ``where`` names the field."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class NotThrough(Exception):
    """The warning did not get through this way; the text is a class, fit to be shown."""


def name(*, address: str, webhook: str, by: Colleague, at: datetime) -> SecondPath | None:
    """Name where the owner is told; None where both are empty: then nobody is. Raises NotAllowed, BadPath."""
    if not by.may("manage"):
        raise NotAllowed
    try:
        address = address_in(address) if address.strip() else ""
    except Unreadable:
        raise BadPath("address") from None
    webhook = _checked(webhook.strip())
    pk = uuid4()
    key_id = keys.new(holder=pk, at=at) if address or webhook else None
    old = list(SecondPath.objects.values_list("pk", flat=True))
    with transaction.atomic():
        SecondPath.objects.all().delete()
        row = SecondPath.objects.create(pk=pk, key_id=key_id, address=address, webhook=webhook) if key_id else None
        ledger.append("second path named", by=by.pk, at=at, letter=bool(address), webhook=bool(webhook))
        changed("second-path")
    for gone in old:
        keys.destroy(gone, at=at)
    return row


def path() -> SecondPath | None:
    """The second path, if one is named."""
    return SecondPath.objects.first()


def problem() -> str:
    """Why the last warning did not get through, as a class; empty where all is well or nobody is told."""
    return SecondPath.objects.values_list("problem", flat=True).first() or ""


def ask_for_test(*, by: Colleague, at: datetime) -> bool:
    """Have the worker send a test warning; False where no second path is named. Raises NotAllowed."""
    if not by.may("manage"):
        raise NotAllowed
    return bool(SecondPath.objects.update(test_wanted_at=at, tested_at=None))


def standing_still(at: datetime) -> dict[str, datetime]:
    """What has stood still for more than half an hour, and since when: "reading", "sending"."""
    found = {}
    if still := [state.still_since for state in queries.mailboxes(at) if state.stands_still]:
        found[READING] = min(still)
    if staff.shop().may_send:
        servers = MailServer.objects.filter(failures__gt=0, since__lte=at - queries.STILL_AFTER)
        if since := list(servers.values_list("since", flat=True)):
            found[SENDING] = min(one for one in since if one)
    return found


def look(*, at: datetime) -> None:
    """Tell the owner, once, when mail stands still and when it is well again. On schedule."""
    row = SecondPath.objects.first()
    if row is None:
        return
    with keys.scope():
        if row.test_wanted_at and row.tested_at is None:
            _test(row, at)
        if _only_just_awake(at):
            return
        still = standing_still(at)
        told = {one for one in row.warned_of.split(", ") if one}
        if set(still) - told:
            _tell(row, "warning", _still_words(still, at), still, at)
        elif told and not still:
            _tell(row, "warning over", _("Mail flows again. Nothing was lost meanwhile."), {}, at)
        elif told != set(still):
            SecondPath.objects.filter(pk=row.pk).update(warned_of=", ".join(sorted(still)))


@dataclass
class _Waking:
    """Since when this process has been awake, and when it looked last."""

    since: datetime | None = None
    looked: datetime | None = None


_waking = _Waking()


def _only_just_awake(at: datetime) -> bool:
    if _waking.since is None or _waking.looked is None or not timedelta(0) <= at - _waking.looked <= NAP:
        _waking.since = at
    _waking.looked = at
    return at - _waking.since < GRACE


def _still_words(still: dict[str, datetime], at: datetime) -> str:
    said = []
    for what, words in (
        (READING, _("Courtesy has not been able to read new mail for %(minutes)s minutes.")),
        (SENDING, _("Courtesy has not been able to send answers for %(minutes)s minutes.")),
    ):
        if what in still:
            said.append(words % {"minutes": int((at - still[what]).total_seconds() // 60)})
    return " ".join(said)


def _test(row: SecondPath, at: datetime) -> None:
    if SecondPath.objects.filter(pk=row.pk, test_wanted_at=row.test_wanted_at, tested_at=None).update(tested_at=at):
        words = _("This is a test. Nothing is wrong: warnings get through.")
        through, problem = _by_each_path(row, "warning test", words, {}, at)
        log.info("a test warning went %s", "through" if through else "nowhere")
        _note(row, problem=problem)


def _tell(row: SecondPath, letter: str, words: str, still: dict[str, datetime], at: datetime) -> None:
    free = Q(next_try_at=None) | Q(next_try_at__lte=at) | Q(next_try_at__gt=at + AGAIN_AFTER)
    # Whoever moves this on first tells it; the other workers come back when it is told.
    if not SecondPath.objects.filter(free, pk=row.pk, warned_of=row.warned_of).update(next_try_at=at + AGAIN_AFTER):
        return
    through, problem = _by_each_path(row, letter, words, still, at)
    if through:
        _note(row, problem=problem, warned_at=at, warned_of=", ".join(sorted(still)), next_try_at=None)
    else:
        _note(row, problem=problem)


def _note(row: SecondPath, **values: object) -> None:
    with transaction.atomic():
        SecondPath.objects.filter(pk=row.pk).update(**values)
        changed("second-path")


def _by_each_path(
    row: SecondPath, letter: str, words: str, still: dict[str, datetime], at: datetime
) -> tuple[bool, str]:
    """Whether it got through one way at least, and what was wrong with those by which it did not."""
    problems, through = [], False
    try:
        address, webhook = row.address, row.webhook
    except KeyGone:
        return False, "its key is gone"
    ways: list[tuple[str, Callable[[], None]]] = [
        (address, lambda: _write(address, letter, words, at)),
        (webhook, lambda: _call(webhook, words, still)),
    ]
    for there, go in ways:
        if there:
            try:
                go()
                through = True
            except NotThrough as trouble:
                problems.append(str(trouble))
    return through, ", ".join(problems)[:80]


def _servers() -> list[smtp.Server]:
    """What may take the letter: the server named for just this, then those that are not in trouble."""
    found = []
    url = settings.COURTESY.warning_smtp_url
    try:
        if named := smtp.server_from(url, mail_from=_sender_by(url)):
            found.append(named)
    except smtp.BadMailServer:
        log.warning("COURTESY_WARNING_SMTP_URL cannot be understood")
    troubled = set(MailServer.objects.filter(failures__gt=0).values_list("pk", flat=True))
    found += [way.server for way in sending.ways() if way.server and way.name not in troubled]
    return [one for one in found if one.is_here] if staff.shop().is_sample else found


def _sender_by(url: str) -> str:
    user = urlsplit(url).username or "" if url else ""
    user = user.replace("%40", "@")
    return user if "@" in user else settings.COURTESY.mail_from


def _write(address: str, letter: str, words: str, at: datetime) -> None:
    subject, body = letters.filled(letter, {"shop": staff.shop().name, "words": words})
    for server in _servers():
        content = mime.finished(
            mail_from=mime.sender("Courtesy", server.sender),
            to=address,
            subject=subject,
            body=body,
            message_id=mime.new_message_id(server.sender),
            at=at,
            automatic=True,
            sort="warning",
        )
        try:
            with smtp.line_to(server) as line:
                line.sendmail(server.sender, [address], content)
            return
        except (smtp.Trouble, smtplib.SMTPException, OSError) as trouble:
            log.warning("a warning could not leave: %s", type(trouble).__name__)
    raise NotThrough("no mail server took the letter")


def _call(url: str, words: str, still: dict[str, datetime]) -> None:
    parts = urlsplit(url)
    if staff.shop().is_sample and not queries.is_this_machine(parts.hostname or ""):
        raise NotThrough("the sample shop calls nobody")
    told = {
        "title": "Courtesy",
        "text": words,
        "message": words,
        "what": sorted(still),
        "since": min(still.values()).isoformat() if still else "",
    }
    line: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        line = http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=PATIENCE, context=context)
    else:
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", path, json.dumps(told), {"Content-Type": "application/json", "User-Agent": "Courtesy"})
        status = line.getresponse().status
    except (OSError, http.client.HTTPException, ValueError):
        raise NotThrough("the webhook cannot be reached") from None
    finally:
        line.close()
    # Another address to go to is no answer: only the one that the owner named hears of it.
    if not 200 <= status < 300:
        raise NotThrough(f"the webhook answered {status}")


def _checked(webhook: str) -> str:
    if not webhook:
        return ""
    try:
        parts = urlsplit(webhook)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise BadPath("webhook") from None
    closed = parts.scheme == "https" or (parts.scheme == "http" and queries.is_this_machine(host))
    printable = webhook.isascii() and webhook.isprintable() and " " not in webhook
    if not closed or not host or parts.username or not printable or len(webhook) > LONGEST_WEBHOOK:
        raise BadPath("webhook")
    return webhook
