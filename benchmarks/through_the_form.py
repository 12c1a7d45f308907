"""The whole product as the thing under test: in by the public form, the worker's handlers, drafts out of the database.

Imported inside `figures.house_in_this_process` only, since it needs the rooms.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from benchmarks import answers_fern
from benchmarks.answering import Answering, Article, DraftResult
from benchmarks.figures import ROOT, empty_folder, work_off
from courtesy.conversations.models import Message
from courtesy.desk.lifecycle.models import Suggestion
from courtesy.knowledge.encoding import encoder
from courtesy.knowledge.models import Article as Stored
from courtesy.knowledge.queries import passages_for_drafting
from courtesy.post.channels.form.parsing import lines
from courtesy.post.public import form_token
from courtesy.science.text import headline

ARTICLES = answers_fern.DATA / "articles"
A_PERSONS_PACE = timedelta(seconds=10)

Mail = dict[str, Any]


def typed(body: str, subject: str, *, with_subject: bool) -> str:
    """What stands in the form's one box; who writes a subject there puts it on the first line."""
    return f"{subject}\n\n{body}" if with_subject else body


def import_articles() -> int:
    """`courtesy import knowledge`, and what the worker does then; how many articles there are.

    The import refuses two files of one name and says to rename one, so the German ones are called de-…
    """
    with empty_folder() as folder:
        for file in sorted(ARTICLES.rglob("*.md")):
            shutil.copy(file, folder / file.relative_to(ARTICLES).as_posix().replace("/", "-"))
        words = [sys.executable, "-m", "courtesy.config.cli", "import", "knowledge", str(folder), "--json"]
        said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    work_off()
    return int(json.loads(said.splitlines()[-1])["new"])


def file_of(slug: str) -> str:
    """The file an article came from, as the gold names it."""
    german = f"de/{slug.removeprefix('de-')}.md"
    return german if slug.startswith("de-") and (ARTICLES / german).exists() else f"{slug}.md"


class Product:
    """Answers with the drafts that the house stored; the thing that `answers_fern.measure` asks."""

    def __init__(self, *, with_subject: bool) -> None:
        self.with_subject = with_subject
        self.drafts: dict[str, DraftResult] = {}

    @property
    def means(self) -> str:
        """What the worker reads with."""
        reads = encoder()
        return reads.name if reads else "words alone"

    def know(self, articles: Sequence[Article]) -> None:
        """It knows those that were imported."""

    def answer(self, body: str, subject: str = "") -> DraftResult:
        """The draft stored for these words."""
        return self.drafts[lines(typed(body, subject, with_subject=self.with_subject))]

    def take(self, mails: Sequence[Mail]) -> None:
        """Post every mail, let the worker's handlers do all there is to do, and read the drafts."""
        earlier = set(Message.objects.values_list("pk", flat=True))
        for number, mail in enumerate(mails):
            words = typed(mail["body"], mail["subject"], with_subject=self.with_subject)
            name, address = parseaddr(mail["from"])
            # The same people write twice to this house, with subject and without: by a second mailbox of theirs.
            address = address if self.with_subject else address.replace("@", "+again@")
            post(name, address, words, client=f"203.0.113.{number % 254 + 1}")
        work_off()
        files = {pk: file_of(slug) for pk, slug in Stored.objects.values_list("pk", "slug")}
        passages = {one.passage_id: one.text for one in passages_for_drafting()}
        for message in Message.objects.filter(kind="in").exclude(pk__in=earlier):
            suggestion = Suggestion.objects.get(message=message)
            self.drafts[message.body] = _result(suggestion, files, passages)


def post(name: str, address: str, words: str, *, client: str) -> None:
    """By the public socket, in a form that was opened ten seconds ago. Raises AssertionError where it is not taken."""
    token = form_token(at=timezone.now() - A_PERSONS_PACE)
    said = {"words": words, "address": address, "name": name, "token": token}
    came_by: dict[str, Any] = {
        "SERVER_PORT": str(settings.COURTESY.public_port),
        "REMOTE_ADDR": client,
        "HTTP_HOST": "localhost",
    }
    answer = Client().post("/", said, **came_by)
    assert answer.status_code == 302, f"the form answered {answer.status_code}"
    assert answer["Location"].startswith("/answer/"), "the visitor was not shown the page of their answer"


def _result(suggestion: Suggestion, files: dict[int, str], passages: dict[int, str]) -> DraftResult:
    words = suggestion.words
    sentences = words.get("sentences", ())
    return DraftResult(
        ranked=tuple(files[one["article_id"]] for one in words.get("candidates", ())),
        sentences=tuple((one["text"], files[one["article_id"]]) for one in sentences),
        sources=tuple(passages[one["passage_id"]] for one in sentences),
        reason=suggestion.reason,
    )


@dataclass(frozen=True)
class Direct:
    """The science room, called directly on what the form hands in."""

    desk: Answering
    with_subject: bool

    @property
    def means(self) -> str:
        """What it reads with."""
        return self.desk.means

    def know(self, articles: Sequence[Article]) -> None:
        """Know these articles and no others."""
        self.desk.know(articles)

    def answer(self, body: str, subject: str = "") -> DraftResult:
        """As typed into the one box; a first line that stands apart is the subject, as the desk reads it."""
        line, rest = headline(lines(typed(body, subject, with_subject=self.with_subject)))
        return self.desk.answer(rest, line)


def differences(product: Product, direct: Direct, mails: Sequence[Mail]) -> list[str]:
    """Mails whose stored draft is not, sentence by sentence, what the science room makes of the same words."""
    found = []
    for mail in mails:
        ours, plain = product.answer(mail["body"], mail["subject"]), direct.answer(mail["body"], mail["subject"])
        if (ours.ranked, ours.sentences, ours.reason) != (plain.ranked, plain.sentences, plain.reason):
            found.append(f"{mail['id']}: {ours.reason or 'drafted'} here, {plain.reason or 'drafted'} there")
    return found
