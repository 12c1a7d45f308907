"""Run as a program: six workers take in the mails of some conversations at once in a real house; prints what stands."""

import json
import threading
from datetime import UTC, datetime

import django

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONVERSATIONS, MAILS = 6, 4


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up
    from django.db import connections  # noqa: PLC0415

    from courtesy.conversations import actions  # noqa: PLC0415
    from courtesy.conversations.models import Message, Thread  # noqa: PLC0415
    from courtesy.post.models import Arrival  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415
    from tests.conversations.mails import kept, mail, mailbox  # noqa: PLC0415

    keys.open_house(at=NOW)
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    keys.open_house(at=NOW)
    boxes = mailbox(), mailbox("orders@fern.example")
    arrivals = []
    for number in range(CONVERSATIONS):
        for turn in range(MAILS):
            # Each refers to the one before only, so that their order matters; the last comes to both mailboxes.
            refers = [f"{number}.{turn - 1}@x"] if turn else []
            raw = mail(f"{number}.{turn}@x", f"mail {turn}", by=f"guest{number}@post.example", refers=refers)
            copy = b"Received: from there\r\n" + raw
            arrivals.append(kept(raw, at=NOW, mailbox=boxes[0]).pk)
            if turn == MAILS - 1:
                arrivals.append(kept(copy, at=NOW, mailbox=boxes[1]).pk)
    start, troubles = threading.Barrier(6), []

    def take_in_all(which: int) -> None:
        start.wait()
        try:
            for arrival_id in arrivals if which % 2 else reversed(arrivals):
                with keys.scope():
                    actions.take_in(arrival_id=arrival_id, at=NOW)
        except Exception as trouble:
            troubles.append(repr(trouble))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=take_in_all, args=[which]) for which in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(
        json.dumps(
            {
                "troubles": troubles,
                "arrivals": len(arrivals),
                "taken in": Arrival.objects.filter(state=Arrival.State.TAKEN_IN).count(),
                "messages": Message.objects.count(),
                "threads": Thread.objects.filter(merged_into=None).count(),
                "in threads that are no more": Message.objects.filter(thread__merged_into__isnull=False).count(),
            }
        )
    )


if __name__ == "__main__":
    main()
