"""A process of its own on a data directory of its own, for what only real files, connections and kills can show.

``python -m tests.post.stage VERB`` prints one JSON object a line.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DUE = NOW + timedelta(seconds=10)


def say(**facts: Any) -> None:
    print(json.dumps(facts, default=str), flush=True)


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """What each gives back (or the class of what it raises) when all begin in the same moment, each on its own
    connection."""
    from django.db import connections  # noqa: PLC0415 - Django is set up by main

    results: list[Any] = [None] * len(doings)
    start = Barrier(len(doings))

    def run(number: int, doing: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[number] = doing()
        except Exception as trouble:
            results[number] = type(trouble).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(n, doing)) for n, doing in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def letter(number: int, to: str = "dora@kunden.example") -> Any:
    from uuid import uuid4  # noqa: PLC0415

    from courtesy.post import replies  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415

    return replies.post(
        replies.Authority(decision_id=number, by=uuid4(), at=NOW),
        message_id=number, to=to, subject="Re: tea", body=f"letter {number}", references=[],
        key_id=keys.new(at=NOW), not_before=DUE,
    )  # fmt: skip


def prepare() -> None:
    """Tables, key, and a shop that may send."""
    from django.core.management import call_command  # noqa: PLC0415

    from courtesy.privacy import opening  # noqa: PLC0415
    from courtesy.staff.queries import shop  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    opening.open_house(at=NOW)
    row = shop()
    row.may_send = True
    row.save()
    say(ready=True)


def undo_against_claim() -> None:
    """Undo and sender at the same moment, forty times: who won, as both of them and the row say."""
    from courtesy.post import outbox  # noqa: PLC0415
    from courtesy.post.models import Outgoing  # noqa: PLC0415

    def leave() -> bool:
        claimed = outbox.claim_next(at=DUE)
        return bool(claimed and outbox.begin(claimed, at=DUE) and outbox.sent(claimed, at=DUE))

    for number in range(40):
        outgoing = letter(number)
        taken_back, left = at_once(lambda pk=outgoing.pk: outbox.take_back(pk, at=DUE), leave)
        say(taken_back=taken_back, left=left, state=Outgoing.objects.get(pk=outgoing.pk).state)


def four_senders() -> None:
    """Thirty letters, four senders on four connections: which letter each began."""
    from courtesy.post import outbox  # noqa: PLC0415

    for number in range(30):
        letter(number, to=f"{number}@kunden.example")

    def send() -> list[str]:
        begun = []
        while (claimed := outbox.claim_next(at=DUE)) is not None:
            if outbox.begin(claimed, at=DUE) and outbox.sent(claimed, at=DUE):
                begun.append(str(claimed.pk))
        return begun

    say(begun=at_once(*[send] * 4))


def keep_at_once() -> None:
    """One mail found by four importers at the same moment."""
    from courtesy.post import arrivals  # noqa: PLC0415
    from courtesy.post.models import Arrival  # noqa: PLC0415

    for number in range(10):
        ids = at_once(
            *[lambda n=number: str(arrivals.keep(channel="form", channel_id=f"{n}", raw=b"hi", at=NOW).pk)] * 4
        )
        say(ids=ids, rows=Arrival.objects.filter(channel_id=str(number)).count())


def knock_at_once() -> None:
    """Twenty visits of one address at the same moment."""
    from courtesy.post import limits  # noqa: PLC0415

    say(results=at_once(*[lambda: limits.count("dora@kunden.example", limits.ADDRESS, at=NOW)] * 20))


def hand_in() -> None:
    """Forms handed in one after the other, each sent twice as an impatient visitor does; says which were kept."""
    from courtesy.post import public  # noqa: PLC0415

    first, last = int(os.environ["FIRST"]), int(os.environ["LAST"])
    for number in range(first, last):
        for _ in range(2):
            handed = public.hand_in(
                address=f"{number}@kunden.example", name=f"Number {number}", subject="", body=f"form {number}",
                token=public._signer().sign(f"nonce{number}-{int(NOW.timestamp())}"), trap="",
                client=f"192.0.2.{number}",
                at=NOW + timedelta(minutes=1), outreach_yes=number % 2 == 0,
            )  # fmt: skip
            say(kept=number, arrival=handed.arrival_id)


def take_in_all() -> None:
    """The queue's part: every arrival announced is taken in, as the worker would do it."""
    from courtesy.conversations import actions  # noqa: PLC0415
    from courtesy.jobs.models import Job  # noqa: PLC0415

    for job in Job.objects.filter(name="arrived").order_by("pk"):
        actions.take_in(arrival_id=job.ids["arrival_id"], at=NOW)
        job.delete()
    say(done=True)


def write_letters() -> None:
    for number in range(int(os.environ.get("LETTERS", "6"))):
        say(letter=str(letter(number, to=f"{number}@kunden.example").pk), message_id=f"letter {number}")


def send() -> None:
    from courtesy.post import sending  # noqa: PLC0415

    say(took=sending.send_due(at=datetime.fromisoformat(os.environ["AT"])))


def connect() -> None:
    """A mailbox of the shop on the servers of the test."""
    from courtesy.post import mailboxes  # noqa: PLC0415
    from tests.colleagues import new_colleague  # noqa: PLC0415
    from tests.post.connected import given  # noqa: PLC0415

    ada = new_colleague("Ada", "owner")
    imap, smtp, secret = int(os.environ["IMAP"]), int(os.environ["SMTP"]), os.environ["SECRET"]
    mailboxes.connect(given=given(imap=imap, smtp=smtp, secret=secret), by=ada, at=NOW)


def keep_copies() -> None:
    from courtesy.post import copies  # noqa: PLC0415

    say(kept=copies.keep_due(at=datetime.fromisoformat(os.environ["AT"])))


def states() -> None:
    from courtesy.post.models import Outgoing  # noqa: PLC0415

    say(states=list(Outgoing.objects.order_by("turn").values_list("state", flat=True)))


def two_answers() -> None:
    """Two colleagues answer one thread within the same moment, twenty times."""
    from django.db import transaction  # noqa: PLC0415

    from courtesy.conversations import actions  # noqa: PLC0415
    from courtesy.conversations.models import Message, Thread  # noqa: PLC0415
    from courtesy.people.actions import meet  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415
    from courtesy.staff.models import Colleague  # noqa: PLC0415

    ada, ben = (
        Colleague.objects.create(username=n, called=n, role="owner", key_id=keys.new(at=NOW), joined_at=NOW)
        for n in ("ada", "ben")
    )
    dora = meet(address="dora@kunden.example", at=NOW)
    for number in range(20):
        thread = Thread.objects.create(
            person=dora, last_event_at=NOW, last_message_at=NOW, arrived_by="form", created_at=NOW
        )
        actions.add_note(thread.pk, words="hm", by=ada, at=NOW)

        def answer(by: Colleague, decision: int, thread: Thread = thread, seen: int = thread.last_event) -> str:
            with transaction.atomic():
                held = actions.hold(thread.pk, unanswered_since=seen)
                actions.add_reply(held, words=f"from {by.called}", by=by, at=NOW, decision_id=decision)
            return "sent"

        results = at_once(lambda n=number: answer(ada, 2 * n), lambda n=number: answer(ben, 2 * n + 1))
        say(results=results, replies=Message.objects.filter(thread=thread, kind="out").count())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtesy.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    globals()[sys.argv[1]]()


if __name__ == "__main__":
    main()
