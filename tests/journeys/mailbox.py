"""A real SMTP server on loopback that keeps what it takes, for whoever tests that something left or did not."""

import asyncio
import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Mailbox:
    """Start it with ``with Mailbox() as mailbox``; ``mailbox.url`` goes into COURTESY_SMTP_URL.

    ``slow`` are the seconds it takes over a text before it says yes.
    """

    port: int = field(default_factory=free_port)
    taken: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    slow: float = 0.0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """What was taken for this address, in order."""
        return [mail for mail in self.taken if mail["X-Taken-For"] == address]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return "550 nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.slow)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        mail["X-Taken-For"] = ",".join(envelope.rcpt_tos)
        self.taken.append(mail)  # type: ignore[arg-type]
        return "250 taken"

    def __enter__(self) -> "Mailbox":
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()
