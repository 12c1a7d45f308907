"""The web process's application: the desk's live stream as plain ASGI, every page as Django in eight threads.

Which socket a request came in by decides its side, here and nowhere else: whatever is not the staff socket is public.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from courtesy.config.listening import may_listen
from courtesy.jobs.live import Live

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

THREADS = 8
LARGEST_BODY = 3 * 1024 * 1024
LARGEST_PUBLIC_BODY = 512 * 1024
"""Bytes of a public form: 20,000 letters of any script, twice over. Anybody may send many at once; memory is ours."""
LARGEST_UPLOAD = 18 * 1024 * 1024
"""Bytes of an answer with its files (`conversations/files.py`), from a colleague who is signed in and nobody else."""
UPLOADS = re.compile(r"/inbox/\d{1,19}/(?:replies|notes|words)")
UPLOAD_WITHIN = 180.0
LARGEST_PAST = 2 * 1024**3
"""Bytes of a file with the shop's past, from an owner; it is sealed onto the disk as it comes, never held whole."""
PAST = re.compile(r"/past/(?:letters/file|orders)")
STILL_COMING = 30.0
"""Seconds for the next piece of such a file; it holds one of the threads, so only one comes in at a time."""
BODY_WITHIN = 20.0
"""Seconds for a form to come in whole. It is read before a thread takes it up, so that a trickle holds no thread."""

TOO_LARGE = b"That is too much at once: the files of one answer may be 17 MB together. Go back; your words are kept."


TOO_LARGE_PAST = b"That file is larger than 2 GB. Bring it in on the command line: courtesy import messages FILE"
ONE_AT_A_TIME = b"Another file is being handed in at this moment. Go back and try again when it is through."


class TooLarge(Exception):
    """The body is larger than any form of ours."""


class TwoSides:
    """The ASGI application of both sockets."""

    def __init__(self) -> None:
        self.live = Live(may_listen)
        self.pages: Any = WSGIMiddleware(get_wsgi_application(), workers=THREADS)
        self.staff_port: int = settings.COURTESY.port
        self.public_port: int = settings.COURTESY.public_port
        self.past = asyncio.Lock()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        host, port = scope["server"]
        staff = port == self.staff_port
        scope = {**scope, "server": (host, self.staff_port if staff else self.public_port)}
        if staff and scope["path"] == "/live":
            await self.live(scope, receive, send)
            return
        if staff and await self._may_upload(scope, PAST):
            await self._take_past(scope, receive, send)
            return
        uploads = staff and await self._may_upload(scope, UPLOADS)
        largest = LARGEST_UPLOAD if uploads else LARGEST_BODY if staff else LARGEST_PUBLIC_BODY
        try:
            async with asyncio.timeout(UPLOAD_WITHIN if uploads else BODY_WITHIN):
                whole = await _whole(scope, receive, largest)
        except TooLarge:
            await _refuse(send, 413, TOO_LARGE if staff else b"")
        except TimeoutError:
            await _refuse(send, 408)
        else:
            await self.pages(scope, whole, send)

    async def _take_past(self, scope: Message, receive: Receive, send: Send) -> None:
        """A file of any size up to the largest, read by its page as it comes."""
        if int(dict(scope["headers"])[b"content-length"]) > LARGEST_PAST:
            await _refuse(send, 413, TOO_LARGE_PAST)
        elif self.past.locked():
            await _refuse(send, 503, ONE_AT_A_TIME)
        else:
            async with self.past:
                await self.pages(scope, _piece_by_piece(receive), send)

    async def _may_upload(self, scope: Message, paths: re.Pattern[str]) -> bool:
        """Whether this is a form with files, larger than any other, of a colleague who is signed in."""
        headers = dict(scope["headers"])
        told = headers.get(b"content-length", b"")
        if scope["method"] != "POST" or not paths.fullmatch(scope["path"]):
            return False
        if not told.isdigit() or int(told) <= LARGEST_BODY:
            return False
        return await self.live.may_come(headers.get(b"cookie", b"").decode("latin-1"))


async def _whole(scope: Message, receive: Receive, largest: int) -> Receive:
    """``receive`` again, with the body already here. Raises TooLarge for more than ``largest`` bytes."""
    headers = dict(scope["headers"])
    if not headers.keys() & {b"content-length", b"transfer-encoding"}:
        return receive
    told = headers.get(b"content-length", b"0")
    if not told.isdigit() or int(told) > largest:
        raise TooLarge
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > largest:
            raise TooLarge
    waiting = [bytes(body)]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again


def _piece_by_piece(receive: Receive) -> Receive:
    """``receive`` for a body that is read as it comes; whoever sends nothing for a while has hung up."""

    async def next_piece() -> Message:
        try:
            async with asyncio.timeout(STILL_COMING):
                return await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}

    return next_piece


async def _refuse(send: Send, status: int, words: bytes = b"") -> None:
    headers = [
        (b"content-length", str(len(words)).encode()),
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
