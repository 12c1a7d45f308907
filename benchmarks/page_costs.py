"""Measures pages of a house that is open in this process. Imported inside `figures.house_in_this_process` only."""

import gzip
import re
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone

from benchmarks import many_threads, same_content
from benchmarks.figures import work_off
from courtesy.config import urls_staff
from courtesy.config.sample import shop
from courtesy.conversations.models import Message, Thread
from courtesy.conversations.queries import Cursor
from courtesy.desk.inbox.screen import A_PAGE
from courtesy.desk.lifecycle.actions import send_reply
from courtesy.desk.lifecycle.models import Suggestion
from courtesy.desk.lifecycle.queries import draft_for
from courtesy.desk.links import token_of
from courtesy.knowledge.models import Article
from courtesy.privacy import keys
from courtesy.staff.access import SECOND_STEP
from courtesy.staff.models import Colleague, Role

REQUESTS, WARM_UP = 30, 5
FIRST_VISIT_AT_MOST = 100.0  # KB, gzipped
DEEP = 200  # which page of a long list
NOT_A_QUERY = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def ok(request: HttpRequest) -> HttpResponse:
    """What nothing costs: our middleware, and two letters."""
    return HttpResponse("ok")


urlpatterns = [path("ok", ok), path("", include(urls_staff))]


@dataclass(frozen=True)
class Cost:
    """What one page costs."""

    page: str
    queries: int
    cpu_ms: float
    html: int
    html_gzipped: int
    first_visit: int


class Browser:
    """A colleague's browser at the desk, or with ``public`` a visitor's at the public socket."""

    def __init__(self, colleague: Colleague | None = None, *, public: bool = False) -> None:
        self.client = Client(raise_request_exception=True)
        port = settings.COURTESY.public_port if public else settings.COURTESY.port
        self.came_by: dict[str, Any] = {"SERVER_PORT": str(port), "HTTP_HOST": "localhost"}
        if colleague is not None:
            self.client.force_login(colleague)
            session = self.client.session
            session[SECOND_STEP] = True
            session.save()

    def get(self, address: str) -> bytes:
        """The page, whole. Raises AssertionError for anything but a page."""
        answer = self.client.get(address, **self.came_by)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return bytes(answer.content)

    def search(self, words: str) -> str:
        """The address of what was found; no word stands in it."""
        answer = self.client.post("/inbox/searches", {"words": words}, **self.came_by)
        return str(answer["Location"])


