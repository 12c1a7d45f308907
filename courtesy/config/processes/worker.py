"""The worker: fetches, drafts, sends, seals. Started by the web process, it stops when that process is gone."""

import os
import signal
from collections.abc import Callable
from threading import Event, Thread, Timer

import django

from courtesy.config.quiet import catch_the_rest

PATIENCE = 20.0
"""Seconds for the job in hand (a mail server may be slow) before the worker ends all the same."""


def main() -> None:
    """Work until told to stop, or until whoever started us closes our standard input."""
    stop, begun = Event(), Event()

    def stop_soon(*_: object) -> None:
        if not begun.is_set():
            os._exit(0)  # nothing is in hand yet
        if not stop.is_set():
            stop.set()
            late = Timer(PATIENCE, os._exit, args=(1,))
            late.daemon = True
            late.start()

    signal.signal(signal.SIGTERM, stop_soon)
    signal.signal(signal.SIGINT, stop_soon)
    Thread(target=_until_alone, args=(stop_soon,), daemon=True, name="parent").start()
    django.setup()
    # Late, since models can be imported only after the set-up.
    from courtesy.jobs.working import work  # noqa: PLC0415
    from courtesy.knowledge.encoding import encoder  # noqa: PLC0415
    from courtesy.post.channels.email.watching import watch  # noqa: PLC0415

    catch_the_rest()
    reads = encoder()
    begun.set()
    # Daemons all the way down: a kill in the middle of a mail loses nothing, so the end never waits for a mail server.
    mailboxes = Thread(target=watch, args=(stop,), daemon=True, name="mailboxes")
    mailboxes.start()
    work(stop=stop, facts={"encoder": reads.name if reads else ""})
    mailboxes.join(timeout=2)


def _until_alone(stop_soon: Callable[[], None]) -> None:
    # Not by sys.stdin: its lock, held by this thread, would abort the interpreter's end.
    while os.read(0, 64):
        pass
    stop_soon()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtesy.config.settings")
    main()
