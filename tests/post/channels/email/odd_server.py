"""An IMAP server that reads from a script: what real ones say on bad days, word for word."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

GREETS = b"* OK [CAPABILITY IMAP4rev1] ready\r\n"


@contextmanager
def open_odd(answer: Callable[[bytes, bytes], bytes | None], greeting: bytes | None = GREETS) -> Iterator[int]:
    """A server on a port of its own: ``answer(tag, command)`` gives the bytes of its answer, or None to hang up.

    Without a ``greeting`` it takes the call and says nothing.
    """
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = door.accept()
                Thread(target=talk, args=(line,), daemon=True).start()

    def talk(line: socket.socket) -> None:
        with suppress(OSError), line, line.makefile("rb") as said:
            if greeting is None:
                time.sleep(30)
                return
            line.sendall(greeting)
            for command in said:
                tag, _, words = command.strip().partition(b" ")
                answered = answer(tag, words)
                if answered is None:
                    return
                line.sendall(answered)

    Thread(target=serve, daemon=True).start()
    try:
        yield door.getsockname()[1]
    finally:
        door.close()


def usual(tag: bytes, words: bytes) -> bytes:
    """What a server says when nothing is wrong and the mailbox is empty."""
    verb = words.upper()
    if verb.startswith(b"CAPABILITY"):
        return b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n"
    if verb.startswith(b"EXAMINE"):
        return b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n" + tag + b" OK [READ-ONLY] done\r\n"
    if verb.startswith(b"UID SEARCH"):
        return b"* SEARCH\r\n" + tag + b" OK done\r\n"
    if verb.startswith(b"LIST"):
        return b'* LIST () "/" INBOX\r\n' + tag + b" OK done\r\n"
    if verb.startswith(b"LOGOUT"):
        return b"* BYE\r\n" + tag + b" OK done\r\n"
    return tag + b" OK done\r\n"
