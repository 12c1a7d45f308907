"""The stream of changes: names and ids, never words. One reader a process asks the database, every browser hears.

A browser that comes back says what it heard last and is told what it missed; who may listen is asked when the stream
opens and again at every heartbeat, so that a colleague who leaves hears nothing more.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import Error as DatabaseTrouble
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from courtesy.jobs.models import Change

POLL = 0.04
HEARTBEAT = 15.0
MISSED_AT_MOST = 500
"""Who missed more is told to look at everything again (``event: reload``)."""
LOOK_BACK = 100
"""PostgreSQL may commit ids out of order: so many ids below the newest are looked at again."""
QUEUE = 200
STREAMS_AT_MOST = 500

log = logging.getLogger("courtesy.live")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Knows = Callable[[str], bool]
"""Handed the request's Cookie header; whether a colleague who may see the desk is behind it. Runs in a thread."""

RELOAD = b"event: reload\ndata: \n\n"


@dataclass(frozen=True)
class News:
    """One change, ready to be sent."""

    id: int
    frame: bytes


@dataclass(eq=False)
class Listener:
    """One open stream. When it cannot follow, the oldest news are dropped and it is told to look at everything."""

    waiting: asyncio.Queue[News] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    lost: bool = False

    def hear(self, news: News) -> None:
        if self.waiting.full():
            self.waiting.get_nowait()
            self.lost = True
        self.waiting.put_nowait(news)


def frame(change: tuple[int, str, str]) -> News:
    """A change as the browser reads it."""
    number, name, subject = change
    return News(number, f"id: {number}\nevent: {name}\ndata: {subject}\n\n".encode())


def since(last: int, *, limit: int = MISSED_AT_MOST) -> list[tuple[int, str, str]]:
    """The changes after ``last``, oldest first, at most ``limit`` + 1 of them."""
    rows = Change.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "name", "subject")
    return list(rows[: limit + 1])


def caught_up(heard: str) -> tuple[int, list[tuple[int, str, str]]]:
    """The number of the newest change (0 before the first), and what a browser that last heard ``heard`` has missed."""
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return newest, missed_since(heard)


def missed_since(heard: str) -> list[tuple[int, str, str]]:
    """What a browser that last heard ``heard`` has missed; a new one: what happened while its page was on the way."""
    if heard.isdigit() and len(heard) < 19:
        missed = since(int(heard))
        if connection.vendor != "sqlite":
            # What was numbered before and committed after; heard twice does no harm, never heard would.
            late = _lately(10).filter(pk__gt=int(heard) - LOOK_BACK, pk__lte=int(heard))
            missed = [*late.values_list("pk", "name", "subject"), *missed]
        return missed
    return list(_lately(3).values_list("pk", "name", "subject")[:MISSED_AT_MOST])


def _lately(seconds: float) -> QuerySet[Change]:
    return Change.objects.filter(at__gte=timezone.now() - timedelta(seconds=seconds)).order_by("pk")


