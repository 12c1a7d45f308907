"""Run as a program: six threads meet the same ten addresses at once in a real house; prints what stands after."""

import json
import threading
from datetime import UTC, datetime

import django

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADDRESSES = [f"guest{n}@post.example" for n in range(10)]


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up
    from django.db import connections  # noqa: PLC0415

    from courtesy.people.actions import meet  # noqa: PLC0415
    from courtesy.people.models import Handle, NameToken, Person  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415

    keys.open_house(at=NOW)
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    keys.open_house(at=NOW)
    start, met, troubles = threading.Barrier(6), [], []

    def meet_all() -> None:
        start.wait()
        try:
            for address in ADDRESSES:
                met.append((address, str(meet(address=address, name="A Guest", at=NOW, key_id=keys.new(at=NOW)).pk)))
        except Exception as trouble:
            troubles.append(repr(trouble))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=meet_all) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one = Person.objects.first()
    print(
        json.dumps(
            {
                "troubles": troubles,
                "met": sorted(set(met)),
                "people": Person.objects.count(),
                "handles": Handle.objects.count(),
                "tokens": NameToken.objects.filter(person=one).count(),
                "keys of one": keys.destroy(one.pk, at=NOW) if one else 0,
            }
        )
    )


if __name__ == "__main__":
    main()