def cost(browser: Browser, page: str, address: str) -> Cost:
    """Ask for it again and again."""
    for _ in range(WARM_UP):
        html = browser.get(address)
    with ExitStack() as watched:
        logs = [watched.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        browser.get(address)
        said = [query["sql"] for log in logs for query in log.captured_queries]
    took = []
    for _ in range(REQUESTS):
        began = time.process_time()
        browser.get(address)
        took.append(time.process_time() - began)
    return Cost(
        page=page,
        queries=sum(not sql.startswith(NOT_A_QUERY) for sql in said),
        cpu_ms=round(median(took) * 1000, 2),
        html=len(html),
        html_gzipped=len(gzip.compress(html, 6)),
        first_visit=len(gzip.compress(html, 6)) + loaded_with(html.decode()),
    )


def loaded_with(html: str) -> int:
    """Gzipped bytes of everything else that a first visit loads: styles, scripts, icons, each once."""
    names = set(re.findall(rf'(?:src|href)="{settings.STATIC_URL}([^"#]+)', html))
    return sum(len(gzip.compress((Path(settings.STATIC_ROOT) / name).read_bytes(), 6)) for name in names)


def owner() -> Colleague:
    """Somebody who may see everything."""
    return colleague("ada", role=Role.OWNER)


def colleague(name: str, *, role: str = Role.COLLEAGUE) -> Colleague:
    """Somebody who works here."""
    colleague_id = uuid4()
    one = Colleague(
        pk=colleague_id,
        username=name,
        called=name.title(),
        role=role,
        key_id=keys.new(holder=colleague_id, at=timezone.now()),
        joined_at=timezone.now(),
    )
    one.set_unusable_password()
    one.save(force_insert=True)
    return one


def main_pages(ada: Colleague) -> list[Cost]:
    """Every main page of the sample shop."""
    desk, front, nobody = Browser(ada), Browser(public=True), Browser()
    drafted = Suggestion.objects.drafts().filter(message__thread__state=Thread.State.OPEN).order_by("pk")[:2]
    one, other = (suggestion.message.thread for suggestion in drafted)
    card = draft_for(other.pk, colleague=ada)
    assert card is not None
    decision = send_reply(
        other.pk,
        words=card.text,
        by=ada,
        at=timezone.now(),
        seen=other.last_event,
        suggestion_id=card.suggestion_id,
    )
    leaver = colleague("leaver")
    slug = Article.objects.order_by("pk").values_list("slug", flat=True)[0]
    return [
        cost(nobody, '"ok"', "/ok"),
        cost(nobody, "sign-in", "/sign-in"),
        cost(desk, "today", "/"),
        cost(desk, "inbox", "/inbox"),
        cost(desk, "thread with a draft", f"/inbox/{one.pk}"),
        cost(desk, "the same, answering", f"/inbox/{one.pk}?write=draft"),
        cost(desk, "articles", "/articles"),
        cost(desk, "article", f"/articles/{slug}"),
        cost(desk, "a customer", f"/customers/{one.person_id}"),
        cost(desk, "mail", "/shop/mail"),
        cost(desk, "replay", "/replay"),
        cost(desk, "opening hours", "/shop/hours"),
        cost(desk, "a colleague leaves", f"/team/{leaver.pk}/leaving"),
        cost(front, "contact form", "/"),
        cost(front, "evidence page", f"/evidence/{token_of(decision.pk, other.reader_salt)}"),
    ]


def long_lists(ada: Colleague) -> list[Cost]:
    """The same house when it is full."""
    desk = Browser(ada)
    waiting = Thread.objects.exclude(state=Thread.State.RESOLVED).order_by("-last_message_at", "-pk")
    last = waiting[(DEEP - 1) * A_PAGE - 1]
    before = Cursor(last.last_message_at, last.pk).text().replace("+", "%2B")
    longest = Message.objects.filter(thread=last).first()
    assert longest is not None
    return [
        cost(desk, "today", "/"),
        cost(desk, "inbox, page 1", "/inbox"),
        cost(desk, f"inbox, page {DEEP}", f"/inbox?before={before}"),
        cost(desk, "inbox, mine", "/inbox?view=mine"),
        cost(desk, "inbox, resolved", "/inbox?view=resolved"),
        cost(desk, "search, a word of every second message", desk.search(same_content.COMMON)),
        cost(desk, "search, a rare word", desk.search(same_content.RARE)),
        cost(desk, "search, no hit", desk.search("xylophone")),
        cost(desk, "search, the beginning of a name", desk.search(same_content.A_NAME)),
        cost(desk, "thread", f"/inbox/{last.pk}"),
    ]


def told(costs: Sequence[Cost], ok_ms: float, *, bytes_too: bool) -> str:
    """Costs in Markdown."""
    head = "| page | queries | CPU ms | × ok |" + (" HTML KB | gzipped | first visit KB |" if bytes_too else "")
    lines = [head, "|---" * (head.count("|") - 1) + "|"]
    for one in costs:
        line = f"| {one.page} | {one.queries} | {one.cpu_ms:.1f} | {one.cpu_ms / ok_ms:.0f} |"
        if bytes_too:
            line += f" {one.html / 1000:.1f} | {one.html_gzipped / 1000:.1f} | {one.first_visit / 1000:.1f} |"
        lines.append(line)
    return "\n".join(lines)


def measure(*, threads: int, encoder: bool) -> tuple[str, dict[str, Any]]:
    """Both tables, and everything for a program."""
    settings.STAFF_URLCONF = __name__
    shop.open_sample(at=timezone.now())
    work_off()
    ada = owner()
    small = main_pages(ada)
    many_threads.fill(threads, colleagues=[ada])
    large = long_lists(ada)
    heaviest = max(one.first_visit for one in small) / 1000
    ok_ms = small[0].cpu_ms
    reached = heaviest <= FIRST_VISIT_AT_MOST
    text = "\n\n".join(
        (
            f"The sample shop ({'with the encoder' if encoder else 'words alone'})",
            told(small, ok_ms, bytes_too=True),
            f"Heaviest first visit {heaviest:.1f} KB gzipped, target ≤ {FIRST_VISIT_AT_MOST:g} KB: "
            + ("reached" if reached else "**missed**"),
            f"{Thread.objects.count():,} threads, {Message.objects.count():,} messages",
            told(large, ok_ms, bytes_too=False),
        )
    )
    numbers = {"ok": reached, "heaviest first visit KB": heaviest}
    return text, numbers | {"small": [asdict(one) for one in small], "large": [asdict(one) for one in large]}
