"""What can be put into an answer or a note: saved replies ("/"), articles ("??"), and in a note colleagues ("@")."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from courtesy.conversations.models import Thread
from courtesy.desk.inbox.screen import local_public
from courtesy.desk.lifecycle import wording
from courtesy.desk.lifecycle.queries import name_of
from courtesy.knowledge import queries as knowledge
from courtesy.knowledge.models import Article, Passage
from courtesy.staff import queries as staff

AT_MOST = 8
LONGEST_SHOWN = 90
SIGNS = ("/", "??", "@")


@dataclass(frozen=True)
class Text:
    """Something to put in: its name on the list, a glimpse of it, and the words themselves."""

    name: str
    glimpse: str
    words: str


@dataclass(frozen=True)
class Offer:
    """One group of the list that works without a script: its title, and number and name of each text in it."""

    title: str
    texts: list[tuple[str, str]]


class NoSuchText(LookupError):
    """There is no text of this number any more."""


def offered(*, note: bool) -> list[Offer]:
    """All there is to choose from, by groups; three queries at most."""
    groups = [
        Offer(_("Saved replies"), [(f"reply-{one.pk}", one.name) for one in knowledge.saved_replies()]),
        Offer(_("Articles"), [(f"article-{pk}", title) for pk, title in knowledge.titles()]),
    ]
    if note:
        groups.append(Offer(_("Colleagues"), [(f"colleague-{one.pk}", one.called) for one in staff.colleagues()]))
    return [group for group in groups if group.texts]


def chosen(number: str, *, thread: Thread) -> str:
    """The words of one that was offered. Raises NoSuchText."""
    kind, _dash, rest = number.partition("-")
    if kind == "colleague":
        found = next((one for one in staff.colleagues() if str(one.pk) == rest), None)
        if found is not None:
            return f"@{found.called} "
    elif rest.isdecimal() and len(rest) < 19:
        if kind == "reply":
            reply = next((one for one in knowledge.saved_replies() if one.pk == int(rest)), None)
            if reply is not None:
                return filled(reply.words, thread)
        elif kind == "article":
            article = knowledge.by_ids({int(rest)}).get(int(rest))
            if article is not None and article.archived_at is None:
                return link_to(article) or _first_sentence(article)
    raise NoSuchText


def found(sign: str, words: str, *, thread: Thread) -> list[Text]:
    """What fits the words typed after a sign, a few at most."""
    if sign == "/":
        begins = words.casefold()
        # What is called so stands before what only says so somewhere.
        replies = sorted(
            knowledge.saved_replies(words=words), key=lambda one: not one.name.casefold().startswith(begins)
        )[:AT_MOST]
        said = [(one.name, filled(one.words, thread)) for one in replies]
        return [Text(name, _glimpse(text), text) for name, text in said]
    if sign == "??":
        return list(_of_articles(words))[:AT_MOST]
    beginning = words.casefold()
    called = [one.called for one in staff.colleagues() if one.called.casefold().startswith(beginning)]
    return [Text(name, "", f"@{name} ") for name in called[:AT_MOST]]


def filled(words: str, thread: Thread) -> str:
    """A saved reply with the customer's first name in its place, or without one."""
    return wording.greeting_for(words, name_of(thread.person))


def link_to(article: Article) -> str:
    """Where a customer reads the article; empty for one that only we read."""
    if not article.is_public:
        return ""
    return f"{settings.COURTESY.public_url or local_public()}/articles/{article.slug}"


def put_in(written: str, text: str, *, closing: str) -> str:
    """The words with a text at their end, but before how the letter ends."""
    body, end = written.rstrip(), ""
    if closing and body.endswith(closing):
        body, end = body[: -len(closing)].rstrip(), closing
    return "\n\n".join(part for part in (body, text.rstrip(), end) if part)


def _of_articles(words: str) -> Iterable[Text]:
    """Of each article that holds the words: the sentence that holds most of them, and, where it is public, its link."""
    articles = knowledge.articles(words=words)[:AT_MOST]
    passages: dict[int, list[Passage]] = {}
    for passage in knowledge.passages_of([one.pk for one in articles]):
        passages.setdefault(passage.article_id, []).append(passage)
    wanted = [word.casefold() for word in words.split()]
    for article in articles:
        said = [line for one in passages.get(article.pk, []) for line in one.text.split("\n") if line.strip()]
        best = max(said, key=lambda line: sum(word in line.casefold() for word in wanted), default="")
        if best:
            yield Text(article.title, _glimpse(best), best)
        if link := link_to(article):
            yield Text(_("Link: %(title)s") % {"title": article.title}, link, link)


def _first_sentence(article: Article) -> str:
    passages = knowledge.passages_of([article.pk])
    return passages[0].text.split("\n")[0] if passages else article.title


def _glimpse(words: str) -> str:
    line = re.sub(r"\s+", " ", words).strip()
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
