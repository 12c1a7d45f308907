"""Processes of their own that read a mailbox, for what only real kills, real clocks and two at once can show.

``python -m tests.post.channels.email.stage VERB`` prints one JSON object a line.
"""

import os
import random
import resource
import signal
import sqlite3
import sys
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event
from types import SimpleNamespace

from tests.post.stage import prepare, say

__all__ = ["prepare"]


def open_box() -> None:
    """The shop's mailbox on the server at PORT, begun a month ago, with PASSWORD."""
    from courtesy.post.models import Mailbox, Tls  # noqa: PLC0415 - Django is set up by main
    from courtesy.privacy import keys  # noqa: PLC0415

    now = datetime.now(UTC)
    user = os.environ.get("BOX", "shop")
    box = Mailbox.objects.create(
        name=user, address=f"{user}@fern.example", imap_host="127.0.0.1", imap_port=int(os.environ["PORT"]),
        imap_tls=Tls.NEVER, user=user, secret=os.environ["PASSWORD"], begins_at=now - timedelta(days=30),
        created_at=now, key_id=keys.new(at=now),
    )  # fmt: skip
    say(box=box.pk)


def change_box() -> None:
    """Another password, or away with it."""
    from courtesy.post.models import Mailbox  # noqa: PLC0415

    box = Mailbox.objects.get(name=os.environ.get("BOX", "shop"))
    if os.environ.get("PASSWORD"):
        box.secret = os.environ["PASSWORD"]
    else:
        box.removed_at = datetime.now(UTC)
    box.save()
    say(changed=box.pk)


def fetch() -> None:
    """One visit; what it cost us of the processor's time."""
    from courtesy.post.channels.email import fetching  # noqa: PLC0415
    from courtesy.post.models import Mailbox  # noqa: PLC0415

    box = Mailbox.objects.get()
    before = resource.getrusage(resource.RUSAGE_SELF)
    fetched = fetching.fetch(box, at=datetime.now(UTC))
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    say(new=fetched.new, known=fetched.known, sent=fetched.sent, problem=fetched.problem, cpu=cpu)


def watch() -> None:
    """Watch until SIGTERM; how long the end took. LOOKS_EVERY, HELD and PATIENCE may be shorter than in life, and the
    clock on the wall FASTER."""
    from courtesy.post.channels.email import imap, watching  # noqa: PLC0415

    for module, name in ((watching, "LOOKS_EVERY"), (watching, "HELD"), (imap, "PATIENCE")):
        setattr(module, name, float(os.environ.get(name, getattr(module, name))))

    began, faster = datetime.now(UTC), int(os.environ.get("FASTER", "1"))
    watching.timezone = SimpleNamespace(now=lambda: began + (datetime.now(UTC) - began) * faster)
    stop, told = Event(), []

    def stop_soon(*_: object) -> None:
        told.append(time.monotonic())
        stop.set()

    signal.signal(signal.SIGTERM, stop_soon)
    say(watching=True)
    watching.watch(stop)
    say(took=time.monotonic() - told[0])


def kill_again_and_again() -> None:
    """Fetchers that are killed at random moments, KILLS times, and at last one that may finish.

    Forked, so that a kill falls on the reading and not on a process that is still importing Django.
    """
    wanted = int(os.environ["KILLS"])
    mails = int(os.environ["MAILS"])
    dice = random.Random(int(os.environ.get("SEED", "4")))
    longest, kills, useful = 0.05, 0, 0
    for _ in range(wanted * 4):
        if kills == wanted:
            break
        before = _kept()
        fetcher = _fork()
        time.sleep(dice.uniform(0.05, 1) * longest)
        os.kill(fetcher, signal.SIGKILL)
        _, status = os.waitpid(fetcher, 0)
        kills += os.WIFSIGNALED(status)
        useful += os.WIFSIGNALED(status) and before < mails
        # As many kills as are wanted shall fall while there is still something to read.
        share = (mails - before) / (wanted - kills + 1)
        longest *= 1.15 if _kept() - before < share else 0.6
    say(kills=kills, while_reading=useful, kept=_kept())
    _finish(_fork())


def two_at_once() -> None:
    """Two fetchers over the same mailbox in the same moment."""
    for fetcher in [_fork(), _fork()]:
        _finish(fetcher)


def tell() -> None:
    """What is kept: how many, the digests of their bytes, and whether each was handed over once."""
    from courtesy.jobs.models import Job  # noqa: PLC0415
    from courtesy.post.models import Arrival, Folder  # noqa: PLC0415
    from courtesy.privacy import keys  # noqa: PLC0415

    with keys.scope():
        rows = list(Arrival.objects.all())
        keys.warm(row.key_id for row in rows)
        digests = sorted(sha256(row.raw).hexdigest() for row in rows)
    handed = sorted(job.ids["arrival_id"] for job in Job.objects.filter(name="arrived"))
    say(
        kept=len(rows),
        digests=digests,
        handed_over_once=handed == sorted(str(row.pk) for row in rows),
        place=list(Folder.objects.filter(role="inbox").values_list("last_uid", flat=True)),
    )


def _fork() -> int:
    from courtesy.post.channels.email import fetching  # noqa: PLC0415
    from courtesy.post.models import Mailbox  # noqa: PLC0415

    fetcher = os.fork()
    if fetcher == 0:
        # Every connection is made in here: nothing of a database may cross a fork.
        code = 1
        try:
            fetched = fetching.fetch(Mailbox.objects.get(), at=datetime.now(UTC))
            code = 0 if not fetched.problem else 3
        finally:
            os._exit(code)
    return fetcher


def _finish(fetcher: int) -> None:
    _, status = os.waitpid(fetcher, 0)
    say(ended=os.waitstatus_to_exitcode(status))


def _kept() -> int:
    database = sqlite3.connect(Path(os.environ["COURTESY_DATA_DIR"]) / "courtesy.db", timeout=20)
    try:
        return int(database.execute("SELECT count(*) FROM post_arrival").fetchone()[0])
    finally:
        database.close()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtesy.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    globals()[sys.argv[1]]()


if __name__ == "__main__":
    main()
