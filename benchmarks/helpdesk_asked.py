"""What `benchmarks.beside_helpdesk` asks of the other help desk. Imported by `helpdesk_peer` once that is set up."""

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from helpdesk.email import extract_email_metadata
from helpdesk.models import FollowUp, Queue, Ticket
from helpdesk.query import __Query__ as Query  # its own name for it
from helpdesk.query import query_to_base64
from helpdesk.user import HelpdeskUser

from benchmarks import same_content

AGENTS, WARM_UP, TIMES, MAILS, AT_ONCE = 5, 3, 15, 60, 1000
PAGE, DEEP = 25, 200


def fill(conversations: int) -> tuple[Any, Any]:
    """The same conversations as tickets with follow-ups; its first agent and its queue come back."""
    agents = [User.objects.create_user(f"agent{n}", f"agent{n}@marigold.example", is_staff=True) for n in range(AGENTS)]
    User.objects.filter(pk=agents[0].pk).update(is_superuser=True)
    queue = Queue.objects.create(title="Mail", slug="mail", email_address="hello@marigold.example")
    state = {"open": Ticket.OPEN_STATUS, "waiting": Ticket.REOPENED_STATUS, "resolved": Ticket.RESOLVED_STATUS}
    now, tickets, follow_ups = timezone.now(), [], []
    for told in same_content.conversations(conversations, colleagues=AGENTS):
        last = now - timedelta(seconds=told.seconds_ago)
        first = told.said[0]
        ticket = Ticket(
            title=told.subject,
            queue=queue,
            submitter_email=f"customer{told.person}@post.example",
            assigned_to=None if told.colleague is None else agents[told.colleague],
            status=state[told.state],
            description=first.body,
            created=last - timedelta(hours=first.hours_before),
            modified=last,
        )
        tickets.append(ticket)
        for one in told.said:
            follow_ups.append(
                FollowUp(
                    ticket=ticket,
                    date=last - timedelta(hours=one.hours_before),
                    title="Comment" if one.ours else "E-Mail Received",
                    comment=one.body,
                    public=True,
                    user=agents[told.colleague or 0] if one.ours else None,
                )
            )
        if len(tickets) == AT_ONCE:
            Ticket.objects.bulk_create(tickets)
            FollowUp.objects.bulk_create(follow_ups)
            tickets, follow_ups = [], []
    Ticket.objects.bulk_create(tickets)
    FollowUp.objects.bulk_create(follow_ups)
    return agents[0], queue


class Desk:
    """What is asked of it."""

    def __init__(self, agent: Any, queue: Any) -> None:
        self.client, self.agent, self.queue = Client(raise_request_exception=True), agent, queue
        self.client.force_login(agent)
        self.rounds, self.rows = 0, 0

    def get(self, address: str, **query: Any) -> bytes:
        """The page, whole."""
        answer = self.client.get(address, query)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return bytes(answer.content)

    def list_page(self, number: int, words: str = "") -> bytes:
        """One page of the list as its users see it: the frame, then the rows its script asks for. No empty page."""
        frame = self.get("/tickets/", **({"q": words} if words else {}))
        rows = self.get(
            f"/datatables_ticket_list/{question(words)}",
            draw=1,
            start=(number - 1) * PAGE,
            length=PAGE,
            **{"order[0][column]": 0, "order[0][dir]": "desc", "search[value]": ""},
        )
        self.rows = len(json.loads(rows)["data"])
        return frame + rows

    def search_alone(self, words: str) -> None:
        """The search without any page around it: the rows, ready to be drawn."""
        found = Query(HelpdeskUser(self.agent), base64query=question(words)).get_datatables_context(
            **{"draw": ["1"], "start": ["0"], "length": [str(PAGE)], "order[0][column]": ["0"], "search[value]": [""]}
        )
        self.rows = len(found["data"])

    def thread(self) -> bytes:
        """A ticket with its three messages."""
        return self.get(f"/tickets/{Ticket.objects.order_by('-pk')[1].pk}/")

    def take_in(self, mails: list[bytes]) -> None:
        """Mails of new customers, one by one."""
        log = logging.getLogger("peer")
        for mail in mails:
            extract_email_metadata(mail.decode(), self.queue, log)


def question(words: str) -> str:
    """What its script asks for: the open tickets, or those that hold these words."""
    asked: str = query_to_base64(
        {
            "filtering": {} if words else {"status__in": [1, 2]},
            "filtering_null": {},
            "sorting": "created",
            "sortreverse": False,
            "search_string": words,
        }
    )
    return asked


def cpu(act: Callable[[], object], times: int) -> float:
    """Median processor time in ms."""
    took = []
    for _ in range(times):
        began = time.process_time()
        act()
        took.append(time.process_time() - began)
    return median(took) * 1000


def queries_of(act: Callable[[], object]) -> int:
    """How often the database is asked."""
    with CaptureQueriesContext(connection) as log:
        act()
    return len(log.captured_queries)


def one_round(desk: Desk) -> dict[str, dict[str, float]]:
    """Everything once: what was asked → processor time in ms, queries, rows shown."""
    asked: dict[str, Callable[[], object]] = {
        "inbox, page 1": lambda: desk.list_page(1),
        f"inbox, page {DEEP}": lambda: desk.list_page(DEEP),
        "search, common word": lambda: desk.list_page(1, same_content.COMMON),
        "search, rare word": lambda: desk.list_page(1, same_content.RARE),
        "search, five hits": lambda: desk.list_page(1, same_content.PLANTED),
        "search, no hit": lambda: desk.list_page(1, "xylophone"),
        "search alone, common word": lambda: desk.search_alone(same_content.COMMON),
        "search alone, rare word": lambda: desk.search_alone(same_content.RARE),
        "search alone, five hits": lambda: desk.search_alone(same_content.PLANTED),
        "search alone, no hit": lambda: desk.search_alone("xylophone"),
        "thread": desk.thread,
    }
    found = {}
    for what, act in asked.items():
        for _ in range(WARM_UP):
            act()
        rows = desk.rows if what != "thread" else same_content.MESSAGES
        found[what] = {"ms": cpu(act, TIMES), "queries": queries_of(act), "rows": rows}
    mails = same_content.mails(MAILS, seed=100 + desk.rounds)
    found["one mail taken in"] = {"ms": cpu(lambda: desk.take_in(mails), 1) / MAILS, "queries": 0, "rows": MAILS}
    desk.rounds += 1
    return found
