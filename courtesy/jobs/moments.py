"""Named moments at which the power may go: the kill tests set COURTESY_KILL_AT to one of them and count what is left.

Without that variable nothing can happen here. A room calls ``moment("…")`` where dying would be most awkward.
"""

import os
import signal

MOMENTS: tuple[str, ...] = (
    # post: what came in
    "hand in: counted",
    "keep: key made",
    "keep: row written",
    "keep: committed",
    # post: reading a mailbox
    "fetch: connected",
    "fetch: bytes there",
    "fetch: kept",
    "fetch: place moved",
    # conversations: taking it in
    "take in: parsed",
    "take in: person met",
    "take in: message written",
    "take in: committed",
    # conversations: letters of the past, and out again
    "bring: people met",
    "bring: keys made",
    "bring: written",
    "take out: people gone",
    "take out: letters gone",
    "take out: keys gone",
    # desk: understanding and drafting
    "consider: thought",
    "consider: written",
    "consider: committed",
    "replay: thought",
    # desk: the button
    "send reply: decided",
    "send reply: reply written",
    "send reply: posted",
    "send reply: committed",
    # post: leaving
    "leave: claimed",
    "leave: recipient taken",
    "leave: sending written",
    "leave: before data",
    "leave: after data",
    "leave: sent written",
    "leave: sent committed",
    # post: a copy in the Sent folder
    "copy: looked",
    "copy: put there",
    # jobs: the queue itself
    "job: claimed",
    "job: handled",
    "job: finished",
)


def moment(name: str) -> None:
    """Die here, as by kill -9, if the kill test asked for this very moment; otherwise nothing."""
    if os.environ.get("COURTESY_KILL_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
