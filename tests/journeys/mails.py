"""Mails put into a house that is open, as its fetcher keeps them; and a trap that hears who calls it."""

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.journeys.house import PYTHON, ROOT, House

HOSTILE = Path(__file__).with_name("hostile.html")
KEEP = """
import base64, json, sys
from hashlib import sha256
import django
django.setup()
from django.utils import timezone
from courtesy.post import arrivals
for channel, raw in json.load(sys.stdin):
    raw = base64.b64decode(raw)
    arrivals.keep(channel=channel, channel_id=sha256(raw).hexdigest(), raw=raw, at=timezone.now())
"""


def put_in(house: House, *raws: bytes, channel: str = "mail", wait: str = "") -> int:
    """Keep these mails in their order; the number of the thread in which a message with ``wait`` in it then stands."""
    told = json.dumps([(channel, base64.b64encode(raw).decode()) for raw in raws])
    environment = {**house.environment, "DJANGO_SETTINGS_MODULE": "courtesy.config.settings"}
    done = subprocess.run(
        [PYTHON, "-c", KEEP], cwd=ROOT, env=environment, input=told, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    if not wait:
        return 0
    sql = "select thread_id from conversations_message where body like ?"
    return int(str(house.wait_for(sql, f"%{wait}%", seconds=60)[0][0]))


@dataclass
class Trap:
    """A server that no page of a mail may ever call; ``called`` are the paths it was asked for."""

    port: int
    called: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def trap() -> Iterator[Trap]:
    """A trap, set."""

    class Hears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            set_here.called.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_said: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hears)
    set_here = Trap(server.server_port)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield set_here
    finally:
        server.shutdown()
        server.server_close()


def hostile_page(url: str) -> str:
    """HTML that tries all it can to run, to leave, and to call ``url``."""
    return HOSTILE.read_text(encoding="utf-8").replace("{URL}", url)
