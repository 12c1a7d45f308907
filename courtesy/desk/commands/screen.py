"""What the command bar offers: the open thread's verbs, places to go, threads and articles by their words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from courtesy.conversations import queries as conversations
from courtesy.conversations.models import SavedView, Thread
from courtesy.desk.places import views_in_words
from courtesy.knowledge import queries as knowledge
from courtesy.staff.models import Colleague
from courtesy.web.navigation import places

THREADS, ARTICLES = 6, 5


@dataclass(frozen=True)
class Command:
    """A line of the bar: where it leads, or what it posts there; ``beside`` says more, ``key`` is quicker."""

    words: str
    href: str
    icon: str
    beside: str = ""
    key: str = ""
    posts: bool = False
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """Commands of one kind under one heading."""

    title: str
    commands: list[Command]


def groups(request: HttpRequest, colleague: Colleague, *, words: str, thread: Thread | None) -> list[Group]:
    """What fits the words, in the order in which it is likely meant; without words, all that can be done from here."""
    wanted = words.casefold().split()
    found = [Group(_("With this message"), _fitting(_verbs(thread, colleague), wanted))] if thread else []
    found.append(Group(_("Go to"), _fitting([*_rail(request, colleague), *_lists(colleague)], wanted)))
    if wanted:
        found.append(Group(_("Messages"), _threads(words, colleague)))
        found.append(Group(_("Articles"), _articles(words)))
    return [group for group in found if group.commands]


def _verbs(thread: Thread, colleague: Colleague) -> list[Command]:
    here = reverse("thread", args=[thread.pk])
    unread = Command(_("Mark unread"), reverse("unread", args=[thread.pk]), "mail", key="U", posts=True)
    if not colleague.may("answer"):
        return [unread]

    def posts(words: str, name: str, icon: str, key: str = "", **fields: str) -> Command:
        return Command(words, reverse(name, args=[thread.pk]), icon, key=key, posts=True, fields=fields)

    turn = (
        posts(_("Open again"), "reopening", "inbox")
        if thread.state in {Thread.State.RESOLVED, Thread.State.SNOOZED}
        else posts(_("Resolve"), "resolution", "check", "E")
    )
    return [
        Command(_("Reply"), f"{here}?write=reply", "reply", key="R"),
        Command(_("Write a note"), f"{here}?write=note", "note", key="N"),
        turn,
        posts(_("Take it"), "assignment", "assign", "A", to="me"),
        posts(_("Give it back to everybody"), "assignment", "people"),
        posts(_("Snooze until tomorrow morning"), "snooze", "clock", until="tomorrow"),
        posts(_("Bring back into the queue"), "bringing_back", "inbox")
        if thread.apart
        else posts(_("Keep out as spam"), "keeping_out", "closed", why=Thread.Apart.SPAM),
        unread,
    ]


def _rail(request: HttpRequest, colleague: Colleague) -> list[Command]:
    keys = {reverse("today"): "G T", reverse("inbox"): "G I", reverse("articles"): "G A"}
    found = [
        Command(place.word, place.href, place.icon, key=keys.get(place.href, ""))
        for place in places(request, colleague)
    ]
    past = [Command(_("Bring your past"), reverse("past"), "inbox")] if colleague.may("own") else []
    return [
        *found,
        *past,
        Command(_("Replay"), reverse("replay"), "pencil", beside=_("what would have been drafted")),
        Command(_("My page"), reverse("account"), "key"),
        Command(_("Keys"), reverse("keys"), "why", key="?"),
    ]


def _lists(colleague: Colleague) -> Iterable[Command]:
    inbox = reverse("inbox")
    for view, words in views_in_words().items():
        yield Command(words, f"{inbox}?view={view}" if view != "all" else inbox, "inbox", beside=_("messages"))
    saved = SavedView.objects.filter(colleague=None) | SavedView.objects.filter(colleague=colleague)
    for one in saved.order_by("name", "pk"):
        yield Command(one.name, f"{inbox}?saved={one.pk}", "inbox", beside=_("saved view"))


def _threads(words: str, colleague: Colleague) -> list[Command]:
    rows = conversations.search(words, colleague=colleague, limit=THREADS).rows
    found = [
        Command(f"{row.name}: {row.subject or _('(no subject)')}", reverse("thread", args=[row.thread_id]), "mail")
        for row in rows
    ]
    all_of_them = Command(
        _("Search all messages for “%(words)s”") % {"words": words},
        reverse("searches"),
        "search",
        posts=True,
        fields={"words": words},
    )
    return [*found, all_of_them]


def _articles(words: str) -> list[Command]:
    found = knowledge.articles(words=words)[:ARTICLES]
    return [Command(one.title, reverse("article", args=[one.slug]), "article") for one in found]


def _fitting(commands: Iterable[Command], wanted: list[str]) -> list[Command]:
    return [one for one in commands if all(word in f"{one.words} {one.beside}".casefold() for word in wanted)]
