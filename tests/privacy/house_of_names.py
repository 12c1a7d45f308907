"""Run as a program: a real house in COURTESY_DATA_DIR with people of distinctive names, killed without goodbye.

With the argument `unsealed` the seal is switched off first, `unkeyed` the key of the look-ups: the byte test must
then find what it looks for.
"""

import os
import sys
from datetime import UTC, datetime
from hashlib import sha256
from types import SimpleNamespace

import django

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = ["Zebulon Quackenbush", "Wilhelmina Fjordsdóttir", "Xanthippe Oyelaran"]
ADDRESSES = ["zebulon.quackenbush@marsh.example", "wilhelmina@fjord.example", "x.oyelaran@hill.example"]
COLLEAGUE = "ottoline.vandersloot@home.example"
# Written into a subject or a body, these are plain: staff search them, and the trust page says so.
SUBJECT, BODY = "A question about marmalade", "Do you have the bitter marmalade?"


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    from courtesy.privacy import keys, ledger, recovery, sealing  # noqa: PLC0415

    if "unsealed" in sys.argv:
        sealing.SealedField.close = lambda self, value, row: sealing.Ciphertext(
            value.encode() if isinstance(value, str) else value
        )
        sealing.SealedField.open = lambda self, stored, row: stored.decode() if self.clear_type is str else stored
    if "unkeyed" in sys.argv:
        sealing.hmac = SimpleNamespace(digest=lambda key, text, algorithm: text)
    keys.open_house(at=NOW)
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    keys.open_house(at=NOW)
    live_in()
    ledger.seal(at=NOW)
    print(" ".join(recovery.sheet()))
    sys.stdout.flush()
    os._exit(0)  # no tidy closing: the write-ahead log stays as a power cut would leave it


def live_in() -> None:
    """Mails come in, people are met, colleagues work."""
    import json  # noqa: PLC0415

    from courtesy.consent import actions as consent  # noqa: PLC0415
    from courtesy.conversations.actions import take_in  # noqa: PLC0415
    from courtesy.people import actions as people  # noqa: PLC0415
    from courtesy.people import queries  # noqa: PLC0415
    from courtesy.post import arrivals  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415
    from courtesy.staff.models import Colleague, Role  # noqa: PLC0415

    boss = Colleague(
        username="boss", called="Boss", role=Role.OWNER, address=COLLEAGUE, key_id=keys.new(at=NOW), joined_at=NOW
    )
    boss.save(force_insert=True)
    for name, address in zip(NAMES, ADDRESSES, strict=True):
        form = {"address": address, "name": name, "subject": SUBJECT, "body": BODY, "outreach_yes": True}
        raw = json.dumps(form, ensure_ascii=False).encode()
        arrival = arrivals.keep(channel="form", channel_id=sha256(raw).hexdigest(), raw=raw, at=NOW)
        take_in(arrival_id=arrival.pk, at=NOW)
        person = people.meet(address=address, name=name, at=NOW)
        consent.choose_service_only(person=person, where="the contact form", by=boss, at=NOW)
        assert queries.names([person.pk]) == {person.pk: name}
        assert queries.search(name.split()[1][:5]) == [person]


if __name__ == "__main__":
    main()