class Reader:
    """Asks the database for what is new once somebody listened; lives in a thread of its own."""

    def __init__(self, publish: Callable[[list[News]], None]) -> None:
        self.publish = publish
        self.stopped = False
        self._version: int | None = None
        self._last = 0
        self._seen: set[int] = set()

    def start_here(self) -> None:
        """What is there already is old."""
        self._seen = set(Change.objects.order_by("-pk").values_list("pk", flat=True)[:LOOK_BACK])
        self._last = max(self._seen, default=0)

    def something_happened(self) -> bool:
        """Whether another connection wrote since we last asked. Only SQLite answers that in a microsecond."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()[0]
        moved = bool(version != self._version)
        self._version = version
        return moved

    def news(self) -> list[News]:
        """What is new, each change once."""
        fresh = [row for row in since(self._last - LOOK_BACK, limit=5_000) if row[0] not in self._seen]
        self._seen.update(row[0] for row in fresh)
        self._last = max(self._last, *(row[0] for row in fresh)) if fresh else self._last
        self._seen = {number for number in self._seen if number > self._last - LOOK_BACK}
        return [frame(row) for row in fresh]

    def run(self) -> None:
        """Until ``stopped``. A database that is away for a while is asked again."""
        while not self.stopped:
            try:
                if self.something_happened() and (news := self.news()):
                    self.publish(news)
            except DatabaseTrouble:
                log.exception("changes cannot be read")
                connection.close()
                time.sleep(1)
            time.sleep(POLL)
        connection.close()


class Live:
    """The ASGI application behind `/live`. ``close`` ends all streams, so that the server can stop."""

    def __init__(self, knows: Knows) -> None:
        self.knows = knows
        self.listeners: set[Listener] = set()
        self.closing = asyncio.Event()
        self._starting = asyncio.Lock()
        self._asking = ThreadPoolExecutor(2, thread_name_prefix="live")
        self._reading: asyncio.Future[None] | None = None
        self._reader: Reader | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin1") for name, value in scope["headers"]}
        cookies = headers.get(b"cookie", "")
        if scope["method"] != "GET" or not await self._in_thread(self._knows, cookies):
            await _refuse(send, 404)
            return
        if self.closing.is_set() or len(self.listeners) >= STREAMS_AT_MOST:
            await _refuse(send, 503)
            return
        await self._ensure_reader()
        listener = Listener()
        # Joined before the past is read: what comes in between is heard twice by us and told once.
        self.listeners.add(listener)
        try:
            await self._stream(listener, headers.get(b"last-event-id", ""), cookies, receive, send)
        finally:
            self.listeners.discard(listener)

    async def _stream(self, listener: Listener, heard: str, cookies: str, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await _write(send, b"retry: 1000\n\n")
        place, missed = await self._in_thread(caught_up, heard)
        told = {row[0] for row in missed}
        await _write(send, RELOAD if len(missed) > MISSED_AT_MOST else b"".join(frame(row).frame for row in missed))
        if not heard and not missed:
            # A page that has heard nothing yet must know where it is: should the line break now, it can ask from here.
            await _write(send, f"id: {place}\nevent: here\ndata: \n\n".encode())
        leaving = asyncio.ensure_future(_left(receive))
        closing = asyncio.ensure_future(self.closing.wait())
        # Apart, so that two hundred streams that hear the same do not each set up their waiting anew for every line.
        telling = asyncio.ensure_future(_tell_all(send, listener, told))
        try:
            while not (leaving.done() or closing.done() or telling.done()):
                await asyncio.wait({leaving, closing, telling}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
                if leaving.done() or closing.done() or telling.done():
                    break
                if not await self._in_thread(self._knows, cookies):
                    break
                await _write(send, b": still here\n\n")
        finally:
            for task in (leaving, closing, telling):
                task.cancel()
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _in_thread(self, ask: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._asking, ask, *given)

    async def may_come(self, cookies: str) -> bool:
        """Whether a colleague who may see the desk is behind this Cookie header; asked in a thread."""
        return bool(await self._in_thread(self._knows, cookies))

    def _knows(self, cookies: str) -> bool:
        try:
            return self.knows(cookies)
        except DatabaseTrouble:
            log.exception("sessions cannot be read")
            connection.close()
            return False

    async def _ensure_reader(self) -> None:
        """Start the reader with the first stream, and again if it ever ended. Never two of them."""
        async with self._starting:
            if self._reading is not None and not self._reading.done():
                return
            loop = asyncio.get_running_loop()

            def tell(news: list[News]) -> None:
                loop.call_soon_threadsafe(self._tell, news)

            reader = self._reader = Reader(tell)
            # Before anything is replayed: what happens from now on, the reader tells.
            await self._in_thread(reader.start_here)
            self._reading = loop.run_in_executor(ThreadPoolExecutor(1, thread_name_prefix="changes"), reader.run)

    def _tell(self, news: list[News]) -> None:
        for listener in self.listeners:
            for one in news:
                listener.hear(one)

    def close(self) -> None:
        """End all streams and the reader. Called in the event loop when the server is told to stop."""
        if self._reader:
            self._reader.stopped = True
        self.closing.set()
        self._asking.shutdown(wait=False)


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def _tell_all(send: Send, listener: Listener, told: set[int]) -> None:
    """Pass on what is heard for as long as the stream is open, all that waits in one piece."""
    while True:
        heard = [await listener.waiting.get()]
        while not listener.waiting.empty():
            heard.append(listener.waiting.get_nowait())
        lines = [RELOAD] if listener.lost else []
        listener.lost = False
        lines += [one.frame for one in heard if one.id not in told]
        if lines:
            await _write(send, b"".join(lines))


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
