"""Run as a program: in a real house, five colleagues press Send in the same moment, two workers read one message,
and undo races with the sender; prints what stands after."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta

import django


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Run all of them in the same moment, each in a thread; the class of what each raised, or "done"."""
    from django.db import connections  # noqa: PLC0415 - after the set-up

    start, said = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            said.append("done")
        except Exception as refusal:
            said.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from courtesy.desk import intake  # noqa: PLC0415
    from courtesy.desk.lifecycle import actions  # noqa: PLC0415
    from courtesy.desk.lifecycle.models import Decision, Outcome, Suggestion  # noqa: PLC0415
    from courtesy.people.actions import meet  # noqa: PLC0415
    from courtesy.post import outbox  # noqa: PLC0415
    from courtesy.post.models import Outgoing  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415
    from tests.colleagues import new_colleague  # noqa: PLC0415
    from tests.desk.street import NINE, TEN, article, drafted, writes  # noqa: PLC0415

    keys.open_house(at=NINE)
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    keys.open_house(at=NINE)
    dora = meet(address="dora@post.example", name="Dora", at=NINE, key_id=keys.new(at=NINE))
    colleagues = [new_colleague(name, "colleague") for name in ("Ada", "Ben", "Mia", "Ines", "Otis")]

    message = writes(dora)
    draft, seen = drafted(message, article()), message.thread.last_event

    def presses(by: object) -> Callable[[], object]:
        return lambda: actions.send_reply(
            message.thread_id, words=f"From {by}", by=by, at=TEN, seen=seen, suggestion_id=draft.pk
        )

    sent = at_once([presses(by) for by in colleagues])
    after = {
        "sent": sent,
        "decisions": Decision.objects.count(),
        "mails": Outgoing.objects.count(),
        "outcomes": Outcome.objects.count(),
    }

    late = TEN + timedelta(seconds=10)
    decision = Decision.objects.get()

    def sends() -> None:
        mail = outbox.claim_next(at=late)
        if mail is None or not outbox.begin(mail, at=late):
            raise LookupError

    after["undo against sender"] = at_once([sends, lambda: actions.take_back(decision.pk, by=colleagues[0], at=late)])
    after["mail"] = Outgoing.objects.get().state
    after["taken back"] = Decision.objects.get().taken_back_at is not None

    other = writes(dora, "How do I wash a pot, please?")
    after["read"] = at_once([lambda: intake.consider(message_id=other.pk, at=NINE)] * 3)
    after["suggestions"] = Suggestion.objects.filter(message=other).count()
    print(json.dumps(after))


if __name__ == "__main__":
    main()
