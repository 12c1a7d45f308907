"""What happens in the street before a test begins: somebody writes, the machine drafts, a colleague looks."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

from courtesy.conversations.actions import take_in
from courtesy.conversations.models import Message
from courtesy.desk.lifecycle import actions
from courtesy.desk.lifecycle.models import Suggestion
from courtesy.knowledge.actions import save_article
from courtesy.knowledge.models import Article
from courtesy.people import queries as people
from courtesy.people.models import Person
from courtesy.post import arrivals
from courtesy.post.channels.form import parsing
from courtesy.post.models import Outgoing

NINE = datetime.fromisoformat("2026-11-24T09:12:00+00:00")
TEN = datetime.fromisoformat("2026-11-24T10:24:00+00:00")
SECOND = timedelta(seconds=1)
QUESTION = "How do I wash an unglazed pot?"
WASH = "Wash unglazed clay with hot water only."
SOAP = "Soap stays in the clay."


def writes(
    person: Person, words: str = QUESTION, *, at: datetime = NINE, person_only: bool = False, hint: str = ""
) -> Message:
    """The person sends the form; it is taken in."""
    raw = parsing.write(address=people.address_of(person), name="", subject="", body=words, person_only=person_only)
    arrival = arrivals.keep(channel="form", channel_id=uuid4().hex, raw=raw, at=at, thread_hint=hint)
    take_in(arrival_id=arrival.pk, at=at)
    return Message.objects.select_related("thread").get(arrival_id=arrival.pk)


def article(title: str = "Washing unglazed clay", text: str = f"{WASH} {SOAP}", *, audience: str = "public") -> Article:
    """The shop knows something."""
    return save_article(article=None, title=title, text=text, audience=audience, by=None, at=NINE)


def drafted(message: Message, *articles: Article, at: datetime = NINE + SECOND) -> Suggestion:
    """A draft of every sentence of these articles lies on the thread."""
    sentences = [
        {
            "text": sentence,
            "passage_id": passage.pk,
            "article_id": one.pk,
            "title": one.title,
            "quote": sentence,
            "public": one.is_public,
        }
        for one in articles
        for passage in one.passages.all()
        for sentence in passage.text.split("\n")
    ]
    words = {"sentences": sentences, "left_out": [], "candidates": [], "score": 0.9, "sureness": 0.9}
    return actions.file_suggestion(message_id=message.pk, words=words, reason="", model="test", at=at, took_ms=5)


def mail_of(decision_id: int) -> str:
    """The text of the mail that this decision let out."""
    content = bytes(Outgoing.objects.get(decision_id=decision_id).content)
    text: str = message_from_bytes(content, policy=default).get_content()
    return text.replace("\r\n", "\n")
