"""What the first screen of the day shows, gathered from the rooms."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courtesy.conversations import queries as conversations
from courtesy.conversations.models import Message
from courtesy.conversations.queries import Called, Row
from courtesy.conversations.queries.baseline import FirstReply
from courtesy.desk import before_us, how_mail_is
from courtesy.desk.how_mail_is import Mail
from courtesy.desk.lifecycle import glimpse
from courtesy.desk.lifecycle.models import Replay
from courtesy.jobs import queries as jobs
from courtesy.jobs.models import Job
from courtesy.knowledge.models import Article
from courtesy.post import outbox
from courtesy.post import queries as post
from courtesy.post.outbox import Unsent
from courtesy.post.queries import Aside, Stuck
from courtesy.post.troubles import Words, words
from courtesy.staff import queries as staff
from courtesy.staff.models import Colleague, Shop

SHOWN = 6
NOON, EVENING = 12, 18


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits, and what the machine has for them."""

    row: Row
    draft: str


@dataclass(frozen=True)
class Trouble:
    """An answer that needs a person, with the thread it belongs to (None: a letter)."""

    mail: Stuck
    thread_id: int | None


@dataclass(frozen=True)
class Step:
    """One of the first steps of a new shop; ``name`` is the address that helps."""

    words: str
    why: str
    name: str
    done: bool


@dataclass(frozen=True)
class Today:
    """Everything on the page."""

    greeting: str
    how_many: int
    waiting: list[Waiting]
    counts: conversations.Counts
    unsent: Unsent
    troubles: list[Trouble]
    arrivals: list[Aside]
    jobs: list[Job]
    worker_is_here: bool
    steps: list[Step]
    why_closed: str
    mail: Mail
    before: str
    called: list[Called]

    @property
    def sending_wrong(self) -> Words:
        """What is wrong with the mail server that takes answers, and what to do."""
        return words(self.unsent.mail_server)

    @property
    def failed(self) -> int:
        """How many things were given up and need a look."""
        return len(self.arrivals) + len(self.jobs)


def today(colleague: Colleague, *, at: datetime, shop: Shop) -> Today:
    """The day as it stands for this colleague."""
    rows = conversations.longest_waiting(limit=SHOWN)
    counts = conversations.counts(colleague)
    drafts = glimpse.drafts_in([row.thread_id for row in rows])
    unsent = outbox.unsent(at)
    stuck = post.stuck() if unsent.held or unsent.unsure or unsent.refused else []
    mail = how_mail_is.mail(at)
    has_article, has_replayed, before = _so_far(shop)
    done = {
        "article": has_article,
        "mailbox": bool(mail.lines),
        "past": before is not None,
        "replay": has_replayed,
    }
    steps = _steps(shop, done) if colleague.may("own") else []
    return Today(
        greeting=_greeting(colleague, at),
        how_many=counts.open,
        waiting=[Waiting(row, drafts.get(row.thread_id, "") if row.state == "open" else "") for row in rows],
        counts=counts,
        unsent=unsent,
        troubles=_troubles(stuck),
        arrivals=post.set_aside(),
        jobs=list(jobs.set_aside()[:20]),
        worker_is_here=jobs.is_alive("worker", at=at),
        steps=[] if all(step.done for step in steps) else steps,
        why_closed=how_mail_is.why_nothing_leaves(shop) if unsent.count else "",
        mail=mail,
        before=before_us.in_short(before),
        called=conversations.calls_of(colleague, limit=SHOWN),
    )


def _greeting(colleague: Colleague, at: datetime) -> str:
    hour = timezone.localtime(at).hour
    said = _("Good morning") if hour < NOON else _("Good afternoon") if hour < EVENING else _("Good evening")
    return _("%(said)s, %(name)s.") % {"said": said, "name": colleague.called}


def people_wait(how_many: int) -> str:
    """ "Four people are waiting." and its kin; the first numbers as words."""
    if how_many == 0:
        return _("Nobody is waiting.")
    words = [
        _("One"),
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
        _("Eight"),
        _("Nine"),
        _("Ten"),
    ]
    count = words[how_many - 1] if how_many <= len(words) else str(how_many)
    return ngettext("%(count)s person is waiting.", "%(count)s people are waiting.", how_many) % {"count": count}


def first_answers_late(how_many: int) -> str:
    """ "Two first answers are late." and its kin; empty where none is."""
    if not how_many:
        return ""
    return ngettext("One first answer is late.", "%(count)s first answers are late.", how_many) % {"count": how_many}


def _troubles(stuck: list[Stuck]) -> list[Trouble]:
    replies = [mail.reply_message_id for mail in stuck if mail.reply_message_id]
    threads = dict(Message.objects.filter(pk__in=replies).values_list("pk", "thread_id")) if replies else {}
    return [Trouble(mail, threads.get(mail.reply_message_id or 0)) for mail in stuck]


def _so_far(shop: Shop) -> tuple[bool, bool, FirstReply | None]:
    """Whether there is an article, whether anything was replayed, and how it was before Courtesy; in one question."""
    there = Shop.objects.filter(pk=shop.pk).values_list(
        Exists(Article.objects.current()),
        Exists(Replay.objects.exclude(ended_at=None)),
        Subquery(before_us.counted()[:1]),
    )
    has_article, has_replayed, facts = there.first() or (False, False, None)
    return has_article, has_replayed, before_us.of_facts(facts) if facts is not None else None


def _steps(shop: Shop, done: dict[str, bool]) -> list[Step]:
    return [
        Step(
            _("Write an article"),
            _("The machine drafts only from what your articles say."),
            "article-new",
            done["article"],
        ),
        Step(
            _("Print the recovery sheet"),
            _("The only way back to names and addresses if this computer breaks."),
            "recovery_sheet",
            staff.sheet_confirmed_at() is not None,
        ),
        Step(
            _("Connect your mailbox"),
            _("Courtesy reads it beside your mail program; answers leave from it once you say so."),
            "mail",
            done["mailbox"] or bool(settings.COURTESY.smtp_url),
        ),
        Step(
            _("Bring your old letters"),
            _("They show how you answer, and how long customers waited. Nobody is written to."),
            "past",
            done["past"],
        ),
        Step(
            _("See what drafts are worth"),
            _("Replay: what you answered, and what the machine would have drafted, side by side."),
            "replay",
            done["replay"],
        ),
        Step(
            _("Switch on “Courtesy may send”"),
            _("Off until you say so. Nothing leaves before that."),
            "shop",
            shop.may_send,
        ),
    ]
