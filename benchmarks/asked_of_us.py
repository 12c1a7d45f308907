"""What `benchmarks.beside_helpdesk` asks of our desk. Imported inside a house that is open in this process only."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import many_threads, page_costs, same_content
from benchmarks.page_costs import DEEP, NOT_A_QUERY, Browser
from courtesy.conversations import actions as conversations
from courtesy.conversations import queries
from courtesy.conversations.models import Message, Thread
from courtesy.conversations.queries import Cursor
from courtesy.desk.inbox.screen import A_PAGE
from courtesy.post import arrivals
from courtesy.privacy import keys

WARM_UP, TIMES, MAILS, AGENTS = 3, 15, 60, 5


class Desk:
    """A full house and a colleague's browser in it."""

    def __init__(self, conversations_: int) -> None:
        settings.STAFF_URLCONF = page_costs.__name__
        self.ada = page_costs.owner()
        team = [self.ada, *(page_costs.colleague(f"agent{n}") for n in range(1, AGENTS))]
        many_threads.fill(conversations_, colleagues=team)
        self.desk, self.mailed = Browser(self.ada), 0
        listed = Thread.objects.exclude(state=Thread.State.RESOLVED).order_by("-last_message_at", "-pk")
        last = listed[min((DEEP - 1) * A_PAGE, listed.count()) - 1]
        self.deep = "/inbox?before=" + Cursor(last.last_message_at, last.pk).text().replace("+", "%2B")
        self.thread = f"/inbox/{Thread.objects.order_by('-pk')[1].pk}"

    def round(self) -> dict[str, dict[str, float]]:
        """Everything once: what was asked → processor time in ms, queries, rows shown."""
        search = {
            "search, common word": same_content.COMMON,
            "search, rare word": same_content.RARE,
            "search, five hits": same_content.PLANTED,
            "search, no hit": "xylophone",
        }
        asked = {
            "inbox, page 1": "/inbox",
            f"inbox, page {DEEP}": self.deep,
            **{what: self.desk.search(words) for what, words in search.items()},
        }
        found = {what: self._cost(address) for what, address in asked.items()}
        for what, words in search.items():
            alone = what.replace("search", "search alone")
            found[alone] = self._search_alone(words)
        found["thread"] = self._cost(self.thread) | {"rows": same_content.MESSAGES}
        found["one mail taken in"] = self._taken_in()
        return found

    def _cost(self, address: str) -> dict[str, float]:
        for _ in range(WARM_UP):
            html = self.desk.get(address)
        took = [_cpu(lambda: self.desk.get(address)) for _ in range(TIMES)]
        with ExitStack() as watched:
            logs = [watched.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
            self.desk.get(address)
            said = [query["sql"] for log in logs for query in log.captured_queries]
        queries = sum(not sql.startswith(NOT_A_QUERY) for sql in said)
        return {"ms": median(took) * 1000, "queries": queries, "rows": html.count(b'id="row-')}

    def _search_alone(self, words: str) -> dict[str, float]:
        def act() -> int:
            with keys.scope():
                return len(queries.search(words, colleague=self.ada, limit=A_PAGE).rows)

        for _ in range(WARM_UP):
            rows = act()
        return {"ms": median(_cpu(act) for _ in range(TIMES)) * 1000, "queries": 0, "rows": rows}

    def _taken_in(self) -> dict[str, float]:
        """Mails of new customers, kept raw and then taken in, as fetcher and worker do; without the machine."""
        before = Message.objects.count()
        mails = same_content.mails(MAILS, seed=100 + self.mailed)

        def act() -> None:
            for mail in mails:
                with keys.scope():
                    at = timezone.now()
                    kept = arrivals.keep(channel="mail", channel_id=uuid4().hex, raw=mail, at=at)
                    conversations.take_in(arrival_id=kept.pk, at=at)

        took = _cpu(act)
        self.mailed += 1
        assert Message.objects.count() == before + MAILS, "a mail was not taken in"
        return {"ms": took * 1000 / MAILS, "queries": 0, "rows": MAILS}


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
