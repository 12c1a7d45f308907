"""The web process: one server on two sockets. It starts the worker, starts it again when it dies, and stops it last."""

import asyncio
import fcntl
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import uvicorn

from courtesy.config.asgi import TwoSides
from courtesy.config.environment import Environment
from courtesy.config.preparing import NotInOrder
from courtesy.config.quiet import catch_the_rest

log = logging.getLogger("courtesy.processes")

WORKER_STOPS_WITHIN = 25.0
REST = 0.5
"""Seconds before a dead worker is started again; doubled up to ten while it keeps dying at once."""


class Server(uvicorn.Server):
    """uvicorn, without its signals: it raises them again after stopping, and then nobody would stop the worker."""

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        return nullcontext()


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the house for one server. Raises NotInOrder when another one runs on the same data directory."""
    with (data_dir / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotInOrder(f"Courtesy already runs on {data_dir}. Stop that one first.") from None
        yield


def sockets(here: Environment) -> list[socket.socket]:
    """The two doors, opened. Raises NotInOrder with the setting to change where one is taken."""
    opened = []
    for port, name in ((here.port, "COURTESY_PORT"), (here.public_port, "COURTESY_PUBLIC_PORT")):
        family = socket.AF_INET6 if ":" in here.host else socket.AF_INET
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((here.host, port))
            door.listen(256)
        except OSError:
            raise NotInOrder(f"Port {port} is taken by another program. Choose another one by {name}.") from None
        door.setblocking(False)
        opened.append(door)
    return opened


def run(doors: list[socket.socket]) -> None:
    """Serve until SIGTERM or Ctrl-C; then end the streams, the pages under way and the worker, in this order."""
    catch_the_rest()
    asyncio.run(_serve(doors))


async def _serve(doors: list[socket.socket]) -> None:
    application = TwoSides()
    server = Server(
        uvicorn.Config(
            application,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            # A proxy on this machine is believed about who came, and by https or not; nobody else, whatever the
            # environment says.
            forwarded_allow_ips=["127.0.0.1", "::1"],
            timeout_graceful_shutdown=5,
        )
    )
    stopping = asyncio.Event()

    def stop() -> None:
        if stopping.is_set():
            server.force_exit = True
        stopping.set()
        application.live.close()
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(told, stop)
    worker = asyncio.create_task(_keep_a_worker(stopping))
    try:
        await server.serve(sockets=doors)
    finally:
        stopping.set()
        await worker


async def _keep_a_worker(stopping: asyncio.Event) -> None:
    """A worker as long as we live. Its standard input is a pipe of ours: when we die, it closes and it stops."""
    rest = REST
    while not stopping.is_set():
        began = asyncio.get_running_loop().time()
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "courtesy.config.processes.worker"),
            stdin=asyncio.subprocess.PIPE,
            # Ctrl-C goes to everybody of a terminal's group; the worker is told by us, after the pages.
            start_new_session=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "courtesy.config.settings"},
        )
        ended = asyncio.create_task(worker.wait())
        told = asyncio.create_task(stopping.wait())
        await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if stopping.is_set():
            await _end(worker, ended)
            return
        log.warning("the worker ended (%s) and is started again", worker.returncode)
        lived = asyncio.get_running_loop().time() - began
        rest = REST if lived > 30 else min(rest * 2, 10.0)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), rest)


async def _end(worker: asyncio.subprocess.Process, ended: "asyncio.Task[int]") -> None:
    if worker.stdin:
        worker.stdin.close()
    done, _ = await asyncio.wait({ended}, timeout=WORKER_STOPS_WITHIN)
    if not done:
        with suppress(ProcessLookupError):
            worker.kill()
        await ended
